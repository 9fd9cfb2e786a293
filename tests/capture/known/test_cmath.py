"""Complex numbers on the way: every function of cmath, arithmetic, and NumPy's complex arrays."""

import cmath
import math

import mpmath as mp
import numpy as np
import pytest
from constructs import exactly, right

from dfdx import derivative, gradient

PLACES = [(0.7, 0.4), (-0.6, 0.8), (-0.5, -0.7), (0.3, -1.2)]
ONE = {
    "acos": mp.acos, "acosh": mp.acosh, "asin": mp.asin, "asinh": mp.asinh, "atan": mp.atan,
    "atanh": mp.atanh, "cos": mp.cos, "cosh": mp.cosh, "exp": mp.exp, "log": mp.log,
    "log10": mp.log10, "sin": mp.sin, "sinh": mp.sinh, "sqrt": mp.sqrt, "tan": mp.tan, "tanh": mp.tanh,
}  # fmt: skip


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("a, b", PLACES)
def test_of_one_number(name, a, b):
    """Along both axes, both parts."""
    function, truth = getattr(cmath, name), ONE[name]
    exactly(lambda x: function(complex(x, b)).real, a, lambda x: mp.re(truth(mp.mpc(x, b))))
    exactly(lambda x: function(complex(x, b)).imag, a, lambda x: mp.im(truth(mp.mpc(x, b))))
    exactly(lambda y: function(a + 1j * y).real, b, lambda y: mp.re(truth(mp.mpc(a, y))))


@pytest.mark.parametrize("a, b", PLACES)
def test_arithmetic(a, b):
    z = complex(0.3, -1.1)

    def f(x):
        w = x + b * 1j
        w = (w * z - 2) / (w + 1.5 * z) + w**3 - w**-2 + (z - w) ** (0.5 + 0.1j) + 2**w - (-w) * 3
        w += z / w - (2 - w) / 3
        return w.real * w.imag + abs(w) ** 2 + (w * w.conjugate()).real

    def truth(x):
        c = mp.mpc(z)
        w = mp.mpc(x, b)
        w = (w * c - 2) / (w + 1.5 * c) + w**3 - w**-2 + (c - w) ** mp.mpc(0.5, 0.1) + 2**w + w * 3
        w += c / w - (2 - w) / 3
        return w.real * w.imag + 2 * abs(w) ** 2

    right(derivative(f, a), truth, a)


@pytest.mark.parametrize("a, b", PLACES)
def test_polar(a, b):
    f = lambda x: cmath.polar(complex(x, b))[0] * cmath.phase(complex(x, b)) + cmath.rect(x, b).imag
    truth = lambda x: abs(mp.mpc(x, b)) * mp.arg(mp.mpc(x, b)) + x * mp.sin(b)
    exactly(f, a, truth)


def test_real_numbers_that_become_complex():
    exactly(lambda x: cmath.sqrt(x - 2).imag, 0.7, lambda x: mp.sqrt(2 - x))
    exactly(lambda x: abs((x - 2) ** 0.5) ** 2, 0.7, lambda x: 2 - x)
    exactly(lambda x: ((-2.0) ** x).real, 0.7, lambda x: mp.re(mp.mpc(-2) ** x))
    exactly(lambda x: cmath.exp(1j * math.pi * x).real, 0.7, lambda x: mp.cos(mp.mpf(math.pi) * x))


def test_questions():
    def f(x):
        z = complex(x, 1.0)
        assert isinstance(z, complex) and not isinstance(z, float)
        assert z == z and z != 1j and z
        assert cmath.isfinite(z) and not cmath.isnan(z) and cmath.isclose(z, z)
        assert f"{z:.2f}" and str(z) and hash(z) is not None
        return z.real * z.imag

    assert derivative(f, 0.7) == 1.0


def test_second_derivatives():
    f = lambda x: abs(cmath.exp((0.3 + 2j) * x) / (x + 1j))
    truth = lambda x: abs(mp.exp(mp.mpc(0.3, 2) * x) / (x + mp.mpc(0, 1)))
    with mp.workdps(30):
        true = mp.diff(truth, mp.mpf(0.7), 2)
    assert abs(derivative(derivative(f))(0.7) - true) < 1e-13
    assert abs(derivative(f, order=2)(0.7) - true) < 1e-13


def test_a_complex_result_is_refused():
    with pytest.raises(TypeError, match="complex"):
        derivative(lambda x: 1j * x, 0.7)


def test_what_needs_a_plain_complex_number_is_done_by_samples():
    found = derivative(lambda x: np.array([x + 1j]).view(float)[0] ** 2).estimate(0.7)
    assert found.method == "differences"
    assert found.value == pytest.approx(1.4)


# NumPy
def test_complex_numbers_of_numpy():
    f = lambda x: np.abs(np.exp(1j * x) * (x + 2j)) + np.real(np.sqrt(x + 1j)) + np.angle(x + 1j)
    truth = lambda x: abs(x + mp.mpc(0, 2)) + mp.re(mp.sqrt(mp.mpc(x, 1))) + mp.arg(mp.mpc(x, 1))
    exactly(f, 0.7, truth)
    exactly(lambda x: f(np.float64(1.0) * x), 0.7, truth)


def test_complex_arrays_of_numpy():
    def f(x):
        z = x * np.exp(1j * np.arange(3.0))
        w = z[1:] * np.conj(z[:-1]) + (1 - 2j) * z[0] - z[1:] / (x[0] + 1j)
        return np.abs(w.sum()) ** 2 + np.sum(w.imag) + np.mean(z).real + np.abs(z**2)[1]

    x = np.array([0.5, 1.1, -0.7])
    found = gradient(f).estimate(x)
    assert found.method.startswith("exact")
    for k in range(3):
        step = lambda h, k=k: f(x + h * (np.arange(3) == k))
        assert found.value[k] == pytest.approx(
            (8 * (step(1e-3) - step(-1e-3)) - (step(2e-3) - step(-2e-3))) / 12e-3, rel=1e-9
        )
