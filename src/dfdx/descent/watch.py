"""f as a solver sees it: counted, remembered, and continued where it is not a number.

A line search must be able to step where f has no value (the logarithm of a negative number) and come
back. Beyond such an edge f is continued by what makes any line search return: it rises as steeply as it fell
on the way there. How often that happened is told.
"""

from math import isfinite, sqrt

import numpy as np

_KEPT = 8  # points that are remembered: a step's own is among the last that were tried
_FAR = 1e20


class Ended(Exception):
    """The search is over, for a reason of ours: a sentence; `by_user` where a callback said so."""

    def __init__(self, reason, by_user=False):
        super().__init__(reason)
        self.reason, self.by_user = reason, by_user


class Watch:
    """The function of a Flat on its way down; `outside` counts the points where it had no value."""

    def __init__(self, flat, history, callback=None, slopes=True):
        self.flat, self.history, self.callback, self.slopes = flat, history, callback, slopes
        self.recent, self.outside, self.why = {}, 0, ""
        self.far = np.inf
        self.best = None  # the lowest point with a value: (x, f, ∇f)
        self.last = None  # where the last step led

    def start(self, x):
        """f and its gradient at the start; ValueError where it has none."""
        try:
            value, slope = self._asked(x)
        except ArithmeticError:  # no derivative; perhaps no value either
            value = self.flat.number(x)
            if np.isfinite(value):
                raise
        if not np.isfinite(value):
            raise ValueError(
                f"{self.flat.name} is {value:g} at the start; begin where it is a number"
            ) from None
        if not np.all(np.isfinite(slope)):
            k = int(np.flatnonzero(~np.isfinite(slope))[0])
            raise ValueError(
                f"the derivative of {self.flat.name} by {self.flat.component(k)} is {slope[k]:g} at the "
                "start; begin elsewhere"
            )
        self.best = self.last = (np.array(x), value, slope)
        self.far = _FAR * (1 + abs(value))
        self._keep(self.best)
        return value, slope

    def value(self, x):
        """f for a solver that asks for it alone."""
        return self.both(x)[0]

    def slope(self, x):
        """∇f for a solver that asks for it alone."""
        return self.both(x)[1]

    def both(self, x):
        """f and ∇f, or what stands for them where they are no numbers."""
        x = np.array(x, dtype=float)
        known = self._known(x)
        if known is not None:
            return known[1], known[2].copy()
        try:
            value, slope = self._asked(x)
        except (ArithmeticError, ValueError) as error:
            return self._continued(x, str(error).partition("\n")[0])
        if value == -np.inf:
            raise Ended(f"{self.flat.name} is -inf there: it has no minimum")
        if not (isfinite(value) and isfinite(slope.sum())):
            return self._continued(x, f"f = {value:g}")
        found = x, value, slope
        if value < self.best[1]:
            self.best = found
            if abs(value) > self.far:
                raise Ended("f falls without end: it is not bounded below")
        self._keep(found)
        return value, slope.copy()

    def _asked(self, x):
        if self.slopes:
            return self.flat.value_and_gradient(x)
        return self.flat.number(x), np.zeros(len(x))

    def _known(self, x):
        """What is remembered of a point."""
        return self.recent.get(x.tobytes())

    def _keep(self, found):
        self.recent[found[0].tobytes()] = found
        if len(self.recent) > _KEPT:
            del self.recent[next(iter(self.recent))]

    def _continued(self, x, why):
        self.outside += 1
        self.why = self.why or why
        base, value, slope = self.last
        step = x - base
        rise = abs(float(slope @ step)) or abs(value) + float(np.linalg.norm(step)) or 1.0
        back = step * (rise / max(float(step @ step), np.finfo(float).tiny))
        found = x, value + rise, back
        self._keep(found)
        return found[1], back.copy()

    def step(self, x, *_):
        """What a solver calls after each of its steps."""
        x = np.array(x, dtype=float)
        found = self._known(x)
        if found is None:
            found = (x, *self.both(x))
        way = x - self.last[0]
        length = sqrt(way @ way)
        self.last = found
        slope = sqrt(found[2] @ found[2]) if self.slopes else np.nan
        self.history.add(x, found[1], slope, length)
        if self.callback is not None:
            try:
                self.callback(self.flat.pack(x))
            except StopIteration as stop:
                said = f": {stop}" if str(stop) else ""
                raise Ended(f"the callback stopped it{said}", by_user=True) from None
