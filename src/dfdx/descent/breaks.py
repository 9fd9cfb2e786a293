"""Kinks that a search goes to and fro across, and slopes that never end."""

import numpy as np

from . import probes


class Breaks:
    """Questions of a `Diagnosis` about where f is not what descent is made for."""

    def kink(self):
        """The last steps lie on two sides of a kink, or the sharpest turn was one."""
        for a, b in self._sides():
            if (a == b).all() or not (np.isfinite(a).all() and np.isfinite(b).all()):
                continue
            found = probes.jump(self.look, a, b)
            if found and probes.size(found[2] - found[1]) > 1e-6 * self.trip.steepest:
                return self._on_a_kink(*found)
        return None

    def _sides(self):
        """Pairs of points between which there may be a kink."""
        trip, best = self.trip, self.best
        yield trip.before.x, self.last.x
        if trip.sharpest is None:
            return
        a, b = trip.sharpest
        yield a.x, b.x
        turned = b.g - a.g
        for d in (turned, best.g):
            if 0 < probes.size(d) < np.inf:
                aside = d * (1e-6 * self.scale / probes.size(d))
                yield best.x + aside, best.x - aside

    def _on_a_kink(self, point, one, other):
        moved = self._components(np.abs(one - other) > 0.3 * np.abs(one - other).max())
        k = int(np.argmax(np.abs(one - other)))
        low, high = sorted((float(one[k]), float(other[k])))
        rate = (
            "let the rate decline: schedule='1/t'"
            if self.rated
            else "steps with a declining rate go on: method='gradient', rate=…, schedule='1/t'"
        )
        return [
            f"a kink: the search goes to and fro across it; by {moved} the slope "
            f"jumps from {low:.4g} to {high:.4g}",
            f"f is not differentiable at {self.flat.component(k)} = {point[k]:.6g}; where f has a kink the "
            f"gradient does not become small. {rate}; or smooth the kink, as sqrt(x² + ε²) does |x|",
        ]

    def bottomless(self):
        """f falls as far as one looks."""
        last = self.last if self.last.finite else self.best
        if self.trip.end == "fallen":
            work = np.abs(last.g * (last.x - self.start.x))
            work[~np.isfinite(work)] = np.inf
            name = self._components(work >= 0.5 * work.max())
            return [
                f"f is unbounded below: {last.value:.3g} after {self.last.step} "
                f"steps, and falling; along {name}"
            ]
        for d in self._downwards(last):
            found, rose = probes.far(self.look, last.x, last.value, d, self.scale)
            falls = -np.diff([y for _, y in found])
            if rose or len(falls) < 5 or not falls[-1] > 0.1 * falls[0]:
                continue
            name = self._components(np.abs(d) >= 0.5 * np.abs(d).max())
            reach, low = found[-1]
            if (falls[-3:] >= 2 * falls[-4:-1]).all():
                return [
                    f"f is unbounded below: along {name} it falls to {low:.3g} at a distance of {reach:.1g}"
                ]
            return [f"f has no minimum along {name}: it still falls at a distance of {reach:.1g}"]
        return None

    def _downwards(self, last):
        """Directions that may have no end: where the search went, down, and along single parameters."""
        ways = [last.x - self.start.x, last.x - self.trip.before.x, -last.g]
        for k in np.argsort(-np.abs(last.g))[:8]:
            ways.append(np.zeros(len(last.x)))
            ways[-1][k] = -last.g[k]
        lengths = [probes.size(d) for d in ways]
        return [d / length for d, length in zip(ways, lengths, strict=True) if 0 < length < np.inf]
