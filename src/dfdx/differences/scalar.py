"""A derivative from samples: of a function that can only be called.

Four samples beside x measure the length over which the function changes (`scale`); sixteen more
on a window of that length make a polynomial whose coefficients tell how accurate it is
(`chebyshev`). A function that is smooth there needs no more. Where the coefficients
do not fall to the level of rounding, windows shrink, until one is clean, or what is
left is the same at every size (noise), or the function is looked at from one side at a time
(`existence`).
"""

from math import inf, nan, ulp

from ..errors import NotConverged, NotDifferentiable
from .existence import decide, look, one_sided
from .ladder import Ladder, Limit
from .samples import Samples, Spent, pool, quiet
from .scale import measure
from .smooth import average, blended, descend


DEBUG=0
class Sampled:
    """A derivative from samples and what is known about it.

    value, error   the derivative and a bound on its error
    method         how it was found, in words
    evaluations    how often the function was called
    noise          the noise of one value of the function
    reach          how far from x the function was sampled
    left, right    the one-sided derivatives, where they were looked at
    scale          the length over which the function changes: `scale=` of the next point beside this
    notes          what the user should know, as sentences
    """

    __slots__ = (
        "error", "evaluations", "left", "method", "noise", "notes", "reach", "right", "scale", "value",
    )  # fmt: skip

    def __init__(
        self, value, error, method, evaluations, noise=nan, reach=nan, scale=nan, notes=()
    ):
        self.value, self.error, self.method = value, error, method
        self.evaluations, self.noise, self.reach, self.scale = evaluations, noise, reach, scale
        self.left = self.right = None
        self.notes = notes


def differentiate(f, x, order=1):
    """`(derivative, error, evaluations)` of a function of one number from samples alone."""
    found = sampled(f, x, order)
    return found.value, found.error, found.evaluations


def sampled(
    f, x, order=1, *, bounds=None, side=None, rtol=None, budget=None, noise=None, step=None,
    workers=None, complex_step=True, scale=None,
):  # fmt: skip
    """The derivative of f at x from samples alone, as `Sampled`.

    Raises NotDifferentiable where it does not exist, NotConverged where nothing can be said.
    """
    with pool(workers) as submit, quiet():
        samples = Samples(f, budget, bounds, submit)
        here = samples.here(x)
        if here - here:  # inf or nan
            if here != here:
                return Sampled(nan, nan, "not a number: the function itself is nan here", 1)
            raise NotDifferentiable(f"{name_of(f)} is {here} at {x:g}: it has no derivative there")
        search = _Search(samples, name_of(f), x, here, order, noise or 0.0, rtol or 0.0)
        if side is not None:
            found = search.on_side(1 if side == "right" else -1, scale)
        else:
            found = search.on_both_sides(scale)
        found.evaluations = samples.count
        return found


class _Search:
    """One point of one function, and the steps that lead to its derivative."""

    def __init__(self, samples, name, x, here, order, noise, rtol):
        self.samples, self.name, self.x, self.here = samples, name, x, here
        self.order, self.noise, self.rtol = order, noise, rtol
        self.n = 16 if order == 1 else 32
        self.best = None
        self.reach = nan

    def on_both_sides(self, reach=None):
        x, here, order = self.x, self.here, self.order
        try:
            if reach is None:
                probe = measure(self.samples, x, here, self.noise)
                if probe.edge:
                    return self.on_side(-1 if probe.holes[1] else 1, probe.h, edge=True)
                reach = probe.reach
            self.reach = reach
            r = max(reach if order == 1 else 2.2 * reach, 8 * ulp(x))
            fits, hollow = self._descend(r, self.n)
            for _ in range(3):
                if hollow is None or 0 not in hollow.holes:
                    break
                found = self._beside_a_hole(hollow)
                if found is not None:
                    return found
                fits, hollow = self._descend(hollow.r / 16, self.n)
            if fits and hollow is None and fits[-1].settled(self.rtol):
                return self._answer(fits[-1])
            return self._rough(fits[-1] if fits else None, r)
        except Spent:
            return self._what_there_is()

    def _descend(self, r, n, tries=4):
        fits, hollow = descend(
            self.samples, self.x, self.here, self.order, r, n, self.noise, self.rtol, tries
        )
        for fit in fits:
            if fit.on and (self.best is None or fit.error < self.best.error):
                self.best = fit
        return fits, hollow

    def _rough(self, wide, r):
        """No window settles: smooth in the small, noisy, or broken at x."""
        samples, x, here = self.samples, self.x, self.here
        r = wide.window.r if wide else r
        ladder = Ladder(samples, x, here, r / 4, self.noise)
        for step in ladder.smooth_from(wide.window.noise if wide else inf):
            fits, hollow = self._descend(step, self.n, 2)
            if fits and fits[-1].is_clean():
                return self._blended(wide, fits[-1])
        left, right = ladder.side(-1), ladder.side(1)
        DEBUG and print(self.x,wide and (wide.on,wide.window.noise,wide.window.r,wide.window.level,wide.window.fall),['%.1e'%v for v in ladder.roughness()],left.kind,right.kind,ladder.floor)
        if wide is not None and wide.on and "jump" not in (left.kind, right.kind):
            w = wide.window
            lost = w.level > 0.1 * max(map(abs, w.c[1:])) and w.noise > 1e-2 * w.size
            if ladder.is_noise(w.noise) and not lost:
                return self._noisy(wide)
        left = look(samples, x, here, self.order, -1, left, r / 2, self.noise)
        right = look(samples, x, here, self.order, 1, right, r / 2, self.noise)
        value, error = decide(self.name, x, self.order, left, right)
        found = Sampled(value, error, "differences on both sides", 0, self.noise, r, self.reach)
        found.left, found.right = left.slope, right.slope
        return found

    def _blended(self, wide, near):
        if wide is None or not wide.on:
            return self._answer(near)
        value, error, fit = blended(wide, near, self.order)
        return self._answer(fit, value, error, _note(fit))

    def _noisy(self, fit):
        fit = average(self.samples, self.x, self.here, self.order, fit, self.noise)
        w = fit.window
        if not fit.error <= max(abs(fit.value), w.size / w.r**self.order):
            raise NotConverged(f"{self.name} at {self.x:g} is lost in noise of about {w.noise:.2g}")
        return self._answer(fit, notes=_note(fit))

    def _beside_a_hole(self, hollow):
        """From a window on the side that has values, confirmed by close samples on the other side."""
        sign = -1 if hollow.holes[1] else 1
        fit = one_sided(self.samples, self.x, self.here, self.order, sign, hollow.r, self.noise)
        if fit is None:
            return None
        w = fit.window
        points = [self.x - sign * w.r / 32.0**k for k in (1, 2, 3)]
        seen = [(p, y) for p, y in zip(points, self.samples.at(points), strict=True) if y == y]
        for p, y in seen:
            if abs(w.derivative(p, 0) - y) > 50 * (w.noise + w.error(p, 0)):
                return None
        return self._answer(fit) if seen else self._edge(fit, sign)

    def on_side(self, sign, reach=None, edge=False):
        """The one-sided derivative: of what was asked for, or at the edge of the domain."""
        samples, x, here, order = self.samples, self.x, self.here, self.order
        try:
            r = reach or 0.125 * max(1.0, abs(x))
            fit = one_sided(samples, x, here, order, sign, r, self.noise, tries=3)
            if fit is None:
                ladder = Ladder(samples, x, here, r, self.noise).side(sign)
                limit = look(samples, x, here, order, sign, ladder, r / 4096, self.noise)
                if limit.kind == "slope" and limit.error <= 1e-2 * abs(limit.slope) + 1e-3:
                    found = Sampled(limit.slope, limit.error, "differences on one side", 0)
                else:
                    away = Limit("undefined")
                    pair = (limit, away) if sign < 0 else (away, limit)
                    decide(self.name, x, order, *pair)
            else:
                found = self._edge(fit, sign, edge)
        except Spent:
            return self._what_there_is()
        if sign < 0:
            found.left = found.value
        else:
            found.right = found.value
        return found

    def _edge(self, fit, sign, edge=True):
        where = "left" if sign < 0 else "right"
        other = "right" if sign < 0 else "left"
        note = (f"from the {where} alone: the function has no values on the {other}",) if edge else ()
        return self._answer(fit, notes=note, method=f"differences on the {where}")

    def _what_there_is(self):
        """The best answer that the budget allowed."""
        if self.best is None:
            raise NotConverged(
                f"{self.samples.budget} evaluations do not suffice for {self.name} at {self.x:g}"
            )
        return self._answer(self.best)

    def _answer(self, fit, value=None, error=None, notes=(), method="differences"):
        w = fit.window
        value = fit.value if value is None else value
        error = fit.error if error is None else error
        return Sampled(value, error, method, 0, w.noise, w.r, w.r if w.n == 16 else nan, notes)


def _note(fit):
    w = fit.window
    return (f"the function is noisy: about {w.noise:.1g} in a value",) if not fit.is_clean() else ()


def name_of(f):
    """What the function is called in a message."""
    return getattr(f, "__name__", None) or type(f).__name__
