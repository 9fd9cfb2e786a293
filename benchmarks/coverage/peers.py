"""Other libraries as contestants: their NumPy in the place of NumPy, their gradient."""

from importlib import import_module

from capture.corpus.collection import numbers, rebuilt

from .swapped import _NAMES, Library, optional

# Edits of the text that a person would try when the plain swap fails, each alone and then together.
EDITS = (
    (),
    ((r"\bfloat\(", "("),),
    ((r"math\.(asin|acos|atan2|atan|asinh|acosh|atanh|pow)\b", lambda m: f"math.{_NAMES[m[1]]}"),),
)


# JAX's arrays cannot be written in place; it has x.at[i].set(v) instead.
IN_PLACE = (
    (r"(?m)^( *)([\w.]+)\[(.+?)\] = (.+)$", r"\1\2 = \2.at[\3].set(\4)"),
    (r"(?m)^( *)([\w.]+)\[(.+?)\] \+= (.+)$", r"\1\2 = \2.at[\3].add(\4)"),
    (r"(?m)^( *)([\w.]+)\[(.+?)\] \*= (.+)$", r"\1\2 = \2.at[\3].multiply(\4)"),
    (r"(?m)^( *)([\w.]+)\[(.+?)\] -= (.+)$", r"\1\2 = \2.at[\3].add(-(\4))"),
)


class Peer:
    """A library: what its names stand for, the derivative by every number, further edits of the text."""

    def __init__(self, name, libraries, gradient, edits=()):
        self.name = name
        self.libraries = libraries
        self.gradient = gradient
        self.edits = (*EDITS, *edits)


def jax():
    import math

    import jax as theirs
    from jax import numpy as jnp

    special = Library("special", [*optional("jax.scipy.special"), import_module("scipy.special")])
    stats = Library("stats", [*optional("jax.scipy.stats"), import_module("scipy.stats")])
    linalg = Library("linalg", [*optional("jax.scipy.linalg"), import_module("scipy.linalg")])
    tools = {
        name: Library(name, [*optional(f"jax.scipy.{name}"), import_module(f"scipy.{name}")])
        for name in ("integrate", "optimize", "interpolate", "signal", "fft", "ndimage", "sparse")
    }
    libraries = _swaps(jnp, math, {"special": special, "stats": stats, "linalg": linalg, **tools})

    def gradient(f, point):
        leaves, tree = theirs.tree_util.tree_flatten(tuple(point))
        leaves = [jnp.asarray(v, dtype=float) for v in leaves]

        def g(*leaves):
            return f(*theirs.tree_util.tree_unflatten(tree, leaves))

        found = theirs.grad(g, argnums=tuple(range(len(leaves))))(*leaves)
        return [float(v) for part in found for v in jnp.ravel(part)]

    return Peer("JAX", libraries, gradient, (IN_PLACE,))


def autograd():
    import math

    import autograd as theirs
    import autograd.numpy as anp

    found = {}
    for name in ("special", "stats", "linalg", "integrate", "optimize", "interpolate", "signal"):
        found[name] = Library(
            name, [*optional(f"autograd.scipy.{name}"), import_module(f"scipy.{name}")]
        )
    libraries = _swaps(anp, math, found)

    def gradient(f, point):
        import numpy as np

        leaves = tuple(point)
        if len(leaves) == 1 and hasattr(leaves[0], "__dataclass_fields__"):
            raise TypeError("autograd does not take a dataclass")
        found = theirs.grad(lambda p: f(*p))(leaves)
        return [float(v) for v in np.ravel(numbers(found))]

    return Peer("autograd", libraries, gradient)


def mygrad():
    import math

    import mygrad as theirs

    found = {
        name: import_module(f"scipy.{name}")
        for name in ("special", "stats", "linalg", "integrate", "optimize", "interpolate", "signal")
    }
    libraries = _swaps(theirs, math, found)

    def gradient(f, point):
        import numpy as np

        made = []

        def tensor(v):
            made.append(theirs.tensor(np.array(v, dtype=float)))
            return made[-1]

        def moved(x):
            if isinstance(x, np.ndarray):
                return tensor(x)
            if isinstance(x, dict):
                return {k: moved(v) for k, v in x.items()}
            if isinstance(x, (list, tuple)):
                return type(x)(moved(v) for v in x)
            if isinstance(x, float):
                return tensor(x)
            return rebuilt(x, iter([tensor(v) for v in numbers(x)]))

        y = f(*moved(tuple(point)))
        if not isinstance(y, theirs.Tensor):
            raise TypeError("the value is no tensor: the derivative is lost")
        y.backward()
        return [
            float(v)
            for t in made
            for v in np.ravel(np.zeros(t.shape) if t.grad is None else t.grad)
        ]

    return Peer("mygrad", libraries, gradient)


def _swaps(their_numpy, math, scipy_parts):
    """From the name of a module in the corpus to what stands for it."""
    import numpy

    inside = {}
    for name in ("linalg", "random", "fft"):  # what theirs lacks is taken from NumPy's own
        theirs = [getattr(their_numpy, name)] if hasattr(their_numpy, name) else []
        inside[name] = Library(name, [*theirs, getattr(numpy, name)])
    libraries = {"numpy": Library("numpy", [_Parts(inside), their_numpy, numpy], _NAMES)}
    libraries["math"] = Library("math", [their_numpy, math], _NAMES)
    libraries["numpy.linalg"] = inside["linalg"]
    libraries["scipy"] = Library("scipy", [_Parts(scipy_parts), import_module("scipy")])
    for name, part in scipy_parts.items():
        libraries[f"scipy.{name}"] = part
    return libraries


class _Parts:
    def __init__(self, parts):
        self.__dict__.update(parts)


PEERS = {"JAX": jax, "autograd": autograd, "mygrad": mygrad}
