"""Noisy functions: absolute noise, truly random, single precision, rounded, solvers that stop early."""

import math
from functools import partial

import numpy as np
from mpmath import mp
from scipy.integrate import quad, solve_ivp
from scipy.optimize import brentq, minimize_scalar

from ..case import Case
from ..noise import draw, shake

noisy = partial(Case, "noisy")
random = partial(Case, "random")
coarse = partial(Case, "single, rounded")
loose = partial(Case, "solver")


def _shaken(size):
    return lambda x: math.sin(2 * x) + size * shake(x)


def _bell(size):
    return lambda x: math.exp(-x * x) * x + size * shake(x, 3)


def _drawn(size):
    return lambda x: math.atan(x) * 2 + size * draw()


def single(x):
    return float(np.sin(np.float32(x)) * np.float32(2))


def single_polynomial(x):
    x = np.float32(x)
    return float(x * x * np.float32(0.5) + x - np.float32(1))


def half(x):
    return float(np.float16(math.exp(x / 3)))


def loose_root(x):
    return brentq(lambda y: y + math.exp(y) - x, -10.0, 10.0, xtol=1e-6, rtol=1e-6)


def _root(x):
    return 1 / (1 + mp.lambertw(mp.exp(x)).real)


def loose_newton(x):
    y = 1.0
    while 1e-5 < abs(y**3 + y - x) < 1e9:
        y = y - (y**3 + y - x) / (3 * y * y + 1)
    return y


def _cubic(x):
    return 1 / (3 * mp.findroot(lambda y: y**3 + y - x, 1.0) ** 2 + 1)


def fixed_point(x):
    y = 0.0
    for _ in range(1000):
        new = x + 0.5 * math.cos(y)
        if abs(new - y) < 1e-7:
            break
        y = new
    return y


def _fixed(x):
    y = mp.findroot(lambda y: y - x - mp.cos(y) / 2, x)
    return 1 / (1 + mp.sin(y) / 2)


def loose_quad(x):
    return quad(lambda t: math.sin(x * t) / (1 + t), 0.0, 3.0, epsabs=1e-5, epsrel=1e-5)[0]


def _quad(x):
    return mp.quad(lambda t: t * mp.cos(x * t) / (1 + t), [0, 1, 2, 3])


def loose_ode(x):
    found = solve_ivp(lambda t, y: [y[0] * (x - y[0])], (0.0, 2.0), [0.2], rtol=1e-4, atol=1e-6)
    return float(found.y[0, -1])


def _logistic(x):
    def y(x):
        e = mp.exp(x * 2)
        return x * mp.mpf(0.2) * e / (x + mp.mpf(0.2) * (e - 1))

    h = mp.mpf(10) ** -25
    with mp.workdps(90):
        return (y(x + h) - y(x - h)) / (2 * h)


def least(x):
    return minimize_scalar(lambda y: (y - x) ** 2 + 0.1 * math.cos(3 * y), (x - 1, x + 1)).fun


def _least(x):
    y = mp.findroot(lambda y: 2 * (y - x) - mp.mpf("0.3") * mp.sin(3 * y), x + mp.mpf("0.15"))
    return -2 * (y - x)


def simulated(x):
    total = 0.0
    for k in range(200):
        total += math.exp(-x * (k + 0.5) / 200) * (1 + 1e-4 * shake(x, k))
    return total / 200


CASES = (
    *(noisy(f"sine, noise 1e-{k}", _shaken(10.0**-k), 0.4) for k in (3, 5, 7, 8, 9, 10, 11, 12)),
    *(noisy(f"bell, noise 1e-{k}", _bell(10.0**-k), 0.3) for k in (4, 6, 8, 10)),
    noisy("noise 1e-6 at 0", lambda x: math.exp(x) + 1e-6 * shake(x), 0.0),
    noisy("noise 1e-3 on 1e3 x", lambda x: math.sin(1e3 * x) + 1e-3 * shake(x), 0.2),
    noisy("noise 1 on 1e6", lambda x: 1e6 * math.cos(x) + shake(x), 1.0),
    noisy("relative noise", lambda x: math.exp(3 * x) * (1 + 1e-7 * shake(x)), 1.5),
    noisy("noise, flat", lambda x: 2.0 + 1e-6 * shake(x), 0.7),
    noisy("noise, straight", lambda x: 5 * x + 1e-8 * shake(x), 3.0),
    noisy("noise near an edge", lambda x: math.sqrt(x) + 1e-7 * shake(x), 0.01),
    noisy("noise near a kink", lambda x: abs(x) + 1e-8 * shake(x), 0.01),
    *(random(f"noise 1e-{k}", _drawn(10.0**-k), 0.6) for k in (3, 5, 7, 9, 11)),
    random("averaged", lambda x: sum(x * x + 1e-3 * draw() for _ in range(50)) / 50, 1.0),
    coarse("float32", single, 0.7),
    coarse("float32 polynomial", single_polynomial, 1.3),
    coarse("float16", half, 1.0),
    coarse("6 decimals", lambda x: round(math.sin(x) * 3, 6), 0.5),
    coarse("9 decimals", lambda x: round(math.exp(x), 9), 0.3),
    coarse("12 decimals", lambda x: round(math.exp(x), 12), 0.3),
    coarse("2 decimals of a price", lambda x: round(100 * math.exp(x), 2), 0.8),
    coarse("text, 8 digits", lambda x: float(f"{math.log(x):.8g}"), 2.0, truth=lambda x: 1 / x),
    loose("brentq 1e-6", loose_root, 2.0, truth=_root, blur=1e-6),
    loose("newton 1e-5", loose_newton, 3.0, truth=_cubic, blur=1e-5),
    loose("fixed point 1e-7", fixed_point, 0.8, truth=_fixed, blur=1e-6),
    loose("quad 1e-5", loose_quad, 2.0, truth=_quad, blur=1e-5),
    loose("RK45 1e-4", loose_ode, 1.3, truth=_logistic, blur=1e-4),
    loose("least value", least, 0.7, truth=_least, blur=1e-6),
    loose("simulation", simulated, 1.5),
)
