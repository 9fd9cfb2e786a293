"""A function of a third party and the derivative that the same party publishes."""

import warnings
from functools import cached_property

import numpy as np

from dfdx import derivative, gradient, hessian, jacobian
from dfdx.differences.scalar import differentiate
from dfdx.errors import NotConverged


class Pair:
    """`f` and `published`, its derivative, at some points.

    What they are decides the operator: "derivative" of a function of one number,
    "gradient", "jacobian" or "hessian" of a function of an array.
    """

    def __init__(self, name, f, published, *points, operator="derivative"):
        self.name = name
        self.f = f
        self.published = published
        self.points = points
        self.operator = operator

    def __repr__(self):
        return self.name

    @cached_property
    def verdict(self):
        """`(word, relative error, method)`; the word is right, published wrong, wrong, or an error."""
        worst, method = 0.0, ""
        for x in self.points:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                published = _real(self.published(x))
            try:
                found, method = self._found(x)
            except Exception as error:
                return f"error {type(error).__name__}: {str(error).splitlines()[0]}", np.inf, ""
            found = np.asarray(found, dtype=float).reshape(published.shape)
            apart = _apart(found, published)
            if not apart <= 1e-6:  # nan is not
                if _apart(found, self.sampled(x).reshape(published.shape)) < 1e-5:
                    return "published wrong", apart, method
                return f"wrong: {found} {published}", apart, method
            worst = max(worst, apart)
        return "right", worst, method

    def _found(self, x):
        if self.operator == "derivative":
            e = derivative(self.f).estimate(x)
            return e.value, e.method
        if self.operator == "gradient":
            e = gradient(self.f).estimate(x)
            return e.value, e.method
        op = {"jacobian": jacobian, "hessian": hessian}[self.operator]
        try:
            return op(self.f)(x), "exact"
        except TypeError as error:  # no exact one: row by row from samples
            return self.sampled(x), f"differences ({str(error).splitlines()[0]})"

    def sampled(self, x):
        """The derivative by differences alone: the second method."""
        x = np.asarray(x, dtype=float)
        f = gradient(self.f) if self.operator == "hessian" else self.f
        columns = []
        for k in range(x.size):
            value = np.ravel(np.asarray(f(x), dtype=float))

            def at(t, i, k=k):
                moved = x.copy().ravel()
                moved[k] = t
                y = f(moved.reshape(x.shape) if x.shape else float(t))
                return float(np.ravel(np.asarray(y, dtype=float))[i])

            rows = []
            for i in range(value.size):
                try:
                    rows.append(differentiate(lambda t, i=i: at(t, i), float(x.ravel()[k]))[0])
                except NotConverged:
                    rows.append(np.nan)
            columns.append(rows)
        return np.array(columns).T


def _real(y):
    """An array of numbers; nan for complex ones, which no derivative of real numbers is."""
    y = np.asarray(y)
    return np.full(y.shape, np.nan) if np.iscomplexobj(y) else y.astype(float)


def _apart(a, b):
    size = np.max(np.abs(b), initial=0.0)
    return float(np.max(np.abs(a - b), initial=0.0) / size) if size else float(np.max(np.abs(a)))
