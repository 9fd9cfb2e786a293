"""Order: extremes, sorting, quantiles, places, sets."""

import numpy as np

from . import C, M, V, W

N = np.array([[0.3, np.nan, 0.1], [1.1, -0.4, 2.5]])
METHODS = (
    "linear lower higher nearest midpoint inverted_cdf averaged_inverted_cdf closest_observation "
    "interpolated_inverted_cdf hazen weibull median_unbiased normal_unbiased"
).split()

TRIALS = [
    ("max", lambda x: np.max(x, axis=(0, 2)), C),
    ("amax", lambda x: np.amax(x, keepdims=True, initial=-5.0), M),
    ("min", lambda x: np.min(x, axis=1, where=x > -0.3, initial=9.0), M),
    ("amin", lambda x: np.amin(x), M),
    ("ptp", lambda x: np.ptp(x, axis=0), M),
    ("nanmax", lambda x: np.nanmax(x * N, axis=1), M),
    ("nanmin", lambda x: np.nanmin(x * N), M),
    ("sort", lambda x: np.sort(x, axis=0), C),
    ("sort flat", lambda x: np.sort(x, axis=None), M),
    ("partition", lambda x: np.sum(np.partition(x, 2)[:2]), V),
    ("argsort", lambda x: x[np.argsort(x)], V),
    ("argmax", lambda x: x[np.argmax(x)] ** 2 + x[np.argmin(x)], V),
    ("argpartition", lambda x: np.sum(x[np.argpartition(x, 2)[:2]]), V),
    ("nanargmax", lambda x: x.ravel()[np.nanargmax(x * N)], M),
    ("lexsort", lambda x: x[np.lexsort((x, [1, 0, 1, 0]))], V),
    ("searchsorted", lambda x: np.searchsorted([0.0, 0.5, 1.0], x) * x, V),
    ("digitize", lambda x: np.digitize(x, [0.0, 0.5, 1.0]) * x, V),
    ("nonzero", lambda x: x[np.nonzero(x > 0)], V),
    ("flatnonzero", lambda x: x[np.flatnonzero(x > 0)], V),
    ("argwhere", lambda x: x[np.argwhere(x > 0)], V),
    ("count_nonzero", lambda x: np.count_nonzero(x > 0) * x, V),
    ("median", lambda x: np.median(x, axis=1, keepdims=True), M),
    ("median of an even number", lambda x: np.median(x), V),
    ("nanmedian", lambda x: np.nanmedian(x * N, axis=0), M),
    ("percentile", lambda x: np.percentile(x, [10, 50, 93], axis=1), M),
    ("quantile of order that varies", lambda x, q: np.quantile(x, q), V, 0.37),
    (
        "quantile of orders that vary",
        lambda x, q: np.quantile(x, q, axis=1),
        M,
        np.array([0.2, 0.7]),
    ),
    *[
        (f"quantile {m}", (lambda m: lambda x: np.quantile(x, [0.13, 0.6], method=m))(m), V)
        for m in METHODS
    ],
    ("nanpercentile", lambda x: np.nanpercentile(x * N, 30, axis=1), M),
    ("nanquantile", lambda x: np.nanquantile(x * N, 0.3), M),
    ("unique", lambda x: np.unique(x), V),
    ("unique with places", lambda x: np.unique(x, return_inverse=True, return_counts=True)[0], V),
    ("union1d", lambda x, y: np.union1d(x, y), V, W),
    ("intersect1d", lambda x: np.intersect1d(x, x[:2]), V),
    ("setdiff1d", lambda x: np.setdiff1d(x, x[:2]), V),
    ("setxor1d", lambda x, y: np.setxor1d(x, y), V, W),
    ("isin", lambda x: np.isin(x, [7.0, 8.0], invert=True) * x, V),
    ("any", lambda x: np.where(np.any(x > 1), x, x**2), V),
    ("all", lambda x: x if np.all(x < 5) else x**2, V),
    ("sorted", lambda x: np.array(sorted(x)), V),
    ("interp", lambda x, xp, fp: np.interp(x, xp, fp), V, np.sort(W), V**2),
    (
        "interp with ends",
        lambda x, a: np.interp(x, [0, 0.5, 1.0], [1, 2, 0.0], left=a, right=a**2),
        V,
        0.4,
    ),
    (
        "interp with period",
        lambda x, fp: np.interp(x + 0.03, [0.1, 0.5, 0.8], fp, period=1.0),
        V,
        V[:3],
    ),
]
if np.__version__ >= "2":
    TRIALS += [
        (
            "quantile with weights",
            lambda x: np.quantile(x, 0.4, weights=[1, 2, 1, 3], method="inverted_cdf"),
            V,
        ),
    ]
