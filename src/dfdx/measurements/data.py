"""What people hand over as measurements, made into numbers: axes, times, directions, gaps."""

from datetime import UTC, date
from decimal import Decimal
from numbers import Real

import numpy as np

from .kinds import kind_of

_SECONDS = {
    "s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "m": 60.0, "h": 3600.0, "D": 86400.0,
    "W": 604800.0, "Y": 31556952.0,
}  # fmt: skip
_WORDS = {"U": "text", "T": "text", "S": "text", "c": "complex numbers", "M": "dates"}


class Axis:
    """Where the samples stand: the coordinates as increasing numbers, and the way back."""

    def __init__(self, given, unit):
        self.given, self.kind = given, kind_of(given)
        self.unit = None  # of time, where the coordinates are dates
        self.origin, self.scale = None, 1.0
        array, self.aware = _timed(self.kind)
        if array.dtype.kind in "Mm" and array.size:
            if unit not in _SECONDS:
                known = ", ".join(_SECONDS)
                raise ValueError(f"unit is a unit of time ({known}), not {unit!r}")
            self.scale, self.unit, self.kind.time = _SECONDS[unit], unit, unit
            self.origin = array.ravel()[0] if array.dtype.kind == "M" else None
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
        array, aware = _timed(kind_of(self.kind.within(t)), self.origin is not None)
        if self.origin is not None:
            if array.dtype.kind != "M":
                raise TypeError("the samples have dates; ask at dates too (numpy.datetime64)")
            if aware != self.aware:
                has, asked = ("a", "without") if self.aware else ("no", "with")
                raise TypeError(f"the samples have {has} time zone; these dates are {asked} one")
            return (array - self.origin) / np.timedelta64(1, "ns") * (1e-9 / self.scale)
        if array.dtype.kind == "m":
            return array / np.timedelta64(1, "ns") * (1e-9 / self.scale)
        return real(array, "coordinates are numbers or dates")

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

    def places(self):
        """The coordinates as they were given, in increasing order: numbers or dates."""
        return _timed(self.kind)[0][:: int(self.direction)]

    def between(self, count):
        """So many coordinates from one end to the other, in increasing order."""
        low, high = self.ends()
        times = np.linspace(low, high, count)
        if self.origin is None:
            return times
        steps = np.rint(times * (self.scale * 1e9)).astype("timedelta64[ns]")
        ends = self.places().astype("datetime64[ns]")
        return np.clip(self.origin.astype("datetime64[ns]") + steps, ends[0], ends[-1])

    def period(self, periodic):
        """The period: the one given, or the span and one more step for `True`."""
        if periodic is True:
            return (self.high - self.low) * len(self.points) / max(len(self.points) - 1, 1)
        return float(periodic)


def _timed(kind, asked=False):
    """`(array, whether its dates know their time zone)`: dates of Python as NumPy's, in UTC.

    Text is read as dates only where dates are asked for.
    """
    array = kind.numbers()
    if asked and array.dtype.kind in "UT":
        try:
            return array.astype("datetime64[us]"), False
        except ValueError:
            return array, False
    if array.dtype.kind != "O" or not array.size:
        return array, kind.aware
    if not all(isinstance(v, date) for v in array.flat):
        return array, False
    aware = [getattr(v, "tzinfo", None) is not None for v in array.flat]
    if any(aware) and not all(aware):
        raise TypeError("some dates have a time zone, others none")
    plain = [v.astimezone(UTC).replace(tzinfo=None) if any(aware) else v for v in array.flat]
    return np.array(plain, dtype="datetime64[us]").reshape(array.shape), any(aware)


def real(array, what="measurements and coordinates are real numbers"):
    """The array as floats; what is None is nan. TypeError for what is no number."""
    if array.dtype.kind in "biuf":
        return array.astype(float)
    if array.dtype.kind != "O":
        raise TypeError(f"{what}, not {_WORDS.get(array.dtype.kind, array.dtype)}")
    found = np.empty(array.shape)
    for place, value in enumerate(array.flat):
        if value is None or type(value).__name__ in ("NAType", "NaTType"):
            found.flat[place] = np.nan
        elif isinstance(value, (Real, Decimal)):
            found.flat[place] = float(value)
        else:
            raise TypeError(f"{what}; number {place} is {value!r}")
    return found


def axis_of(x, count, unit):
    """The axis of measurements; 0, 1, 2, … where no coordinates are given."""
    axis = Axis(np.arange(float(count)) if x is None else x, unit)
    if len(axis.points) != count:
        raise ValueError(f"{count} samples at {len(axis.points)} coordinates")
    return axis


def measurements_of(axis, y, weights, noise, ties):
    """`(t, y, w)`: increasing times, measurements of float, weights or None."""
    y = real(y, "measurements are real numbers")
    if y.ndim > 2:
        raise ValueError(
            f"samples along one axis have one axis, or two for several quantities, not shape {y.shape}; "
            "for a grid x is a tuple of coordinates"
        )
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
