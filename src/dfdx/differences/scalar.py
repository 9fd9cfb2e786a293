"""A derivative from samples: of a function that can only be called.

Four samples beside x measure the length over which the function changes (`scale`); sixteen more
on a window of that length make a polynomial whose coefficients tell how accurate it is
(`chebyshev`). A function that is smooth there needs no more. Where the coefficients
do not fall to the level of rounding, windows shrink, until one is clean, or what is
left is the same at every size (noise), or the function is looked at from one side at a time
(`existence`).
"""

from math import frexp, inf, ldexp, nan, ulp

from ..errors import NotConverged, NotDifferentiable
from .chebyshev import Window, short
from .complex_step import circle, confirmed, slope
from .existence import decide, look, one_sided
from .fixed import stepped
from .ladder import Ladder, Limit
from .samples import Samples, Spent, number, pool, quiet
from .scale import measure, natural
from .smooth import STEPS, Fit, average, blended, descend, is_stair

_FIVE = "differences, five samples"
_SMALLEST, _LARGEST = 2.0**-900, 2.0**900


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

    bounds        (lowest, highest) point at which f may be called; on a bound, the one-sided derivative
    side          "left" or "right": the one-sided derivative
    rtol          a relative error that is small enough: fewer samples where it is reached
    budget        f is never called more often
    noise         how far a value of f may be off, where that is known
    step          exactly this step and the shortest stencil, instead of everything here
    workers       a number of threads or an executor: the samples of a window are taken together
    complex_step  False where f must not be called with complex numbers
    scale         `.scale` of a neighbour: the length is not measured again

    Raises NotDifferentiable where the derivative does not exist, NotConverged where nothing can be
    said; what f raises at x itself is raised.

    >>> found = sampled(lambda x: 2.0**x, 3.0)
    >>> abs(found.value - 8 * 0.6931471805599453) <= found.error <= 1e-13
    True
    """
    if type(x) is not float:
        x = number(x)
    with pool(workers) as submit, quiet():
        samples = Samples(f, budget, bounds, submit)
        here = samples.here(x)
        if here - here:  # inf or nan
            if here != here:
                return Sampled(nan, nan, "not a number: the function itself is nan here", 1)
            raise NotDifferentiable(f"{name_of(f)} is {here} at {x:g}: it has no derivative there")
        if here and not _SMALLEST < abs(here) < _LARGEST:
            samples.factor = ldexp(1.0, max(-1000, min(1000, -frexp(here)[1])))
            here *= samples.factor
        search = _Search(samples, x, here, order, (noise or 0.0) * samples.factor, rtol)
        try:
            if step is not None:
                found = search.fixed(step, side)
            elif side is not None:
                samples.keep_to(side, x)
                found = search.on_side(1 if side == "right" else -1, scale)
            else:
                found = search.on_both_sides(scale, complex_step)
        except Spent:
            found = search.what_there_is()
        if samples.factor != 1.0:
            found.value, found.error = found.value / samples.factor, found.error / samples.factor
            found.noise /= samples.factor
        found.evaluations = samples.count
        return found


class _Search:
    """One point of one function, and the steps that lead to its derivative."""

    __slots__ = ("best", "here", "noise", "order", "probe", "reach", "rtol", "samples", "x")

    def __init__(self, samples, x, here, order, noise, rtol):
        self.samples, self.x, self.here = samples, x, here
        self.order, self.noise, self.rtol = order, noise, rtol or 0.0
        self.best = self.probe = None
        self.reach = nan

    @property
    def name(self):
        return name_of(self.samples.f)

    def on_both_sides(self, reach=None, complex_step=True):
        x, here, order, samples = self.x, self.here, self.order, self.samples
        n = 16 if order == 1 else 32
        if reach is None:
            first = slope(samples, x, here) if complex_step and samples.left() >= 9 else None
            self.probe = probe = measure(samples, x, here, self.noise)
            if probe.edge:
                return self.on_side(-1 if probe.holes[1] else 1, probe.h, edge=True)
            reach = probe.reach
            if first is not None:
                found = self._complex(first, probe)
                if found is not None:
                    return found
            if self.rtol and order == 1:
                value, error = probe.answer()
                if error <= self.rtol * abs(value):
                    return Sampled(value, error, _FIVE, 0, probe.noise, 2 * probe.h, reach)
                if self.rtol > 1e-9:
                    n, reach = 10, 0.64 * reach
        else:
            n, reach = n - 4, 0.7 * reach
            self.rtol = max(self.rtol, 1e-11)
        n = self._affordable(n)
        r = max(reach * (1.0 if order == 1 else 2.2) * (n / (16 if order == 1 else 32)), 8 * ulp(x))
        fits, hollow = self._descend(r, n)
        for _ in range(3):
            if hollow is None or 0 not in hollow.holes:
                break
            found = self._beside_a_hole(hollow)
            if found is not None:
                return found
            fits, hollow = self._descend(hollow.r / 16, n)
        if fits and hollow is None and fits[-1].settled(self.rtol):
            fit = fits[-1]
            if fit.is_flat():
                return self._flat(fit)
            if self.probe and self.probe.wall and fit.error > 1e-10 * abs(fit.value):
                fit = self._from_the_wall(fit, -self.probe.wall)
            if order == 1 and fit.error > max(self.rtol, 1e-10) * abs(fit.value):
                fit = average(samples, x, here, order, fit, self.noise)
            return self._answer(fit)
        return self._rough(fits[-1] if fits else None, r)

    def _affordable(self, n):
        """As many nodes as the budget allows, at most n."""
        left = self.samples.left()
        if left >= n:
            return n
        if left < max(6, self.order + 3):
            raise Spent
        return int(left) // 2 * 2

    def _complex(self, first, probe):
        """The answer of complex samples where real ones confirm them, else None."""
        if self.order == 1:
            found = confirmed(self.samples, self.x, self.here, first, probe)
            if found is None:
                return None
            value, error = found
            noise = error * probe.reach
            return Sampled(value, error, "complex step", 0, noise, 2 * probe.h, probe.reach)
        found = circle(self.samples, self.x, self.here, self.order, probe)
        if found is None:
            return None
        value, error, r = found
        return Sampled(value, error, "samples on a complex circle", 0, nan, r, probe.reach)

    def fixed(self, step, side):
        value, error = stepped(self.samples, self.x, self.here, self.order, step, side, self.noise)
        return Sampled(value, error, f"differences with the step {step:g}", 0, nan, abs(step))

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
        if (
            len(ladder.steps) < 5 and wide is not None and wide.on
        ):  # too few floats for a closer look
            return self._noisy(wide)
        n, most = (16, 2) if self.order == 1 else (32, 1)
        before, fading = inf, None
        for step in ladder.smooth_from(wide.window.noise if wide and wide.on else inf)[:most]:
            fits, _ = self._descend(step, n, most)
            near = fits[-1] if fits else None
            if near and self._is_smoother(near, wide, ladder):
                return self._blended(wide, near, ladder)
            if near and near.on and near.error <= 0.3 * before < inf:  # as |x|³ at 0: less and less
                fading = near
            before = near.error if near and near.on else inf
        left, right = ladder.side(-1), ladder.side(1)
        unsure = {left.kind, right.kind} & {"noise", "oscillation"}
        if wide is not None and wide.on and (unsure or left.kind == right.kind == "slope"):
            w = wide.window
            lost = w.level > 0.1 * max(map(abs, w.c[1:])) and w.noise > 1e-2 * w.size
            if ladder.is_noise(w.noise, w.r) and not lost:
                return self._noisy(wide)
        if wide is not None and "noise" in (left.kind, right.kind):
            found = self._from_afar()
            if found is not None:
                return found
        left = look(samples, x, here, self.order, -1, left, r / 2, self.noise)
        right = look(samples, x, here, self.order, 1, right, r / 2, self.noise)
        try:
            value, error = decide(self.name, x, self.order, left, right)
        except NotConverged:
            if fading is None:
                raise
            return self._answer(fading, error=3 * fading.error)
        found = Sampled(value, error, "differences on both sides", 0, self.noise, r, self.reach)
        found.left, found.right = left.slope, right.slope
        return found

    def _is_smoother(self, near, wide, ladder):
        """True where only rounding is left of the roughness, or much less of it."""
        w = near.window
        if near.settled(max(self.rtol, 1e-9)):
            return True
        if not near.on or w.fall >= 3 or not near.error <= 1e-4 * abs(near.value):
            return False
        less = wide is None or near.error * abs(wide.value) <= 1e-2 * wide.error * abs(near.value)
        return less and ladder.is_noise(w.noise, w.r)

    def _blended(self, wide, near, ladder):
        if wide is not None and wide.on and is_stair(self.samples, self.x, wide, near, self.noise):
            return self._answer(wide, notes=_note(wide))
        if wide is None or not wide.on or ladder.bends_beside(near.window.r):
            return self._flat(near) if near.is_flat() else self._answer(near)
        value, error, fit = blended(wide, near, self.order)
        if fit is near and near.is_flat():
            return self._flat(near)
        return self._answer(fit, value, error, _note(fit))

    def _flat(self, fit):
        """A constant, or a step of a staircase: where there are many steps, both 0 and its rise are told."""
        r = 0.5 * max(natural(self.x))
        if self.order > 1 or fit.window.r >= 0.25 * r or self.samples.left() < 16:
            return self._answer(fit)
        for wide in (64 * fit.window.r, r):
            w = Window(self.samples, self.x, short(min(wide, r)), 16, self.noise)
            if w.holes or len(set(w.values)) < 6:
                continue
            rise = Fit(w, self.x, self.here, 1)
            if not rise.on:
                break
            error = rise.error + (
                0.0 if w.level <= STEPS * max(map(abs, w.c[1:])) else abs(rise.value)
            )
            return self._answer(rise, error=error, notes=("the function is a staircase",))
        return self._answer(fit)

    def _from_afar(self):
        """The answer for a function that is noisy near x but has a course at its natural scale."""
        w = Window(self.samples, self.x, 0.25 * natural(self.x)[0], 32, self.noise)
        if w.holes:
            return None
        fit = Fit(w, self.x, self.here, self.order)
        clear = w.level <= 0.02 * max(map(abs, w.c[1:])) and w.fall < 3
        return self._noisy(fit) if fit.on and clear else None

    def _noisy(self, fit):
        fit = average(self.samples, self.x, self.here, self.order, fit, self.noise)
        w = fit.window
        if not fit.error <= max(abs(fit.value), w.size / w.r**self.order):
            raise NotConverged(f"{self.name} at {self.x:g} is lost in noise of about {w.noise:.2g}")
        return self._answer(fit, notes=_note(fit))

    def _beside_a_hole(self, hollow):
        """From a window on the side that has values, confirmed by close samples on the other side."""
        sign = -1 if hollow.holes[1] else 1
        far = 0.125 * max(natural(self.x))
        for r, tries in ((far, 1), (hollow.r, 2)):
            fit = one_sided(self.samples, self.x, self.here, self.order, sign, r, self.noise, tries)
            if fit is not None:
                break
        else:
            return None
        w = fit.window
        points = [self.x - sign * w.r / 32.0**k for k in range(1, 7)]
        seen = [(p, y) for p, y in zip(points, self.samples.at(points), strict=True) if y == y]
        for p, y in seen:
            if abs(w.derivative(p, 0) - y) > 50 * (w.noise + w.error(p, 0)):
                return None
        return self._answer(fit) if seen else self._edge(fit, sign)

    def _from_the_wall(self, fit, sign):
        """A better fit on the side away from the end of the domain, where the function is smooth up to it."""
        r = 0.125 * max(natural(self.x))
        other = one_sided(self.samples, self.x, self.here, self.order, sign, r, self.noise, tries=1)
        if other is None or not other.error < 0.1 * fit.error:
            return fit
        return other if abs(other.value - fit.value) <= fit.error else fit

    def on_side(self, sign, reach=None, edge=False):
        """The one-sided derivative: what was asked for, or all there is at the edge of the domain."""
        samples, x, here, order = self.samples, self.x, self.here, self.order
        room = x - samples.low if sign < 0 else samples.high - x
        r = min(reach or 0.125 * max(1.0, abs(x)), 0.499 * room)
        fit = one_sided(samples, x, here, order, sign, r, self.noise, tries=3)
        if fit is not None:
            return self._edge(fit, sign, edge)
        side = Ladder(samples, x, here, r, self.noise).side(sign)
        side = look(samples, x, here, order, sign, side, r / 4096, self.noise)
        known = side.kind == "slope" and side.error <= 1e-2 * abs(side.slope) + 1e-3
        if edge or not known:
            return self._undefined(side)
        found = Sampled(side.slope, side.error, "differences on one side", 0, nan, r, r)
        return self._sided(found, sign)

    def _edge(self, fit, sign, edge=True):
        """The answer from one side; at an edge of the domain, all there is."""
        where, other = ("left", "right") if sign < 0 else ("right", "left")
        note = (
            (f"from the {where} alone: the function has no values on the {other}",) if edge else ()
        )
        found = self._answer(fit, notes=note, method=f"differences on the {where}")
        return self._sided(found, sign)

    def _undefined(self, side):
        """NotDifferentiable: what one side says, and the other does not."""
        away = Limit("undefined")
        decide(self.name, self.x, self.order, *((side, away) if side.sign < 0 else (away, side)))

    def _sided(self, found, sign):
        if sign < 0:
            found.left = found.value
        else:
            found.right = found.value
        return found

    def what_there_is(self):
        """The best answer that the budget allowed."""
        note = ("the budget ended before it was known whether the function is smooth",)
        if self.best is not None and self.best.settled(self.rtol):
            return self._answer(self.best)
        if self.best is not None and self.best.is_some_use():
            found = self._answer(self.best, notes=note)
            found.error *= 10
            return found
        value, error = self.probe.answer() if self.probe and self.order == 1 else (nan, inf)
        if not error < abs(value):
            raise NotConverged(
                f"{self.samples.budget} evaluations do not suffice for {self.name} at {self.x:g}"
            )
        p = self.probe
        return Sampled(value, error, _FIVE, 0, p.noise, 2 * p.h, p.reach, note)

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
    f = getattr(f, "func", f)
    return getattr(f, "__name__", None) or type(f).__name__
