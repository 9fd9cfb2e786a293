"""`approx_fprime` and `check_grad`: called as in scipy.optimize, the same meaning, more digits."""

import inspect
import math

import numpy as np
import pytest
from scipy import optimize

from dfdx.compat import approx_fprime, check_grad

X = np.array([0.3, -1.2, 0.7, 2.0])


def vector(x, a=1.0):
    return np.array([a * x[0] * x[1], np.sin(x[2]), x[3] ** 2 / 3])


def test_signatures_are_those_of_scipy():
    for ours, theirs in (
        (approx_fprime, optimize.approx_fprime),
        (check_grad, optimize.check_grad),
    ):
        mine, others = (list(inspect.signature(f).parameters) for f in (ours, theirs))
        assert set(others) <= set(mine) and mine[:3] == others[:3]
        assert inspect.signature(ours).parameters["epsilon"].default == np.sqrt(np.finfo(float).eps)


def test_same_meaning_more_digits():
    exact = optimize.rosen_der(X)
    theirs, ours = optimize.approx_fprime(X, optimize.rosen), approx_fprime(X, optimize.rosen)
    assert ours.shape == theirs.shape
    assert np.abs(ours - exact).max() <= 1e-15 * np.abs(exact).max() < np.abs(theirs - exact).max()


@pytest.mark.parametrize("args", [(), (1e-6, 2.5)])
def test_jacobians(args):
    theirs = optimize.approx_fprime(X, vector, *args)
    ours = approx_fprime(X, vector, *args)
    assert ours.shape == theirs.shape == (3, 4)
    np.testing.assert_allclose(ours, theirs, atol=1e-5)
    as_list = approx_fprime(X, lambda x: [x[0] * x[1], x[2]])
    np.testing.assert_array_equal(as_list, [[X[1], X[0], 0, 0], [0, 0, 1, 0]])


def test_shapes_are_those_of_scipy():
    for x, f in (
        (3.0, lambda x: np.sum(x**2)),
        ([3.0], lambda x: x**2),
        ([3, 4], lambda x: np.array([x[0] * x[1]])),
        (np.array([3.0, 4.0]), lambda x: float(x[0] * x[1])),
    ):
        theirs, ours = optimize.approx_fprime(x, f), approx_fprime(x, f)
        assert ours.shape == theirs.shape
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)


def test_check_grad():
    assert check_grad(optimize.rosen, optimize.rosen_der, X) < 1e-12
    wrong = lambda x: optimize.rosen_der(x) + np.array([0, 0, 3.0, 4.0])
    assert check_grad(optimize.rosen, wrong, X) == pytest.approx(5.0, rel=1e-12)
    assert optimize.check_grad(optimize.rosen, wrong, X) == pytest.approx(5.0, rel=1e-5)
    f, g = lambda x, c: c * np.sum(x**2), lambda x, c: 2 * c * x
    assert check_grad(f, g, X, 3.0) == 0.0 and type(check_grad(f, g, X, 3.0)) is float
    jac = lambda x: np.array([[x[1], x[0], 0, 0], [0, 0, np.cos(x[2]), 0], [0, 0, 0, 2 * x[3] / 3]])
    assert check_grad(vector, jac, X) < 1e-14


def test_check_grad_along_a_random_direction():
    assert check_grad(optimize.rosen, optimize.rosen_der, X, direction="random", rng=1) < 1e-10
    wrong = lambda x: 1.1 * optimize.rosen_der(x)
    ours = check_grad(optimize.rosen, wrong, X, direction="random", rng=np.random.default_rng(5))
    theirs = optimize.check_grad(
        optimize.rosen, wrong, X, direction="random", rng=np.random.default_rng(5)
    )
    assert ours == pytest.approx(theirs, rel=1e-4)


def test_a_function_that_cannot_be_traced():
    hidden = lambda x: float(f"y{math.sin(x[0]) * x[1]:.17g}"[1:])
    found = approx_fprime([0.5, 2.0], hidden)
    np.testing.assert_allclose(found, [2 * math.cos(0.5), math.sin(0.5)], rtol=1e-11)


def test_errors():
    with pytest.raises(RuntimeError, match="2 axes"):
        approx_fprime(X, lambda x: np.outer(x, x))
    with pytest.raises(ValueError, match="number or a vector"):
        approx_fprime(np.eye(2), np.sum)
    with pytest.raises(ValueError, match='"all" or "random"'):
        check_grad(optimize.rosen, optimize.rosen_der, X, direction="some")
    with pytest.raises(ValueError, match="one number"):
        check_grad(vector, lambda x: np.ones((3, 4)), X, direction="random")
