"""Sums, products, means and their kin."""

import numpy as np

from . import C, M, V, W

MASK = np.array([[True, False, True], [True, True, False]])
N = np.array([[0.3, np.nan, 0.1], [1.1, -0.4, 2.5]])

TRIALS = [
    ("sum", lambda x: np.sum(x, axis=(0, 2), keepdims=True), C),
    ("sum with where", lambda x: np.sum(x, where=MASK, initial=2.0), M),
    ("sum of a list", lambda x, y: np.sum([x, y, x * y]), 0.4, 1.2),
    ("sum with dtype", lambda x: np.sum(x, dtype=float) + x.sum(dtype=np.float64), V),
    ("prod", lambda x: np.prod(x, axis=1), C),
    ("prod with where", lambda x: np.prod(x, where=MASK), M),
    ("mean", lambda x: np.mean(x, axis=-1), C),
    ("mean with where", lambda x: np.mean(x, axis=1, where=MASK), M),
    ("average", lambda x, w: np.average(x, weights=w), V, W),
    ("average, returned", lambda x: np.average(x, axis=0, weights=[1, 2], returned=True), M),
    ("var", lambda x: np.var(x, axis=0, ddof=1), M),
    ("std", lambda x: np.std(x, keepdims=True), M),
    ("std with where", lambda x: np.std(x, where=MASK), M),
    ("cumsum", lambda x: np.cumsum(x, axis=1), C),
    ("cumprod", lambda x: np.cumprod(x), M),
    ("nansum", lambda x: np.nansum(x * N, axis=0), M),
    ("nanprod", lambda x: np.nanprod(x * N), M),
    ("nanmean", lambda x: np.nanmean(x * N, axis=0), M),
    ("nanvar", lambda x: np.nanvar(x * N, ddof=1), M),
    ("nanstd", lambda x: np.nanstd(x * N, axis=1), M),
    ("nancumsum", lambda x: np.nancumsum(x * N), M),
    ("nancumprod", lambda x: np.nancumprod(x * N), M),
    ("cov", lambda x: np.cov(x), M),
    ("cov of two", lambda x, y: np.cov(x, y, ddof=0), V, W),
    ("cov by columns", lambda x: np.cov(x, rowvar=False, bias=True), M),
    ("cov with weights", lambda x: np.cov(x, fweights=[1, 2, 1], aweights=[0.5, 1, 2]), M),
    ("cov with weights that vary", lambda x, w: np.cov(x, aweights=w), M, np.array([0.5, 1, 2])),
    ("corrcoef", lambda x, y: np.corrcoef(x, y), V, W),
    ("corrcoef by columns", lambda x: np.corrcoef(x, rowvar=False), C[0]),
    ("diff", lambda x: np.diff(x, n=2, axis=0), C[1]),
    ("diff with ends", lambda x: np.diff(x, prepend=0.0, append=x[:1]), V),
    ("ediff1d", lambda x: np.ediff1d(x, to_end=[9.0], to_begin=x[0]), V),
    (
        "trapezoid",
        lambda y, x: (np.trapezoid if hasattr(np, "trapezoid") else np.trapz)(y, x),
        V,
        W,
    ),
    (
        "trapz",
        lambda y: (np.trapezoid if hasattr(np, "trapezoid") else np.trapz)(y, dx=0.1, axis=0),
        M,
    ),
    ("gradient", lambda x: np.gradient(x), M),
    ("gradient with steps", lambda x, h: np.gradient(x, h, 2.0, edge_order=2), C[0], 0.3),
    ("gradient with coordinates", lambda y, x: np.gradient(y, x, edge_order=2), V, np.sort(W)),
    ("gradient along axes", lambda x: np.gradient(x, 0.1, 0.2, axis=(1, 2)), C),
    ("apply_along_axis", lambda x: np.apply_along_axis(lambda r: r[::-1] * r[0], 1, x), M),
    ("apply_over_axes", lambda x: np.apply_over_axes(np.sum, x, [0, 2]), C),
    ("bincount", lambda w: np.bincount([0, 2, 0, 1], weights=w, minlength=5), V),
    ("histogram", lambda x: np.histogram(x, bins=3)[0] * x[0], V),
    ("histogram with weights", lambda w: np.histogram(V, bins=3, weights=w)[0], W),
    ("histogram as density", lambda w: np.histogram(V, 3, (-1, 2), weights=w, density=True)[0], W),
    ("histogram2d", lambda x: np.histogram2d(x, V, bins=2)[0] * x[0], W),
    ("histogram_bin_edges", lambda x: np.histogram_bin_edges(V, bins=3) * x, 0.3),
]
