"""Measurements become a function: derivatives of sampled, noisy, uneven, gridded, scattered data."""

import numpy as np

from .data import real
from .exact.grain import amplified
from .exact.grid import Grid
from .exact.wrapped import periods_of, turn, wrapped
from .field import Field
from .kinds import kind_of
from .noisy.smooth_grid import SmoothGrid
from .options import is_exact
from .samples import Samples
from .scattered import Scattered


def sampled(
    y,
    x=None,
    *,
    noise=None,
    weights=None,
    periodic=None,
    robust=False,
    season=None,
    method=None,
    unit="s",
):
    """Measurements y at coordinates x as a function that all operators differentiate.

    **Along one axis** x is sorted (up or down), numbers or dates (`unit` of the slope: "s", "h", "D", …);
    without it 0, 1, 2, …. y may have a second axis: several quantities. A nan in y is a missing measurement.
    `noise` None or 0: the samples are exact (None warns where their noise would be amplified);
    "auto": curve and noise are told apart, no parameter to set; a number or one for each sample: the known
    standard deviation. `robust` for outliers, `season` a period that comes back, `periodic` True (the
    samples cover one period, the end left out) or the period. `method` asks for an engine by name: for
    exact samples "exact", "compact", "spline"; for noisy ones "smooth", "chebyshev", "gcv", "savgol", "tv",
    "kalman".

    **On a grid** x is a tuple of coordinates, one array for each axis of y; one more axis of y holds
    components; `noise` as above, a number is for all samples; `periodic` is a tuple or a dict
    {axis: period}, for exact samples. **Scattered** points are an array
    (count, dimensions); y may have a second axis.

    Raises ValueError for unsorted, repeated (unless noisy) or too few samples.

    >>> from dfdx import derivative, gradient
    >>> t = [0.0, 0.5, 1.0, 1.5, 2.0]
    >>> round(derivative(sampled([v**2 for v in t], t))(1.25), 12)
    2.5
    >>> x, z = np.linspace(0, 2, 9), np.linspace(0, 3, 13)
    >>> heights = 2 * z**3 * x[:, None] ** 2
    >>> gradient(sampled(heights, (x, z)))(1.0, 2.0).round(9)
    array([32., 24.])
    """
    kind = kind_of(y)
    own = kind.axes()
    if x is None and own and len(own) > 1:
        x = tuple(
            np.arange(float(n)) if c is None else c for c, n in zip(own, np.shape(y), strict=True)
        )
    if isinstance(x, tuple) and all(np.ndim(v) == 0 for v in x):
        x = list(x)  # coordinates one by one, not an array for each axis
    if isinstance(x, tuple):
        _only_exact("a grid", None, weights, None, robust, season, method)
        return _on_grid(y, x, noise, periodic)
    if isinstance(x, np.ndarray) and x.ndim == 2:
        _only_exact("scattered points", None, weights, periodic, robust, season, method)
        return _scattered(y, x)
    return Samples(y, x, noise, weights, periodic, robust, season, method, unit)


def _only_exact(what, noise, weights, periodic, robust, season, method):
    options = {
        "noise": noise, "weights": weights, "periodic": periodic, "robust": robust, "season": season,
        "method": method,
    }  # fmt: skip
    for name, value in options.items():
        if value:
            raise TypeError(f"{name}= is for measurements along one axis, not for {what}")


def _on_grid(y, coordinates, noise, periodic):
    if periodic and not is_exact(noise):
        raise TypeError("periodic= does not go with noisy samples on a grid; it is for exact ones")
    kinds = [*map(kind_of, coordinates), kind_of(y)]
    y = _numbers(y)
    axes = [_numbers(c) for c in coordinates]
    shape = tuple(len(a) for a in axes)
    if y.shape[: len(axes)] != shape or y.ndim > len(axes) + 1:
        raise ValueError(f"samples of shape {y.shape} do not stand on a grid of {shape}")
    for k, axis in enumerate(axes):
        if axis.ndim != 1 or len(axis) < 2 or not np.isfinite(axis).all():
            raise ValueError(f"coordinates number {k} are not two or more finite numbers in a row")
        steps = np.diff(axis)
        if (steps < 0).all():
            axes[k], y = axis[::-1], np.flip(y, k)
        elif not (steps > 0).all():
            raise ValueError(f"coordinates number {k} are not sorted, or one stands there twice")
    if np.isinf(y).any():
        raise ValueError("a measurement is infinite; nan stands for a missing one")
    many = y.ndim > len(axes)
    if periodic is None and is_exact(noise):
        periodic = tuple(map(turn, kinds, axes))
    axes, y, ends = wrapped(axes, y, periodic)
    parts = [y[..., k] for k in range(y.shape[-1])] if many else [y]
    if not is_exact(noise):
        engines = [SmoothGrid(axes, part, noise) for part in parts]
    else:
        engines = [Grid(axes, part) for part in parts]
    told = (amplified(axes, part) for part in parts) if noise is None else ()
    turns = [bool(p) for p in periods_of(periodic, len(ends))]
    return Field(engines, ends, many, told, kinds, turns)


def _scattered(y, points):
    y, points = _numbers(y), _numbers(points)
    if y.ndim not in (1, 2) or len(y) != len(points):
        raise ValueError(f"samples of shape {y.shape} do not belong to {len(points)} points")
    if not np.isfinite(points).all():
        raise ValueError("a coordinate is not finite; leave such points out")
    many = y.ndim > 1
    engines = []
    for column in y.T if many else [y]:
        known = ~np.isnan(column)
        engines.append(Scattered(points[known], column[known]))
    ends = list(zip(points.min(axis=0), points.max(axis=0), strict=True))
    return Field(engines, ends, many)


def _numbers(values):
    return real(kind_of(values).numbers())
