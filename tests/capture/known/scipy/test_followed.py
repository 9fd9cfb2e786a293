"""SciPy's own Python code, followed: what is exact, what is called as it is, what falls to samples."""

import numpy as np
import pytest
from scipy import integrate, ndimage, optimize, signal, special
from trials import right

from dfdx import derivative, gradient
from dfdx.capture.calls import Following, follow

X = np.array([0.5, 1.2, 0.7, 2.1, 1.4])
TRIALS = {
    "rosen": (lambda x: optimize.rosen(x), X),
    "romb": (lambda y: integrate.romb(y), X),
    "chirp": (lambda t: signal.chirp(t, 1.0, 2.0, 3.0), X),
    "special without a ufunc": (lambda x: special.multigammaln(x, 2), 2.5),
    "a list for a ufunc": (lambda x: special.gammaln([x, 2.0 * x]), 1.3),
    "several layers": (lambda x: ndimage.gaussian_laplace(x, 0.8), X),
}


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point)


def test_plain_arguments_go_to_scipy_itself():
    with Following():
        made = follow(signal.firwin)(5, 0.3)
    assert type(made) is np.ndarray
    np.testing.assert_array_equal(made, signal.firwin(5, 0.3))


def test_arrays_made_in_followed_code_reach_compiled_code():
    def f(x):
        a = np.zeros(4)
        a[1] = 2.0
        return x * np.sum(ndimage.label(a)[1] + special.expit(a))

    assert derivative(f).estimate(1.3).value == pytest.approx(f(1.0))


def test_errors_are_those_of_scipy():
    with pytest.raises(ValueError, match="must be one plus a non-negative power of 2"):
        gradient(lambda y: integrate.romb(y))(X[:4])


def test_compiled_code_falls_to_samples_and_says_so():
    e = derivative(lambda x: special.ellip_harm(5, 8, 1, 1, x)).estimate(2.5)
    assert "differences" in e.method
