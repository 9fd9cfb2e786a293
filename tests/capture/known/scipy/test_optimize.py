"""Minimisers, least squares, fits: places and values of minima as functions of what they depend on."""

import numpy as np
import pytest
from scipy import optimize
from trials import refused, right

from dfdx import derivative, gradient

V = np.array([0.4, 1.3])
T = np.linspace(0, 2, 8)
DATA = 1.3 * np.exp(-0.7 * T) + 0.05 * np.sin(9 * T)


def bowl(x, p, q):
    return (x[0] - p) ** 2 + q * (x[1] - x[0] ** 2) ** 2 + 0.1 * np.cos(x[1])


def smallest(p, q, method="BFGS", **options):
    return optimize.minimize(bowl, [0.3, 0.2], args=(p, q), method=method, tol=1e-11, **options)


def model(t, a, b):
    return a * np.exp(-b * t)


def bounded(p):
    return optimize.minimize(
        lambda x: (x[0] - p) ** 2 + (x[1] - 2 * p * x[0]) ** 2,
        [0.1, 0.1],
        bounds=[(0, 0.5), (None, None)],
    )


def constrained(p):
    return optimize.minimize(
        lambda x: x[0] ** 2 + p * x[1] ** 2,
        [0.5, 0.5],
        constraints={"type": "eq", "fun": lambda x: x[0] + x[1] - p},
        tol=1e-12,
    )


def inequality(p):
    return optimize.minimize(
        lambda x: (x[0] - 2) ** 2 + (x[1] - 1) ** 2,
        [0.5, 0.5],
        constraints=[{"type": "ineq", "fun": lambda x: p - x[0] ** 2 - x[1]}],
        tol=1e-12,
    )


TRIALS = {
    "minimize x": (lambda p, q: smallest(p, q).x, 0.8, 1.4),
    "minimize fun": (lambda p, q: smallest(p, q).fun, 0.8, 1.4),
    "Nelder-Mead": (lambda p, q: smallest(p, q, "Nelder-Mead").x, 0.8, 1.4),
    "Powell": (lambda p, q: smallest(p, q, "Powell").fun, 0.8, 1.4),
    "CG": (lambda p, q: smallest(p, q, "CG").x, 0.8, 1.4),
    "L-BFGS-B": (lambda p, q: smallest(p, q, "L-BFGS-B").x, 0.8, 1.4),
    "SLSQP": (lambda p, q: smallest(p, q, "SLSQP").x, 0.8, 1.4),
    "with its gradient": (
        lambda p: optimize.minimize(
            lambda x: np.sum((x - p) ** 4 + x**2), [0.1, 0.2], jac=lambda x: 4 * (x - p) ** 3 + 2 * x
        ).x,
        V,
    ),
    "bounds": (lambda p: (bounded(p).x, bounded(p).fun), 0.9),
    "equation": (lambda p: (constrained(p).x, constrained(p).fun), 0.9),
    "inequality": (lambda p: (inequality(p).x, inequality(p).fun), 0.9),
    "minimize_scalar": (
        lambda p: optimize.minimize_scalar(lambda x: (x - p) ** 4 + x * x, tol=1e-12).x,
        0.9,
    ),
    "minimize_scalar, bounded": (
        lambda p: optimize.minimize_scalar(lambda x: np.cosh(x - p) + x * x, bounds=(-1, 2), method="bounded").fun,
        0.9,
    ),
    "fminbound": (lambda p: optimize.fminbound(lambda x: (x - p) ** 2 + p * x, -2, 2, xtol=1e-10), 0.3),
    "fmin": (lambda p: optimize.fmin(lambda x: np.sum((x - p) ** 2 + x**4), [0.1, 0.1], disp=False, xtol=1e-10, ftol=1e-12), V),
    "fmin_bfgs": (lambda p: optimize.fmin_bfgs(lambda x: np.sum((x - p) ** 2 + x**4), [0.1, 0.1], disp=False), V),
    "brent": (lambda p: optimize.brent(lambda x: (x - p) ** 2 + 0.1 * x**4), 0.8),
    "golden": (lambda p: optimize.golden(lambda x: (x - p) ** 2 + 0.1 * x**4), 0.8),
    "least_squares": (
        lambda y: optimize.least_squares(lambda q: model(T, *q) - y, [1.0, 1.0], xtol=1e-14, ftol=1e-14, gtol=1e-14).x,
        DATA,
    ),
    "least_squares, cost": (
        lambda s: optimize.least_squares(lambda q: s * model(T, *q) - DATA, [1.0, 1.0], xtol=1e-14, ftol=1e-14, gtol=1e-14).cost,
        1.1,
    ),
    "least_squares, robust": (
        lambda y: optimize.least_squares(lambda q: model(T, *q) - y, [1.0, 1.0], loss="soft_l1", xtol=1e-14, ftol=1e-14, gtol=1e-14).x,
        DATA,
    ),
    "leastsq": (
        lambda y: optimize.leastsq(lambda q, y: model(T, *q) - y, [1.0, 1.0], args=(y,), xtol=1e-13, ftol=1e-13)[0],
        DATA,
    ),
    "curve_fit": (lambda y: optimize.curve_fit(model, T, y, p0=[1.0, 1.0], ftol=1e-14, xtol=1e-14)[0], DATA),
    "curve_fit, places": (lambda t: optimize.curve_fit(model, t, DATA, p0=[1, 1], ftol=1e-14, xtol=1e-14)[0], T),
    "curve_fit, weights": (
        lambda s: optimize.curve_fit(model, T, DATA, sigma=s, p0=[1, 1], ftol=1e-14, xtol=1e-14)[0],
        1.0 + 0.3 * np.cos(T),
    ),
    "curve_fit, covariance": (
        lambda y: 1e3 * optimize.curve_fit(model, T, y, p0=[1.0, 1.0], ftol=1e-14, xtol=1e-14)[1],
        DATA,
    ),
    "nnls": (lambda b: optimize.nnls([[1.0, 2.0], [3.0, 4.0], [5.0, 6.5]], b), np.array([1.0, 2.2, 3.5])),
    "nnls, active": (lambda a, b: optimize.nnls(a, b)[0], np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.5]]), np.array([3.0, 2.2, 0.5])),
    "lsq_linear": (
        lambda a, b: optimize.lsq_linear(a, b, bounds=(0, 0.4)).x,
        np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.5]]),
        np.array([3.0, 2.2, 4.5]),
    ),
    "linprog": (
        lambda c, b: optimize.linprog(c, A_ub=[[1, 1], [2, 1]], b_ub=b).fun,
        np.array([-1.0, -1.6]),
        np.array([4.0, 5.0]),
    ),
    "linprog, x": (lambda b: optimize.linprog([-1.0, -1.6], A_ub=[[1, 1], [2, 0.5]], b_ub=b).x, np.array([4.0, 5.0])),
    "linprog, all": (
        lambda a, h: optimize.linprog([-1.0, -1.6], A_ub=a, b_ub=[4.0, 5.0], bounds=[(0, h), (0, None)]).x,
        np.array([[1.0, 1.0], [2.0, 0.5]]),
        1.1,
    ),
    "linprog, equations": (
        lambda b: optimize.linprog([1.0, 2.0, 0.5], A_eq=[[1.0, 1.0, 1.0]], b_eq=b, bounds=(0.1, 3.0)).x,
        np.array([4.0]),
    ),
    "linear_sum_assignment": (
        lambda c: c[optimize.linear_sum_assignment(c)],
        np.array([[4.0, 1.2, 3.0], [2.0, 0.3, 5.0], [3.0, 2.5, 2.0]]),
    ),
    "rosen": (lambda x: (optimize.rosen(x), optimize.rosen_der(x)), np.array([0.4, 1.3, 0.8])),
    "rosen_hess": (lambda x: (optimize.rosen_hess(x), optimize.rosen_hess_prod(x, x)), np.array([0.4, 1.3, 0.8])),
}  # fmt: skip
NOISY = {"Nelder-Mead", "Powell", "fmin", "brent", "golden", "CG", "fmin_bfgs", "fminbound",
         "minimize_scalar", "minimize_scalar, bounded", "with its gradient", "bounds", "L-BFGS-B", "SLSQP", "minimize x",
         "minimize fun", "equation", "inequality"}  # fmt: skip


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    if name in NOISY:
        right(f, *point, rtol=3e-4, h=3e-2)
    elif name.startswith(("least", "curve")):
        right(f, *point, rtol=1e-4, h=2e-2)
    else:
        right(f, *point, rtol=1e-7)


def test_digits():
    """The place of the minimum of (x − p)² + q x is p − q/2, its value q p − q²/4."""

    def f(p, q):
        s = optimize.minimize(lambda x: (x[0] - p) ** 2 + q * x[0], [0.3])
        return s.x[0], s.fun

    x = gradient(lambda p, q: f(p, q)[0]).estimate(0.7, 0.2)
    np.testing.assert_allclose(x.value, [1.0, -0.5], rtol=1e-14)
    value = gradient(lambda p, q: f(p, q)[1]).estimate(0.7, 0.2)
    np.testing.assert_allclose(value.value, [0.2, 0.6], rtol=1e-12)
    assert "exact" in x.method
    assert "exact" in value.method


REFUSED = {
    "a minimum on a kink": (
        lambda p: optimize.minimize_scalar(lambda x: abs(x - p) + 0.1 * x * x).x,
        0.3,
    ),
    "a flat minimum": (lambda p: optimize.minimize(lambda x: (x[0] - p) ** 2, [0.1, 0.2]).x, 0.3),
    "a degenerate program": (
        lambda b: optimize.linprog([-1.0, -1.0], A_ub=[[1, 1]], b_ub=[b]).x,
        4.0,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    refused(*REFUSED[name])


def test_what_does_not_converge_is_not_differentiated():
    with pytest.raises(RuntimeError, match="maxfev"):
        derivative(
            lambda s: optimize.curve_fit(model, T, s * DATA, p0=[9.0, -4.0], maxfev=3)[0][0]
        )(1.0)
