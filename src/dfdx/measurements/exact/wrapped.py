"""Axes that come back: longitudes, angles, hours of the day. The samples go on by copies over the seam."""

import numpy as np

_MARGIN = 16  # copies on either side: more than a stencil takes
_ROUND = 4  # samples that make a circle, at least
_EQUAL = 1e-9  # of the period: the last sample stands where the first does again


def turn(kind, values):
    """360 for longitudes in degrees, known by name or unit, that go round once; else None."""
    named = str(kind.named()).lower() in ("lon", "long", "longitude")
    if not named and "degrees_east" not in str(kind.unit() or ""):
        return None
    if len(values) < _ROUND:
        return None
    step = (values[-1] - values[0]) / (len(values) - 1)
    return 360.0 if abs(abs(step) * len(values) - 360.0) < 1e-6 * 360.0 else None


def periods_of(periodic, dimensions):
    """One period, True or None for each axis, from a tuple, a dict {axis: period} or one for all.

    >>> periods_of({1: 360.0}, 2)
    (None, 360.0)
    """
    if isinstance(periodic, dict):
        wrong = [k for k in periodic if k not in range(-dimensions, dimensions)]
        if wrong:
            raise ValueError(f"there is no axis {wrong[0]!r} of {dimensions}")
        given = {k % dimensions: p for k, p in periodic.items()}
        return tuple(given.get(k) for k in range(dimensions))
    if not isinstance(periodic, (tuple, list)):
        return (periodic,) * dimensions
    if len(periodic) != dimensions:
        raise ValueError(f"{len(periodic)} periods for {dimensions} axes")
    return tuple(periodic)


def wrapped(axes, y, periodic):
    """`(axes, y, ends)` with copies of the samples before and behind along the axes that have a period."""
    axes, ends = list(axes), []
    for k, period in enumerate(periods_of(periodic, len(axes))):
        axis = axes[k]
        if not period:
            ends.append((axis[0], axis[-1]))
            continue
        span = axis[-1] - axis[0]
        period = span * len(axis) / (len(axis) - 1) if period is True else float(period)
        if not np.isfinite(period) or span > period * (1 + _EQUAL):
            raise ValueError(f"axis {k} spans {span:g}, more than the period {period:g}")
        first, last = np.take(y, 0, k), np.take(y, -1, k)
        if span > period * (1 - _EQUAL):
            if not np.allclose(first, last, rtol=1e-9, atol=1e-12 * np.abs(y).max()):
                raise ValueError(
                    f"the first and the last sample of axis {k} stand a period apart and differ"
                )
            axis, y = axis[:-1], np.delete(y, -1, k)
        ends.append((axis[0], axis[0] + period))
        take = min(len(axis), _MARGIN)
        axes[k] = np.concatenate([axis[-take:] - period, axis, axis[:take] + period])
        before = np.take(y, range(len(axis) - take, len(axis)), k)
        y = np.concatenate([before, y, np.take(y, range(take), k)], axis=k)
    return axes, y, ends
