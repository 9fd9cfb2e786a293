"""Sine, cosine and powers on intervals: functions whose hills and valleys are known."""

from math import ceil, floor, inf, pi

from ..rules.arithmetic import power
from ..rules.elementary import cos, sin
from ..rules.rounding import ldexp
from .interval_cards import at, highest, lowest
from .interval_rules import EVERYTHING, down, hull, magnitude, multiply, reciprocal, up

FAR = 2.0**40  # from here on a float says too little about the phase


def sine(x):
    return _wave(sin, x, 1)


def cosine(x):
    return _wave(cos, x, 0)


def _wave(card, x, peak):
    """A wave of height 1 whose peaks are at the quarter turns peak, peak + 4, …"""
    lo, hi = x
    if lo == hi:
        return at(card, (lo,))
    if not -FAR < lo <= hi < FAR:
        return -1.0, 1.0
    first, last = _quarters(lo)[0], _quarters(hi)[1]
    low, high = hull(at(card, (lo,)), at(card, (hi,)))
    if _passes(first, last, peak):
        high = 1.0
    if _passes(first, last, peak + 2):
        low = -1.0
    return low, high


def _quarters(x):
    """An interval that holds x in quarter turns."""
    q = x * (2 / pi)
    margin = abs(q) * 2.0**-50
    return q - margin, q + margin


def _passes(first, last, turn):
    """True where one of turn, turn ± 4, … lies between first and last."""
    return floor((last - turn) / 4) >= ceil((first - turn) / 4)


def powers(x, n):
    """x^n: for a whole n on any x, else on x ≥ 0, where the extremes are at the corners."""
    if n[0] == n[1] and n[0] % 1 == 0:
        return _whole(x, n[0])
    if x[1] < 0:
        if n[0] == n[1]:
            raise ValueError(f"x^{n[0]} is not defined between {x[0]} and {x[1]}")
        return EVERYTHING
    if x[0] < 0:
        if n[0] != n[1]:
            return EVERYTHING
        x = (0.0, x[1])
    low, high = inf, 0.0
    for base in x:
        for exponent in n:
            lo, hi = _corner(base, exponent)
            low, high = min(low, lo), max(high, hi)
    return max(low, 0.0), high


def _corner(base, exponent):
    """x^n for x ≥ 0 at a corner, where an infinite end is a limit."""
    if base == 0 and exponent < 0:
        return 0.0, inf
    try:
        value = base**exponent
    except OverflowError:
        value = inf
    return down(value), up(value)


def _whole(x, n):
    if n == 0:
        return 1.0, 1.0
    if n < 0:
        if x[0] < 0 < x[1]:
            return (0.0, inf) if n % 2 == 0 else EVERYTHING
        return reciprocal(_whole(x, -n))
    if n % 2 == 0:
        x = magnitude(x)
    return lowest(power, (x[0], n)), highest(power, (x[1], n))


SHAPES = {
    sin: sine,
    cos: cosine,
    power: powers,
    ldexp: lambda x, n: multiply(x, powers((2.0, 2.0), n)),
}
