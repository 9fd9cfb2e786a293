"""What people hand over as measurements, made into numbers: axes, times, directions, gaps."""

import numpy as np

from .kinds import kind_of

_SECONDS = {
    "s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "m": 60.0, "h": 3600.0, "D": 86400.0,
    "W": 604800.0, "Y": 31556952.0,
}  # fmt: skip


class Axis:
    """Where the samples stand: the coordinates as increasing numbers, and the way back."""

    def __init__(self, given, unit):
        self.given, self.kind = given, kind_of(given)
        self.origin, self.scale = None, 1.0
        array = self.kind.numbers()
        if array.dtype.kind == "M":
            if unit not in _SECONDS:
                known = ", ".join(_SECONDS)
                raise ValueError(f"unit is a unit of time ({known}), not {unit!r}")
            self.origin, self.scale = array.ravel()[0], _SECONDS[unit]
        numbers = self.numbers(given)
        if numbers.ndim != 1:
            raise ValueError(
                f"the coordinates are one number a sample, not of shape {numbers.shape}"
            )
        if not np.isfinite(numbers).all():
            where = int(np.flatnonzero(~np.isfinite(numbers))[0])
            raise ValueError(f"coordinate number {where} is not finite; leave such samples out")
        if not len(numbers):
            raise ValueError("there are no samples")
        steps = np.diff(numbers)
        self.direction = -1.0 if len(steps) and numbers[-1] < numbers[0] else 1.0
        if (steps * self.direction < 0).any():
            where = int(np.flatnonzero(steps * self.direction < 0)[0]) + 1
            raise ValueError(
                f"the coordinates are not sorted: number {where} turns back "
                f"({numbers[where - 1]:g}, then {numbers[where]:g}); "
                "with order = np.argsort(x) pass y[order], x[order]"
            )
        self.points = numbers * self.direction
        self.low, self.high = float(self.points[0]), float(self.points[-1])

    def numbers(self, t):
        """The times as numbers, in the axis' own unit, before any turning round."""
        array = kind_of(self.kind.within(t)).numbers()
        if self.origin is not None:
            if array.dtype.kind != "M":
                raise TypeError("the samples have dates; ask at dates too (numpy.datetime64)")
            return (array - self.origin) / np.timedelta64(1, "ns") * (1e-9 / self.scale)
        if array.dtype.kind == "m":
            return array / np.timedelta64(1, "ns") * 1e-9
        if array.dtype.kind not in "biuf":
            raise TypeError(f"coordinates are numbers or dates, not {array.dtype}")
        return array.astype(float)

    def inside(self, t):
        """ValueError for a time outside the samples (`t` in the axis' own unit)."""
        turned = t * self.direction
        out = ~((turned >= self.low) & (turned <= self.high))
        if out.any():
            raise ValueError(
                f"{t[out][0]:g} is outside the samples, which go from {self.ends()[0]:g} to "
                f"{self.ends()[1]:g}; nothing was measured there"
            )

    def ends(self):
        return (self.low, self.high) if self.direction > 0 else (-self.high, -self.low)

    def period(self, periodic):
        """The period: the one given, or the span and one more step for `True`."""
        if periodic is True:
            return (self.high - self.low) * len(self.points) / max(len(self.points) - 1, 1)
        return float(periodic)


def axis_of(x, count, unit):
    """The axis of measurements; 0, 1, 2, … where no coordinates are given."""
    axis = Axis(np.arange(float(count)) if x is None else x, unit)
    if len(axis.points) != count:
        raise ValueError(f"{count} samples at {len(axis.points)} coordinates")
    return axis


def measurements_of(axis, y, weights, noise, ties):
    """`(t, y, w)`: increasing times, measurements of float, weights or None."""
    if y.dtype.kind not in "biuf":
        raise TypeError(f"measurements are real numbers, not {y.dtype}")
    y = y.astype(float)
    if np.isinf(y).any():
        raise ValueError("a measurement is infinite; nan stands for a missing one")
    t = axis.points
    if not ties and (np.diff(t) == 0).any():
        where = int(np.flatnonzero(np.diff(t) == 0)[0])
        raise ValueError(
            f"two samples have the coordinate {axis.direction * t[where]:g}; repeated measurements are "
            'noisy ones: sampled(y, x, noise="auto")'
        )
    w = None
    if weights is not None:
        w = np.broadcast_to(np.asarray(weights, dtype=float), t.shape)
        if not (np.isfinite(w).all() and (w > 0).all()):
            raise ValueError("weights are positive numbers; nan as measurement leaves a sample out")
    if isinstance(noise, (list, tuple, np.ndarray)):
        sigma = np.broadcast_to(np.asarray(noise, dtype=float), t.shape)
        if not (np.isfinite(sigma).all() and (sigma > 0).all()):
            raise ValueError("noise is a positive standard deviation for every sample")
        w = sigma**-2.0
    return t, y, w
