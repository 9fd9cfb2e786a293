"""Orders 2 to 6."""

import math
from functools import partial

import numpy as np
from scipy import special

from ..case import Case
from .hand_written import newton_root, runge_kutta

high = partial(Case, "orders 2 to 6")


CASES = (
    *(high(f"exp, {n}", lambda x: math.exp(x), 0.5, n) for n in range(2, 7)),
    *(high(f"sin 3x, {n}", lambda x: math.sin(3 * x), 0.8, n) for n in range(2, 7)),
    *(high(f"runge, {n}", lambda x: 1 / (1 + x * x), 0.4, n) for n in range(2, 7)),
    high("log, 2", lambda x: math.log(x), 2.0, 2),
    high("log, 3", lambda x: math.log(x), 0.05, 3),
    high("sqrt, 2", lambda x: math.sqrt(x), 1e-3, 2),
    high("sqrt, 4", lambda x: math.sqrt(x), 3.0, 4),
    high("tan, 2", lambda x: math.tan(x), 1.0, 2),
    high("tanh, 3", lambda x: math.tanh(x), 0.3, 3),
    high("bell, 2", lambda x: math.exp(-x * x), 0.7, 2),
    high("bell, 4", lambda x: math.exp(-x * x), 0.2, 4),
    high("cubic, 2", lambda x: x**3 - x, 2.0, 2),
    high("cubic, 3", lambda x: x**3 - x, 2.0, 3),
    high("cubic, 4", lambda x: x**3 - x, 2.0, 4, truth=lambda x: 0),
    high("x^7, 5", lambda x: x**7, 1.1, 5),
    high("cos at 0, 2", lambda x: math.cos(x), 0.0, 2),
    high("cos at 0, 3", lambda x: math.cos(x), 0.0, 3, truth=lambda x: 0),
    high("sin 1e3 x, 2", lambda x: math.sin(1e3 * x), 0.2, 2),
    high("at 1e8, 2", lambda x: math.sin(x * 1e-8), 1e8, 2),
    high("gamma, 2", lambda x: math.gamma(x), 2.5, 2),
    high("Bessel, 3", lambda x: special.jv(0, x), 2.0, 3),
    high("numpy, 2", lambda x: np.exp(-x) * np.cos(x), 0.6, 2),
    high("numpy, 4", lambda x: np.sin(x) * x, 1.4, 4),
    high("newton, 2", newton_root, 3.0, 2),
    high("newton, 3", newton_root, 3.0, 3),
    high("runge-kutta, 2", runge_kutta, 0.8, 2),
    high("abs beside, 2", lambda x: abs(x) ** 3, 0.1, 2),
)
