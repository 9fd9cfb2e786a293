"""The derivative to compare with: the exact one with its rounding, or samples with their error."""

import numpy as np

from ..calculus.derivative import Derivative
from ..calculus.gradient import Gradient
from ..calculus.jacobian import Hessian, Jacobian
from .layout import Misfit

_MOST = (
    512  # elements of a function taken for elementwise of which all partial derivatives are found
)


class Expected:
    """The components of a derivative, how far each may be off, how they were found, notes."""

    __slots__ = ("errors", "method", "notes", "values")

    def __init__(self, values, errors, method, notes):
        self.values, self.errors, self.method, self.notes = values, errors, method, notes


def expected(f, args, given, order):
    """The derivative of the kind that was given; raises what the operator raises."""
    shapes, kind = given.shapes, given.kind
    wrt = None if len(shapes.call.wrt) == len(args) else list(shapes.call.wrt)
    if wrt is not None and len(wrt) == 1:
        (wrt,) = wrt
    if kind == "derivative":
        if len(args) == 1:
            return _of(Derivative(f, order=order).estimate(*args), given.layout)
        if order > 1:
            raise ValueError("order is for functions of one argument; the others can be held fixed")
        if shapes.is_scalar:
            return _of(Gradient(f, wrt=wrt).estimate(*args), given.layout)
        return _of(Jacobian(f, wrt=wrt).estimate(*args), given.layout)
    if kind == "gradient":
        return _of(Gradient(f, wrt=wrt).estimate(*args), given.layout)
    if kind == "hessian":
        return _of(Hessian(f, wrt=wrt).estimate(*args), given.layout)
    if kind == "elementwise":
        return _elementwise(f, args, wrt, given)
    return _of(Jacobian(f, wrt=wrt).estimate(*args), given.layout)


def matrix(f, args, given):
    """The Jacobian (for hessp the Hessian) as a matrix of numbers, its errors, how it was found, notes."""
    shapes = given.shapes
    wrt = None if len(shapes.call.wrt) == len(args) else list(shapes.call.wrt)
    kind = "hessian" if given.kind == "hessp" else "jacobian"
    op = Hessian if kind == "hessian" else Jacobian
    if wrt is not None and len(wrt) == 1:
        (wrt,) = wrt
    layout = shapes.layout(kind)
    found = _of(op(f, wrt=wrt).estimate(*args), layout)
    m = shapes.n if kind == "hessian" else shapes.m
    table, errors = np.zeros((m, shapes.n)), np.zeros((m, shapes.n))
    table[layout.rows, layout.columns] = found.values
    errors[layout.rows, layout.columns] = found.errors
    return table, errors, found.method, found.notes


def _of(estimate, layout):
    values = layout.read(estimate.value)
    errors = layout.read(estimate.error)
    errors = np.where(np.isnan(errors), 0.0, errors)
    return Expected(values, errors, estimate.method, estimate.notes)


def _elementwise(f, args, wrt, given):
    """The diagonal of the Jacobian; Misfit where there is something beside it."""
    n = given.layout.size
    if n > _MOST:
        raise Misfit(f"{n} values at once: give at most {_MOST} points in one array")
    estimate = Jacobian(f, wrt=wrt).estimate(*args)
    table = np.reshape(estimate.value, (n, n))
    beside = table - np.diag(np.diag(table))
    if np.any(beside):
        i, j = map(int, np.argwhere(beside)[0])
        raise Misfit(
            f"value {i} of the function depends on argument {j}, too: its derivative is a matrix, an "
            f"array of shape {np.shape(estimate.value)}, not one of shape {given.layout.form.shape}"
        )
    errors = np.nan_to_num(np.diag(np.reshape(estimate.error, (n, n))))
    return Expected(np.diag(table).copy(), errors, estimate.method, estimate.notes)
