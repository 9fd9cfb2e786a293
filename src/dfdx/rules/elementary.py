"""The cards of the elementary functions: one line per function.

A partial is written so that it keeps its digits: through the value y where that
is exact (exp, tan), through the operand where y would cancel (tanh far out).
Source: Abramowitz & Stegun, chapters 4.1 to 4.6 (https://dlmf.nist.gov/4).
"""

# A table: one card, one line.
# fmt: off
import math
from math import inf

from ..numbers import degree, log_2, log_10, radian
from ..pointwise import pointwise
from .choice import choose, greater

_HALF = (-math.pi / 2, math.pi / 2)
_POSITIVE = ((0, inf),)
_UNIT = ((-1, 1),)


def _one_over(name):
    """1 / function on arrays, for the three circular functions that NumPy leaves out."""
    def function(x):
        import numpy as np
        return 1 / getattr(np, name)(x)
    return function


def _slope_of_tanh(y, x):
    """1/cosh²; on arrays 1 - tanh², which is cheap, where no digits cancel."""
    if type(x).__name__ != "ndarray" or not x.size:
        return 1 / (cosh(x) * cosh(x))
    p = 1 - y * y
    far = p < 0.25
    if far.any():
        p[far] = 1 / cosh.on_arrays(x[far]) ** 2
    return p


# exponentials and logarithms
exp = pointwise("exp", lambda y, x: y, bounds=(0, inf), trend="up", latex=r"\exp")
exp2 = pointwise("exp2", lambda y, x: y * log_2, bounds=(0, inf), trend="up", mp=lambda mp, x: mp.power(2, x))
expm1 = pointwise("expm1", lambda y, x: exp(x), bounds=(-1, inf), trend="up")
log = pointwise("log", lambda y, x: 1 / x, breaks=lambda x: x, domain=_POSITIVE, trend="up", latex=r"\ln")
log2 = pointwise("log2", lambda y, x: 1 / (x * log_2), breaks=lambda x: x, domain=_POSITIVE, trend="up", mp=lambda mp, x: mp.log(x, 2), latex=r"\log_2")
log10 = pointwise("log10", lambda y, x: 1 / (x * log_10), breaks=lambda x: x, domain=_POSITIVE, trend="up", latex=r"\log_{10}")
log1p = pointwise("log1p", lambda y, x: 1 / (1 + x), breaks=lambda x: 1 + x, domain=((-1, inf),), trend="up")
logaddexp = pointwise("logaddexp", lambda z, x, y: exp(x - z), lambda z, x, y: exp(y - z), scalar=lambda x, y: max(x, y) + math.log1p(math.exp(-abs(x - y))), mp=lambda mp, x, y: mp.log(mp.exp(x) + mp.exp(y)), ulps=3)
logaddexp2 = pointwise("logaddexp2", lambda z, x, y: exp2(x - z), lambda z, x, y: exp2(y - z), mp=lambda mp, x, y: mp.log(mp.power(2, x) + mp.power(2, y), 2), ulps=3)

# roots and lengths
sqrt = pointwise("sqrt", lambda y, x: 1 / (2 * y), breaks=lambda x: x, bounds=(0, inf), domain=_POSITIVE, trend="up", ulps=0.5)
cbrt = pointwise("cbrt", lambda y, x: 1 / (3 * y * y), breaks=lambda x: x, trend="up", mp=lambda mp, x: mp.sign(x) * mp.cbrt(abs(x)), ulps=4)
hypot = pointwise("hypot", lambda z, x, y: x / z, lambda z, x, y: y / z, breaks=lambda x, y: abs(x) + abs(y), bounds=(0, inf))

# circular functions
sin = pointwise("sin", lambda y, x: cos(x), bounds=(-1, 1), latex=r"\sin")
cos = pointwise("cos", lambda y, x: -sin(x), bounds=(-1, 1), latex=r"\cos")
tan = pointwise("tan", lambda y, x: 1 + y * y, breaks=lambda x: cos(x), latex=r"\tan")
cot = pointwise("cot", lambda y, x: -1 - y * y, breaks=lambda x: sin(x), latex=r"\cot", scalar=lambda x: 1 / math.tan(x), numpy=_one_over("tan"))
sec = pointwise("sec", lambda y, x: y * tan(x), breaks=lambda x: cos(x), latex=r"\sec", scalar=lambda x: 1 / math.cos(x), numpy=_one_over("cos"))
csc = pointwise("csc", lambda y, x: -y * cot(x), breaks=lambda x: sin(x), latex=r"\csc", scalar=lambda x: 1 / math.sin(x), numpy=_one_over("sin"))
asin = pointwise("asin", lambda y, x: 1 / sqrt((1 - x) * (1 + x)), bounds=_HALF, domain=_UNIT, breaks=lambda x: (1 - x) * (1 + x), trend="up", numpy="arcsin", latex=r"\arcsin")
acos = pointwise("acos", lambda y, x: -1 / sqrt((1 - x) * (1 + x)), bounds=(0, math.pi), domain=_UNIT, breaks=lambda x: (1 - x) * (1 + x), trend="down", numpy="arccos", latex=r"\arccos")
atan = pointwise("atan", lambda y, x: 1 / (1 + x * x), bounds=_HALF, trend="up", numpy="arctan", latex=r"\arctan")
atan2 = pointwise("atan2", lambda t, y, x: x / (x * x + y * y), lambda t, y, x: -y / (x * x + y * y), bounds=(-math.pi, math.pi), breaks=lambda y, x: choose(greater(x, 0), 1.0, y), numpy="arctan2")
degrees = pointwise("degrees", radian, mp="degrees", trend="up", ulps=1)
radians = pointwise("radians", degree, mp="radians", trend="up", ulps=1)

# hyperbolic functions
sinh = pointwise("sinh", lambda y, x: cosh(x), trend="up", latex=r"\sinh")
cosh = pointwise("cosh", lambda y, x: sinh(x), bounds=(1, inf), latex=r"\cosh")
tanh = pointwise("tanh", lambda y, x: _slope_of_tanh(y, x), bounds=(-1, 1), trend="up", latex=r"\tanh")
asinh = pointwise("asinh", lambda y, x: 1 / hypot(1, x), trend="up", numpy="arcsinh", latex=r"\operatorname{arsinh}")
acosh = pointwise("acosh", lambda y, x: 1 / (sqrt(x - 1) * sqrt(x + 1)), bounds=(0, inf), domain=((1, inf),), breaks=lambda x: x - 1, trend="up", numpy="arccosh", latex=r"\operatorname{arcosh}")
atanh = pointwise("atanh", lambda y, x: 1 / ((1 - x) * (1 + x)), domain=_UNIT, breaks=lambda x: (1 - x) * (1 + x), trend="up", numpy="arctanh", latex=r"\operatorname{artanh}")
