"""Exact samples: at every place the stencil whose neighbours in order agree best.

Nodes are taken in by distance, so one run of Fornberg's recursion gives the derivative by the nearest 2, 3,
…, 15 nodes, for any spacing. Orders that are too low differ from their neighbours by truncation, those that
are too high by noise and by Runge's edges; the order where they differ least is chosen, point by point,
and the difference is the error.

Source: Fornberg, "Calculation of weights in finite difference formulas", SIAM Review 40 (1998).
"""

from functools import cached_property

import numpy as np

_NODES = 15
_BLOCK = 4096
_SAFETY = 4.0
_SEEN = 50.0  # times the rounding: noise that is told
_SPLINED = 3  # orders for which splines answer too
_ENOUGH = 16  # samples for a spline of degree 7
_CROWDED = 0.2  # of the usual step: closer samples lose digits
_LOOKED_AT = 20_000  # samples from which the noise is estimated


class Exact:
    """Values and derivatives of exact samples; `noise` None: what noise there is, is found out.

    Stencils on all samples, on samples thinned where they crowd, and splines of degree 5 and 7 answer side
    by side; place by place the one that expects the smallest error counts.
    """

    notes = ()
    method = "stencils on the nearest samples, their order chosen point by point"

    def __init__(self, t, y, noise):
        self.t, self.y = t, y
        self.rounding = np.finfo(float).eps * float(np.abs(y).max())
        found = noise_level(t, y) if noise is None else 0.0
        self.noise = found if found > _SEEN * self.rounding else 0.0
        self.thinned = _thinned(t)

    def at(self, t, order):
        """`(values, error bounds)`."""
        noise = max(self.noise, self.rounding)
        answers = [differentiate(self.t, self.y, t, order, noise)[:2]]
        if self.thinned is not None:
            kept = self.thinned
            answers.append(differentiate(self.t[kept], self.y[kept], t, order, noise)[:2])
        if self.splines and order <= _SPLINED and not self.noise:
            fine, coarse = (spline(t, order) for spline in self.splines)
            floor = self.rounding * (np.median(np.diff(self.t)) / _SAFETY) ** -float(order)
            answers.append((fine, _SAFETY * (np.abs(fine - coarse) + floor)))
        values, errors = (np.array(part) for part in zip(*answers, strict=True))
        errors = np.where(np.isnan(errors), np.inf, errors)
        best, places = errors.argmin(axis=0), np.arange(len(t))
        return values[best, places], np.where(
            np.isinf(errors[best, places]), np.nan, errors[best, places]
        )

    @cached_property
    def splines(self):
        """The interpolating splines of degree 7 and 5, where there are samples enough for both."""
        if not _ENOUGH <= len(self.t) <= _LOOKED_AT:
            return ()
        from scipy.interpolate import make_interp_spline

        try:
            return tuple(make_interp_spline(self.t, self.y, k=degree) for degree in (7, 5))
        except (ValueError, np.linalg.LinAlgError):  # samples too close together to solve for
            return ()

    def without_season(self):
        return self

    def amplified(self):
        """What the noise becomes in the first derivative, at best, as a standard deviation."""
        return self.noise / float(np.median(np.diff(self.t))) / np.sqrt(2.0)


def _thinned(t):
    """Samples at least a fraction of the usual step apart; None where all are."""
    steps = np.diff(t)
    least = _CROWDED * float(np.median(steps))
    if not (steps < least).any():
        return None
    kept, last = [0], t[0]
    for k in range(1, len(t)):
        if t[k] - last >= least:
            kept.append(k)
            last = t[k]
    return np.array(kept) if len(kept) > 2 else None


def noise_level(t, y):
    """The standard deviation of what no smooth curve explains: samples against their neighbours.

    Each sample is predicted from its nearest 2, 3, …, 8; truncation falls with the order, noise does
    not, so the smallest typical misfit is the noise, or an upper bound of it.
    """
    count = min(9, len(t))
    if count < 4:
        return 0.0
    at = t if len(t) <= _LOOKED_AT else t[:: -(-len(t) // _LOOKED_AT)]
    index = nearest(t, at, count)
    offsets = t[index[:, 1:]] - at[:, None]
    scale = np.abs(offsets).max(axis=1, keepdims=True)
    predicted, norms = _estimates(offsets / scale, y[index[:, 1:]], 0)
    misfit = np.abs(predicted - y[index[:, 0]]) / np.sqrt(1.0 + norms**2)
    return float(np.median(misfit, axis=1).min()) / 0.6745


def differentiate(x, y, at, order, noise):
    """`(values, errors, nodes)` of the derivative at places inside the samples; x increases.

    `noise` is the standard deviation of y, at least the rounding of its digits.
    """
    values, errors = np.empty(len(at)), np.empty(len(at))
    used = np.empty(len(at), dtype=np.intp)
    for start in range(0, len(at), _BLOCK):
        part = slice(start, start + _BLOCK)
        values[part], errors[part], used[part] = _block(x, y, at[part], order, noise)
    return values, errors, used


def _block(x, y, at, order, noise):
    count = min(_NODES, len(x))
    if count <= order:
        raise ValueError(f"a derivative of order {order} needs {order + 1} samples, not {len(x)}")
    index = nearest(x, at, count)
    offsets = x[index] - at[:, None]
    scale = np.abs(offsets).max(axis=1, keepdims=True)
    estimates, spread = _estimates(offsets / scale, y[index], order)
    unit = scale[:, 0] ** -float(order)
    estimates, spread = estimates * unit, spread * (noise * unit)
    steps = np.abs(np.diff(estimates, axis=0))
    if len(steps) == 0:
        return estimates[0], np.full(len(at), np.nan), np.full(len(at), count)
    ahead = np.concatenate([steps[1:], steps[-1:]])
    wrong = np.maximum(steps, ahead) + spread[1:]
    best = wrong.argmin(axis=0)
    rows = np.arange(len(at))
    error = _SAFETY * wrong[best, rows]
    return estimates[best + 1, rows], error, best + order + 2


def nearest(x, at, count):
    """For each place the numbers of the nearest nodes, by distance."""
    left = np.searchsorted(x, at)
    window = min(2 * count, len(x))
    first = np.clip(left - count, 0, len(x) - window)
    near = first[:, None] + np.arange(window)
    far = np.abs(x[near] - at[:, None])
    chosen = np.argsort(far, axis=1, kind="stable")[:, :count]
    return np.take_along_axis(near, chosen, axis=1)


def stencil_weights(z, order):
    """The weights of the derivative at 0 by all nodes z (places, nodes)."""
    *_, weights = _growing(z, order)
    return weights.T


def _estimates(z, y, order):
    """The derivative at 0 by the first order + 1, order + 2, … nodes, and the 2-norm of their weights."""
    y = y.T
    estimates, norms = [], []
    for weights in _growing(z, order):
        estimates.append((weights * y[: len(weights)]).sum(axis=0))
        norms.append(np.sqrt((weights * weights).sum(axis=0)))
    return np.array(estimates), np.array(norms)


def _growing(z, order):
    """Fornberg's recursion: the weights by the first nodes, one more each time, from order + 1 on."""
    points, count = z.shape
    weights = np.zeros((order + 1, count, points))
    weights[0, 0] = 1.0
    z = z.T.copy()
    product = np.ones(points)
    if order == 0:
        yield weights[0, :1]
    for n in range(1, count):
        before, product = product, np.ones(points)
        top = min(n, order)
        last = weights[:, n - 1].copy()
        for j in range(n):
            gap = z[n] - z[j]
            product *= gap
            for k in range(top, 0, -1):
                weights[k, j] = (z[n] * weights[k, j] - k * weights[k - 1, j]) / gap
            weights[0, j] *= z[n] / gap
        ratio = before / product
        for k in range(top, 0, -1):
            weights[k, n] = ratio * (k * last[k - 1] - z[n - 1] * last[k])
        weights[0, n] = -ratio * z[n - 1] * last[0]
        if n >= order:
            yield weights[order, : n + 1]
