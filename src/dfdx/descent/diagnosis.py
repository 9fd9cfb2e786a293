"""How a search went, in words: is it a minimum, and if not, why not.

Nothing is said of what went well. Where a search ended without a minimum, or where what it found is
none, the causes
that are known are asked for one by one, the ones that would mislead the others first: a function that is
not one, a wrong gradient, no number, a kink, no bottom, a step too long, a saddle or a plain, bad
scaling, a step too short.
"""

from math import isfinite, nan

import numpy as np

from . import probes
from .breaks import Breaks
from .landscape import Landscape
from .lengths import Lengths
from .march import BySearch, Damped
from .numberless import Numberless

_UNASKED = object()


def told(trip, method):
    """`(converged, reason, notes)` of a search that is over."""
    with np.errstate(all="ignore"):
        return Diagnosis(trip, method).told()


class Diagnosis(Numberless, Lengths, Breaks, Landscape):
    """What is known of one search, and the questions."""

    def __init__(self, trip, method):
        self.trip, self.method, self.look, self.flat = trip, method, trip.look, trip.look.flat
        self.best, self.last, self.start = trip.best, trip.last, trip.start
        self.travelled = probes.size(self.last.x - self.start.x)
        if not isfinite(self.travelled):
            self.travelled = probes.size(self.best.x - self.start.x)
        self.scale = max(probes.size(self.best.x), self.travelled, 1e-3)
        self.effort, self._bent = max(self.flat.gradients, 16), _UNASKED
        self.rated = not isinstance(trip.pace, (BySearch, Damped))
        self.given = self.rated and type(trip.pace).__name__ == "ByRate"

    def curvatures(self):
        """Those at the best point, or None; looking takes about as long as the search did, not longer."""
        if self._bent is _UNASKED:
            self._bent = probes.curvatures(self.look, self.best.x, self.scale, self.effort)
        return self._bent

    def told(self):
        trip = self.trip
        counts = self.flat.evaluations, self.flat.gradients
        try:
            return self._told(trip.end)
        except Exception as error:  # what was found is worth more than what can be said of it
            why = f"{type(error).__name__}: {error}"
            return (
                trip.end in ("small", "floor"),
                f"it ended ({trip.end})",
                [f"the diagnosis failed: {why}"],
            )
        finally:
            self.flat.evaluations, self.flat.gradients = counts  # they are the search's

    def _told(self, end):
        notes = [*self.unused(), *different(self.flat.notes)]
        if end in ("callback", "interrupted"):
            why = (
                "the callback stopped it"
                if end == "callback"
                else "interrupted; this is what was reached"
            )
            return False, why, notes
        if not isfinite(self.start.value) or not self.start.finite:
            return False, *self.no_number(notes)
        if end in ("small", "floor"):
            wrong = self.changing() or self.wrong()
            if not wrong and (wrong := self.no_minimum()):
                wrong = self.changing() or self.noisy() or wrong  # what looks lower may be that
            if wrong:
                return False, wrong[0], notes + wrong[1:]
            return True, self.success(end), notes
        exact = not any("from samples" in note for note in self.flat.notes)
        breaks = [self.kink, self.noisy] if exact else [self.noisy, self.kink]
        questions = [
            self.changing, self.wrong, self.no_number_reached, self.grown, *breaks, self.bottomless,
            self.bouncing, self.no_minimum, self.badly_scaled, self.too_small,
        ]  # fmt: skip
        for question in questions:
            found = question()
            if found:
                return False, found[0], notes + found[1:]
        return False, self.failure(end), notes

    def success(self, end):
        if end == "floor":
            return f"f cannot fall further in its digits; the gradient is {self.best.slope:.2g}"
        if not self.best.slope:
            return "the gradient is zero"
        share = self.best.slope / self.trip.steepest
        return f"the gradient is {self.best.slope:.2g}, {share:.1g} of the largest on the way"

    def failure(self, end):
        trip = self.trip
        share = self.best.slope / trip.steepest if trip.steepest else nan
        now = f"the gradient is {self.best.slope:.2g}, {share:.1g} of the largest on the way"
        if end == "steps":
            return f"all {trip.limit} steps are used up; {now}"
        if end == "still":
            return f"the steps have become too short to move the point; {now}"
        if end == "error":
            return (
                f"f raised {type(trip.error).__name__} at step {self.last.step + 1}: {trip.error}"
            )
        return f"no lower place was found along the gradient; {now}"

    # what f is

    def unused(self):
        """Parameters on which f does not depend."""
        flat, start, last = self.flat, self.start, self.best
        try:
            names = list(flat.unused())
        except Exception:  # no trace: the values decide alone
            names = []
        here = None
        for k, name in enumerate(flat.names if len(flat.ends) <= 65 else ()):
            part = slice(flat.ends[k], flat.ends[k + 1])
            if (
                name in names
                or start.g[part].any()
                or last.g[part].any()
                or part.start == part.stop
            ):
                continue
            here = probes.value(self.look, last.x) if here is None else here
            if all(self._same(last.x, part, by, here) for by in (1.0, -0.37, 1e-3)):
                names.append(name)
        return [f"f does not depend on {name}: nothing moves it" for name in names]

    def _same(self, x, part, by, here):
        x = x.copy()
        uneven = np.cos(np.arange(1.0, part.stop - part.start + 1))
        x[part] += by * max(probes.size(x[part]), 1.0) * uneven
        return probes.value(self.look, x) == here

    def changing(self):
        """f is no function of its arguments."""
        low, high = probes.scatter(self.look, self.best.x)
        if low == high:
            return None
        if low != low and self.best.finite:
            return [f"f is nan at a point where it was {self.best.value:.6g} before",
                    f"it happened after step {self.last.step}; the best point before "
                    f"that is returned"]  # fmt: skip
        return [
            f"f gives another value at each call: {low:.6g} to {high:.6g} at the same point",
            "f is noisy (random numbers inside?): draw them once, with a seed, or use train, which "
            "expects noise; a smaller rate with schedule='1/t' averages it",
        ]

    def noisy(self):
        """f jitters from neighbour to neighbour, however near they are."""
        coarse, noise = (
            probes.jitter(self.look, self.best.x, h * self.scale) for h in (1e-5, 1e-7)
        )
        gained = abs(self.start.value - self.best.value)
        if noise <= max(1e-11 * abs(self.best.value), 1e-9 * gained, 0.1 * coarse):
            return None
        return [
            f"f is noisy: its values jitter by {noise:.1g} from neighbour to "
            f"neighbour, which no search can get below",
            "computed in single precision, rounded, or from an iteration that stops early?",
        ]

    def wrong(self):
        """A gradient that samples deny."""
        places = (self.start.x, self.best.x, self.last.x)
        rules = next(filter(None, (probes.wrong_rules(self.flat, x) for x in places)), [])
        for name, given, true in rules:
            return self.on_a_rule(name, given, true)
        if hasattr(self.method, "residuals") or self.trip.end in ("small", "floor"):
            return None  # what dfdx finds by itself it has verified
        for x in places:
            wrong = probes.wrong_slope(self.look, x, 0.1 * self.scale)
            if wrong:
                k, given, true = wrong[0]
                where = "" if k is None else f" by {self.flat.component(k)}"
                names = ", ".join(self.flat.component(k) for k, *_ in wrong[:5] if k is not None)
                return [
                    f"the gradient is wrong: the derivative{where} is given as "
                    f"{given:.4g}, samples say {true:.4g}",
                    *([f"wrong by samples: {names}"] if len(wrong) > 1 else []),
                ]
        return None

    @staticmethod
    def on_a_rule(name, given, true):
        return [
            f"the rule of {name} is wrong: it gives a slope of {given:.4g} where samples give {true:.4g}",
            f"dfdx.check compares a derivative with the function it belongs to: check the rule of {name}",
        ]

    def _components(self, bad):
        names = [self.flat.component(int(k)) for k in np.flatnonzero(bad)[:4]]
        more = int(np.count_nonzero(bad)) - len(names)
        return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def different(notes):
    """Notes that differ in more than a number; a kink on the way is not worth one."""
    kept = {}
    for note in notes:
        if "generalised gradient" in note:
            continue  # crossing a kink is nothing to tell; staying at one is told otherwise
        kept.setdefault("".join(c for c in note if not c.isdigit() and c not in ".e-+"), note)
    return kept.values()
