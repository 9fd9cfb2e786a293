"""The gradient at a point: one trace, one sweep; on a break, what its sides say."""

from math import isfinite, nan

from ..capture.trace import holds_operand, output_leaves
from ..capture.traced import plain
from ..errors import NotDifferentiable, NotTraceable
from ..graph import Operand
from ..primitive import shape_of
from . import exact, limits
from .answer import Answer
from .kinks import Around, apart, kinked, least_norm
from .ladder import AS_IT_COMES, climb
from .partials import jacobian_by_samples
from .parts import along, copied, direction, part, replaced, size
from .verify import verify
from .windows import WINDOW, denied, extent, looked_through, suspected

_PER_PART = 8  # gradients nearby that it takes to know their hull
_APART = "the partial derivatives exist, but the gradients around do not approach them"
_MOST = 64  # coordinates of which each is looked at beyond its window
_COORDINATES = 16  # beyond, one-sided limits in every coordinate cost too much


def gradient_at(call, sampling=AS_IT_COMES):
    """The partial derivatives of a scalar function by its leaves: an Answer whose value is their list.

    What f returned is `answer.values[0]`: plain, or a value of an outer trace.
    """
    nested = holds_operand(call.leaves)
    return climb(
        call.f,
        lambda: _exact(call),
        lambda _: _sampled(call, sampling),
        lambda: scalar(call, output_leaves(call.f, call(*call.leaves))[0]),
        sampling.method,
        nested,
    )


def _exact(call):
    t = call.trace()
    scalar(t.call, t.values)
    y = t.active()[0]
    found = exact.backward(t, [1.0])
    leaves = [zero_like(x) if g is None else g for g, x in zip(found, t.inputs, strict=True)]
    value = plain(t.values[0])
    if value != value:
        leaves = [g * nan for g in leaves]
    plainly = Answer(leaves, "exact (reverse sweep)", t, tuple(t.tape.notes))
    verify(t)
    if t.tape.edges and t.nested:  # the outer derivative stands on them too, and decides
        return plainly
    found = _on_edges(t, y, plainly) if t.tape.edges else plainly
    return _in_window(t, y, found) if t.tape.guards and not t.tape.rounded else found


def _in_window(t, y, plainly):
    """The answer with the partials beside a window where the code took another branch."""
    jumps, near = looked_through(t) and not t.tape.edges, suspected(t)
    if not (jumps or near):
        return plainly
    leaves, slopes = [plain(x) for x in t.call.leaves], [plain(g) for g in plainly.value]
    ahead = direction(leaves)
    scale = max(extent(float(abs(part(x, i)))) for x in leaves for i in range(size(x)))

    def line(p):
        return t.call(*[x + p * scale * v for x, v in zip(leaves, ahead, strict=True)])

    slope = sum((g * v).sum() if shape_of(g) else g * v for g, v in zip(slopes, ahead, strict=True))
    if not denied(line, 0.0, scale * slope):
        return plainly
    if jumps and not t.nested:
        return _on_edges(t, y, plainly)
    return _beside_windows(t, plainly, leaves, slopes) if near else plainly


def _beside_windows(t, plainly, leaves, slopes):
    """The partials, coordinate by coordinate, as they are beyond windows that hide them."""
    here, count = float(plain(t.values[0])), 0
    found = [copied(g) for g in slopes]
    if sum(map(size, leaves)) > _MOST:
        return plainly
    for k, x in enumerate(leaves):
        for i in range(size(x)):
            line = along(t.call, leaves, k, i)
            beyond = limits.around(line, float(part(x, i)), here, float(part(slopes[k], i)))
            if beyond is not None:
                found[k] = replaced(found[k], i, beyond.value)
                count += beyond.evaluations
    if not count:
        return plainly
    if t.nested:
        raise NotTraceable(f"{t.call.__name__} inside another derivative: {WINDOW}")
    notes = (*t.tape.notes, WINDOW)
    return Answer(found, "exact (limits along the coordinates)", t, notes, evaluations=count)


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
    varying = around.varying(plainly.value)
    if sum(map(len, varying)) <= _COORDINATES:
        found = _by_coordinates(t, plainly, varying)
        if found is not None:
            if not around.agree(found.value):
                found.notes = (*found.notes, _APART)
            return found
    if not len(around.gradients):
        plainly.notes = (*plainly.notes, f"on a break of {what}: one of its generalised gradients")
        return plainly
    leaves = None if y is None else apart(t, y)
    if leaves is not None:
        notes = (*t.tape.notes, f"on a kink of {what}: the generalised gradient of least norm")
        method = "exact (all sides of the kinks)"
        return Answer(leaves, method, t, notes, evaluations=1 + around.points)
    nodes = None if y is None else kinked(t)
    note = f"on a kink of {what}: the generalised gradient of least norm"
    leaves = least_norm(t, y, nodes, around)
    count = 1 + around.points
    notes = (*t.tape.notes, note)
    if nodes:
        return Answer(leaves, "exact (all sides of the kinks)", t, notes, evaluations=count)
    known = around.points >= _PER_PART * sum(map(size, t.call.leaves))
    error = [1e-6 * abs(g) + 1e-7 if known else nan * abs(g) for g in leaves]
    return Answer(leaves, "gradients at points around", t, notes, evaluations=count, error=error)


def _by_coordinates(t, plainly, varying):
    """The partials at the varying places by their limits; None at a kink of finite slopes."""
    here = float(plain(t.outputs[0]))
    leaves = [copied(g) for g in plainly.value]
    errors, notes, count = [1e-11 * abs(g) for g in leaves], {}, 1
    for k, x in enumerate(t.call.leaves):
        for i in varying[k]:
            line = along(t.call, t.call.leaves, k, i)
            try:
                found = limits.decide(line, float(part(x, i)), here, t.tape.edges)
            except NotDifferentiable as break_:
                if not (isfinite(break_.left) and isfinite(break_.right)):
                    raise
                return None
            leaves[k] = replaced(leaves[k], i, found.value)
            errors[k] = replaced(errors[k], i, found.error)
            notes.update(dict.fromkeys(found.notes))
            count += found.evaluations
    method = "exact (limits along the coordinates)"
    return Answer(leaves, method, t, (*t.tape.notes, *notes), evaluations=count, error=errors)


def _sampled(call, sampling):
    """The gradient from samples along every coordinate."""
    found = jacobian_by_samples(call, sampling)
    scalar(call, found.values)
    return Answer(
        found.value[0],
        found.method,
        None,
        found.notes,
        error=found.error[0],
        evaluations=found.evaluations,
        values=found.values,
    )


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
