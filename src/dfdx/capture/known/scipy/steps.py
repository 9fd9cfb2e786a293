"""SciPy's explicit Runge–Kutta methods, step by step on traced numbers.

The same steps with the same control of their size as in `scipy.integrate` (RK23, RK45, DOP853),
with the coefficients read from SciPy's classes. Decisions are taken on plain numbers,
everything else is recorded, the step sizes too: so the derivative is that of the numbers that
SciPy returns, at whatever tolerance, and an event or a final time may move. Where tolerances are so
tight that rounding decides about the steps, the times of SciPy's steps are given (`course`).
"""

import numpy as np
from scipy.integrate import DOP853

from ....contraction import contraction, expand_to
from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arithmetic import absolute, maximum
from ....rules.combination import combined
from ....rules.elementary import sqrt
from ...numpy_protocol.plain import traced_in
from ...traced import plain
from .tools import tapes_of

_SAFETY, _SMALLEST, _LARGEST = 0.9, 0.2, 10.0


def mean_square(x):
    """The mean of the squares of a vector."""
    return contraction("i,i->")(x, x) / shape_of(x)[0]


class Steps:
    """A solver that stands at time t with the state y; `advance` takes one accepted step."""

    def __init__(
        self, kind, fun, t0, y0, t_bound, rtol=1e-3, atol=1e-6, max_step=np.inf, first_step=None,
        course=None,
    ):  # fmt: skip
        self.kind = kind
        self.fun = fun
        self.t, self.y, self.t_bound = t0, y0, t_bound
        self.rtol, self.atol, self.max_step = rtol, atol, max_step
        self.direction = float(np.sign(plain(t_bound) - plain(t0))) or 1.0
        self.exponent = -1.0 / (kind.error_estimator_order + 1)
        self.f = self.slope(self.t, self.y)
        self.t_old = self.y_old = self.h = self.stages = None
        self.course = None if course is None else list(course)  # the times to go through, if given
        with self._quietly():
            self.h_abs = self._first() if first_step is None else first_step

    def slope(self, t, y):
        """The right-hand side as a vector like the state."""
        return expand_to(self.fun(t, y), shape_of(self.y))

    def _quietly(self):
        return _WithoutEdges(tapes_of(traced_in((self.y, self.t, self.t_bound, self.f))))

    def _first(self):
        """SciPy's guess of the first step (Hairer, Nørsett, Wanner, section II.4)."""
        length = absolute(self.t_bound - self.t)
        scale = self.atol + absolute(self.y) * self.rtol
        d0, d1 = (sqrt(mean_square(x / scale)) for x in (self.y, self.f))
        h0 = 1e-6 if plain(d0) < 1e-5 or plain(d1) < 1e-5 else 0.01 * d0 / d1
        h0 = _least(h0, length)
        after = self.slope(self.t + h0 * self.direction, self.y + h0 * self.direction * self.f)
        d2 = sqrt(mean_square((after - self.f) / scale)) / h0
        if plain(d1) <= 1e-15 and plain(d2) <= 1e-15:
            h1 = _most(1e-6, h0 * 1e-3)
        else:
            h1 = (0.01 / _most(d1, d2)) ** (1.0 / (self.kind.error_estimator_order + 1))
        return _least(_least(100.0 * h0, h1), _least(length, self.max_step))

    @property
    def finished(self):
        return self.direction * (plain(self.t) - plain(self.t_bound)) >= 0

    def _to_the_next(self):
        """A step to the next time of the course."""
        t, y, last = self.t, self.y, len(self.course) == 1
        t_new = self.course.pop(0)
        t_new = self.t_bound if last else t_new
        h = t_new - t
        y_new, stages = self._step(t, y, h)
        self.t_old, self.y_old, self.h, self.stages = t, y, h, stages
        self.t, self.y, self.f = t_new, y_new, stages[-1]

    def advance(self):
        if self.course is not None:
            return self._to_the_next()
        t, y = self.t, self.y
        here = float(plain(t))
        smallest = 10.0 * abs(np.nextafter(here, self.direction * np.inf) - here)
        h_abs = _most(_least(self.h_abs, self.max_step), smallest)
        rejected = False
        while True:
            if plain(h_abs) < smallest:
                raise NotTraceable("the solver's steps became too small")
            t_new = t + h_abs * self.direction
            if self.direction * (plain(t_new) - plain(self.t_bound)) > 0:
                t_new = self.t_bound
            h = t_new - t
            h_abs = h * self.direction
            y_new, stages = self._step(t, y, h)
            with self._quietly():
                scale = self.atol + maximum(absolute(y), absolute(y_new)) * self.rtol
                error = self._error(stages, h, scale)
                size = plain(error)
                if size < 1:
                    factor = (
                        _LARGEST if size == 0 else _least(_LARGEST, _SAFETY * error**self.exponent)
                    )
                    h_next = h_abs * (_least(1.0, factor) if rejected else factor)
                    break
                h_abs = h_abs * _most(_SMALLEST, _SAFETY * error**self.exponent)
                rejected = True
        self.t_old, self.y_old, self.h, self.stages = t, y, h, stages
        self.t, self.y, self.f, self.h_abs = t_new, y_new, stages[-1], h_next

    def _step(self, t, y, h):
        kind, stages = self.kind, [self.f]
        for a, c in zip(kind.A[1:], kind.C[1:], strict=True):
            k = len(stages)
            stages.append(self.slope(t + c * h, y + combined(a[:k], stages) * h))
        y_new = y + h * combined(kind.B, stages)
        return y_new, [*stages, self.slope(t + h, y_new)]

    def _error(self, stages, h, scale):
        kind = self.kind
        if kind is not DOP853:
            return sqrt(mean_square(combined(kind.E, stages) * h / scale))
        fifth, third = (combined(e, stages) / scale for e in (kind.E5, kind.E3))
        squares = [contraction("i,i->")(e, e) for e in (fifth, third)]
        if not plain(squares[0]) and not plain(squares[1]):
            return 0.0
        below = (squares[0] + 0.01 * squares[1]) * float(shape_of(scale)[0])
        return absolute(h) * squares[0] / sqrt(below)

    def between(self):
        """The interpolant over the last step."""
        if plain(self.t) == plain(self.t_old):
            return Interpolant(self.t_old, 1.0, self.y_old, [])
        if self.kind is DOP853:
            return self._between_853()
        columns = np.asarray(self.kind.P).T
        parts = [combined(p, self.stages) * self.h for p in columns]
        return Interpolant(self.t_old, self.h, self.y_old, parts)

    def _between_853(self):
        kind, h, stages = self.kind, self.h, list(self.stages)
        for a, c in zip(kind.A_EXTRA, kind.C_EXTRA, strict=True):
            move = combined(a[: len(stages)], stages) * h
            stages.append(self.slope(self.t_old + c * h, self.y_old + move))
        moved = self.y - self.y_old
        first = stages[0]
        parts = [moved, h * first - moved, 2.0 * moved - h * (self.f + first)]
        parts += [h * combined(d, stages) for d in kind.D]
        return Interpolant853(self.t_old, h, self.y_old, parts)


class Interpolant:
    """The solution between two steps: y + Σ partsⱼ xʲ⁺¹ with x = (t − t_old)/h, at a number or a vector t."""

    def __init__(self, t_old, h, y_old, parts):
        self.t_old = t_old
        self.h = h
        self.y_old = y_old
        self.parts = parts

    def __call__(self, t):
        x = (t - self.t_old) / self.h
        outer = contraction("i,j->ij") if shape_of(t) else lambda y, p: y * p
        return self._sum(x, outer) + self._start(t)

    def _start(self, t):
        if not shape_of(t):
            return self.y_old
        return contraction("i->ij", {"j": shape_of(t)[0]})(self.y_old)

    def _sum(self, x, outer):
        y, p = 0.0, x
        for part in self.parts:
            y = y + outer(part, p)
            p = p * x
        return y


class Interpolant853(Interpolant):
    """DOP853's interpolant, in powers of x and 1 − x."""

    def _sum(self, x, outer):
        y = None
        powers = 1.0
        for k, part in enumerate(self.parts):
            powers = powers * (1.0 - x if k % 2 else x)
            y = outer(part, powers) if y is None else y + outer(part, powers)
        return y


class _WithoutEdges:
    """While the step size is chosen, kinks do not matter: the solution hardly depends on it."""

    def __init__(self, tapes):
        self.marks = [(t, len(t.edges)) for t in tapes]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for t, count in self.marks:
            del t.edges[count:]


def _least(a, b):
    return a if plain(a) <= plain(b) else b


def _most(a, b):
    return a if plain(a) >= plain(b) else b
