"""Gradients and Hessians of functions of a hundred variables, from samples alone."""

import math

import numdifftools
import numpy as np
from scipy.optimize._numdiff import approx_derivative

from dfdx import gradient, hessian

from .report import Section

POINT = np.random.default_rng(1).standard_normal(100)


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def waves(x):
    return np.sum(np.sin(x) * np.exp(-(x[::-1] ** 2))) + np.log(1 + x @ x)


def product(x):
    return np.prod(np.cos(0.1 * x)) + np.exp(-x @ x / len(x)) * np.sum(x**3)


class Counted:
    """A function that counts its calls; with `strict` it rejects complex numbers."""

    def __init__(self, f, strict=False):
        self.f, self.strict, self.calls = f, strict, 0

    def __call__(self, x):
        self.calls += 1
        return float(self.f(x)) if self.strict else self.f(x)


def _ours(operator, f):
    found = operator(f, method="differences").estimate(POINT)
    return np.array(found.value), np.array(found.error)


def _numdifftools(kind, f):
    found = kind(f, full_output=True)(POINT)
    return found.estimate, np.reshape(found.error_estimate, found.estimate.shape)


def run():
    rows = [("", "evaluations", "digits, median", "digits, worst", "within the stated error")]
    for f in (rosenbrock, waves, product):
        exact = np.array(gradient(f)(POINT))
        rows += _rows(f"gradient of {f.__name__}", f, exact, gradient, numdifftools.Gradient)
        counted = Counted(f, strict=True)
        rows.append(_row("SciPy's 3-point", counted, exact, approx_derivative(counted, POINT)))
    for f in (rosenbrock, product):
        exact = np.array(hessian(f)(POINT))
        rows += _rows(f"Hessian of {f.__name__}", f, exact, hessian, numdifftools.Hessian)
    return Section(
        "A hundred variables, from samples",
        "Functions of 100 variables that can only be called. Digits are those of the entries, measured by "
        "the largest entry; every call of the function counts.",
        rows,
    )


def _rows(title, f, exact, operator, theirs):
    rows = [(f"**{title}**", "", "", "", "")]
    for name, strict in (("dfdx, complex numbers accepted", False), ("dfdx, floats alone", True)):
        counted = Counted(f, strict)
        value, error = _ours(operator, counted)
        rows.append(_row(name, counted, exact, value, error))
    counted = Counted(f, strict=True)
    value, error = _numdifftools(theirs, counted)
    rows.append(_row("numdifftools", counted, exact, value, error))
    return rows


def _row(name, counted, exact, value, error=None):
    off = np.abs(value - exact)
    digits = -np.log10(np.maximum(off / np.abs(exact).max(), 1e-17))
    covered = ""
    if error is not None:
        covered = f"{100 * np.mean(off <= error + 1e-15 * np.abs(exact)):.1f} %"
    median, worst = (f"{math.floor(10 * d) / 10:.1f}" for d in (np.median(digits), digits.min()))
    return name, f"{counted.calls:,}", median, worst, covered
