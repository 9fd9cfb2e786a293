"""Trust, but verify: is what the trace says what the function does?

The first time that a trace goes through a function, or does so in another way (with another
argument that varies), and whenever it turned a number into text or a hash, the plain
function is called at the point and a step to either side of it, in one direction. The
value must be the traced one, the difference quotient must be near the derivative. A
function that hides its numbers from the trace is found out and differentiated by samples.
"""

from math import cos, isfinite
from weakref import ref

from ..capture.rounded import Unrounded
from ..capture.trace import code_of, output_leaves
from ..capture.traced import plain
from ..errors import NoRule, NotConverged, NotTraceable
from ..graph import Operand
from ..primitive import shape_of
from . import exact
from .parts import uneven

_ASIDE = (1e-3, 0.1)  # where rounding drowns the function close by, it may not farther away
_verified = {}  # id of a code object -> (weak reference to it, shapes of traces found to agree)
_ENOUGH = 8  # so many different traces of a function are verified


class Hidden(NotTraceable):
    """The trace was found out: the function hides its numbers from it."""

    def __init__(self, t):
        super().__init__(
            f"{t.call.__name__} hides its numbers from the trace"
            + (f", perhaps as {t.tape.suspect}" if t.tape.suspect else "")
            + ": called plainly, it has another value or slope than was traced"
        )
        self.call = t.call


class Shallow(Hidden):
    """A deeper trace can be tried: with the operators followed too."""


def again(attempt, *args):
    """attempt(*args), once more where the first trace was too shallow."""
    try:
        return attempt(*args)
    except Shallow:
        return attempt(*args)


def verify(t):
    """Raise NotTraceable unless the plain function confirms the trace (asked once per function)."""
    if getattr(t.call.f, "is_graph", False) or t.nested or not t.outputs:
        return
    codes, shape = _codes(t.call), _shape(t)
    if not t.tape.suspect and _all_known(codes, shape):
        return
    if t.tape.edges:
        beside = [near for near in map(_beside, [t] * len(_ASIDE), _ASIDE) if near is not None]
    else:
        beside = [t]
    if not beside:
        return
    verdicts = [_agrees(near) for near in beside]
    if True in verdicts:
        _believe(codes, shape)
    elif None not in verdicts:
        if t.call.deepen():
            raise Shallow(t)
        t.call.smooth = bool(t.tape.rounded)
        raise Hidden(t)


def _codes(call):
    """The code of the function, and of those that its last trace went through."""
    code = code_of(call.f)
    return call.met if code is None else (code, *call.met)


def _shape(t):
    """What tells apart two traces of one function: what varied, how much was done and decided."""
    return tuple(t.call.wrt), len(t.tape.nodes), len(t.tape.guards)


def _known(code):
    """The shapes of the traces through this code that were found to agree."""
    found = _verified.get(id(code))
    return found[1] if found is not None and found[0]() is code else ()


def _all_known(codes, shape):
    """True where such a trace agreed before, for all of these functions."""
    for code in codes:
        shapes = _known(code)
        if shape not in shapes and len(shapes) < _ENOUGH:
            return False
    return True


def _believe(codes, shape):
    """Remember that these functions agree with such a trace, for as long as they live."""
    for code in codes:
        key = id(code)
        if not _known(code):
            gone = ref(code, lambda _, key=key, forget=_verified.pop: forget(key, None))
            _verified[key] = gone, set()
        _verified[key][1].add(shape)


def verified(call):
    """Raise NotTraceable unless the function of this call is, or now becomes, a verified one."""
    code = code_of(call.f)
    known = code is not None and any(wrt == tuple(call.wrt) for wrt, *_ in _known(code))
    if not known and not any(isinstance(x, Operand) for x in call.leaves):
        verify(call.trace())


def _beside(t, step):
    """The trace a step beside: on a break a difference quotient says nothing. None without one."""
    leaves = t.call.leaves
    moved = [x + step * _like(x, k, step) for k, x in enumerate(leaves)]
    try:
        return type(t.call)(t.call, moved, {}, range(len(moved))).trace()
    except Exception:  # outside the domain
        return None


def _agrees(t):
    """Does the plain function confirm the trace? None where it cannot tell."""
    leaves = t.call.leaves
    here = _numbers(t.values)
    if here is None:
        return None
    line, direction = (_smooth if t.tape.rounded else _line)(t.call, leaves)
    try:
        value = line(0.0)
    except Exception:  # the plain function raises where the traced one did not
        return None if t.tape.rounded else False  # or it cannot do without its rounding
    if t.tape.rounded:
        here = value
    if not isfinite(here):  # there is no slope to confirm, but the value must be that, too
        return False if value is not None and isfinite(value) else None
    if value is None or abs(value - here) > 1e-9 * max(abs(value), abs(here)):
        if value is not None and line(0.0) != value:
            t.tape.note(
                "the function gives another value at each call: this one was differentiated"
            )
            return None
        return False
    slope = _slope(t, direction)
    bent = bool(t.tape.suspect) and _bent(line, value)
    if not isfinite(slope) or (not bent and _near(line, slope, value, t.tape.suspect)):
        return True
    from ..differences.scalar import differentiate  # late: most functions agree at once

    try:
        sampled, error, _ = differentiate(line, 0.0)
    except (NotConverged, ArithmeticError, ValueError, TypeError):
        return False if bent else None  # samples cannot tell
    size = max(abs(sampled), abs(slope))
    loose = min(100 * error, max(error, 0.1 * size))  # samples that know little excuse little
    return None if abs(sampled - slope) <= loose + 1e-6 * abs(slope) else False


def _slope(t, direction):
    """The slope of the number that stands for the outputs; by reverse where a rule has no push."""
    try:
        return _numbers(exact.forward(t, direction)) or 0.0
    except NoRule as error:
        if not error.given or len(t.outputs) != 1 or shape_of(t.outputs[0]):
            raise
    shares = exact.backward(t, [1.0])
    import numpy as np

    return sum(
        float(np.sum(g * v)) for g, v in zip(shares, direction, strict=True) if g is not None
    )


def _near(line, slope, value, strict=False):
    """True when a difference quotient, at one step or another, is close to the slope.

    If `strict`, one that is lost in rounding is no witness.
    """
    # the small ones for what oscillates, the largest for what SciPy computes to some digits only
    for h in (1e-5, 1e-7, 1e-3, 1e-8, 1e-9, 1e-12, 1e-2):
        try:
            ahead, behind = line(h), line(-h)
        except Exception:  # outside the domain: another step may be inside
            continue
        if ahead is None or behind is None:
            continue
        quotient = (ahead - behind) / (2 * h)
        noise = 1e-13 * max(abs(value), abs(ahead)) / h
        if h < 1e-8 and noise > 1e-3 * abs(quotient):
            continue
        if strict and noise > 1e-2 * max(abs(slope), abs(quotient)):
            continue
        near = 1e-4 if h < 1e-2 else 1e-3
        if abs(quotient - slope) <= near * max(abs(slope), abs(quotient)) + noise:
            return True
    return False


def _bent(line, value):
    """True where the quotients ahead and behind stay apart: a central one does not see a kink."""
    gaps = []
    for h in (1e-5, 1e-7):
        try:
            ahead, behind = line(h), line(-h)
        except Exception:
            return False
        if ahead is None or behind is None:
            return False
        gaps.append(abs(ahead - 2 * value + behind) / h)
    return gaps[1] > 0.3 * gaps[0] and gaps[1] > 1e-15 * abs(value) / 1e-7


def _line(call, leaves):
    """The function along a fixed direction through the point, and that direction."""
    return _along(leaves, lambda moved: output_leaves(call.f, call(*moved))[0])


def _smooth(call, leaves):
    """The same without the rounding to digits, in which samples would find steps."""

    def values(moved):
        with Unrounded():
            return type(call)(call, moved, {}, range(len(moved))).trace().values

    return _along(leaves, values)


def _along(leaves, values):
    direction = [_like(x, k) for k, x in enumerate(leaves)]

    def line(t):
        moved = [x + t * v for x, v in zip(leaves, direction, strict=True)]
        return _numbers(values(moved))

    return line, direction


def _like(x, k, least=1e-3):
    """A direction as large as x, different in every part."""
    if not shape_of(x):
        return uneven(x, k) * max(abs(x), least)
    import numpy as np

    return uneven(x, k) * np.maximum(np.abs(x), least)


def _numbers(outputs):
    """A number that stands for all outputs; None where there is none."""
    found = [(k, _number(y)) for k, y in enumerate(outputs)]
    found = [cos(k) * v for k, v in found if v is not None]
    return sum(found) if found else None


def _number(y):
    """A number that stands for the whole output: arrays are summed with uneven weights."""
    y = plain(y)
    if y is None:
        return None
    shape = shape_of(y)
    if not shape:
        return float(y)
    import numpy as np

    flat = np.ravel(y)
    return float(flat @ np.cos(np.arange(flat.size)))
