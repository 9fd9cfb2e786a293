"""JAX: a function of NumPy and SciPy under `jax.grad`, `jit` and `vmap`, and a JAX function in one of ours.

Towards JAX a function becomes a callback whose derivative is one again. From JAX a function becomes a
primitive whose pull and push are `jax.vjp` and `jax.jvp`.
"""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from ..calculus.rule import Ruled
from ..capture.trace import name_of
from ..trees import describe
from .plain import Plain


def function(f, shape=None, mode="reverse"):
    """f, a function of numbers and arrays, as a function that JAX differentiates, compiles and maps.

    Arrays of floats given by position vary, all else is held fixed. f is called with floats and arrays of
    float64 and returns a number, an array, or a tuple of these; the value has the dtype of the arguments.
    JAX must know the shape of the value before it is there: `shape` (a tuple, or a list of tuples where f
    returns a tuple), else f is called once with ones. `jax.vmap` calls f row by row.

    JAX lets a function have one mode: "reverse" (jax.grad, vjp, jacrev, in one another) or "forward"
    (jax.jvp, jacfwd, in one another).

    >>> swing = function(lambda length, gravity=9.81: 2 * np.pi * np.sqrt(length / gravity))
    >>> round(float(jax.jit(jax.grad(swing))(1.0)), 4)
    1.003
    """
    Plain(f)
    known = {}
    if mode not in ("reverse", "forward"):
        raise ValueError(f'mode is "reverse" or "forward", not {mode!r}')

    def of_arrays(*args, **named):
        varying = [jnp.asarray(a) for a in args if _varies(a)]
        plain = Plain(f, {k: _fixed(a) for k, a in enumerate(args) if not _varies(a)}, named)
        if not varying:
            return f(*args, **named)
        shapes = _shapes(plain, varying, shape, known)
        found = _bridge(plain, shapes, jnp.result_type(*varying), mode)(*varying)
        return found[0] if plain.single else found

    of_arrays.__name__ = getattr(f, "__name__", "function")
    of_arrays.__doc__ = getattr(f, "__doc__", None)
    of_arrays.__wrapped__ = f
    return of_arrays


def _varies(a):
    if type(a) is float:
        return True
    kind = getattr(a, "dtype", None) if isinstance(a, (jax.Array, np.ndarray, np.generic)) else None
    if kind is None:
        return False
    if jnp.issubdtype(kind, jnp.complexfloating):
        raise TypeError("complex arrays do not go over the bridge; pass a.real and a.imag")
    return jnp.issubdtype(kind, jnp.floating)


def _fixed(a):
    """What is held fixed, as the function takes it."""
    if isinstance(a, jax.core.Tracer):
        raise TypeError(
            "whole numbers are held fixed: in jax.jit name them with static_argnums, or pass floats"
        )
    return np.asarray(a) if isinstance(a, jax.Array) else a


def _shapes(plain, varying, shape, known):
    """The shapes of the values, as a list; plain learns whether it is one. What was seen is in `known`."""
    if shape is not None:
        plain.single = not isinstance(shape, list)
        return [tuple(shape)] if plain.single else [tuple(s) for s in shape]
    held = repr((sorted(plain.held.items()), sorted(plain.named.items())))
    call = tuple(a.shape for a in varying), held
    if call not in known:
        try:
            found = plain.values([_plain(np.ones(a.shape)) for a in varying])
        except Exception as error:
            raise ValueError(
                f"the shape of what {plain.name} returns cannot be told: called with ones it raised "
                f"{type(error).__name__}: {error}\n    say it: function(f, shape=())"
            ) from error
        known[call] = plain.single, [v.shape for v in found]
    plain.single, shapes = known[call]
    return shapes


def _bridge(plain, shapes, dtype, mode):
    """The values of a Plain as a JAX function; its derivative is the bridge of its pull or push."""
    kinds = [jax.ShapeDtypeStruct(s, dtype) for s in shapes]

    def values(*args):
        return tuple(
            jax.pure_callback(
                partial(_called, plain, shapes, dtype), kinds, *args, vmap_method="sequential"
            )
        )

    values.__name__ = plain.name
    if mode == "forward":
        f = jax.custom_jvp(values)
        f.defjvp(
            lambda xs, dxs: (
                f(*xs),
                _bridge(plain.pushed(len(xs)), shapes, dtype, mode)(*dxs, *xs),
            )
        )
        return f
    f = jax.custom_vjp(values)

    def backward(xs, covectors):
        pull = plain.pulled(len(covectors))
        parts = _bridge(pull, [x.shape for x in xs], dtype, mode)(*covectors, *xs)
        return tuple(part.astype(x.dtype) for part, x in zip(parts, xs, strict=True))

    f.defvjp(lambda *xs: (f(*xs), xs), backward)
    return f


def _called(plain, shapes, dtype, *args):
    """What JAX calls back: the values, in the shapes that were promised."""
    found = plain.values([_plain(a) for a in args])
    if [v.shape for v in found] != list(shapes):
        raise ValueError(
            f"{plain.name} returned shapes {[v.shape for v in found]}, not {list(shapes)}; "
            "say what it returns: function(f, shape=…)"
        )
    return [v.astype(dtype) for v in found]


def _plain(a):
    """An array as a float or an array of float64."""
    found = np.array(a, dtype=float)
    return found if found.ndim else float(found)


def rule(f):
    """f, a function of JAX arrays, as a function of numbers and arrays that dfdx differentiates.

    Its derivatives are asked of JAX, so they are exact and of any order. f computes in float64, whatever
    JAX is set to, and returns one array.

    >>> from dfdx import gradient
    >>> norm = rule(jnp.linalg.norm)
    >>> gradient(lambda x: norm(x) ** 2)(np.array([3.0, 4.0]))
    array([6., 8.])
    """
    Plain(f)
    return _Arrays(f, name_of(f))


class _Arrays(Ruled):
    """A function of JAX arrays as a primitive; its pull and push are functions of JAX arrays too."""

    __slots__ = ()

    def __init__(self, f, name):
        super().__init__(self._called, (), self._pushed, self._pulled)
        self.__name__, self.of = name, f

    def _called(self, *numbers):
        with _double():
            value = self.of(*(jnp.asarray(x, dtype=float) for x in numbers))
            if not isinstance(value, (jax.Array, float)) or jnp.iscomplexobj(value):
                raise TypeError(
                    f"{self.name} must return one array of real numbers, not {describe(value)}"
                )
            found = np.asarray(value, dtype=float)
        return found if found.ndim else float(found)

    def _pulled(self, g, y, *xs):
        return tuple(
            self._beside(lambda c, *ts, k=k: jax.vjp(self.of, *ts)[1](c)[k])(g, *xs)
            for k in range(len(xs))
        )

    def _pushed(self, y, xs, dxs):
        n = len(xs)
        return self._beside(lambda *ts: jax.jvp(self.of, ts[:n], ts[n:])[1])(*xs, *dxs)

    def _beside(self, f):
        return _Arrays(f, f"the derivative of {self.name}")


def _double():
    """While this is entered, JAX computes in float64."""
    if hasattr(jax, "enable_x64"):
        return jax.enable_x64(True)
    from jax.experimental import enable_x64

    return enable_x64()
