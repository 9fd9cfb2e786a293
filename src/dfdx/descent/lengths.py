"""Whether the steps were too long or too short, and how long they may be.

Where a rate is measured by the curvature there is a largest safe one; where it is a length, the finder
is asked.
"""

from math import isfinite

import numpy as np

from .rates import curvature_at, rate_for

_SLOW = 0.01  # of the largest rate that would do


class Lengths:
    """Questions of a `Diagnosis` about the rate."""

    def _growing(self):
        values = self.trip.history.value
        values = values[np.isfinite(values)][-4:]
        return (
            self.rated
            and len(values) >= 3
            and bool((np.diff(values) > 0).all())
            and values[-1] > self.start.value
        )

    def _longest(self):
        """What a rate may be, if this one is above."""
        if not self.rated or not hasattr(self.method, "most"):
            return []
        bend = curvature_at(self.look, self.best)
        most = self.method.most(bend) if bend > 0 else np.inf
        rate = self.last.rate
        if not rate > 0.5 * most:
            return []
        return [
            f"the step is too large: rate {rate:.3g}, at a curvature of {bend:.3g}; try rate={0.5 * most:.2g}"
        ]

    def grown(self):
        """Each step went further up."""
        if not self.rated or not (
            self.trip.end == "grown" or (self.trip.end == "nan" and self._growing())
        ):
            return None
        return self._too_large(f"f grew from {self.start.value:.4g} to {self._largest():.4g}")

    def _largest(self):
        values = self.trip.history.value
        return float(values[np.isfinite(values)].max())

    def _too_large(self, what):
        rate = self.last.rate if isfinite(self.last.rate) else self.trip.history.rate[-1]
        if hasattr(self.method, "most"):
            good = [self.start] if self.best.value >= self.start.value else [self.start, self.best]
            bend = max(curvature_at(self.look, state) for state in good)
            most = self.method.most(bend) if bend > 0 else rate
            better = min(0.5 * most, rate / 2)
            return [
                f"the step is too large: {what}; rate {rate:.3g} is {rate / better:.2g} times what is safe",
                f"the curvature is {bend:.3g}, and steps overshoot above "
                f"rate={most:.2g}: try rate={better:.2g}",
            ]
        good = self.best if self.best.value < self.start.value else self.start
        better = min(rate_for(self.look, self.method, good), rate / 3)
        return [
            f"the step is too large: {what}; with this method each parameter moves by "
            f"about the rate, {rate:.3g}",
            f"try rate={better:.2g}, or a rate that declines: schedule='cosine'",
        ]

    def bouncing(self):
        """Steps that go to and fro, and gain nothing."""
        if not self.given or len(self.trip.history) < 8:
            return None
        values = self.trip.history.value
        half = values[len(values) // 2 :]
        if self.best.step == 0 and values.max() > values[0] + abs(values[0]):
            return self._too_large(
                f"f was never again as low as at the start, and rose to {self._largest():.4g}"
            )
        up = float(np.mean(np.diff(half) > 0))
        gained = float(values[0] - values.min())
        latest = float(half.min() - values.min())
        bounce = float(half.max() - half.min())
        if up < 0.2 or bounce < 1e-3 * max(gained, abs(values.min()) * 1e-6):
            return None
        if hasattr(self.method, "most"):
            bend = curvature_at(self.look, self.best)
            if not self.last.rate > 0.8 * self.method.most(bend):
                return None
        elif latest < 0.0:
            return None
        return self._too_large(
            f"f goes up and down between {half.min():.4g} and {half.max():.4g} without getting lower"
        )

    def too_small(self):
        """Steps so short that the end could not be reached."""
        if not self.given or self.trip.end not in ("steps", "still"):
            return None
        rate = self.last.rate
        better = rate_for(self.look, self.method, self.best)
        if hasattr(self.method, "most"):
            bend = curvature_at(self.look, self.best)
            better = 0.5 * self.method.most(bend) if bend > 0 else better
            if not rate < 10 * _SLOW * better:
                return None
        elif not (better > 3 * rate and self._still_falling()):
            return None
        return [
            f"the rate is too small: with {rate:.2g} the {self.last.step} steps went "
            f"only {self.travelled:.2g} far, and f still falls",
            f"try rate={better:.2g}, {better / rate:.0f} times as large",
        ]

    def _still_falling(self):
        values = self.trip.history.value
        if len(values) < 4:
            return True
        gained = values[0] - values[-1]
        latest = values[3 * len(values) // 4] - values[-1]
        return latest > 0.02 * gained > 0
