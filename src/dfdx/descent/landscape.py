"""What lies around the place where a search ended: a minimum, a saddle, a plain, a narrow valley."""

import numpy as np

from . import probes

_CONDITION = 1e4  # from here on the scaling is worth a note, where the search was slow
_NOTHING = 1e-25  # no slope worth the name
_PLAIN = 0.3  # of the scale: as far as that, a plain is level


class Landscape:
    """Questions of a `Diagnosis` about lower places around."""

    def no_minimum(self):
        """A saddle, a maximum, a plain: the gradient is small, but there are lower places around."""
        best = self.best
        gained = max(self.start.value - best.value, 0.0)
        tiny = best.slope * self.scale <= max(1e-9 * abs(best.value), 1e-7 * gained, _NOTHING)
        if self.trip.end not in ("small", "floor") and not (tiny or not best.slope):
            return None
        least = max(1e-6 * gained, 1e-12 * abs(best.value))
        ways = self._ways()
        told = {}
        for name, d in ways:
            told[name] = probes.first_change(self.look, best.x, best.value, d, self.scale, least)
        kinds = [kind for kind, _ in told.values()]
        if all(kind == probes.LEVEL or at > _PLAIN * self.scale for kind, at in told.values()):
            return [
                f"a plateau: the gradient is {best.slope:.2g} and f does not change "
                f"as far as one looks; this need not be a minimum",
                "start elsewhere, or scale the parameters so that f answers to them",
            ]
        down = [(name, d) for name, d in ways if told[name][0] == probes.FALLS]
        if down:
            return self._lower_around(down, kinds, told)
        ahead = told.get("ahead")
        if ahead and ahead[0] == probes.LEVEL:
            d = dict(ways)["ahead"]
            name = self._components(np.abs(d) >= 0.5 * np.abs(d).max())
            return [
                f"f goes on falling, ever more slowly, along {name}: its least value may lie at infinity"
            ]
        return None

    def _ways(self):
        best, n = self.best, len(self.best.x)
        random = np.random.default_rng(11)
        found = []
        bent = self.curvatures()
        if bent is not None and np.isfinite(bent[0]).all():
            for k in range(min(n, len(bent[0]), 3)):
                found += [(f"axis {k}", bent[1][:, k]), (f"back {k}", -bent[1][:, k])]
        for k in range(2):
            d = random.standard_normal(n)
            found += [(f"random {k}", d / probes.size(d)), (f"opposite {k}", -d / probes.size(d))]
        travel = best.x - self.start.x
        if self.travelled > 0 and probes.size(travel) > 0:
            found.append(("ahead", travel / probes.size(travel)))
            found.append(("behind", -travel / probes.size(travel)))
        return found

    def _lower_around(self, down, kinds, told):
        best = self.best
        name, d = min(down, key=lambda way: told[way[0]][1])
        along = self._components(np.abs(d) >= 0.5 * np.abs(d).max())
        distance = told[name][1]
        rising = any(kind == probes.RISES for kind in kinds)
        bent = self.curvatures()
        curved = bent is not None and bent[0][0] < -1e-9 * max(np.abs(bent[0]).max(), 1e-300)
        if curved and distance < 0.05 * self.scale:
            what = "a saddle point" if rising else "a maximum"
            where = "the start is " if not self.travelled else ""
            return [
                f"{where}{what}: the gradient is {best.slope:.2g}, but f falls along {along}",
                f"start beside it, a little off in {along}: there is a slope to follow",
            ]
        if rising and distance < 0.05 * self.scale:
            return [
                f"no minimum: the gradient is {best.slope:.2g}, but f falls along {along}",
                f"start beside it, a little off in {along}",
            ]
        return [
            f"a plateau: the gradient is {best.slope:.2g}, but f is lower at a "
            f"distance of {distance:.2g} along {along}",
            "start elsewhere, or scale the parameters so that f answers to them",
        ]

    def badly_scaled(self):
        """Curvatures that differ by many orders."""
        bent = self.curvatures()
        if bent is None or not np.isfinite(bent[0]).all() or len(bent[0]) < 2:
            return None
        sizes = np.abs(bent[0])
        least, most = int(np.argmin(sizes)), int(np.argmax(sizes))
        condition = sizes[most] / max(sizes[least], 1e-16 * sizes[most])
        if condition < _CONDITION:
            return None
        axes = np.abs(bent[1])
        steep = self._components(axes[:, most] >= 0.5 * axes[:, most].max())
        shallow = self._components(axes[:, least] >= 0.5 * axes[:, least].max())
        return [
            f"bad scaling: the curvature along {steep} is {condition:.1g} times that "
            f"along {shallow}, so the valley is long and narrow",
            f"measure {steep} and {shallow} in units in which f changes alike, or use "
            f"method='newton' or 'bfgs'",
        ]
