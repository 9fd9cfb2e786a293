"""The gradient at a point: one trace, one sweep; on a break, what its sides say."""

from math import isfinite, nan

from ..capture.trace import output_leaves
from ..capture.traced import plain
from ..differences.scalar import differentiate
from ..errors import NoRule, NotConverged, NotDifferentiable, NotTraceable
from ..graph import Operand
from ..primitive import shape_of
from ..trees import real
from . import exact, limits
from .choose import Answer
from .kinks import Around, kinked, least_norm
from .verify import again, verify

_COORDINATES = 16  # beyond, one-sided limits in every coordinate cost too much


def gradient_at(call, method=None):
    """The partial derivatives of a scalar function by its leaves: an Answer whose value is their list."""
    if method == "differences":
        return _sampled(call)
    try:
        return again(_exact, call)
    except NotTraceable:
        if method == "exact" or any(hasattr(x, "tape") for x in call.leaves):
            raise
        return _sampled(call)
    except (NotDifferentiable, NotConverged, NoRule, Warning):
        raise
    except Exception:  # code that met a traced value where it expects a number
        if method == "exact" or any(hasattr(x, "tape") for x in call.leaves):
            raise
    scalar(call, output_leaves(call.f, call(*call.leaves))[0])  # what the plain function raises
    return _sampled(call)


def _exact(call):
    t = call.trace()
    y = scalar(t.call, t.values) and t.active()[0]
    found = exact.backward(t, [1.0])
    leaves = [zero_like(x) if g is None else g for g, x in zip(found, t.inputs, strict=True)]
    if plain(t.values[0]) != plain(t.values[0]):
        leaves = [g * nan for g in leaves]
    plainly = Answer(leaves, "exact (reverse sweep)", t, tuple(t.tape.notes))
    verify(t)
    if t.nested or not t.tape.edges:
        return plainly
    return _on_edges(t, y, plainly)


def _on_edges(t, y, plainly):
    """The gradient at a break: what the gradients at points all around say of it."""
    what = ", ".join(dict.fromkeys(edge.name for edge in t.tape.edges))
    around = Around(t)
    if around.jumps:
        raise NotDifferentiable(
            f"{t.call.__name__} jumps here: it stands exactly on a break of {what}"
        )
    if around.agree(plainly.value):
        return plainly
    if isinstance(t.values[0], Operand):  # an outer derivative needs a traced gradient
        raise NotTraceable(
            f"{t.call.__name__} stands on a break of {what} inside another derivative; the slopes of "
            "the branch it took are not its gradient there"
        )
    if len(t.inputs) <= _COORDINATES and not any(shape_of(x) for x in t.inputs):
        found = _by_coordinates(t)
        if found is not None:
            return found
    if not len(around.gradients):
        plainly.notes = (*plainly.notes, f"on a break of {what}: one of its generalised gradients")
        return plainly
    nodes = None if y is None else kinked(t)
    note = f"on a kink of {what}: the generalised gradient of least norm"
    leaves = least_norm(t, y, nodes, around)
    count = 1 + around.points
    notes = (*t.tape.notes, note)
    if nodes:
        return Answer(leaves, "exact (all sides of the kinks)", t, notes, evaluations=count)
    error = [1e-6 * abs(g) + 1e-7 for g in leaves]
    return Answer(leaves, "gradients at points around", t, notes, evaluations=count, error=error)


def _by_coordinates(t):
    """On a break: the partial in each coordinate by its limits; None at a kink of finite slopes."""
    here = float(plain(t.outputs[0]))
    values = t.call.leaves
    leaves, errors, count = [], [], 1
    for k, x in enumerate(values):

        def line(p, k=k):
            return t.call(*values[:k], p, *values[k + 1 :])

        line.__name__ = t.call.__name__
        try:
            slope, error, *_, n = limits.decide(line, x, here, t.tape.edges)
        except NotDifferentiable as break_:
            if not (isfinite(break_.left) and isfinite(break_.right)):
                raise
            return None
        leaves.append(slope)
        errors.append(error)
        count += n
    method = "exact (limits along the coordinates)"
    return Answer(leaves, method, t, tuple(t.tape.notes), evaluations=count, error=errors)


def _sampled(call):
    """The gradient from samples along every coordinate."""
    import numpy as np

    leaves, errors, count = [], [], 0
    for k, leaf in enumerate(call.leaves):
        shape = shape_of(leaf)
        flat = np.ravel(leaf).astype(float)
        slopes, bars = np.empty(flat.size), np.empty(flat.size)
        for i in range(flat.size):

            def line(p, k=k, i=i, flat=flat, shape=shape):
                moved = flat.copy()
                moved[i] = p
                part = moved.reshape(shape) if shape else float(p)
                y = call(*call.leaves[:k], part, *call.leaves[k + 1 :])
                return real(y, f"the value of {call.__name__}")

            slopes[i], bars[i], n = differentiate(line, float(flat[i]))
            count += n
        leaves.append(slopes.reshape(shape) if shape else float(slopes[0]))
        errors.append(bars.reshape(shape) if shape else float(bars[0]))
    note = "the function could not be traced; its derivative is from samples"
    return Answer(leaves, "differences", None, (note,), error=errors, evaluations=count)


def scalar(call, values):
    """True; TypeError unless the function returned one number."""
    shapes = [shape_of(y) for y in values]
    if len(shapes) != 1 or shapes[0]:
        what = f"an array of shape {shapes[0]}" if len(shapes) == 1 else f"{len(shapes)} values"
        raise TypeError(
            f"gradient needs a function whose value is one number; {call.__name__} returned {what}. "
            f"Perhaps you meant jacobian({call.__name__}, …)?"
        )
    return True


def zero_like(x):
    """A zero of the shape of x."""
    return exact.zeros(shape_of(x))
