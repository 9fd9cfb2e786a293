"""Compact differences: slopes at neighbouring samples asked together, of order 6 on any spacing.

A f′ᵢ₋₁ + f′ᵢ + B f′ᵢ₊₁ is a combination of five values; the seven weights make it exact for polynomials of
degree 6, and all slopes together solve a tridiagonal system. The same with f″. The formula of degree 4 on
fewer values runs beside it, and the difference is the error.

Source: Lele, "Compact finite difference schemes with spectral-like resolution", J. Comput. Phys. 103 (1992);
the weights are made for the spacing at hand.
"""

from functools import cached_property
from math import perm

import numpy as np

_LEAST = 6
_SAFETY = 2.0
_HIGHEST = 2


class Compact:
    """Values and derivatives to order 2 of exact samples; between them Hermite's polynomials."""

    noise, notes = 0.0, ()
    method = "compact differences of order 6"

    def __init__(self, t, y):
        if len(t) < _LEAST:
            raise ValueError(f"compact differences need {_LEAST} samples, not {len(t)}")
        self.t, self.y = t, y
        self.first, self.second = (solved(t, y, order, 2) for order in (1, 2))
        rounding = np.finfo(float).eps * float(np.abs(y).max())
        steps = np.gradient(t)
        self.errors = [np.full(len(t), rounding)]
        for order, found in ((1, self.first), (2, self.second)):
            coarse = solved(t, y, order, 1)
            self.errors.append(_SAFETY * np.abs(found - coarse) + 8 * rounding / steps**order)

    def without_season(self):
        return self

    def amplified(self):
        return 0.0

    @cached_property
    def pieces(self):
        from scipy.interpolate import BPoly

        return BPoly.from_derivatives(self.t, np.stack([self.y, self.first, self.second], axis=1))

    def at(self, t, order):
        """`(values, error bounds)`."""
        if order > _HIGHEST:
            raise ValueError(
                f'method="compact" gives derivatives of order 1 and 2, not {order}; method="exact" gives more'
            )
        value = self.pieces(t, order)
        steps = np.diff(self.t)
        cell = np.clip(np.searchsorted(self.t, t, side="right") - 1, 0, len(steps) - 1)
        error = np.interp(t, self.t, self.errors[order])
        inside = (t != self.t[cell]) & (t != self.t[cell + 1])
        for k in range(
            order + 1, _HIGHEST + 1
        ):  # the ends of a piece are wrong by what they are wrong by
            beside = np.maximum(self.errors[k][cell], self.errors[k][cell + 1])
            error = error + inside * beside * steps[cell] ** (k - order)
        return value, error


def solved(t, y, order, reach):
    """The derivative at all samples by the compact formula on `reach` values to either side."""
    from scipy.linalg import solve_banded

    n = len(t)
    bands, side = np.ones((3, n)), np.empty(n)
    inner = np.arange(1, n - 1)
    values = np.clip(inner - reach, 0, n - 2 * reach - 1)[:, None] + np.arange(2 * reach + 1)
    weights, (below, above) = _formula(t, inner, values, np.stack([inner - 1, inner + 1]), order)
    bands[2, :-2], bands[0, 2:] = below, above
    side[inner] = (weights * y[values]).sum(axis=1)
    ends = np.array(
        [0, n - 1]
    )  # five values, and the one slope beside where the formula is the fine one
    values = np.stack([np.arange(5), np.arange(n - 5, n)])
    beside = np.array([[1, n - 2]])[: reach - 1]
    weights, slopes = _formula(t, ends, values, beside, order)
    bands[0, 1], bands[2, -2] = slopes[0] if len(slopes) else (0.0, 0.0)
    side[ends] = (weights * y[values]).sum(axis=1)
    return solve_banded((1, 1), bands, side)


def _formula(t, rows, values, beside, order):
    """`(weights of values, those of the derivatives beside)` that are exact for as many powers as weights."""
    count, size = values.shape[1], values.shape[1] + len(beside)
    scale = np.abs(t[values] - t[rows][:, None]).max(axis=1)
    powers = np.arange(size)
    falling = np.array([perm(p, order) for p in powers], dtype=float)
    system = np.empty((len(rows), size, size))
    place = (t[values] - t[rows][:, None]) / scale[:, None]
    system[:, :, :count] = place[:, None, :] ** powers[:, None]
    for k, other in enumerate(beside):
        z = (t[other] - t[rows]) / scale
        system[:, :, count + k] = -falling * z[:, None] ** np.maximum(powers - order, 0)
    wanted = np.where(powers == order, falling, 0.0)
    wanted = np.broadcast_to(wanted[:, None], (len(rows), size, 1))
    weights = np.linalg.solve(system, wanted)[..., 0]
    return weights[:, :count] / scale[:, None] ** order, weights[:, count:].T
