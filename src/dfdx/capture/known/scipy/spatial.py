"""Stand-ins for the compiled distances of scipy.spatial.distance; one pair at a time is followed."""

from functools import cache

import numpy as np
from scipy import spatial as theirs
from scipy.spatial import distance

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.arrays_joins import stack
from ....structure import Scatter, reshape, take
from ...calls import call
from .decompositions import fixed_choice
from .tools import where_traced


def _sum(x):
    return np.sum(x, axis=-1)


def _cosine(u, v):
    return 1.0 - _sum(u * v) / np.sqrt(_sum(u * u) * _sum(v * v))


def _centered(u):
    return u - np.mean(u, axis=-1, keepdims=True)


def _minkowski(u, v, p=2.0, w=None):
    size = np.abs(u - v) ** p
    return _sum(size if w is None else size * w) ** (1.0 / p)


def _mahalanobis(u, v, VI=None):
    if VI is None:
        raise NotTraceable("scipy.spatial.distance: give VI= for the Mahalanobis distance")
    return np.sqrt(_sum(np.matmul(u - v, operand(VI)) * (u - v)))


def _seuclidean(u, v, V=None):
    if V is None:
        raise NotTraceable("scipy.spatial.distance: give V= for the standardised distance")
    return np.sqrt(_sum((u - v) ** 2 / operand(V)))


def _weighted(u, w):
    return u if w is None else u * operand(w)


def _squared(u, v, w=None):
    return _sum(_weighted((u - v) ** 2, w))


def _euclidean(u, v, w=None):
    return np.sqrt(_squared(u, v, w))


def _cityblock(u, v, w=None):
    return _sum(_weighted(np.abs(u - v), w))


_METRICS = {
    "euclidean": _euclidean,
    "sqeuclidean": _squared,
    "cityblock": _cityblock,
    "chebyshev": lambda u, v: np.max(np.abs(u - v), axis=-1),
    "cosine": _cosine,
    "correlation": lambda u, v: _cosine(_centered(u), _centered(v)),
    "canberra": lambda u, v: _sum(np.abs(u - v) / (np.abs(u) + np.abs(v))),
    "braycurtis": lambda u, v: _sum(np.abs(u - v)) / _sum(np.abs(u + v)),
    "minkowski": _minkowski,
    "mahalanobis": _mahalanobis,
    "seuclidean": _seuclidean,
}
_ALIASES = {"l2": "euclidean", "manhattan": "cityblock", "l1": "cityblock", "sqe": "sqeuclidean"}


def _metric(metric, us, vs, options):
    """The distances of rows us and vs, pair by pair."""
    if callable(metric):
        name = getattr(metric, "__name__", "")
        if getattr(distance, name, None) is not metric:
            rows = range(shape_of(us)[0])
            return stack([operand(call(metric, us[k], vs[k], **options)) for k in rows])
        metric = name
    name = _ALIASES.get(metric.lower(), metric.lower())
    if name not in _METRICS:
        raise NotTraceable(f"scipy.spatial.distance: the metric {metric!r} is not followed")
    return _METRICS[name](us, vs, **options)


def cdist(XA, XB, metric="euclidean", *, out=None, **kwargs):
    """The distances of all pairs, as a matrix."""
    a, b = operand(XA), operand(XB)
    m, n = shape_of(a)[0], shape_of(b)[0]
    i, j = np.divmod(np.arange(m * n), n)
    found = _metric(metric, take(a, (i,)), take(b, (j,)), kwargs)
    return reshape(found, (m, n))


def pdist(X, metric="euclidean", *, out=None, **kwargs):
    """The distances of all pairs of different rows, in a line."""
    x = operand(X)
    i, j = np.triu_indices(shape_of(x)[0], 1)
    return _metric(metric, take(x, (i,)), take(x, (j,)), kwargs)


def squareform(X, force="no", checks=True):
    """From the line of distances to the matrix, and back."""
    x = operand(X)
    if len(shape_of(x)) == 1:
        n = round((1 + np.sqrt(1 + 8 * shape_of(x)[0])) / 2)
        if n * (n - 1) // 2 != shape_of(x)[0]:
            raise ValueError("Incompatible vector size. It must be a binomial coefficient")
        i, j = np.triu_indices(n, 1)
        return Scatter((i, j), (n, n))(x) + Scatter((j, i), (n, n))(x)
    return take(x, np.triu_indices(shape_of(x)[0], 1))


def distance_matrix(x, y, p=2.0, threshold=1_000_000):
    if p == 2:
        return cdist(x, y)
    return cdist(x, y, "minkowski", p=p)


def _query(tree, x, k=1, eps=0.0, p=2.0, distance_upper_bound=np.inf, workers=1):
    """The nearest points: which they are is constant between jumps, their distances move with x."""
    x = operand(x)
    found, places = tree.query(fixed_choice(x), k, eps, p, distance_upper_bound, workers)
    if p != 2 or not np.all(np.isfinite(found)):
        raise NotTraceable("scipy.spatial.KDTree.query: only Euclidean distances are followed")
    points = np.asarray(tree.data)[places]
    gaps = (x if np.ndim(k) == 0 and k == 1 else x[..., None, :]) - points
    return np.sqrt(_sum(gaps * gaps)), places


@cache
def stand_ins():
    """From the functions of scipy.spatial to their stand-ins."""
    made = {}
    for ours in (cdist, pdist, squareform):
        function = getattr(distance, ours.__name__)
        made[function] = where_traced(function, ours)
    made[theirs.distance_matrix] = where_traced(theirs.distance_matrix, distance_matrix)
    for tree in (theirs.KDTree, theirs.cKDTree):
        made[tree.query] = where_traced(tree.query, _query)
    return made
