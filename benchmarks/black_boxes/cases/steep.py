"""High frequency, steep, and near a singularity: the length scale is what must be found."""

import math
from functools import partial

from ..case import Case

fast = partial(Case, "high frequency")
steep = partial(Case, "steep")
near = partial(Case, "near singular")


def spectrum(x):
    return sum(math.cos(k * k * x) / (1 + k) for k in range(30))


CASES = (
    fast("sin 100x", lambda x: math.sin(100 * x), 0.3),
    fast("sin 1e4 x", lambda x: math.sin(1e4 * x), 0.3),
    fast("sin 1e6 x", lambda x: math.sin(1e6 * x), 0.7),
    fast("sin 1e9 x", lambda x: math.sin(1e9 * x), 0.1),
    fast("ripple 1e-3", lambda x: x * x + 1e-3 * math.sin(1e4 * x), 1.1),
    fast("ripple 1e-6", lambda x: math.exp(x) + 1e-6 * math.sin(3e5 * x), 0.5),
    fast("ripple 1e-7, 1e9", lambda x: math.sin(x) + 1e-7 * math.sin(1e9 * x), 1.0),
    fast("cos at 1e6", lambda x: math.cos(x), 1e6),
    fast("cos at 1e9", lambda x: math.cos(x), 1e9),
    fast("chirp", lambda x: math.sin(x**3), 20.0),
    fast("spectrum", spectrum, 0.77),
    fast("beats", lambda x: math.sin(200 * x) * math.sin(203 * x), 1.0),
    steep("tanh 1e3", lambda x: math.tanh(1e3 * (x - 1)), 1.0002),
    steep("tanh 1e6", lambda x: math.tanh(1e6 * (x - 1)), 1.0),
    steep("tanh 1e4, foot", lambda x: math.tanh(1e4 * (x - 1)), 1.001),
    steep("narrow bell", lambda x: math.exp(-((x - 0.5) ** 2) / 2e-8), 0.5001),
    steep("narrow bell on a slope", lambda x: x + math.exp(-((x - 0.5) ** 2) / 2e-6), 0.5),
    steep("atan 1e8", lambda x: math.atan(1e8 * x), 1e-8),
    steep("smooth abs", lambda x: math.sqrt(x * x + 1e-8), 1e-5),
    steep("smooth abs, 1e-6", lambda x: math.sqrt((x - 1) ** 2 + 1e-12), 1 + 1e-6),
    steep("exp 500x", lambda x: math.exp(500 * (x - 1)), 1.0),
    steep("boundary layer", lambda x: (1 - math.exp(-x / 1e-4)) * math.cos(x), 3e-5),
    steep("runge 1e6", lambda x: 1 / (1 + 1e6 * x * x), 0.001),
    near("1/x at 1e-6", lambda x: 1 / x, 1e-6),
    near("1/(x - 1)", lambda x: 1 / (x - 1), 1 + 2.0**-20),
    near("1/(x - 1), 1e-10", lambda x: 1 / (x - 1), 1 + 2.0**-33),
    near("log", lambda x: math.log(x), 1e-9),
    near("sqrt", lambda x: math.sqrt(x), 1e-10),
    near("tan near pi/2", lambda x: math.tan(x), 1.5707),
    near("gamma near -1", lambda x: math.gamma(x), -1.0003),
    near("pole in the plane", lambda x: 1 / ((x - 1) ** 2 + 1e-10), 1.00001),
    near("log |sin|", lambda x: math.log(abs(math.sin(x))), 3.1415),
    near("power 0.1", lambda x: x**0.1, 1e-8),
    near("abs, 1e-3 beside", lambda x: abs(x - 1), 1.001),
    near("abs, 1e-8 beside", lambda x: abs(x - 1), 1 + 1e-8),
    near("jump, 1e-6 beside", lambda x: math.floor(x) + math.sin(x), 2.000001),
)
