"""One search from its start to its end: what is remembered of it, and when it is over.

A search ends where the gradient is small: `tol` times that at the start (where that was small itself,
times what
the way was like), or times what is usual for values of the size that f has, whichever is less, so that
the units of f do not matter. It ends as well where f has no
more digits to fall in, where f is no number, and where it has left every scale.
"""

from math import inf, isfinite, sqrt

import numpy as np

from .march import Stuck, march
from .minimum import History

_USUAL = 1e3  # a gradient of that many times max(1, |f|) is usual
_BEYOND = 1e12  # times the values at the start: f has left its scale
_FAR = 1e150


class Trip:
    """start, best, last   states; `before` is the one before the last
    end        why it ended: "small", "floor", "stuck", "steps", "callback", "interrupted", "nan", "grown",
               "fallen", "error", "still"
    error      what f raised, where it did
    sharpest   the two states between which the gradient turned most for the length of the step
    """

    def __init__(self, look, pace, here, *, tol, steps, callback=None, keep=None):
        self.look, self.pace, self.tol, self.limit, self.callback = look, pace, tol, steps, callback
        self.start = self.best = self.last = self.before = here
        self.history = History.of(len(here.x), keep)
        self.end = self.error = None
        self.steepest = self.turns = 0.0
        self.sharpest = None

    def states(self):
        """The states, one after the other; the search is over when they are."""
        rows = march(self.look, self.pace, self.start)
        while True:
            try:
                here = next(rows)
            except Stuck as stuck:
                self.end, self.error = ("floor" if stuck.floor else "stuck"), stuck.error
                return
            except KeyboardInterrupt:
                self.end = "interrupted"
                return
            except (ArithmeticError, ValueError) as error:
                if not len(self.history):
                    raise
                self.end, self.error = "error", error
                return
            self.note(here)
            yield here
            if self.end is None:
                self.end = self.over(here)
            if self.end is not None:
                return

    def note(self, here):
        """Remember a state."""
        self.before, self.last = self.last, here
        self.history.add(here.x, here.value, here.slope, here.length, here.rate)
        if here.finite and not self.best.value <= here.value:
            self.best = here
        if here.slope > self.steepest and here.slope < inf:
            self.steepest = here.slope
        if here.length > 0:
            with np.errstate(all="ignore"):
                turned = here.g - self.before.g
                bend = sqrt(turned @ turned) / here.length
            if self.turns < bend < inf:
                self.turns, self.sharpest = bend, (self.before, here)

    def over(self, here):
        """Why the search ends here, or None."""
        value, slope = here.value, here.slope
        if not (isfinite(value) and isfinite(slope)):
            return "fallen" if value == -inf else "nan"
        if self.callback is not None:
            try:
                self.callback(here)
            except StopIteration:
                return "callback"
            except KeyboardInterrupt:
                return "interrupted"
        scale = _BEYOND * max(abs(self.start.value), abs(self.best.value), 1e-300)
        if value > self.best.value + scale and value > self.before.value and here.step > 3:
            return "grown"
        if value < -_BEYOND * max(abs(self.start.value), self.steepest, 1.0):
            return "fallen"
        first = self.start.slope
        usual = max(first, sqrt(first) * sqrt(self.steepest))
        if slope <= self.tol * min(usual, _USUAL * max(1.0, abs(value))):
            return "small"
        if here.step and here.length == 0.0:
            return "still"
        if here.step >= self.limit:
            return "steps"
        return None

    def run(self):
        """To the end."""
        for _ in self.states():
            pass
        return self
