"""Trials of functions as people write them: exact, right to the digits that samples have, twice.

A trial is a function of numbers and arrays, and a point. Whatever it returns is made one number
with uneven weights. The reference is a difference of order eight of the plain function, which
knows nothing of dfdx.
"""

import numpy as np
import pytest

from dfdx import derivative, gradient
from dfdx.errors import NotTraceable

_WEIGHTS = (4 / 5, -1 / 5, 4 / 105, -1 / 280)


def number(y):
    """One number that stands for all numbers in nested tuples and lists of arrays."""
    if isinstance(y, (tuple, list)):
        return sum((1.0 + 0.37 * k) * number(part) for k, part in enumerate(y))
    y = np.ravel(y)
    return np.sum((y + 0.3 * y * y) * (1.5 + np.cos(1.0 + np.arange(y.size))))


def sampled(f, t=0.0, h=4e-3):
    """f′(t) by a difference of order eight."""
    return sum(w * (f(t + k * h) - f(t - k * h)) / h for k, w in enumerate(_WEIGHTS, 1))


def along(f, point, direction):
    """The trial as a function of one number: how far the point has moved."""

    def line(t):
        return number(f(*[x + t * d for x, d in zip(point, direction, strict=True)]))

    return line


def directions(point):
    """A direction of the point, different in every number."""
    rng = np.random.default_rng(7)
    return [
        rng.normal(size=np.shape(x)) if np.shape(x) else float(rng.normal() + 0.1) for x in point
    ]


def right(f, *point, rtol=1e-8, second=True, h=4e-3):
    """Assert that the gradient of a trial is exact and right, and so is a second derivative."""
    point = [np.asarray(x, dtype=float) if np.shape(x) else float(x) for x in point]

    def whole(*xs):
        return number(f(*xs))

    found = gradient(whole).estimate(*point)
    assert "differences" not in found.method, found.method
    slopes = found.value if isinstance(found.value, tuple) else (found.value,)
    if len(point) > 1 and len(slopes) != len(point):
        slopes = tuple(np.asarray(found.value))
    d = directions(point)
    line = along(f, point, d)
    wanted = sampled(line, h=h)
    slope = sum(float(np.sum(np.multiply(g, v))) for g, v in zip(slopes, d, strict=True))
    size = sum(float(np.sum(np.abs(np.multiply(g, v)))) for g, v in zip(slopes, d, strict=True))
    near(slope, wanted, rtol, size, "gradient")
    one = derivative(line).estimate(0.0)
    assert "differences" not in one.method, one.method
    near(one.value, slope, 1e-10, size, "derivative against gradient")
    if second:
        bend = derivative(line, 0.0, order=2)
        outer = derivative(derivative(line), 0.0)
        wanted = sampled(derivative(line), h=h)
        near(outer, wanted, 10 * rtol, size, "second derivative")
        near(bend, outer, max(1e-9, rtol), size, "second derivative by series")


def near(found, wanted, rtol, size, what):
    __tracebackhide__ = True
    apart = abs(float(found) - float(wanted))
    if not apart <= rtol * (abs(float(wanted)) + 0.1 * size) + 1e-12:
        pytest.fail(f"{what}: {found} is not {wanted}")


def refused(f, *point, match=None):
    """Assert that no exact derivative is claimed, and that differences answer and say so."""
    with pytest.raises(NotTraceable, match=match):
        gradient(lambda *xs: number(f(*xs)), method="exact")(*point)
