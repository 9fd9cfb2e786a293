"""How a training went, in words: the questions of `diagnosis`, asked of the loss on the last batch.

Noise from batch to batch is no fault here, and a gradient that is not small is none either: a training is
over when its epochs are.
"""

from itertools import islice
from math import isfinite

import numpy as np

from . import probes
from .diagnosis import Diagnosis, different
from .march import State
from .rates import rate_for, reached

_SOME = 5  # batches on which the end is compared with the start
_HARDLY = 0.02  # of the loss: less than that was gained


class Held:
    """The loss on the batch that was looked at last, as a function of the parameters."""

    def __init__(self, feed):
        self.feed, self.flat = feed, feed.flat

    def __call__(self, x):
        return self.feed.on(self.feed.batch, x)

    def value(self, x):
        return self.feed.value(x)

    plainly = value


class Record:
    """A course as the record of a search: what the questions ask for."""

    sharpest = None

    def __init__(self, course, pace):
        self.look, self.pace = Held(course.feed), pace
        self.before, self.last = course.before, course.last
        self.start = self._here(course.first)
        self.best = self._here(course.good or course.first)
        self.history, self.end, self.error = course.history, course.end, course.error
        slopes = course.history.slope
        self.steepest = float(slopes.max()) if len(slopes) else self.start.slope
        self.limit = course.limit

    def _here(self, state):
        """A state with the value and the gradient on this batch: only those can be compared."""
        if not state.finite:
            return state
        try:
            value, g = self.look(state.x)
        except (ArithmeticError, ValueError):
            return state
        here = State(state.x, value, g, state.pack, state.memory, state.step)
        return here if here.finite else state


def told(course, x):
    """`(converged, reason, notes)` of a training that is over."""
    with np.errstate(all="ignore"):
        return Training(course).told()


class Training(Diagnosis):
    """What is known of one training."""

    def __init__(self, course):
        super().__init__(Record(course, None), course.plan.method)
        self.course, self.given = course, True

    def _told(self, end):
        notes = [*self.unused(), *different(self.flat.notes)]
        if not self.start.finite:
            bad = self.bad_data()
            return False, *([bad[0], notes + bad[1:]] if bad else self.no_number(notes))
        if end in ("callback", "interrupted"):
            why = "the callback stopped it" if end == "callback" else "interrupted"
            return False, f"{why} after {self.best.step} steps; this is what was reached", notes
        questions = [self.wrong, self.worse, self.dead, self.no_better]
        if end in ("nan", "error"):
            questions = [self.bad_data, self.wrong, self.grown, self.no_number_reached]
        for question in questions:
            found = question()
            if found:
                return False, found[0], notes + found[1:]
        return end not in ("nan", "error"), self.summary(end), notes

    def summary(self, end):
        course = self.course
        if end == "nan":
            return f"the loss is {self.last.value} at step {self.last.step}"
        if end == "error":
            return self.failure(end)
        steps = f"{self.last.step} steps"
        if end == "patience":
            return f"the validation got no better for {course.since} epochs; {steps}"
        if end == "data":
            return f"the data came to its end; {steps}"
        best = (
            f"; best validation {course.best_value:.4g} after {course.best[0]} steps"
            if course.best
            else ""
        )
        return (
            f"{course.plan.epochs} epochs, {steps}{best}" if end == "epochs" else f"{steps}{best}"
        )

    def wrong(self):
        places = (self.start.x, self.best.x)
        for name, given, true in next(
            filter(None, (probes.wrong_rules(self.flat, x) for x in places)), []
        ):
            return self.on_a_rule(name, given, true)
        return None

    def bad_data(self):
        """nan or infinity in the batch on which the loss was none."""
        args, named = self.course.feed.batch
        labels = [*((f"data[{k}]" if len(args) > 1 else "data", a) for k, a in enumerate(args)),
                  *((f"data[{k!r}]", a) for k, a in named.items())]  # fmt: skip
        for label, part in labels:
            part = np.asarray(part)
            if part.dtype.kind in "fc" and not np.isfinite(part).all():
                rows = np.flatnonzero(~np.isfinite(part).reshape(len(part), -1).all(axis=1))
                return [
                    f"the data is not finite: {label} has nan or inf in {len(rows)} "
                    f"rows of the batch at step {self.last.step}"
                ]
        return None

    def worse(self):
        """The loss is higher at the end than it was at the start, on the same batches."""
        if not self.last.step:
            return None
        pairs = np.array(
            [[self._on(batch, x) for x in (self.start.x, self.best.x)] for batch in self._some()]
        )
        first, last = pairs.mean(axis=0)
        if not last - first > 0.5 * abs(first):
            return None
        return self._too_large(f"the loss went from {first:.4g} to {last:.4g}")

    def _some(self):
        """A few batches: the first ones, or where they do not come again the last one."""
        batches = self.course.batches
        return [*islice(batches.epoch(0), _SOME)] if batches.rows else [self.course.feed.batch]

    def _on(self, batch, x):
        args, named = batch
        try:
            return float(self.course.plan.f(self.flat.pack(x), *args, **named))
        except (ArithmeticError, ValueError):
            return np.inf

    def dead(self):
        """No gradient, at any step."""
        slopes = self.trip.history.slope
        if len(slopes) and not slopes.any():
            return ["a plateau: the gradient is zero at every step, nothing moves",
                    "dead units (all inputs of a max(…, 0) below 0), or a loss that "
                    "does not depend on the parameters"]  # fmt: skip
        return None

    def no_better(self):
        """The loss is where it was: the rate is of another order than what would do."""
        values = self.trip.history.value
        if len(values) < 20 or not all(map(isfinite, values[:3])):
            return None
        few = len(values) // 5
        first, last = float(values[:few].mean()), float(values[-few:].mean())
        noise = 3 * float(values.std()) / few**0.5
        if first - last > max(_HARDLY * abs(first), noise):
            return self._stays_high(values)
        rate = float(np.nanmax(self.trip.history.rate))
        better = rate_for(self.look, self.method, self.best)
        moved = probes.size(self.last.x - self.start.x) / max(probes.size(self.start.x), 1e-3)
        if better < rate / 10 and last > 0.9 * float(values[0]) > 0:
            return self._too_large(
                f"the loss stays at {last:.4g}, from {float(values[0]):.4g} at the start"
            )
        if not (better > 100 * rate and moved < 0.01):
            return self._stays_high(values)
        return [
            f"the rate is too small: with {rate:.2g} the loss went only from "
            f"{first:.4g} to {last:.4g} in {self.last.step} steps",
            f"try rate={better / 3:.2g}, {better / 3 / rate:.0f} times as large",
        ]

    def _stays_high(self, values):
        """The loss stays where it is, far up, and a much smaller rate makes it fall at once."""
        quarter = len(values) // 4
        before, last = float(values[quarter : 2 * quarter].mean()), float(values[-quarter:].mean())
        rate = float(self.trip.history.rate[-1])
        if last < max(0.9 * before, 0.3 * float(values[0])) or not self.best.slope:
            return None
        better = rate_for(self.look, self.method, self.best)
        if (
            better > rate / 10
            or reached(self.look, self.method, self.best, better) > 0.5 * self.best.value
        ):
            return None
        return self._too_large(
            f"the loss stays at {last:.4g}, and falls at once with a smaller rate"
        )
