"""Solvers of equations: the implicit function theorem, whatever found the root."""

import math

import mpmath as mp
import numpy as np
import pytest
from scipy import optimize
from trials import refused, right

from dfdx import derivative

V = np.array([0.4, 1.3])


def kepler(e, m):
    return optimize.brentq(lambda a: a - e * math.sin(a) - m, 0, math.pi, xtol=1e-14)


def system(p, q):
    def f(x):
        return [x[0] ** 2 + p * x[1] - 2.0, x[1] ** 3 - q * x[0]]

    return optimize.fsolve(f, [1.0, 1.0], xtol=1e-13)


def with_jac(p):
    s = optimize.root(
        lambda x: np.array([x[0] + p * x[1] - 1, x[0] * x[1] - 0.2]),
        [1.0, 0.3],
        jac=lambda x: np.array([[1.0, p], [x[1], x[0]]]),
        tol=1e-13,
    )
    return s.x


def both(p):
    def f(x, a):
        return x**3 - a, 3 * x**2

    return optimize.root_scalar(f, args=(p,), fprime=True, x0=1.0, method="newton").root


class Boundary:
    def __init__(self, level):
        self.level = level

    def __call__(self, x):
        return math.tanh(x) - self.level


TRIALS = {
    "brentq": (kepler, 0.4, 1.1),
    "brentq, args": (
        lambda p: optimize.brentq(lambda x, a: x**3 + x - a, 0, 3, args=(p,), xtol=1e-14),
        2.3,
    ),
    "brentq, object": (lambda p: optimize.brentq(Boundary(p), -3, 3, xtol=1e-14), 0.4),
    "brentq, full": (
        lambda p: optimize.brentq(lambda x: x * x - p, 0, 3, full_output=True, xtol=1e-14)[0],
        2.0,
    ),
    "brenth": (lambda p: optimize.brenth(lambda x: math.exp(x) - p, 0, 3, xtol=1e-14), 2.3),
    "bisect": (lambda p: optimize.bisect(lambda x: math.exp(x) - p, 0, 3, xtol=1e-14), 2.3),
    "ridder": (lambda p: optimize.ridder(lambda x: math.exp(x) - p, 0, 3, xtol=1e-14), 2.3),
    "toms748": (lambda p: optimize.toms748(lambda x: math.exp(x) - p, 0, 3, xtol=1e-14), 2.3),
    "newton": (lambda p: optimize.newton(lambda x: x**3 - p, 1.2, lambda x: 3 * x * x, tol=1e-14), 2.3),
    "newton, secant": (lambda p: optimize.newton(lambda x: x**3 - p, 1.2, tol=1e-14), 2.3),
    "newton, Halley": (
        lambda p: optimize.newton(
            lambda x, a: x**3 - a, 1.2, lambda x, a: 3 * x * x, (p,), 1e-14, 50, lambda x, a: 6 * x
        ),
        2.3,
    ),
    "newton, vector": (
        lambda p: optimize.newton(lambda x: x**3 - p, np.ones(2), lambda x: 3 * x * x, tol=1e-14),
        V,
    ),
    "root_scalar": (
        lambda p: optimize.root_scalar(lambda x: x**3 - p, bracket=[0, 3], xtol=1e-14).root,
        2.3,
    ),
    "root_scalar, derivative": (both, 2.3),
    "fsolve": (system, 1.2, 0.8),
    "fsolve, args": (lambda p: optimize.fsolve(lambda x, a: x**3 - a, 1.0, args=(p,), xtol=1e-13), 2.3),
    "fsolve of a vector": (lambda p: optimize.fsolve(lambda x: x**3 + x - p, V, xtol=1e-13), V),
    "root": (with_jac, 0.4),
    "root, lm": (lambda p: optimize.root(lambda x: x**3 + x - p, V, method="lm", tol=1e-13).x, V),
    "root, krylov": (
        lambda p: optimize.root(lambda x: x**3 + x - p, V, method="krylov", tol=1e-11).x,
        V,
    ),
    "fixed_point": (lambda p: optimize.fixed_point(lambda x: math.cos(p * x), 0.5, xtol=1e-13), 0.9),
    "fixed_point, vector": (
        lambda p: optimize.fixed_point(lambda x: np.exp(-p * x), [0.5, 0.5], xtol=1e-13),
        V,
    ),
    "root of a root": (
        lambda p: optimize.brentq(
            lambda x: optimize.brentq(lambda y: y**3 + y - x, -3, 3, xtol=1e-14) - p, -9, 9, xtol=1e-14
        ),
        0.8,
    ),
    "branches": (
        lambda p: optimize.brentq(lambda x: x**3 - p if x > 0.5 else x - p, 0, 3, xtol=1e-14),
        2.0,
    ),
    "bracket": (lambda a: optimize.brentq(lambda x: x * x - 2, a, 2 + a, xtol=1e-14) + a, 0.1),
}  # fmt: skip


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point, rtol=1e-7)


def test_digits():
    e = derivative(lambda e: kepler(e, 1.1)).estimate(0.4)
    a = mp.findroot(lambda a: a - mp.mpf(0.4) * mp.sin(a) - mp.mpf(1.1), 1)
    assert e.value == pytest.approx(float(mp.sin(a) / (1 - mp.mpf(0.4) * mp.cos(a))), rel=1e-14)
    assert "exact" in e.method


REFUSED = {
    "a double root": (lambda p: optimize.newton(lambda x: (x - p) ** 2, 0.4), 0.4),
    "a step": (lambda p: optimize.bisect(lambda x: 1.0 if x > p else -1.0, 0, 1), 0.4),
    "fewer equations": (
        lambda p: optimize.root(lambda x: [x[0] - p, 0 * x[0], x[1]], [0.0, 0.1], method="lm").x,
        0.4,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    refused(*REFUSED[name])


def test_errors_are_those_of_scipy():
    with pytest.raises(ValueError, match="different signs"):
        derivative(lambda p: optimize.brentq(lambda x: x * x + p, 0, 1))(1.0)
    with pytest.raises(RuntimeError, match="converge"):
        derivative(lambda p: optimize.newton(lambda x: x * x + p, 1.0, maxiter=20))(1.0)
