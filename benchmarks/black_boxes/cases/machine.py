"""What code asks of its argument: complex numbers welcome, harmful or refused; only floats; few calls."""

import math
from functools import partial

import numpy as np
from mpmath import mp

from ..case import Case
from ..precise import replaced

safe = partial(Case, "complex-safe")
unsafe = partial(Case, "complex-unsafe")
strict = partial(Case, "strict float")
costly = partial(Case, "expensive")


@replaced(lambda x: None)
def need_float(x):
    if type(x) is not float:
        raise TypeError(f"a float is needed, not {type(x).__name__}")


@replaced(lambda x: None)
def need_native(x):
    if not isinstance(x, float) or np.ndim(x):
        raise TypeError("one number is needed")


@replaced(lambda z: z)
def real_part(z):
    return z.real


@replaced(lambda z: z)
def conjugate(z):
    return z.conjugate()


def absolute(x):
    return abs(x**3 - 5 * x + 1)


def modulus(x):
    return abs(np.exp(1j * x) + 2) ** 2


def two_reals(x):
    return real_part(x * 1) ** 2 + x


def strict_float(x):
    need_float(x)
    return math.sin(x) * x


def strict_branch(x):
    need_float(x)
    if x > 0.5:
        return math.exp(-x) * x**2
    return x


def one_number(x):
    need_native(x)
    return np.cos(x) / (1 + x * x)


def packed(x):
    import array

    return array.array("d", [x])[0] ** 3


def bits(x):
    import struct

    return struct.unpack("<d", struct.pack("<d", x))[0] ** 2 + math.cos(x)


def heat(x):
    """An implicit heat equation with 30 cells and 60 steps: x is the conductivity."""
    n, steps = 30, 60
    u = [math.sin(math.pi * (k + 1) / (n + 1)) for k in range(n)]
    for _ in range(steps):
        c, d = [0.0] * n, [0.0] * n
        a, b = -x, 1 + 2 * x
        c[0], d[0] = a / b, u[0] / b
        for k in range(1, n):
            m = b - a * c[k - 1]
            c[k], d[k] = a / m, (u[k] - a * d[k - 1]) / m
        u[n - 1] = d[n - 1]
        for k in range(n - 2, -1, -1):
            u[k] = d[k] - c[k] * u[k + 1]
    return sum(u) / n


def orbit(x):
    px, py, vx, vy = 1.0, 0.0, 0.0, x
    for _ in range(500):
        r3 = (px * px + py * py) ** 1.5
        vx, vy = vx - 0.005 * px / r3, vy - 0.005 * py / r3
        px, py = px + 0.005 * vx, py + 0.005 * vy
    return px


CASES = (
    safe("polynomial", lambda x: x**4 - 3 * x**2 + x, 0.7),
    safe("rational", lambda x: (x**2 + 1) / (x - 3), 1.2),
    safe("numpy exp sin", lambda x: np.exp(np.sin(x)), 2.0),
    safe("numpy sqrt", lambda x: np.sqrt(1 + x * x), 0.8),
    safe("numpy chain", lambda x: np.tanh(x) * np.cos(3 * x) + np.log(2 + x), 0.3),
    safe("power 2.5", lambda x: x**2.5, 1.7),
    safe("numpy at 1e-8", lambda x: np.sin(x) / (1 + x), 1e-8),
    safe("numpy, steep", lambda x: np.tanh(1e5 * (x - 1)), 1.000003),
    unsafe("abs", absolute, 1.0),
    unsafe("modulus", modulus, 0.6, truth=lambda x: -4 * mp.sin(x)),
    unsafe("real", two_reals, 0.9),
    unsafe("conjugate", lambda x: conjugate(x * 1) * x * np.cos(x), 0.7),
    unsafe("np.abs", lambda x: np.abs(np.sin(x)) * x, 4.0),
    unsafe("hypot by abs", lambda x: math.sqrt(abs(x) ** 2 + 4), 1.5),
    unsafe("np.real", lambda x: np.real(np.exp(x) * 1.0) + x, 0.2),
    unsafe("max", lambda x: max(x * x, 0.5) + x, 1.3),
    unsafe("arctan2", lambda x: math.atan2(math.sin(x), 2 + x), 0.9),
    unsafe("int part", lambda x: x - math.floor(x) + x * x, 2.6),
    strict("float only", strict_float, 1.2),
    strict("float only, branch", strict_branch, 0.8),
    strict("one number", one_number, 0.4),
    strict("array of doubles", packed, 1.3, truth=lambda x: 3 * x * x),
    strict("bits", bits, 0.6, truth=lambda x: 2 * x - mp.sin(x)),
    costly("heat equation", heat, 0.2),
    costly("orbit", orbit, 1.1),
    costly("sum of 3000", lambda x: sum(1 / (k * k + x) for k in range(1, 3000)), 1.5),
)
