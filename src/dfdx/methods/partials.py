"""Partial derivatives from samples: what varies laid out flat, and the answers put back into form.

The blocks of a table are [value][leaf], each of the value's shape followed by the leaf's, as
in the exact Jacobian.
"""

from inspect import signature
from math import factorial, ulp

from ..capture.trace import output_leaves
from ..errors import NotConverged
from ..primitive import shape_of
from ..trees import flatten, real
from .answer import Answer
from .ladder import AS_IT_COMES


class Outline:
    """The call of a function as a `Flat` function: its leaves as one array, its values as one array.

    shapes      of the leaves
    values      what the function returned at the point, flattened; rebuild puts values back
    """

    __slots__ = ("call", "rebuild", "shapes", "values")

    def __init__(self, call):
        self.call = call
        self.shapes = [shape_of(x) for x in call.leaves]
        self.values = self.rebuild = None

    def point(self):
        """The leaves as one flat array."""
        return joined(self.call.leaves)

    def prepare(self, flat):
        """The call of the user's function at a flat point: (function, arguments, names)."""
        call, leaves = self.call, _split(flat, self.shapes)
        if call.smooth:
            return call, leaves, {}
        arguments = list(call.args)
        for k, a in zip(call.wrt, call.rebuild(leaves), strict=True):
            arguments[k] = a
        return call.f, arguments, call.named

    def read(self, result):
        """What the function returned as one flat array, real or complex."""
        import numpy as np

        if isinstance(result, (complex, np.complexfloating)):
            return np.array([result])
        if isinstance(result, np.ndarray) and result.dtype.kind in "fc":
            if self.values is None and result.dtype.kind == "f":
                self.values, self.rebuild = output_leaves(self.call.f, result)
            return np.ravel(result)
        if self.values is not None:  # complex steps: parts that may be complex
            leaves, _ = flatten(result, _is_leaf)
            if any(np.asarray(y).dtype.kind == "c" for y in leaves):
                return np.concatenate([np.ravel(y) for y in leaves])
        leaves, rebuild = output_leaves(self.call.f, result)
        leaves = [real(y, f"the value of {self.call.__name__}") for y in leaves]
        if self.values is None:
            self.values, self.rebuild = leaves, rebuild
        return joined(leaves)

    def flat(self):
        """The `Flat` function."""
        from ..differences.table import Flat

        return Flat(self.prepare, self.read, self.call.__name__)

    def bounds(self, pair):
        """The two bounds, each as one flat array."""
        import numpy as np

        if pair is None:
            return None
        size = self.point().size
        sides = []
        for side in pair:
            leaves, _ = flatten(side, _is_leaf, "the bounds")
            flat = joined([real(x, "the bounds") for x in leaves])
            if flat.size not in (1, size):
                raise ValueError(
                    f"the bounds have {flat.size} numbers, the point has {size}; give one number "
                    "or the form of the point"
                )
            sides.append(np.broadcast_to(flat, size))
        low, high = sides
        here = self.point()
        if not ((low <= here) & (here <= high)).all():
            raise ValueError("the point is outside the bounds")
        return low, high

    def options(self, sampling):
        """The options of the samplers, with the bounds laid flat."""
        return {**sampling.given(), "bounds": self.bounds(sampling.bounds)}

    def name(self, i):
        """What messages call coordinate i: the argument and the place in it."""
        at = 0
        for label, shape in zip(_labels(self.call), self.shapes, strict=True):
            size = _size(shape)
            if i < at + size:
                if not shape:
                    return label
                import numpy as np

                place = ", ".join(map(str, map(int, np.unravel_index(i - at, shape))))
                return f"{label}[{place}]"
            at += size
        return f"coordinate {i + 1}"

    def blocks(self, table):
        """A table (values, coordinates) as blocks [value][leaf]."""
        outs = [shape_of(y) for y in self.values]
        return [
            [
                _shaped(table[a : a + _size(o), b : b + _size(s)], o + s)
                for s, b in zip(self.shapes, _starts(self.shapes), strict=True)
            ]
            for o, a in zip(outs, _starts(outs), strict=True)
        ]


def _answer(outline, found, value, error):
    return Answer(
        value, found.method, None, found.notes, error=error,
        evaluations=found.evaluations, values=outline.values, rebuild=outline.rebuild,
    )  # fmt: skip


def jacobian_by_samples(call, sampling=AS_IT_COMES):
    """All partial derivatives of all values from samples."""
    from ..differences.vector import jacobian

    outline = Outline(call)
    found = jacobian(
        outline.flat(), outline.point(), name=outline.name, **outline.options(sampling)
    )
    return _answer(outline, found, outline.blocks(found.value), outline.blocks(found.error))


def slope_by_samples(call, direction, sampling=AS_IT_COMES, side=None, smooth=None):
    """The derivative of every value along a direction (one part per leaf), in the form of the value.

    With `side`, from the points behind ("left") or ahead ("right") alone.
    """
    from ..differences.vector import slope

    call.smooth = call.smooth or smooth is not None
    outline = Outline(call)
    v = joined(direction)
    flat, here = outline.flat(), outline.point()
    found = slope(flat, here, v, side=side, **outline.options(sampling))
    shapes = [shape_of(y) for y in outline.values]
    value, error = (
        outline.rebuild(_split(column[:, 0], shapes)) for column in (found.value, found.error)
    )
    return Answer(
        value, found.method, None, found.notes, error=error, evaluations=found.evaluations
    )


def coefficients_by_samples(f, x, order, sampling=AS_IT_COMES, name="f"):
    """The Taylor coefficients of a function of one number, each with its error, from samples."""
    from ..differences.scalar import sampled

    known = {}

    def kept(p):
        if p not in known:
            known[p] = f(p)
        return known[p]

    kept.__name__ = name
    here = real(kept(x), "the value of the function")
    if shape_of(here):
        raise TypeError("taylor by samples needs a function whose value is one number")
    values, errors, notes = [here], [ulp(here)], []
    for k in range(1, order + 1):
        try:
            found = sampled(kept, x, k, **sampling.given())
        except NotConverged as unclear:
            raise NotConverged(f"the coefficient of order {k}: {unclear}") from None
        values.append(found.value / factorial(k))
        errors.append(found.error / factorial(k))
        notes += [note for note in found.notes if note not in notes]
    return Answer(values, "differences", None, notes, error=errors, evaluations=len(known))


def hessian_by_samples(call, sampling=AS_IT_COMES, along_axes=False):
    """All second partial derivatives of a number, blocks [leaf][leaf]; with `along_axes` the diagonal."""
    from ..differences import curvature

    outline = Outline(call)
    options = outline.options(sampling)
    kind = curvature.diagonal if along_axes else curvature.hessian
    found = kind(outline.flat(), outline.point(), name=outline.name, **options)
    if along_axes:
        return _answer(outline, found, found.value, found.error)
    tables = [_squares(table, outline.shapes) for table in (found.value, found.error)]
    return _answer(outline, found, *tables)


def _squares(table, shapes):
    """A square table as blocks [leaf][leaf]."""
    places = list(zip(shapes, _starts(shapes), strict=True))
    return [
        [_shaped(table[a : a + _size(s), b : b + _size(u)], s + u) for u, b in places]
        for s, a in places
    ]


def _labels(call):
    """For every leaf of the call what messages call it."""
    try:
        names = list(signature(call.f).parameters)
    except (TypeError, ValueError):
        names = []
    labels = []
    for k in call.wrt:
        name = names[k] if k < len(names) else f"argument {k + 1}"

        def is_leaf(x, where):
            if _is_leaf(x, where):
                labels.append(where)
                return True
            return False

        flatten(call.args[k], is_leaf, name)
    return labels


def _is_leaf(x, where):
    return not isinstance(x, (dict, list, tuple)) and not hasattr(type(x), "__dataclass_fields__")


def joined(leaves):
    import numpy as np

    return np.concatenate([np.zeros(0), *(np.ravel(x) for x in leaves)])


def _split(flat, shapes):
    return [
        _shaped(flat[a : a + _size(s)], s) for s, a in zip(shapes, _starts(shapes), strict=True)
    ]


def _shaped(part, shape):
    return part.reshape(shape) if shape else part.reshape(-1)[0].item()


def _starts(shapes):
    starts, at = [], 0
    for s in shapes:
        starts.append(at)
        at += _size(s)
    return starts


def _size(shape):
    size = 1
    for n in shape:
        size *= n
    return size
