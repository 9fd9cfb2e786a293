"""Smooth functions: elementary ones and their compositions, and special functions of SciPy."""

import math
from functools import partial

import numpy as np
from scipy import special

from ..case import Case

smooth = partial(Case, "smooth")
special_function = partial(Case, "special")

CASES = (
    smooth("sin", lambda x: math.sin(x), 1.0),
    smooth("exp", lambda x: math.exp(x), 0.7),
    smooth("log", lambda x: math.log(x), 3.0),
    smooth("sqrt", lambda x: math.sqrt(x), 2.0),
    smooth("tan", lambda x: math.tan(x), 0.6),
    smooth("atan", lambda x: math.atan(x), -1.4),
    smooth("tanh", lambda x: math.tanh(x), 0.9),
    smooth("asinh", lambda x: math.asinh(x), 2.5),
    smooth("power", lambda x: x**1.7, 1.3),
    smooth("reciprocal", lambda x: 1 / x, -2.2),
    smooth("cubic", lambda x: x**3 - 2 * x + 5, 1.5),
    smooth("degree 12", lambda x: (x - 0.5) ** 12 + x**5, 0.9),
    smooth("runge", lambda x: 1 / (1 + 25 * x * x), 0.3),
    smooth("gauss bell", lambda x: math.exp(-x * x / 2) / 2.5, 1.1),
    smooth("logistic", lambda x: 1 / (1 + math.exp(-x)), 0.4),
    smooth("softplus", lambda x: math.log1p(math.exp(x)), -0.3),
    smooth("sin exp", lambda x: math.sin(math.exp(x)), 1.2),
    smooth("exp sin", lambda x: math.exp(math.sin(3 * x)), 0.8),
    smooth("x to the x", lambda x: x**x, 1.9),
    smooth("squeeze", lambda x: math.exp(x) / math.sqrt(math.sin(x) ** 3 + math.cos(x) ** 3), 1.5),
    smooth("damped", lambda x: math.exp(-0.3 * x) * math.cos(4 * x), 2.3),
    smooth("hypot", lambda x: math.hypot(x, 3.0), 4.0),
    smooth("atan2", lambda x: math.atan2(x, 2.0 - x), 0.7),
    smooth("numpy", lambda x: np.sin(x) * np.arctan(x) + np.log(2 + np.cos(x)), 0.4),
    smooth("straight", lambda x: 3 * x + 7, 0.25),
    smooth("constant", lambda x: 4.0 + 0 * x, 1.0),
    smooth("stationary", lambda x: math.cos(x), 0.0, truth=lambda x: 0),
    smooth("parabola's vertex", lambda x: (x - 1) ** 2, 1.0, truth=lambda x: 2 * (x - 1)),
    smooth("sinc", lambda x: math.sin(x) / x, 1e-3),
    special_function("erf", lambda x: math.erf(x), 0.5),
    special_function("gamma", lambda x: math.gamma(x), 3.7),
    special_function("lgamma", lambda x: math.lgamma(x), 0.8),
    special_function("erfcx", lambda x: special.erfcx(x), 1.3),
    special_function("digamma", lambda x: special.psi(x), 2.6),
    special_function("Bessel J", lambda x: special.jv(2, x), 4.5),
    special_function("Bessel K", lambda x: special.kv(0.5, x), 1.2),
    special_function("Airy", lambda x: special.airy(x)[0], -2.0),
    special_function("elliptic K", lambda x: special.ellipk(x), 0.6),
    special_function("exponential integral", lambda x: special.expi(x), 1.5),
    special_function("zeta", lambda x: special.zeta(x), 3.3),
    special_function("incomplete beta", lambda x: special.betainc(2.5, 1.5, x), 0.3),
    special_function("incomplete gamma", lambda x: special.gammainc(3.0, x), 2.0),
    special_function("normal cdf", lambda x: special.ndtr(x), -1.5),
    special_function("Dawson", lambda x: special.dawsn(x), 0.9),
    special_function("2F1", lambda x: special.hyp2f1(0.5, 1.5, 2.5, x), 0.4),
    special_function("sine integral", lambda x: special.sici(x)[0], 3.0),
    special_function("Fresnel", lambda x: special.fresnel(x)[0], 1.1),
)
