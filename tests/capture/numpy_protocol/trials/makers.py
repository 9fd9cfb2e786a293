"""Functions that make arrays, and constants on the way."""

import numpy as np

from . import M, S, V


def drawn(x):
    rng = np.random.default_rng(3)
    z = rng.normal(size=4)
    np.random.seed(1)
    return z * x + np.random.rand(4) + np.random.RandomState(2).uniform(size=4) * x


def shuffled(x):
    rng = np.random.default_rng(3)
    return x[rng.permutation(4)] * V, rng.choice(x, 3), rng.permutation(x)


def normal_of_parameters(m, s):
    rng = np.random.default_rng(3)
    return m + s * rng.standard_normal(5)


def masked(x):
    y = np.ma.masked_array([1.0, 2.0, 3.0, 4.0], mask=[0, 1, 0, 0])
    return (y * 2.0).sum() * x


def masked_traced(x):
    return np.ma.masked_less(x, 0.0).sum()


def matrix(x):
    return np.asarray(np.matrix([[1.0, 2.0], [3.0, 4.0]])) * x


def checked(x):
    np.testing.assert_allclose(x, x)
    np.testing.assert_array_equal(x.shape, (4,))
    assert np.isfinite(x).all()
    return x**2


def with_errors(x):
    with np.errstate(divide="ignore"):
        y = np.log(np.abs(x))
    np.seterr(**np.geterr())
    return y


def record(x):
    a = np.zeros(2, dtype=[("p", float), ("q", int)])
    a["q"] = [1, 2]
    return a["q"] * x


def record_traced(x):
    a = np.zeros(2, dtype=[("p", float), ("q", int)])
    a["p"] = x
    return a["p"] * 2


TRIALS = [
    ("array", lambda x, y: np.array([[x, 1], [y, x * y]]), 0.4, 1.2),
    ("array of arrays", lambda x: np.array([x, x**2, V]), V),
    ("array with ndmin", lambda x: np.array(x, ndmin=3), V),
    ("array with dtype", lambda x: np.array([x, 2], dtype=np.float64), 0.4),
    ("array of a number", lambda x: np.array(x) ** 2, 0.4),
    ("array of arrays in a list", lambda x: np.array([x[:2], x[2:]]), V),
    ("array of a generator's list", lambda x: np.array([v**2 for v in x]), V),
    ("full", lambda x: np.full((2, 2), x), 0.4),
    ("full_like", lambda x: np.full_like(V, x), 0.4),
    ("full_like of what varies", lambda x: np.full_like(x, x[0]), V),
    ("zeros_like", lambda x: np.zeros_like(x) + np.ones_like(x) * x, V),
    ("empty_like", lambda x: np.empty_like(x) * 0.0 + x, V),
    ("eye", lambda x: np.eye(3) * x + np.identity(3), S),
    ("tri", lambda x: np.tri(3) * x, S),
    ("fromfunction", lambda x: np.fromfunction(lambda i, j: i * x + j, (2, 3)), 0.4),
    ("fromiter", lambda x: np.fromiter((v * 2 for v in x), float), V),
    ("fromiter with count", lambda x: np.fromiter((v * 2 for v in x), dtype=float, count=4), V),
    ("float64", lambda x: np.float64(x) * np.float64(2.0), 0.4),
    ("random", drawn, V),
    ("random order", shuffled, V),
    ("random noise scaled", normal_of_parameters, 0.4, 1.2),
    ("ma", masked, 0.4),
    ("ma of what varies", masked_traced, V),
    ("matrix", matrix, 0.4),
    ("testing", checked, V),
    ("errstate", with_errors, V),
    ("structured", record, 0.4),
    ("structured, written", record_traced, 0.4),
    ("finfo", lambda x: x + np.finfo(float).eps, V),
    ("finfo of what varies", lambda x: np.maximum(x, np.finfo(x.dtype).tiny), V),
    ("isscalar", lambda x: x if np.isscalar(x) else x**2, 0.4),
    ("isinstance", lambda x: x**2 if isinstance(x, np.ndarray) else x, V),
    ("isinstance of a number", lambda x: x**2 if isinstance(x, (float, np.floating)) else x, 0.4),
    ("shape", lambda x: x * np.shape(x)[0] * np.size(x) * np.ndim(x), M),
    ("broadcast_shapes", lambda x: np.broadcast_to(x, np.broadcast_shapes(x.shape, (2, 1))), V),
    ("result_type", lambda x: x.astype(np.result_type(x, float)), V),
    ("array2string", lambda x: x * len(np.shape(V)), V),
    ("lib.scimath", lambda x: np.lib.scimath.sqrt(x), V),
    ("lib.scimath of positive", lambda x: np.emath.log(x * x), V),
]
