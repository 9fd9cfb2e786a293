"""What a card's facts say about the function on an interval.

A function with a trend takes its extremes at the ends. So does one whose partials,
enclosed on the whole interval, have a sign. Otherwise the mean value theorem holds:
f(x) lies in f(m) + f'(X) (X - m). Where the partials are written through the value
y itself, y is enclosed first, as a differential equation's solution is (Picard's
argument): if f(m) + f'(Y, X) (X - m) lies inside Y, then so does f(X). An interval on
which the function may break gets the card's bounds, never a guess.

Source: Moore, Kearfott & Cloud, Introduction to Interval Analysis, chapters 6 and 9.
"""

from math import inf, nextafter

from ..errors import NoRule
from ..graph import Graph, as_node, variable
from ..rules.elementary import cosh, hypot
from .interval_rules import FALSE, add, common, hull, magnitude, meet, multiply, subtract

VALLEYS = {cosh, hypot}  # they grow with the size of each operand
TRIES = 4  # how often the guess for y is widened
ERRORS = (ZeroDivisionError, ValueError, OverflowError)
_outer = {}
_breaks = {}


def outer(card):
    """The card's bounds; an end that is no whole number may be rounded, so it moves outward."""
    if card not in _outer:
        lo, hi = card.bounds
        _outer[card] = (
            lo if lo == -inf or lo % 1 == 0 else nextafter(lo, -inf),
            hi if hi == inf or hi % 1 == 0 else nextafter(hi, inf),
        )
    return _outer[card]


def at(card, xs):
    """An interval that holds the function's value at a point: the library's, give or take its ulps."""
    value = float(card(*xs))
    if not -inf < value < inf:
        return outer(card)
    error = card.error(value, xs)
    return common((value - error, value + error), outer(card))


def lowest(card, xs):
    """A lower bound for the function's value at the end of an interval."""
    try:
        return at(card, xs)[0]
    except ERRORS:
        return outer(card)[0]


def highest(card, xs):
    """An upper bound, as `lowest` gives a lower one."""
    try:
        return at(card, xs)[1]
    except ERRORS:
        return outer(card)[1]


def function(card, xs, reading, depth):
    """An enclosure of the function of a card on intervals, from the facts on the card.

    `reading(graph, intervals, depth)` encloses the graph of a partial, as long as
    `reading.affords(depth)`; after that `reading.bottom(card, xs)` must do.
    """
    inside = [meet(x, edges) for x, edges in zip(xs, card.domain, strict=True)]
    if all(inside):
        xs = inside
        if card.trend == "up":
            return lowest(card, [x[0] for x in xs]), highest(card, [x[1] for x in xs])
        if card.trend == "down":
            return lowest(card, [x[1] for x in xs]), highest(card, [x[0] for x in xs])
    elif not _is_defined(card, [middle(x) for x in xs]):
        where = ", ".join(f"[{lo}, {hi}]" for lo, hi in xs)
        raise ValueError(f"{card.name} is not defined on {where}")
    if all(lo == hi for lo, hi in xs):
        return at(card, [lo for lo, hi in xs])
    if card in VALLEYS:
        sizes = [magnitude(x) for x in xs]
        return lowest(card, [s[0] for s in sizes]), highest(card, [s[1] for s in sizes])
    if not reading.affords(depth):
        return reading.bottom(card, xs)
    if may_break(card, xs, reading, depth):
        return outer(card)
    return _by_slopes(card, xs, reading, depth)


def _is_defined(card, point):
    try:
        value = float(card(*point))
    except ERRORS:
        return False
    return value == value


def may_break(card, xs, reading, depth):
    """True unless it is certain that neither the function nor its slope breaks."""
    if card.breaks is None:
        return False
    if card not in _breaks:
        vs = [variable(f"x{k}") for k in range(card.arity)]
        _breaks[card] = Graph(vs, [as_node(card.breaks(*vs))])
    try:
        ((lo, hi),) = reading(_breaks[card], xs, depth + 1)
    except (*ERRORS, NoRule):
        return True
    return lo <= 0 <= hi


def _by_slopes(card, xs, reading, depth):
    """An enclosure from the partials: the ends where they have a sign, else the mean value form."""
    center = [middle(x) for x in xs]
    try:
        value = at(card, center)
    except ERRORS:
        return outer(card)
    wide = [k for k, (lo, hi) in enumerate(xs) if lo < hi]
    y, slopes = _picard(card, xs, center, value, wide, reading, depth)
    if slopes is None:
        return outer(card)
    low, high, free = list(xs), list(xs), []
    for k in wide:
        lo, hi = xs[k]
        if slopes[k][0] >= 0:
            low[k], high[k] = lo, hi
        elif slopes[k][1] <= 0:
            low[k], high[k] = hi, lo
        else:
            low[k] = high[k] = center[k]
            free.append(k)
    for k, (lo, hi) in enumerate(xs):
        if lo == hi:
            low[k] = high[k] = lo
    swing = _sum_of_changes(xs, center, slopes, free)
    ends = (add((lowest(card, low),) * 2, swing)[0], add((highest(card, high),) * 2, swing)[1])
    return common(ends, y)


def _picard(card, xs, center, value, wide, reading, depth):
    """An interval that holds the function on xs, and enclosures of its partials there."""
    y = outer(card)
    slopes = _slopes(card, y, xs, wide, reading, depth)
    if slopes is None:
        return y, None
    if _tells(slopes, wide):
        return y, slopes
    guess = value
    for _ in range(TRIES):
        guess = _wider(hull(guess, value))
        trial = _slopes(card, common(guess, y), xs, wide, reading, depth)
        if trial is None:
            break
        found = add(value, _sum_of_changes(xs, center, trial, wide))
        if guess[0] < found[0] and found[1] < guess[1]:
            return common(found, y), trial
        guess = found
    return y, slopes


def _tells(slopes, wide):
    """True where each partial is bounded or has a sign."""
    return all(
        slopes[k][0] >= 0 or slopes[k][1] <= 0 or (-inf < slopes[k][0] and slopes[k][1] < inf)
        for k in wide
    )


def _slopes(card, y, xs, wide, reading, depth):
    """Enclosures of the partials by the operands that vary, or None where one has no rule."""
    found = {}
    try:
        for k in wide:
            (found[k],) = reading(card.symbolic(k), (y, *xs), depth + 1)
    except (*ERRORS, NoRule):
        return None
    return found


def _sum_of_changes(xs, center, slopes, which):
    """The sum of slope times distance from the middle over the operands in `which`."""
    total = FALSE
    for k in which:
        distance = subtract(xs[k], (center[k], center[k]))
        total = add(total, multiply(slopes[k], distance))
    return total


def middle(x):
    """A float near the middle of an interval."""
    lo, hi = x
    if lo == -inf:
        return min(hi, 0.0) if hi == inf else hi - 1
    if hi == inf:
        return lo + 1
    return min(hi, max(lo, lo / 2 + hi / 2))


def _wider(x):
    """A guess somewhat wider than x."""
    margin = (x[1] - x[0]) + 2**-40 * max(abs(x[0]), abs(x[1])) + 2.0**-1000
    return x[0] - margin, x[1] + margin
