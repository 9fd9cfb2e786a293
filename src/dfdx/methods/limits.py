"""Does the derivative exist here? The one-sided limits decide.

Where a computation stands exactly on a break (|x| at 0, a comparison at its
boundary) the rule of the branch taken says nothing about the other side. So the
function is expanded in a Taylor series at points h beside x, exactly, and each
series is carried back to x: its value and slope there are the one-sided limits,
once h is small enough for the series and large enough for the function itself to
keep its digits ((eˣ − 1)/x loses them near 0). Such a plateau, nearest to x, is
believed when the bound of its rounding is small and the difference quotients agree
with it. Where the slopes have no limit (x² sin(1/x) at 0) the quotients may.
"""

from itertools import pairwise
from math import inf, isfinite, isnan, nan, ulp

from ..capture.trace import name_of
from ..errors import NotDifferentiable, NotTraceable, show_line
from ..graph import is_plain
from .beside import Bare, beside
from .windows import BEYOND, WIDE, WINDOW, denied, extent

_UNDEFINED = (ValueError, ArithmeticError)
_NEAR = (30, 38, 46)  # h = 2^-k: the common kink is seen at once, and close
_TREND = tuple(range(2, 48, 3))
_FAR = tuple(range(1, 15))
_TOLERANCE = 1e-9
_MET = 1e-12
_ROUNDING = (
    2.0**-49
)  # sin near a rounded 2π: a change of slope by less, from f in a step of x, is nothing
_SMALL = 2.0**-8  # nearer to 0 than this, a function may be at home in steps as small as x
_CARRIED = 64  # how often the rounding of the raw derivative may be in the one carried back to x


class Side:
    """What one side shows: the limits of value and slope (nan: none, inf: unbounded), and the cost."""

    __slots__ = ("error", "evaluations", "kind", "slope", "value")

    def __init__(self, value, slope, kind, evaluations, error=nan):
        self.value = value
        self.slope = slope
        self.error = error  # of the slope, as far as it is known
        self.kind = kind  # "smooth", "limit", "vertical", "jump", "oscillation", "undefined"
        self.evaluations = evaluations


def one_sided(f, x, sign, here, order=1):
    """The limits of f and of its derivative of the given order as x is approached from one side.

    `sign` is +1 for the right, -1 for the left; `here` is f(x).
    """
    side = _seen(f, x, sign, here, order, max(1.0, abs(x)))
    if side.kind != "smooth" and 0 < abs(x) < _SMALL:  # log at 1e-12: steps as large as x
        closer = _seen(f, x, sign, here, order, abs(x))
        closer.evaluations += side.evaluations
        if closer.kind in ("smooth", "limit") or side.kind == "undefined":
            return closer
        side.evaluations = closer.evaluations
    return side


def _seen(f, x, sign, here, order, scale):
    """The side as it shows in steps from `scale` down."""
    reach = sign * scale
    near = [beside(f, x, reach, k, order) for k in _NEAR]
    count = len(near)
    if all(near) and near[0].on_break:  # rounding keeps f on the break: cos h is 1
        far = [beside(f, x, reach, k, order) for k in BEYOND]
        count += len(far)
        if all(far) and not any(row.on_break for row in far):
            side = _in_more_digits(far, here, order) or _plateau(far, here, order)
            if side is not None:
                return _against(side, here, sign, count, far[1])
    if all(near) and not near[1].noisy(order):
        side = _plateau(near, here, order)
        if side is not None:
            return _against(side, here, sign, count, near[1])
    else:  # rounding drowns the function here
        side = _in_more_digits(near, here, order)
        if side is not None:
            return _against(side, here, sign, count, near[1])
        rows = [beside(f, x, reach, k, order) for k in _FAR]
        count += len(rows)
        side, row = _best(rows, order)
        if side is not None:
            return _against(side, here, sign, count, row)
        if not any(near):
            return _without(f, x, near, here, sign, count)
    rows = [beside(f, x, reach, k, order) for k in _TREND]
    count += len(rows)
    if not all(rows[-6:]):
        return _without(f, x, rows[-6:], here, sign, count)
    seen = [row for row in rows if row]
    rows = [row for row in seen if not row.noisy(order)]
    for k in range(len(rows), 2, -1):  # the plateau nearest to x
        side = _plateau(rows[k - 3 : k], here, order, rows)
        if side is not None:
            return _against(side, here, sign, count, rows[k - 2])
    if len(rows) < 6:
        raise _untold(f, x)
    value = _limit([row.height for row in rows])
    slope = _limit([row.raw for row in rows])
    if order == 1 and isfinite(slope) and _denied(rows, here, slope):
        raise NotTraceable(
            f"{name_of(f)} hides its numbers from the trace: beside {x:g} its difference quotients "
            "disagree with the traced derivative"
        )
    if isnan(slope) and order == 1 and isfinite(here):
        quotient = _limit([(row.height - here) / row.h for row in seen])
        kind = "limit" if isfinite(quotient) else "oscillation"
        value = here if kind == "limit" else value
        return Side(value, quotient, kind, count, _doubt(rows, quotient))
    kind = "limit" if isfinite(slope) else "vertical"
    side = Side(value, slope, kind, count, _doubt(rows, slope))
    return _against(side, here, sign, count, rows[-1])


def _without(f, x, rows, here, sign, count):
    """The side of a function that has no values there, or no series: then a jump may still be seen."""
    heights = [row.height for row in rows if type(row) is Bare]
    if not heights:
        return Side(nan, nan, "undefined", count)
    step = heights[-1] - here
    if len(heights) == len(rows) and _agree(heights) and abs(step) > 1e-6 * abs(heights[-1]):
        return Side(heights[-1], sign * (inf if step > 0 else -inf), "jump", count)
    raise _untold(f, x)


def _untold(f, x):
    return NotTraceable(
        f"{name_of(f)} stands on a break at {x:g}, and beside it rounding takes all digits of its series"
    )


def _doubt(rows, slope):
    """How far an extrapolated limit may be off: a part of what it was extrapolated from."""
    return 1e-6 * max(abs(slope), min(abs(rows[-1].raw), 1.0))


def _plateau(rows, here, order, all_rows=None, slack=0.0):
    """The side that three neighbouring rows agree on; None where they do not, or the quotients do not."""
    slopes, values = [r.slope for r in rows], [r.value for r in rows]
    if all(abs(r.slope) <= 1e-12 * abs(r.raw) for r in rows):  # carried back, nothing is left
        slopes = [0.0] * len(rows)
    if not (_agree(slopes, slack) and _agree(values)):
        return None
    slope, value = slopes[1], values[1]
    if order == 1:
        quotients = [(r.height - value) / r.h for r in all_rows or rows]
        size = max(map(abs, quotients))
        if min(abs(q - slope) for q in quotients) > 1e-3 * max(abs(slope), size):
            return None
        if _misses(max(rows, key=lambda r: abs(r.h)), here, slope):
            return None
    spread = max(abs(s - slope) for s in slopes)
    return Side(value, slope, "smooth", 0, spread + rows[1].noise(order))


def _in_more_digits(near, here, order):
    """The side as the graphs show it that the trace left, computed in as many digits as it takes."""
    if not all(near) or not all(is_plain(row.graph) for row in near):
        return None
    try:
        precise = [row.precise(order) for row in near]
    except (*_UNDEFINED, NotImplementedError, TypeError):
        return None
    return _plateau(precise, here, order) if all(precise) else None


def _best(rows, order):
    """The side that three neighbouring rows agree on best, and the middle one; (None, None) for none."""
    found, at, least = None, None, inf
    for k in range(1, len(rows) - 1):
        three = rows[k - 1 : k + 2]
        if not all(three):
            continue
        row = rows[k]
        error = max(abs(r.slope - row.slope) for r in three)
        error += _CARRIED * max(r.noise(order) for r in three)
        size = max(abs(row.slope), *(abs(r.raw) for r in three))
        apart = max(abs(r.value - row.value) for r in three)
        if error <= 1e-6 * size and apart <= 1e-6 * abs(row.height) and error < least:
            found, at, least = Side(row.value, row.slope, "smooth", 0, error), row, error
    return found, at


def _misses(row, here, slope):
    """True where a row meets f(x), but its series, carried back, misses f(x) in proportion to h."""
    miss = abs(row.value - here)
    if not miss <= 1e-9 * max(
        abs(here), abs(row.value), 1e-3
    ):  # a jump, or nothing to compare with
        return False
    quotient = abs(row.height - here) / abs(row.h)
    return miss / abs(row.h) > 1e-3 * max(abs(slope), quotient) + 1e-6 * abs(here)


def _denied(rows, here, slope):
    """True where the quotients settle at something else: if f' has a limit at x, they have the same.

    Asked of the three nearest rows that rounding leaves alone.
    """
    for k in range(len(rows), 2, -1):
        near = rows[k - 3 : k]
        quotients = [(r.height - here) / r.h for r in near]
        size = max(map(abs, quotients))
        if all(8 * ulp(max(abs(r.height), abs(here))) <= 1e-4 * size * abs(r.h) for r in near):
            settled = max(quotients) - min(quotients) <= 1e-3 * size
            return settled and all(abs(q - slope) > 1e-2 * size for q in quotients)
    return False


def _against(side, here, sign, count, row):
    """The side, compared with f(x) itself: a step between them is a jump."""
    side.evaluations = count
    if isfinite(side.value) and isfinite(here):
        step = side.value - here
        least = 1e-9 * max(abs(here), abs(side.value), abs(row.height))
        if abs(step) > least + _CARRIED * row.noise(0):
            return Side(side.value, sign * (inf if step > 0 else -inf), "jump", count)
    return side


def _agree(values, slack=0.0):
    apart = _TOLERANCE * max(abs(v) for v in values) + slack
    return all(abs(v - values[-1]) <= apart or v == values[-1] for v in values)


def _limit(values):
    """The limit of a sequence while h shrinks by 16 each time: a number, inf, or nan for none."""
    if len(values) < 6:
        return nan
    *_, b, c, d = values
    if _agree([b, c, d]):
        return d
    steps = [v - u for u, v in pairwise(values[-6:])]
    if all(abs(v) <= abs(u) / 1.5 for u, v in pairwise(values[-6:])) and abs(d) < 1e-3:
        return 0.0
    if all(steps) and (all(s > 0 for s in steps) or all(s < 0 for s in steps)):
        growth = [v / u for u, v in pairwise(steps)]
        if min(growth) > 0.9 and max(growth) < 1.2 * min(growth):  # a power of h, or its logarithm
            return inf if d > c else -inf
    first, second = _aitken(*values[-4:-1]), _aitken(b, c, d)
    if abs(first - second) <= 1e-6 * max(abs(second), abs(steps[-1])):
        return second
    return nan


def _aitken(a, b, c):
    """The limit of a geometric approach through three terms (Aitken 1926)."""
    bend = (c - b) - (b - a)
    return c - (c - b) ** 2 / bend if bend else c


class Decided:
    """The derivative at a break, how far it may be off, its sides, what it cost, what is to be said."""

    __slots__ = ("error", "evaluations", "left", "notes", "right", "value")

    def __init__(self, value, error, left, right, notes=()):
        self.value = value
        self.error = error
        self.left = left.slope
        self.right = right.slope
        self.evaluations = left.evaluations + right.evaluations
        self.notes = notes


def decide(f, x, here, edges, order=1, side=None):
    """The derivative at a break, as Decided; NotDifferentiable where there is none.

    With `side` the one-sided derivative is the answer, where it exists.
    """
    if order > 1 and side is None:  # |x| + x² has the second derivative 2 on both sides of 0
        decide(f, x, here, edges, order - 1)
    left = one_sided(f, x, -1, here, order)
    right = one_sided(f, x, +1, here, order)
    apart = _apart(left, right, _ROUNDING * abs(here) / extent(x))
    if apart is not None and left.kind == right.kind == "smooth":
        found = around(f, x, here, left.slope, order)
        if found is not None:
            found.evaluations += left.evaluations + right.evaluations
            return found
    if side is not None:
        chosen = left if side == "left" else right
        if isfinite(chosen.slope):
            return Decided(chosen.slope, _bar(chosen), left, right)
    elif apart is not None:
        return Decided(_mean(left, right), apart + max(_bar(left), _bar(right)), left, right)
    raise NotDifferentiable(
        _message(f, x, left, right, edges, order, side), left.slope, right.slope
    )


def _mean(left, right):
    """The slope that two sides have in common."""
    if left.kind == right.kind == "smooth":
        return left.slope + 0.5 * (right.slope - left.slope)
    return right.slope if right.kind == "smooth" else left.slope


def _apart(left, right, rounding=0.0):
    """How far the slopes of two sides are apart; None where that is more than their errors."""
    if not (isfinite(left.slope) and isfinite(right.slope)):
        return None
    apart = abs(left.slope - right.slope)
    error = max(_bar(left), _bar(right))
    same = apart <= max(1e-8 * max(abs(left.slope), abs(right.slope)), 2 * error, rounding)
    return apart if same else None


def around(f, x, here, slope, order=1):
    """The sides beyond a narrow window at x, if they go on through f(x) with one slope, not the given one.

    Raises NotTraceable for a higher derivative that samples deny where the sides do not tell
    another: an iteration that stops early is straight near its start.
    """
    if not (isfinite(here) and denied(f, x, slope, order)):
        return None
    rows = [[beside(f, x, sign * extent(x), k, order) for k in BEYOND] for sign in (-1, +1)]
    if not all(map(all, rows)):
        return None
    met = _MET * max(abs(here), abs(slope) * extent(x))
    found = [_beyond(x, side, here, order, met) for side in rows]
    apart = _apart(*found) if all(found) else None
    if apart is not None:
        sizes = max(abs(side.value) for side in found)
        if abs(found[0].value - found[1].value) > _MET * sizes + met:
            apart = None
    if apart is None:
        if order > 1:
            raise NotTraceable(
                f"near {x:g} the derivatives of {name_of(f)} that were traced are not those of its values"
            )
        return None
    if _apart(Side(here, slope, "smooth", 0, 0.0), found[1]) is not None:
        return None
    return Decided(_mean(*found), apart + max(map(_bar, found)), *found, (WINDOW,))


def _beyond(x, rows, here, order, met):
    """The side that rows beyond a window show, where it meets f(x); else None."""
    side = _in_more_digits(rows, here, order)
    if side is None and not rows[1].noisy(order):
        side = _plateau(rows, here, order, slack=2 * rows[2].noise(order))
    if side is None or abs(side.value - here) > WIDE * extent(x) * abs(side.slope) + met:
        return None
    side.evaluations = len(rows)
    return side


def _bar(side):
    """How far the slope of a side may be off: the series carried back has an end of its own."""
    known = 0.0 if isnan(side.error) else side.error
    return known + 1e-11 * abs(side.slope)


def _message(f, x, left, right, edges, order, side):
    what = edges[0].name if edges else name_of(f)
    what = name_of(f) if what == "<lambda>" else what
    nth = "" if order == 1 else f" {order} times"
    sides = f"{_say(left)} from the left, {_say(right)} from the right"
    text = f"{name_of(f)} is not{nth} differentiable at {x:g}: slope {sides}"
    if edges:
        text += f"\n    it stands exactly on a break of {what}{show_line(edges[0].where)}"
    usable = "right" if isfinite(right.slope) else "left" if isfinite(left.slope) else None
    if usable and side is None:
        text += f'\n    one side: derivative(f, {x:g}, side="{usable}")'
        text += f"     for descent: gradient(f, {x:g})"
    return text


def _say(side):
    if side.kind == "undefined":
        return "undefined"
    if side.kind == "jump":
        return f"{side.slope:+} (a jump)"
    if side.kind == "oscillation":
        return "no limit (it oscillates)"
    return f"{side.slope:+.10g}"
