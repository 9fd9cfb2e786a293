"""The other libraries, each called as its documentation recommends.

A contestant is called with the function, the same in a box that counts, the point and the
order, and gives an Outcome. Libraries that pass arrays get the box applied to each element.
"""

import fdm
import jacobi
import numdifftools
import numpy as np
from derivkit import DerivativeKit
from scipy.differentiate import derivative as scipy_derivative
from statsmodels.tools.numdiff import approx_fprime, approx_fprime_cs, approx_hess

from .outcome import Outcome


class NotOffered(NotImplementedError):
    """The library has nothing for this order."""


def elementwise(box):
    """The box for libraries that pass arrays: every element is called with a plain float."""

    def f(x):
        x = np.asarray(x, dtype=float)
        return np.array([float(box(float(v))) for v in x.ravel()]).reshape(x.shape)

    return f


def one(value):
    return float(np.asarray(value, dtype=float).ravel()[0])


def with_numdifftools(f, box, x, order):
    found = numdifftools.Derivative(elementwise(box), n=order, full_output=True)(x)
    return Outcome(one(found.estimate), one(found.error_estimate), box.calls)


def with_scipy(f, box, x, order):
    if order != 1:
        raise NotOffered
    found = scipy_derivative(elementwise(box), x)
    flag = "" if found.success else f"status {int(found.status)}"
    return Outcome(one(found.df), one(found.error), box.calls, flag)


def with_jacobi(f, box, x, order):
    if order != 1:
        raise NotOffered
    found, error = jacobi.jacobi(lambda t: box(float(t)), x)
    return Outcome(one(found), one(error), box.calls)


def with_derivkit(f, box, x, order):
    if order > 4:
        raise NotOffered
    kit = DerivativeKit(lambda t: box(float(np.ravel(t)[0])), x0=x)
    found, error = kit.differentiate(method="adaptive", order=order, return_error=True)
    return Outcome(one(found), one(error), box.calls)


def with_fdm(f, box, x, order):
    method = fdm.central_fdm(order=max(5, order + 4), deriv=order)
    g = lambda t: box(float(t))
    found = method(g, x)
    return Outcome(one(found), None if method.acc is None else one(method.acc), box.calls)


def with_statsmodels(f, box, x, order):
    if order == 1:
        found = approx_fprime(np.array([x]), lambda t: box(float(t[0])), centered=True)
    elif order == 2:
        found = approx_hess(np.array([x]), lambda t: box(float(t[0])))
    else:
        raise NotOffered
    return Outcome(one(found), None, box.calls)


def with_complex_step(f, box, x, order):
    if order != 1:
        raise NotOffered
    found = approx_fprime_cs(np.array([x]), lambda t: box(complex(t[0])))
    return Outcome(one(found), None, box.calls)


CONTESTANTS = {
    "numdifftools": with_numdifftools,
    "scipy.differentiate": with_scipy,
    "jacobi": with_jacobi,
    "derivkit": with_derivkit,
    "fdm": with_fdm,
    "statsmodels": with_statsmodels,
    "statsmodels, complex step": with_complex_step,
}
