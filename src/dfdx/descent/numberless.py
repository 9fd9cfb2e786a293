"""Where f is no number: since when, and which parameter went there."""

from math import isfinite

import numpy as np

from . import probes


class Numberless:
    """Questions of a `Diagnosis` about nan, infinity and errors."""

    def no_number(self, notes):
        """f or its gradient is no number at the start."""
        start = self.start
        if isfinite(start.value):
            bad = self._components(~np.isfinite(start.g))
            return f"the gradient is not finite at the start: by {bad}", notes
        return f"f is {start.value} at the start, before any step", notes

    def no_number_reached(self):
        """f became nan or infinite on the way."""
        trip, last, good = self.trip, self.last, self.best
        if trip.end == "fallen" or trip.end not in ("nan", "error", "stuck"):
            return None
        if trip.end == "error":
            raised = f"f raised {type(trip.error).__name__}: {trip.error}"
            return [f"{raised}, at step {last.step + 1}", *self._longest(), self._back(last)]
        if trip.end == "stuck":
            beside = good.x - 1e-9 * self.scale * good.g / max(good.slope, 1e-300)
            if isfinite(probes.value(self.look, beside)):
                return None
            return [
                f"f is no number beside the point that was reached at step {good.step}",
                self._back(good),
            ]
        if self._growing():
            return None
        before = trip.before
        if not np.isfinite(last.x).all():
            where = self._components(~np.isfinite(last.x))
        elif not isfinite(last.value):
            where = self._culprits(before.x, last.x)
        else:
            where = "the derivative by " + self._components(~np.isfinite(last.g))
        return [f"f is "
        f"{last.value if not isfinite(last.value) else 'without a gradient'} from step {last.step} on: "
                f"{where}", *self._longest(), self._back(before)]  # fmt: skip

    def _back(self, good):
        return f"the best good point is returned, that of step {self.best.step}"

    def _culprits(self, good, bad):
        """The components whose step made f no number: with one of them back, it is one again."""
        order = np.argsort(-np.abs(bad - good))[:32]
        alone = []
        for k in order:
            mixed = bad.copy()
            mixed[k] = good[k]
            if isfinite(probes.value(self.look, mixed)):
                alone.append(k)
        chosen = alone or list(order[:1])
        told = [
            f"{self.flat.component(int(k))} went from {good[k]:.4g} to {bad[k]:.4g}"
            for k in chosen[:3]
        ]
        return ", ".join(told)
