"""scipy.spatial: distances, rotations, nearest points, exactly and twice."""

import numpy as np
import pytest
from scipy import spatial
from scipy.spatial import distance as d
from trials import right

U = np.array([0.5, 1.2, 0.7, 2.1])
V = np.array([0.3, 1.6, 0.4, 1.8])
P = np.array([[0.1, 0.9], [1.3, 0.2], [0.7, 1.8], [2.1, 1.1]])
Q = np.array([[0.4, 0.3], [1.1, 1.7]])
METRICS = [
    "euclidean",
    "sqeuclidean",
    "cityblock",
    "chebyshev",
    "cosine",
    "correlation",
    "canberra",
    "braycurtis",
]

TRIALS = (
    {name: (lambda u, v, name=name: getattr(d, name)(u, v), U, V) for name in METRICS}
    | {f"cdist {m}": (lambda p, m=m: d.cdist(p, Q, m), P) for m in METRICS if m != "correlation"}
    | {f"pdist {m}": (lambda p, m=m: d.pdist(p, m), P) for m in METRICS if m != "correlation"}
    | {
        "minkowski": (lambda u, v: d.minkowski(u, v, p=3), U, V),
        "weights": (lambda u, w: d.euclidean(u, V, w=w), U, V),
        "seuclidean": (lambda u, v: d.seuclidean(u, V, v), U, V),
        "mahalanobis": (lambda u, v: d.mahalanobis(u, v, np.diag([1.0, 2, 3, 4])), U, V),
        "jensenshannon": (lambda u, v: d.jensenshannon(u, v), U, V),
        "cdist": (lambda p, q: d.cdist(p, q), P, Q),
        "cdist minkowski": (lambda p, q: d.cdist(p, q, "minkowski", p=3), P, Q),
        "cdist mahalanobis": (lambda p: d.cdist(p, Q, "mahalanobis", VI=np.eye(2) + 0.1), P),
        "cdist seuclidean": (lambda p: d.cdist(p, Q, "seuclidean", V=[1.0, 2.0]), P),
        "cdist of a function": (lambda p: d.cdist(p, Q, lambda a, b: np.sum((a - b) ** 4)), P),
        "pdist of a function": (lambda p: d.pdist(p, lambda a, b: np.dot(a, b)), P),
        "squareform": (lambda p: d.squareform(d.pdist(p)), P),
        "squareform back": (lambda u: d.squareform(d.squareform(np.append(u, [1.0, 2.0]))), U),
        "distance_matrix": (lambda p: spatial.distance_matrix(p, Q), P),
        "minkowski_distance": (lambda p: spatial.minkowski_distance(p[:2], Q, 3), P),
        "procrustes": (lambda p: spatial.procrustes(p, P**2 + 0.3)[2], P),
        "nearest": (lambda x: spatial.KDTree(P).query(x)[0], np.array([0.3, 0.4])),
        "nearest, several": (lambda x: spatial.cKDTree(P).query(x, k=2)[0], Q),
        "kernel": (lambda p, s: np.exp(-d.cdist(p, p + 0.1, "sqeuclidean") / s), P, 0.7),
    }
)


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point)
