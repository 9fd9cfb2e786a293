"""What an answer costs: time for a cheap function, evaluations for many variables."""

import math
from itertools import pairwise

import numdifftools
import numpy as np
import statsmodels.tools.numdiff as statsmodels
from jacobi import jacobi

from dfdx import derivative, gradient, hessian

from ..race import race
from .outcome import FULL, Counted

SIZE = 100


def cheap(x):
    return x * x * 0.5 + 1 / x


def forward(x, h=1.5e-8):
    return (cheap(x + h) - cheap(x)) / h


def overhead(times=100):
    """Time of one derivative of a cheap function, as a multiple of a forward difference."""
    from scipy.differentiate import derivative as scipy_derivative

    ours = derivative(cheap, method="differences")
    theirs = numdifftools.Derivative(cheap)
    contestants = {
        "forward difference": forward,
        "dfdx, real samples": ours,
        "numdifftools": lambda x: float(theirs(x)),
        "scipy.differentiate": lambda x: float(scipy_derivative(cheap, x).df),
        "jacobi": lambda x: float(jacobi(cheap, x)[0]),
    }
    repeated = {name: _repeated(f, times) for name, f in contestants.items()}
    best = race(repeated, turns=15, budget=8.0, digits=dict.fromkeys(contestants, 5))
    base = best.pop("forward difference")
    return {name: seconds / base for name, seconds in best.items()}


def _repeated(f, times):
    def run():
        for _ in range(times):
            y = f(1.3)
        return y

    return run


def banana(x):
    """Rosenbrock's function in 100 variables, with a wave so that nothing is a polynomial."""
    total = 0.0
    for a, b in pairwise(x):
        total = total + 10 * (b - a * a) ** 2 + (1 - a) ** 2 + np.sin(a * b)
    return total


def strict_banana(x):
    """The same for real numbers alone."""
    return banana([float(v) for v in x])


def banana_gradient(x):
    a, b = x[:-1], x[1:]
    g = np.zeros_like(x)
    g[:-1] += -40 * a * (b - a * a) - 2 * (1 - a) + b * np.cos(a * b)
    g[1:] += 20 * (b - a * a) + a * np.cos(a * b)
    return g


def banana_hessian(x):
    n, (a, b) = len(x), (x[:-1], x[1:])
    h, k = np.zeros((n, n)), np.arange(n - 1)
    h[k, k] += 120 * a * a - 40 * b + 2 - b * b * np.sin(a * b)
    h[k + 1, k + 1] += 20 - a * a * np.sin(a * b)
    h[k, k + 1] = h[k + 1, k] = -40 * a + np.cos(a * b) - a * b * np.sin(a * b)
    return h


POINT = np.linspace(-1.1, 1.3, SIZE)


def _digits(found, want):
    off = np.max(np.abs(np.asarray(found) - want)) / np.max(np.abs(want))
    return min(FULL, -math.log10(max(off, 1e-16)))


def many_variables():
    """Rows of (what, contestant, evaluations, digits) for 100 variables; a failure says its name."""
    return [*_gradients(), *_hessians()]


def _gradients():
    trials = {
        "dfdx, complex-safe": (banana, lambda f: gradient(f, method="differences")(POINT)),
        "dfdx, real samples": (strict_banana, lambda f: gradient(f, method="differences")(POINT)),
        "numdifftools": (strict_banana, lambda f: numdifftools.Gradient(f)(POINT)),
        "jacobi": (strict_banana, lambda f: jacobi(f, POINT)[0]),
        "statsmodels": (
            strict_banana,
            lambda f: statsmodels.approx_fprime(POINT, f, centered=True),
        ),
        "statsmodels, complex step": (banana, lambda f: statsmodels.approx_fprime_cs(POINT, f)),
    }
    return [
        _tried("gradient", name, *trial, banana_gradient(POINT)) for name, trial in trials.items()
    ]


def _hessians():
    trials = {
        "dfdx, complex-safe": (banana, lambda f: hessian(f, method="differences")(POINT)),
        "dfdx, real samples": (strict_banana, lambda f: hessian(f, method="differences")(POINT)),
        "numdifftools": (strict_banana, lambda f: numdifftools.Hessian(f)(POINT)),
        "statsmodels": (strict_banana, lambda f: statsmodels.approx_hess(POINT, f)),
        "statsmodels, complex step": (banana, lambda f: statsmodels.approx_hess_cs(POINT, f)),
    }
    return [
        _tried("Hessian", name, *trial, banana_hessian(POINT)) for name, trial in trials.items()
    ]


def _tried(what, name, f, run, want):
    box = Counted(f)
    try:
        found = run(box)
    except Exception as error:
        return what, name, box.calls, f"{type(error).__name__}: {error}".partition("\n")[0][:60]
    return what, name, box.calls, f"{_digits(found, want):.1f}"
