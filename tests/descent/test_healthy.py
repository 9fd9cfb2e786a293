"""Searches that go well are left alone: no note, and the minimum that is known."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from dfdx import descend


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def beale(x):
    a, b = x
    return (1.5 - a + a * b) ** 2 + (2.25 - a + a * b**2) ** 2 + (2.625 - a + a * b**3) ** 2


def booth(x):
    return (x[0] + 2 * x[1] - 7) ** 2 + (2 * x[0] + x[1] - 5) ** 2


def himmelblau(x):
    return (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2


def wood(x):
    a, b, c, d = x
    return (
        100 * (b - a**2) ** 2 + (1 - a) ** 2 + 90 * (d - c**2) ** 2 + (1 - c) ** 2
        + 10 * (b + d - 2) ** 2 + 0.1 * (b - d) ** 2
    )  # fmt: skip


def logistic(x):
    random = np.random.default_rng(0)
    rows = random.standard_normal((60, 3))
    signs = np.sign(rows @ [1.0, -1.0, 0.5] + random.standard_normal(60))
    return np.mean(np.log1p(np.exp(-signs * (rows @ x)))) + 0.01 * (x @ x)


def huber(x):
    return np.sum(np.sqrt(1 + (x - 1) ** 2))


def fit(x):
    t = np.linspace(0, 4, 30)
    return np.mean((x[0] * np.exp(-x[1] * t) + x[2] - (2 * np.exp(-0.7 * t) + 0.5)) ** 2)


def entropy(x):
    return np.sum(np.exp(x) - 2 * x)


def quadratic(n, condition, seed=0):
    random = np.random.default_rng(seed)
    basis, _ = np.linalg.qr(random.standard_normal((n, n)))
    curvature = np.geomspace(1, condition, n)
    return lambda x: 0.5 * curvature @ (basis @ (x - 1)) ** 2


PROBLEMS = {
    "parabola": (lambda x: (x[0] - 3) ** 2, [10.0]),
    "bowl": (quadratic(3, 4), [3.0, 1, -2]),
    "valley": (quadratic(10, 100), [0.0] * 10),
    "narrow valley": (quadratic(5, 1e3), [0.0] * 5),
    "rosenbrock": (rosenbrock, [-1.2, 1.0]),
    "rosenbrock of four": (rosenbrock, [-1.0, 1, 1, 1]),
    "beale": (beale, [1.0, 1.0]),
    "booth": (booth, [0.0, 0.0]),
    "himmelblau": (himmelblau, [1.0, 1.0]),
    "wood": (wood, [-3.0, -1, -3, -1]),
    "quartic": (lambda x: np.sum(x**4), [1.0, 2.0]),
    "logistic": (logistic, [0.0, 0.0, 0.0]),
    "huber": (huber, [5.0, -3.0]),
    "fit": (fit, [1.0, 1.0, 0.0]),
    "entropy": (entropy, [0.0, 3.0]),
    "a value far from zero": (lambda x: 1e6 + np.sum((x - 2) ** 2), [1.0, 0.0]),
    "a tiny f": (lambda x: 1e-12 * np.sum((x - 2) ** 2), [1.0, 0.0]),
    "a huge f": (lambda x: 1e12 * np.sum((x - 2) ** 2), [1.0, 0.0]),
    "tiny x": (lambda x: np.sum((1e6 * x - 1) ** 2), [0.0, 1e-7]),
    "a steep start": (lambda x: np.exp(x[0]) + np.exp(-x[0]) + x[1] ** 2, [20.0, 1.0]),
    "one of many minima": (lambda x: np.sum(x**2 / 20 - np.cos(x)), [2.0, -1.5]),
    "a valley of minima": (lambda x: (x[0] + x[1] - 1) ** 2, [3.0, 4.0]),
    "the start is the minimum": (lambda x: np.sum(x**2), [0.0, 0.0]),
    "max inside": (lambda x: np.sum(np.maximum(x, 0) ** 2 + 0.5 * (x + 1) ** 2), [2.0, 1.0]),
}  # fmt: skip


@pytest.mark.parametrize("method", ["gradient", "bfgs", "l-bfgs", "conjugate", "newton"])
@pytest.mark.parametrize("name", PROBLEMS)
def test_no_false_alarm(name, method):
    f, start = PROBLEMS[name]
    found = descend(f, np.array(start), method=method)
    assert found.converged and not found.notes, found
    best = descend(f, found.x, method="newton", steps=50)
    assert found.value - best.value <= 1e-7 * max(abs(f(np.array(start))), abs(best.value))


@pytest.mark.parametrize("method", ["momentum", "nesterov", "adam", "rmsprop", "adamw", "adagrad"])
@pytest.mark.parametrize("name", ["bowl", "booth", "huber", "logistic", "entropy"])
def test_a_rate_is_found(name, method):
    f, start = PROBLEMS[name]
    found = descend(f, np.array(start), method=method)
    assert not found.notes, found
    if method != "adamw":  # which looks for something else: its decay moves the minimum
        assert_allclose(
            found.value, descend(f, np.array(start), method="newton").value, rtol=1e-6, atol=1e-6
        )
