"""Programs: loops, branches, iterations, quadrature, differential equations, recursion, tables."""

import math
from functools import partial

import numpy as np
from mpmath import mp
from scipy.integrate import quad, solve_ivp
from scipy.interpolate import CubicSpline
from scipy.optimize import brentq

from ..case import Case

program = partial(Case, "program")


def newton_root(x):
    y = 1.0
    for _ in range(40):
        y = y - (y**3 + y - x) / (3 * y * y + 1)
    return y


def kepler(x):
    angle = x
    for _ in range(30):
        angle = angle - (angle - 0.3 * math.sin(angle) - x) / (1 - 0.3 * math.cos(angle))
    return angle


def heron(x):
    y = x
    while abs(y * y - x) > 1e-13 * x > 0:
        y = 0.5 * (y + x / y)
    return y


def simpson(x):
    n, total = 40, 0.0
    h = x / n
    for k in range(n + 1):
        weight = 1 if k in (0, n) else 4 if k % 2 else 2
        total += weight * math.exp(-((k * h) ** 2))
    return total * h / 3


def runge_kutta(x):
    y, t, h = 1.0, 0.0, 0.05
    for _ in range(40):
        a = math.cos(t) - x * y
        b = math.cos(t + h / 2) - x * (y + h / 2 * a)
        c = math.cos(t + h / 2) - x * (y + h / 2 * b)
        d = math.cos(t + h) - x * (y + h * c)
        y, t = y + h / 6 * (a + 2 * b + 2 * c + d), t + h
    return y


def pendulum(x):
    angle, speed = x, 0.0
    for _ in range(200):
        speed = speed - 0.01 * math.sin(angle)
        angle = angle + 0.01 * speed
    return angle


def logistic_map(x):
    for _ in range(12):
        x = 3.2 * x * (1 - x)
    return x


def horner(x):
    total = 0.0
    for c in (1.5, -2.25, 0.125, 3.0, -0.75, 2.0):
        total = total * x + c
    return total


def continued_fraction(x):
    y = x
    for k in range(25, 0, -1):
        y = 2 * k - 1 + x * x / y
    return x / y


def exponential_series(x):
    term, total, k = 1.0, 1.0, 1
    while k < 40:
        term = term * x / k
        total = total + term
        k += 1
    return total


def agm(x):
    a, b = 1.0, x
    for _ in range(8):
        a, b = (a + b) / 2, math.sqrt(a * b)
    return a


def tax(x):
    brackets = ((0.0, 0.1), (10.0, 0.2), (40.0, 0.4))
    owed = 0.0
    for k, (low, rate) in enumerate(brackets):
        high = brackets[k + 1][0] if k + 1 < len(brackets) else 1e9
        if x > low:
            owed += rate * (min(x, high) - low) ** 1.5
    return owed


def branches(x):
    if x < 0:
        return -x * x
    if x < 2:
        return math.sin(x) + x
    return math.log(x) * 3


def fibonacci_like(x, depth=12):
    if depth < 2:
        return math.cos(x) if depth else x
    return 0.6 * fibonacci_like(x, depth - 1) + 0.3 * fibonacci_like(x, depth - 2) * x


def determinant(x):
    rows = [[x, 1.0, 2.0], [0.5, x * x, -1.0], [3.0, math.sin(x), 4.0]]
    product = 1.0
    for i in range(3):
        product = product * rows[i][i]
        for j in range(i + 1, 3):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [b - factor * a for a, b in zip(rows[i], rows[j], strict=True)]
    return product


def lagrange(x):
    nodes = [0.0, 0.4, 1.0, 1.7, 2.5, 3.0]
    heights = [1.0, 0.3, -0.2, 0.6, 1.4, 0.9]
    total = 0.0
    for i in range(6):
        term = heights[i]
        for j in range(6):
            if j != i:
                term = term * (x - nodes[j]) / (nodes[i] - nodes[j])
        total = total + term
    return total


def black_scholes(x):
    strike, rate, volatility, time = 95.0, 0.03, 0.25, 0.75
    root = volatility * math.sqrt(time)
    d = (math.log(x / strike) + (rate + volatility**2 / 2) * time) / root
    price = x * (1 + math.erf(d / math.sqrt(2))) / 2
    return price - strike * math.exp(-rate * time) * (1 + math.erf((d - root) / math.sqrt(2))) / 2


def trapped(x):
    try:
        return math.sqrt(x - 1) + x
    except ValueError:
        return x


def parsed(x):
    return float(f"{x!r}") ** 2 + len(str(int(x)))


def many_terms(x):
    return sum(math.sin(k * x) / k**3 for k in range(1, 30))


def bisected(x):
    low, high = 0.0, 2.0
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if middle + math.exp(middle) < x:
            low = middle
        else:
            high = middle


def _lambert(x):
    return 1 / (1 + mp.lambertw(mp.exp(x)).real)


def integral(x):
    return quad(lambda t: math.exp(-x * t * t), 0.0, 1.0, epsabs=1e-14, epsrel=1e-13)[0]


def _integral(x):
    return -mp.quad(lambda t: t * t * mp.exp(-x * t * t), [0, 0.5, 1])


def root(x):
    return brentq(lambda y: y**3 + y - x, -5.0, 5.0, xtol=1e-14)


def _root(x):
    return 1 / (3 * mp.findroot(lambda y: y**3 + y - x, 1.0) ** 2 + 1)


def decay(x):
    found = solve_ivp(lambda t, y: -x * y, (0.0, 1.0), [1.0], method="RK45", rtol=1e-10, atol=1e-12)
    return float(found.y[0, -1])


TIMES = np.array([0.0, 0.5, 1.1, 1.9, 2.4, 3.0])
SPLINE = CubicSpline(TIMES, np.array([0.0, 0.7, 0.1, -0.4, 0.6, 1.2]))
LINE = np.array([1.0, 0.2, 0.9, 2.2, 1.3, 0.4])


def _spline(x):
    a, b, c, _ = (mp.mpf(float(v)) for v in SPLINE.c[:, 2])
    t = x - mp.mpf(float(TIMES[2]))
    return 3 * a * t * t + 2 * b * t + c


def eigenvalue(x):
    return float(np.linalg.eigvalsh(np.array([[x, 1.0], [1.0, 2.0]]))[0])


def solved(x):
    a = np.array([[4.0, x, 0.0], [1.0, 3.0, x], [0.5, 0.0, 2.0]])
    return float(np.linalg.solve(a, np.array([1.0, 2.0, 3.0]))[0])


def _solved(x):
    # the determinant is 24 - 2x + x²/2, and Cramer's numerator 6 - 4x + 3x²
    top, bottom = 6 - 4 * x + 3 * x * x, 24 - 2 * x + x * x / 2
    return ((6 * x - 4) * bottom - top * (x - 2)) / bottom**2


CASES = (
    program("newton", newton_root, 3.0),
    program("kepler", kepler, 1.0),
    program("heron, stops", heron, 7.0, truth=lambda x: 1 / (2 * mp.sqrt(x))),
    program("simpson", simpson, 1.3),
    program("runge-kutta", runge_kutta, 0.8),
    program("pendulum", pendulum, 0.9),
    program("logistic map", logistic_map, 0.37),
    program("horner", horner, 1.2),
    program("continued fraction", continued_fraction, 0.9),
    program("series", exponential_series, 1.4),
    program("agm", agm, 0.4),
    program("tax brackets", tax, 25.0),
    program("branch, left", branches, -0.8),
    program("branch, middle", branches, 1.1),
    program("branch, 0.05 beside", branches, 2.05),
    program("branch, 1e-4 beside", branches, 2.0001),
    program("recursion", fibonacci_like, 0.9),
    program("determinant", determinant, 1.6),
    program("lagrange", lagrange, 2.1),
    program("black-scholes", black_scholes, 101.0),
    program("exception inside", trapped, 1.3),
    program("through text", parsed, 2.6, truth=lambda x: 2 * x),
    program("fourier sum", many_terms, 0.4),
    program("bisection", bisected, 2.0, truth=_lambert),
    program("quad", integral, 1.5, truth=_integral),
    program("brentq", root, 2.0, truth=_root),
    program("solve_ivp", decay, 0.7, truth=lambda x: -mp.exp(-x), blur=1e-10),
    program("cubic spline", lambda x: float(SPLINE(x)), 1.6, truth=_spline),
    program(
        "linear table",
        lambda x: float(np.interp(x, TIMES, LINE)),
        0.8,
        truth=lambda x: (mp.mpf(0.9) - mp.mpf(0.2)) / (mp.mpf(1.1) - mp.mpf(0.5)),
    ),
    program(
        "eigenvalue", eigenvalue, 0.5, truth=lambda x: (1 - (x - 2) / mp.sqrt((x - 2) ** 2 + 4)) / 2
    ),
    program("linear system", solved, 1.25, truth=_solved),
)
