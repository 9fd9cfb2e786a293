"""Seven smooth problems of any size, as people write them with NumPy.

Rosenbrock, Powell's singular function, Wood's and Broyden's as in Moré, Garbow and Hillstrom (1981), the
trigonometric function of Spedicato in the same paper, Dixon and Price (1971); and a logistic regression.
"""

import numpy as np


def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def powell(x):
    a, b, c, d = x[0::4], x[1::4], x[2::4], x[3::4]
    return np.sum((a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4)


def wood(x):
    a, b, c, d = x[0::4], x[1::4], x[2::4], x[3::4]
    return np.sum(
        100 * (a**2 - b) ** 2
        + (a - 1) ** 2
        + (c - 1) ** 2
        + 90 * (c**2 - d) ** 2
        + 10.1 * ((b - 1) ** 2 + (d - 1) ** 2)
        + 19.8 * (b - 1) * (d - 1)
    )


def broyden(x):
    r = (3 - 2 * x) * x + 1
    r[1:] -= x[:-1]
    r[:-1] -= 2 * x[1:]
    return np.sum(r**2)


def trigonometric(x):
    n = len(x)
    c = np.cos(x)
    k = np.arange(1, n + 1)
    return np.sum((n - np.sum(c) + k * (1 - c) - np.sin(x)) ** 2)


def dixon_price(x):
    k = np.arange(2, len(x) + 1)
    return (x[0] - 1) ** 2 + np.sum(k * (2 * x[1:] ** 2 - x[:-1]) ** 2)


def logistic(n):
    """The regularised logistic regression of n weights on 5 n points."""
    rng = np.random.default_rng(n)
    points = rng.standard_normal((5 * n, n))
    labels = np.where(points @ rng.standard_normal(n) + rng.standard_normal(5 * n) > 0, 1.0, -1.0)

    def loss(w):
        return np.sum(np.logaddexp(0.0, -labels * (points @ w))) + 0.5 * np.sum(w**2)

    return loss


def problems(n):
    """`(name, f, start)` of every problem with n variables; n is a multiple of 4."""
    quarter = n // 4
    return [
        ("Rosenbrock", rosenbrock, np.tile([-1.2, 1.0], n // 2)),
        ("Powell singular", powell, np.tile([3.0, -1.0, 0.0, 1.0], quarter)),
        ("Wood", wood, np.tile([-3.0, -1.0, -3.0, -1.0], quarter)),
        ("Broyden tridiagonal", broyden, -np.ones(n)),
        ("trigonometric", trigonometric, np.full(n, 1.0 / n)),
        ("Dixon-Price", dixon_price, np.ones(n)),
        ("logistic regression", logistic(n), np.zeros(n)),
    ]
