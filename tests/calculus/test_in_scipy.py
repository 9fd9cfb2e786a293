"""One line takes SciPy's own solvers from differences to exact derivatives."""

import numpy as np
from numpy.testing import assert_allclose
from scipy import optimize
from scipy.integrate import solve_ivp

from dfdx import gradient, hessian, jacobian


def test_minimize():
    def f(x, scale):
        return scale * np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)

    start = np.tile([-1.2, 1.0], 4)
    plainly = optimize.minimize(f, start, args=(2.0,))
    exact = optimize.minimize(f, start, args=(2.0,), jac=gradient(f, wrt=0))
    assert exact.success
    slopes = {"jac": gradient(f, wrt=0), "hess": hessian(f, wrt=0)}
    newton = optimize.minimize(f, exact.x, args=(2.0,), method="trust-exact", **slopes)
    assert_allclose(newton.x, exact.x, atol=1e-5)
    assert exact.nfev < plainly.nfev / 5


def test_least_squares():
    def residuals(p, x, y):
        return p[0] * np.exp(-p[1] * x) - y

    x = np.linspace(0, 3, 20)
    y = 2 * np.exp(-0.7 * x)
    found = optimize.least_squares(residuals, [1.0, 1.0], jacobian(residuals, wrt=0), args=(x, y))
    assert_allclose(found.x, [2, 0.7])


def test_root():
    def f(x, a):
        return [x[0] * x[1] - a, x[0] - x[1] - 1]

    found = optimize.root(f, [1.0, 2.0], args=(2.0,), jac=jacobian(f, wrt=0))
    assert_allclose(found.x, [2, 1])
    assert found.njev > 0


def test_solve_ivp():
    def oscillator(t, y):
        return [y[1], 1000 * (1 - y[0] ** 2) * y[1] - y[0]]

    options = {"method": "Radau", "rtol": 1e-8, "atol": 1e-10}
    exact = solve_ivp(oscillator, (0, 100), [2.0, 0.0], jac=jacobian(oscillator, wrt=1), **options)
    plainly = solve_ivp(oscillator, (0, 100), [2.0, 0.0], **options)
    assert exact.success
    assert_allclose(exact.y[:, -1], plainly.y[:, -1], rtol=1e-6)
    assert exact.nfev < plainly.nfev


def test_curve_fit():
    def model(x, a, b, c):
        return a * np.exp(-b * x) + c

    x = np.linspace(0, 4, 50)
    y = model(x, 2.5, 1.3, 0.5) + 0.01 * np.sin(40 * x)
    exact, covariance = optimize.curve_fit(
        model, x, y, [1, 1, 1], jac=jacobian(model, wrt=(1, 2, 3))
    )
    plainly, theirs = optimize.curve_fit(model, x, y, [1, 1, 1])
    assert_allclose(exact, plainly, rtol=1e-6)
    assert_allclose(covariance, theirs, rtol=1e-4)
    by_name = optimize.curve_fit(
        model, x, y, [1, 1, 1], sigma=1 + x, jac=jacobian(model, wrt=("a", "b", "c"))
    )
    assert_allclose(
        by_name[0], optimize.curve_fit(model, x, y, [1, 1, 1], sigma=1 + x)[0], rtol=1e-6
    )
