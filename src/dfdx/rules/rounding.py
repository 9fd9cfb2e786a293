"""The cards of rounding and signs: steps, flat between their breaks."""

# A table: one card, one line.
# fmt: off
import math

from ..pointwise import pointwise
from .arithmetic import sign
from .choice import choose, equal, greater, less

floor = pointwise("floor", 0, scalar=lambda x: float(math.floor(x)), mp=lambda mp, x: mp.floor(x), breaks=lambda x: x % 1, trend="up", ulps=0)
ceil = pointwise("ceil", 0, scalar=lambda x: float(math.ceil(x)), mp=lambda mp, x: mp.ceil(x), breaks=lambda x: x % 1, trend="up", ulps=0)
trunc = pointwise("trunc", 0, scalar=lambda x: float(math.trunc(x)), mp=lambda mp, x: mp.sign(x) * mp.floor(abs(x)), breaks=lambda x: choose(less(abs(x), 1), 1.0, x % 1), trend="up", ulps=0)
rint = pointwise("rint", 0, scalar=lambda x: float(round(x)), mp=lambda mp, x: mp.nint(x), breaks=lambda x: (x + 0.5) % 1, trend="up", ulps=0)
heaviside = pointwise("heaviside", 0, lambda z, x, h: choose(equal(x, 0), 1.0, 0.0), scalar=lambda x, h: 0.0 if x < 0 else 1.0 if x > 0 else h, mp=lambda mp, x, h: 0 if x < 0 else 1 if x > 0 else h, breaks=lambda x, h: x, ulps=0)
copysign = pointwise("copysign", lambda z, x, y: copysign(1.0, y) * copysign(1.0, x), 0, mp=lambda mp, x, y: abs(x) * (1 if y >= 0 else -1), breaks=lambda x, y: x * y, ulps=0)
fmod = pointwise("fmod", 1, lambda z, x, y: -trunc(x / y), mp=lambda mp, x, y: x - y * mp.sign(x / y) * mp.floor(abs(x / y)), breaks=lambda x, y: fmod(x, y))
fmax = pointwise("fmax", lambda z, x, y: _first(x, y), lambda z, x, y: 1 - _first(x, y), scalar=lambda x, y: y if x != x else x if y != y else max(x, y), mp=lambda mp, x, y: max(x, y), breaks=lambda x, y: x - y, kinks=((1, 0), (0, 1)), ulps=0)
fmin = pointwise("fmin", lambda z, x, y: _last(x, y), lambda z, x, y: 1 - _last(x, y), scalar=lambda x, y: y if x != x else x if y != y else min(x, y), mp=lambda mp, x, y: min(x, y), breaks=lambda x, y: x - y, kinks=((1, 0), (0, 1)), ulps=0)
ldexp = pointwise("ldexp", lambda z, x, n: 2.0 ** n, None, scalar=lambda x, n: math.ldexp(x, int(n)), mp=lambda mp, x, n: x * mp.power(2, n), ulps=0)


def _first(x, y):
    """1 where x is the larger (or the only number), 1/2 at a tie, else 0."""
    return choose(greater(x, y), 1.0, choose(equal(x, y), 0.5, choose(equal(y, y), 0.0, 1.0)))


def _last(x, y):
    """1 where x is the smaller (or the only number), 1/2 at a tie, else 0."""
    return choose(less(x, y), 1.0, choose(equal(x, y), 0.5, choose(equal(y, y), 0.0, 1.0)))


__all__ = ["ceil", "copysign", "floor", "fmax", "fmin", "fmod", "heaviside", "ldexp", "rint", "sign", "trunc"]
