"""A function at a point beside x: its Taylor series there, carried back to x.

The series gives the height and the derivative where it was taken; carried back, the
value and the derivative that the function would have at x if it went on so. With it
comes a bound on what rounding did to them, and the same in more digits.
"""

from math import factorial, isfinite, isnan, perm

from ..capture.replay import graph_of
from ..capture.trace import trace
from ..capture.traced import plain
from ..errors import NotTraceable
from ..readings.precise import precise_series
from ..readings.series import series
from ..transforms.tangent import slope as slope_of
from ..trees import real
from .accuracy import distance
from .exact import quiet

_ORDER = 8
_TERMS = 3  # near x no more are felt
_NOTHING = 2.0**-900
_BOUNDED = 4  # the order up to which rounding is bounded: graphs of derivatives grow


class Beside:
    """The function at a point beside x: height and raw derivative there; value and slope carried back."""

    __slots__ = ("graph", "h", "height", "on_break", "p", "raw", "slope", "value")

    def __init__(self, graph, p, h, coefficients, order, on_break=False):
        self.graph = graph  # None for a row that is free of rounding
        self.on_break = on_break  # here, too, the trace knows but one branch
        self.p = p
        self.h = h
        self.height = coefficients[0]
        self.raw = factorial(order) * coefficients[order]
        self.value = self.slope = 0.0
        for j in range(len(coefficients) - 1, -1, -1):
            self.value = coefficients[j] - self.value * h
            if j >= order:
                self.slope = perm(j, order) * coefficients[j] - self.slope * h

    def precise(self, order):
        """The same row free of rounding; None where mpmath cannot say."""
        (found,), _, notes = precise_series(self.graph, [self.p], _TERMS + order)
        if notes or any(map(isnan, found)):
            return None
        return Beside(None, self.p, self.h, found, order)

    def noisy(self, order):
        """True where rounding may have taken the digits of the raw derivative."""
        size = max(abs(self.slope), abs(self.raw))
        return self.noise(order) > (1e-7 * size + _NOTHING if size else 1e-9)

    def noise(self, order):
        """A bound on the rounding error of the height (order 0) or the raw derivative, 0 if unknown."""
        graph = self.graph
        if graph is None:
            return 0.0
        if order > _BOUNDED:
            return self.noise(0) * factorial(order) / abs(self.h) ** order
        for _ in range(order):
            graph = slope_of(graph)
        with quiet():
            (bound,) = distance(graph, [self.p], [self.raw if order else self.height])
        return 0.0 if isnan(bound) else bound


def beside(f, x, reach, k, order):
    """The function expanded at `reach` 2^-k beside x; Bare without a series, None without a value."""
    p = x + reach * 2.0**-k
    if p == x:
        return None
    try:
        with quiet():
            t = trace(f, (p,), {}, (0,))
            graph = graph_of(t.tape, t.inputs, t.outputs)
            (found,) = series(graph, [p], _ORDER + order)
        coefficients = [float(plain(c)) for c in found]
    except NotTraceable:
        raise
    except Exception:  # whatever the function raises outside its domain
        return _bare(f, p)
    if any(map(isnan, coefficients)):
        return _bare(f, p)
    return Beside(graph, p, p - x, coefficients, order, bool(t.tape.edges))


class Bare:
    """A point where the function has a value, but no series that could be computed: false."""

    __slots__ = ("height",)

    def __init__(self, height):
        self.height = height

    def __bool__(self):
        return False


def _bare(f, p):
    try:
        with quiet():
            height = real(f(p), "the value of the function")
    except Exception:  # a complex value too
        return None
    return Bare(height) if isfinite(height) else None
