"""Arithmetic and choice on intervals: the primitives with a rule simpler than their card.

An interval is a pair (lo, hi) of floats that holds every value that is meant. Results
are moved outward by `math.nextafter`, so what comes out holds every true result. An
infinite end says that no bound is known on that side.

Source: Moore, Kearfott & Cloud, Introduction to Interval Analysis (SIAM 2009), chapter
2; the exact error of a sum is Knuth's, The Art of Computer Programming 2, 4.2.2.
"""

from math import ceil, copysign, floor, frexp, inf, nextafter, trunc

from ..rules import arithmetic, choice, rounding

TINY = nextafter(0.0, 1.0)
EVERYTHING = (-inf, inf)
FALSE, TRUE, UNKNOWN = (0.0, 0.0), (1.0, 1.0), (0.0, 1.0)


def down(x):
    """A float below each number that is rounded to x (not below 0 where x is 0)."""
    return nextafter(x, -inf) if x or copysign(1.0, x) < 0 else 0.0


def up(x):
    """A float above each number that is rounded to x (not above 0 where x is -0)."""
    return nextafter(x, inf) if x or copysign(1.0, x) > 0 else 0.0


def hull(x, y):
    """The smallest interval that holds both."""
    return min(x[0], y[0]), max(x[1], y[1])


def meet(x, y):
    """What two intervals have in common, or None."""
    lo, hi = max(x[0], y[0]), min(x[1], y[1])
    return (lo, hi) if lo <= hi else None


def common(x, y):
    """What two enclosures of the same value have in common.

    If that is nothing, a fact on a card is wrong; then both together are the safe answer.
    """
    return meet(x, y) or hull(x, y)


def magnitude(x):
    """The interval of |x|."""
    lo, hi = x
    if lo >= 0:
        return x
    return (-hi, -lo) if hi <= 0 else (0.0, max(-lo, hi))


def add(x, y):
    """The sums of the ends, moved outward only where rounding moved them inward."""
    lo, hi = x[0] + y[0], x[1] + y[1]
    part = lo - x[0]
    if not (x[0] - (lo - part)) + (y[0] - part) >= 0:
        lo = nextafter(lo, -inf)
    part = hi - x[1]
    if not (x[1] - (hi - part)) + (y[1] - part) <= 0:
        hi = nextafter(hi, inf)
    return lo, hi


def negative(x):
    return 0.0 - x[1], 0.0 - x[0]


def subtract(x, y):
    return add(x, negative(y))


def multiply(x, y):
    (p, q), (s, t) = x, y
    if p == q and abs(frexp(p)[0]) == 0.5:
        exact = _scaled(y, p)
        if exact:
            return exact
    if s == t and abs(frexp(s)[0]) == 0.5:
        exact = _scaled(x, s)
        if exact:
            return exact
    if p == q == 0 or s == t == 0:
        return FALSE
    if q <= 0:
        return negative(multiply(negative(x), y))
    if t <= 0:
        return negative(multiply(x, negative(y)))
    if p >= 0:
        return down(p * s if s >= 0 else q * s), up(q * t)
    if s >= 0:
        return down(p * t), up(q * t)
    return down(min(p * t, q * s)), up(max(p * s, q * t))


def _scaled(x, factor):
    """x times a power of two, where that loses nothing; else None."""
    lo, hi = x[0] * factor, x[1] * factor
    if lo / factor == x[0] and hi / factor == x[1]:
        return (lo, hi) if factor > 0 else (hi, lo)
    return None


def divide(x, y):
    (p, q), (s, t) = x, y
    if s == t == 0:
        raise ZeroDivisionError("division by zero in an interval enclosure")
    if s < 0 < t:
        return EVERYTHING
    if t <= 0:
        return divide(negative(x), negative(y))
    if q <= 0 and p < 0:
        return negative(divide(negative(x), y))
    if p == q == 0:
        return FALSE
    if s == t and frexp(s)[0] == 0.5 and s < 1e300:
        return multiply(x, (1 / s, 1 / s))
    highest = up(q / s) if s else inf
    if p >= 0:
        return down(p / t), highest
    return (down(p / s) if s else -inf), highest


def square(x):
    lo, hi = magnitude(x)
    return down(lo * lo), up(hi * hi)


def reciprocal(x):
    return divide(TRUE, x)


def absolute(x):
    return magnitude(x)


def maximum(x, y):
    return max(x[0], y[0]), max(x[1], y[1])


def minimum(x, y):
    return min(x[0], y[0]), min(x[1], y[1])


def _ends(function, x):
    """An exact step function, which rises, at the two ends."""
    return tuple(float(function(end)) if abs(end) < inf else end for end in x)


def floor_divide(x, y):
    return _ends(floor, divide(x, y)) if not y[0] <= 0 <= y[1] else EVERYTHING


def remainder(x, y):
    """x - y floor(x / y), which lies between 0 and y."""
    return common(_less_multiple(floor, x, y), (min(0.0, y[0]), max(0.0, y[1])))


def fmod(x, y):
    """x - y trunc(x / y), which lies between 0 and x and is smaller than y."""
    largest = min(magnitude(x)[1], magnitude(y)[1])
    between = (0.0 if x[0] >= 0 else -largest, 0.0 if x[1] <= 0 else largest)
    return common(_less_multiple(trunc, x, y), between)


def _less_multiple(step, x, y):
    """x - y n where n, the whole number next to x / y, is certain."""
    if y[0] <= 0 <= y[1]:
        return EVERYTHING
    n = _ends(step, divide(x, y))
    return subtract(x, multiply(y, n)) if n[0] == n[1] else EVERYTHING


def less(x, y):
    return TRUE if x[1] < y[0] else FALSE if x[0] >= y[1] else UNKNOWN


def less_equal(x, y):
    return TRUE if x[1] <= y[0] else FALSE if x[0] > y[1] else UNKNOWN


def equal(x, y):
    if x[1] < y[0] or y[1] < x[0]:
        return FALSE
    return TRUE if x[0] == x[1] == y[0] == y[1] else UNKNOWN


def choose(condition, x, y):
    """The branch that is certain to be taken, or both."""
    if not condition[0] <= 0 <= condition[1]:
        return x
    return y if condition[0] == condition[1] else hull(x, y)


def copysign_(x, y):
    size = magnitude(x)
    if y[0] > 0:
        return size
    return negative(size) if y[1] < 0 else (-size[1], size[1])


def heaviside(x, middle):
    if x[0] > 0:
        return TRUE
    if x[1] < 0:
        return FALSE
    return middle if x[0] == x[1] else hull(UNKNOWN, middle)


RULES = {
    arithmetic.add: add,
    arithmetic.subtract: subtract,
    arithmetic.multiply: multiply,
    arithmetic.divide: divide,
    arithmetic.negative: negative,
    arithmetic.positive: lambda x: x,
    arithmetic.absolute: magnitude,
    arithmetic.square: square,
    arithmetic.reciprocal: reciprocal,
    arithmetic.maximum: maximum,
    arithmetic.minimum: minimum,
    arithmetic.floor_divide: floor_divide,
    arithmetic.remainder: remainder,
    rounding.fmod: fmod,
    rounding.fmax: maximum,
    rounding.fmin: minimum,
    rounding.copysign: copysign_,
    rounding.heaviside: heaviside,
    rounding.floor: lambda x: _ends(floor, x),
    rounding.ceil: lambda x: _ends(ceil, x),
    rounding.trunc: lambda x: _ends(trunc, x),
    rounding.rint: lambda x: _ends(round, x),
    choice.less: less,
    choice.less_equal: less_equal,
    choice.greater: lambda x, y: less(y, x),
    choice.greater_equal: lambda x, y: less_equal(y, x),
    choice.equal: equal,
    choice.not_equal: lambda x, y: negate(equal(x, y)),
    choice.choose: choose,
}


def negate(truth):
    """Not."""
    return 1.0 - truth[1], 1.0 - truth[0]
