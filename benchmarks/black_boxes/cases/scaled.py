"""Badly scaled: x or f huge or tiny, x = 0, offsets that hide the function, steps of any length."""

import math
from functools import partial

from mpmath import mp

from ..case import Case

scaled = partial(Case, "scaled")


def micrometres(x):
    return math.exp(-((x / 1e-6) ** 2)) + x * 1e5


CASES = (
    scaled("sin at 0", lambda x: math.sin(x), 0.0),
    scaled("exp at 0", lambda x: math.exp(x), 0.0),
    scaled("cube at 0", lambda x: x**3, 0.0, truth=lambda x: 0 * x),
    scaled("fifth power at 0", lambda x: x**5 + 2 * x, 0.0),
    scaled("x at 1e12", lambda x: math.sin(x * 1e-12), 1e12),
    scaled("x at 1e100", lambda x: math.log(x), 1e100),
    scaled("x at 1e-12", lambda x: math.sin(x * 1e12), 1e-12),
    scaled("x at 1e-100", lambda x: x * x, 1e-100),
    scaled("square at 1e-30", lambda x: (1e30 * x) ** 2 + 1, 1e-30),
    scaled("f of 1e200", lambda x: 1e200 * math.cos(x), 0.9),
    scaled("f of 1e-200", lambda x: 1e-200 * math.cos(x), 0.9),
    scaled("f of 1e-300", lambda x: 1e-300 * math.exp(x), 0.2),
    scaled("scale 1e-6 at 0", micrometres, 0.0),
    scaled("scale 1e-6 beside 0", micrometres, 4e-7),
    scaled("scale 1e6 at 0", lambda x: math.sin(x * 1e-6), 0.0),
    scaled("scale 1e6 at 1", lambda x: math.atan(x * 1e-6), 1.0),
    scaled("scale 1e-9 at 0", lambda x: math.tanh(x * 1e9), 0.0),
    scaled("scale 1e-5 at 1", lambda x: math.atan((x - 1) * 1e5), 1.0),
    scaled("scale 1e-5 at 1000", lambda x: math.exp((x - 1000) * 1e5), 1000.0),
    scaled("large offset", lambda x: 1e8 + math.sin(x), 1.0),
    scaled("larger offset", lambda x: 1e12 + math.sin(x), 1.0),
    scaled("date as x", lambda x: math.sin(x / 86400.0), 1.7e9),
    scaled("exp at 300", lambda x: math.exp(x), 300.0),
    scaled("exp at 709", lambda x: math.exp(x), 709.0),
    scaled("exp at -600", lambda x: math.exp(x), -600.0),
    scaled("pressure", lambda x: 101325.0 * (1 - 2.25577e-5 * x) ** 5.25588, 1500.0),
    scaled("Planck", lambda x: 1.19e-16 / x**5 / math.expm1(0.0143878 / (x * 5800.0)), 5e-7),
    scaled("rate", lambda x: 1e13 * math.exp(-1.2e5 / (8.314 * x)), 350.0),
    scaled("line at 1e10", lambda x: 2.5 * x, 1e10),
    scaled("sixth power", lambda x: x**6, 1e40),
    scaled("tail", lambda x: math.erfc(x), 20.0),
    scaled("smallest numbers", lambda x: x * 3, 1e-310, truth=lambda x: mp.mpf(3)),
)
