"""The 35 problems of Moré, Garbow and Hillstrom, as residuals: a sum of their squares is to be made small.

J. J. Moré, B. S. Garbow, K. E. Hillstrom, Testing unconstrained optimization software, ACM Transactions on
Mathematical Software 7 (1981) 17-41. Numbers behind the starts are the minima that the paper gives.
"""

import numpy as np

exp = np.exp


def numbers(text):
    """The numbers of a text."""
    return np.array(text.split(), dtype=float)


class Problem:
    """Residuals, start, the known minima of their sum of squares (global first, then local ones)."""

    def __init__(self, name, residuals, start, *minima):
        self.name, self.residuals, self.minima = name, residuals, minima
        self.start = np.array(start, dtype=float)

    def f(self, x):
        r = self.residuals(x)
        return np.sum(r * r)

    def reached(self, value):
        """True where a value is one of the known minima."""
        return any(value <= m * (1 + 1e-5) + 1e-10 and value >= m * (1 - 1e-4) for m in self.minima)


def freudenstein(x):
    a, b = x
    return np.array([-13 + a + ((5 - b) * b - 2) * b, -29 + a + ((b + 1) * b - 14) * b])


def helical(x):
    a, b, c = x
    turn = np.arctan(b / a) / (2 * np.pi) + (0.5 if a < 0 else 0.0)
    return np.array([10 * (c - 10 * turn), 10 * (np.sqrt(a * a + b * b) - 1), c])


BARD = numbers("0.14 0.18 0.22 0.25 0.29 0.32 0.35 0.39 0.37 0.58 0.73 0.96 1.34 2.10 4.39")


def bard(x):
    u = np.arange(1, 16)
    v = 16 - u
    return BARD - (x[0] + u / (v * x[1] + np.minimum(u, v) * x[2]))


BELL = numbers("0.0009 0.0044 0.0175 0.0540 0.1295 0.2420 0.3521 0.3989")


def gaussian(x):
    t = (8 - np.arange(1, 16)) / 2
    return x[0] * exp(-x[1] * (t - x[2]) ** 2 / 2) - np.concatenate([BELL, BELL[-2::-1]])


MEYER = numbers(
    "34780 28610 23650 19630 16370 13720 11540 9744 8261 7030 6005 5147 4427 3820 3307 2872"
)


def meyer(x):
    return x[0] * exp(x[1] / (45 + 5 * np.arange(1, 17) + x[2])) - MEYER


def gulf(x):
    t = np.arange(1, 100) / 100
    y = 25 + (-50 * np.log(t)) ** (2 / 3)
    return exp(-(np.abs(y - x[1]) ** x[2]) / x[0]) - t


def box(x):
    t = 0.1 * np.arange(1, 11)
    return exp(-t * x[0]) - exp(-t * x[1]) - x[2] * (exp(-t) - exp(-10 * t))


def powell(x):
    a, b, c, d = x[0::4], x[1::4], x[2::4], x[3::4]
    return np.concatenate([a + 10 * b, 5**0.5 * (c - d), (b - 2 * c) ** 2, 10**0.5 * (a - d) ** 2])


def wood(x):
    a, b, c, d = x
    return np.array(
        [
            10 * (b - a * a),
            1 - a,
            90**0.5 * (d - c * c),
            1 - c,
            10**0.5 * (b + d - 2),
            (b - d) / 10**0.5,
        ]
    )


KOWALIK = numbers("0.1957 0.1947 0.1735 0.1600 0.0844 0.0627 0.0456 0.0342 0.0323 0.0235 0.0246")
DOSE = numbers("4 2 1 0.5 0.25 0.167 0.125 0.1 0.0833 0.0714 0.0625")


def kowalik(x):
    return KOWALIK - x[0] * (DOSE**2 + DOSE * x[1]) / (DOSE**2 + DOSE * x[2] + x[3])


def brown_dennis(x):
    t = np.arange(1, 21) / 5
    return (x[0] + t * x[1] - exp(t)) ** 2 + (x[2] + x[3] * np.sin(t) - np.cos(t)) ** 2


OSBORNE_1 = numbers(
    "0.844 0.908 0.932 0.936 0.925 0.908 0.881 0.850 0.818 0.784 0.751 0.718 0.685 0.658 0.628 0.603 0.580 "
    "0.558 0.538 0.522 0.506 0.490 0.478 0.467 0.457 0.448 0.438 0.431 0.424 0.420 0.414 0.411 0.406"
)


def osborne_1(x):
    t = 10 * np.arange(33)
    return OSBORNE_1 - (x[0] + x[1] * exp(-t * x[3]) + x[2] * exp(-t * x[4]))


def biggs(x):
    t = 0.1 * np.arange(1, 14)
    y = exp(-t) - 5 * exp(-10 * t) + 3 * exp(-4 * t)
    return x[2] * exp(-t * x[0]) - x[3] * exp(-t * x[1]) + x[5] * exp(-t * x[4]) - y


OSBORNE_2 = numbers(
    "1.366 1.191 1.112 1.013 0.991 0.885 0.831 0.847 0.786 0.725 0.746 0.679 0.608 0.655 0.616 0.606 0.602 "
    "0.626 0.651 0.724 0.649 0.649 0.694 0.644 0.624 0.661 0.612 0.558 0.533 0.495 0.500 0.423 0.395 0.375 "
    "0.372 0.391 0.396 0.405 0.428 0.429 0.523 0.562 0.607 0.653 0.672 0.708 0.633 0.668 0.645 0.632 0.591 "
    "0.559 0.597 0.625 0.739 0.710 0.729 0.720 0.636 0.581 0.428 0.292 0.162 0.098 0.054"
)


def osborne_2(x):
    t = np.arange(65) / 10
    peaks = sum(x[k] * exp(-((t - x[7 + k]) ** 2) * x[4 + k]) for k in (1, 2, 3))
    return OSBORNE_2 - (x[0] * exp(-t * x[4]) + peaks)


def watson(x):
    n, t = len(x), np.arange(1, 30)[:, None] / 29
    j = np.arange(n)
    slope = t ** np.maximum(j - 1, 0) * j
    r = slope @ x - (t**j @ x) ** 2 - 1
    return np.concatenate([r, [x[0], x[1] - x[0] ** 2 - 1]])


def rosenbrock(x):
    return np.concatenate([10 * (x[1::2] - x[0::2] ** 2), 1 - x[0::2]])


def penalty_1(x):
    return np.concatenate([1e-5**0.5 * (x - 1), [np.sum(x**2) - 0.25]])


def penalty_2(x):
    n = len(x)
    i = np.arange(2, n + 1)
    y = exp(i / 10) + exp((i - 1) / 10)
    near = 1e-5**0.5 * (exp(x[1:] / 10) + exp(x[:-1] / 10) - y)
    far = 1e-5**0.5 * (exp(x[1:] / 10) - exp(-0.1))
    return np.concatenate([[x[0] - 0.2], near, far, [np.sum((n - np.arange(n)) * x**2) - 1]])


def variably(x):
    total = np.sum(np.arange(1, len(x) + 1) * (x - 1))
    return np.concatenate([x - 1, [total, total**2]])


def trigonometric(x):
    n, c = len(x), np.cos(x)
    return n - np.sum(c) + np.arange(1, n + 1) * (1 - c) - np.sin(x)


def brown_linear(x):
    r = x + np.sum(x) - (len(x) + 1)
    r[-1] = np.prod(x) - 1
    return r


def boundary(x):
    h = 1 / (len(x) + 1)
    t = h * np.arange(1, len(x) + 1)
    y = np.concatenate([[0.0], x, [0.0]])
    return 2 * x - y[:-2] - y[2:] + h * h * (x + t + 1) ** 3 / 2


def integral(x):
    h = 1 / (len(x) + 1)
    t = h * np.arange(1, len(x) + 1)
    cube = (x + t + 1) ** 3
    left = np.cumsum(t * cube)
    right = np.sum((1 - t) * cube) - np.cumsum((1 - t) * cube)
    return x + h * ((1 - t) * left + t * right) / 2


def broyden(x):
    y = np.concatenate([[0.0], x, [0.0]])
    return (3 - 2 * x) * x - y[:-2] - 2 * y[2:] + 1


def banded(x):
    n = len(x)
    r = x * (2 + 5 * x**2) + 1
    for i in range(n):
        for j in range(max(0, i - 5), min(n, i + 2)):
            if j != i:
                r[i] -= x[j] * (1 + x[j])
    return r


def full_rank(x):
    shift = 2 / 20 * np.sum(x) + 1
    return np.concatenate([x - shift, -shift * np.ones(20 - len(x))])


def rank_one(x):
    return np.arange(1, 21) * np.sum(np.arange(1, len(x) + 1) * x) - 1


def rank_one_with_zeros(x):
    row = np.arange(20)
    row[19] = 0
    return row * np.sum(np.arange(2, len(x)) * x[1:-1]) - 1


def chebyquad(x):
    n, y = len(x), 2 * x - 1
    before, now, found = np.ones(n), y, []
    for i in range(1, n + 1):
        found.append(np.sum(now) / n + (1 / (i * i - 1) if i % 2 == 0 else 0.0))
        before, now = now, 2 * y * now - before
    return np.array(found)


def _shifted(n):
    t = np.arange(1, n + 1) / (n + 1)
    return t * (t - 1)


def powell_badly(x):
    return np.array([1e4 * x[0] * x[1] - 1, exp(-x[0]) + exp(-x[1]) - 1.0001])


def brown_badly(x):
    return np.array([x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2])


def beale(x):
    return np.array([1.5, 2.25, 2.625]) - x[0] * (1 - x[1] ** np.arange(1, 4))


def jennrich(x):
    i = np.arange(1, 11)
    return 2 + 2 * i - exp(i * x[0]) - exp(i * x[1])


PROBLEMS = [
    Problem("Rosenbrock", rosenbrock, [-1.2, 1], 0),
    Problem("Freudenstein-Roth", freudenstein, [0.5, -2], 0, 48.98425),
    Problem("Powell badly scaled", powell_badly, [0, 1], 0),
    Problem("Brown badly scaled", brown_badly, [1, 1], 0),
    Problem("Beale", beale, [1, 1], 0),
    Problem("Jennrich-Sampson", jennrich, [0.3, 0.4], 124.36218),
    Problem("helical valley", helical, [-1, 0, 0], 0),
    Problem("Bard", bard, [1, 1, 1], 8.2148773e-3, 17.42869),
    Problem("Gaussian", gaussian, [0.4, 1, 0], 1.1279328e-8),
    Problem("Meyer", meyer, [0.02, 4000, 250], 87.945855),
    Problem("Gulf", gulf, [5, 2.5, 0.15], 0, 0.038, 6.65),
    Problem("Box", box, [0, 10, 20], 0),
    Problem("Powell singular", powell, [3, -1, 0, 1], 0),
    Problem("Wood", wood, [-3, -1, -3, -1], 0),
    Problem("Kowalik-Osborne", kowalik, [0.25, 0.39, 0.415, 0.39], 3.0750561e-4, 1.0273e-3),
    Problem("Brown-Dennis", brown_dennis, [25, 5, -5, -1], 85822.202),
    Problem("Osborne 1", osborne_1, [0.5, 1.5, -1, 0.01, 0.02], 5.4648947e-5),
    Problem("Biggs", biggs, [1, 2, 1, 1, 1, 1], 0, 5.6556499e-3),
    Problem("Osborne 2", osborne_2, [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5], 4.0137736e-2),
    Problem("Watson", watson, np.zeros(6), 2.2876701e-3),
    Problem("Rosenbrock, 10", rosenbrock, np.tile([-1.2, 1.0], 5), 0),
    Problem("Powell singular, 12", powell, np.tile([3.0, -1, 0, 1], 3), 0),
    Problem("penalty I", penalty_1, np.arange(1, 5), 2.2499775e-5),
    Problem("penalty II", penalty_2, np.full(4, 0.5), 9.3762934e-6),
    Problem("variably dimensioned", variably, 1 - np.arange(1, 11) / 10, 0),
    Problem("trigonometric", trigonometric, np.full(10, 0.1), 0, 2.7950647e-5),
    Problem("Brown almost-linear", brown_linear, np.full(10, 0.5), 0, 1),
    Problem("boundary value", boundary, _shifted(10), 0),
    Problem("integral equation", integral, _shifted(10), 0),
    Problem("Broyden tridiagonal", broyden, -np.ones(10), 0),
    Problem("Broyden banded", banded, -np.ones(10), 0),
    Problem("linear, full rank", full_rank, np.ones(10), 10),
    Problem("linear, rank 1", rank_one, np.ones(10), 20 * 19 / (2 * 41)),
    Problem("linear, rank 1 with zeros", rank_one_with_zeros, np.ones(10), (400 + 60 - 6) / (2 * 37)),
    Problem("Chebyquad", chebyquad, np.arange(1, 9) / 9, 3.5168737e-3),
]  # fmt: skip
