"""Methods and attributes of arrays, on what varies and on arrays made on the way."""

import numpy as np

from . import C, M, P, S, V, W

MADE = [  # each on an array that varies, and on one that was made by a function of NumPy
    (".sum", lambda x: x.sum(axis=0, keepdims=True)),
    (".prod", lambda x: x.prod(1)),
    (".mean", lambda x: x.mean(axis=1)),
    (".var", lambda x: x.var(axis=0, ddof=1)),
    (".std", lambda x: x.std()),
    (".max", lambda x: x.max(axis=1) + x.min()),
    (".cumsum", lambda x: x.cumsum(axis=1)),
    (".cumprod", lambda x: x.cumprod()),
    (".clip", lambda x: x.clip(0.0, 1.0) + x.clip(min=0.2) + x.clip(max=0.35)),
    (".dot", lambda x: x.dot(x.T)),
    (".trace", lambda x: x.trace() + x.diagonal(1).sum()),
    (".ravel", lambda x: x.ravel() * x.flatten()),
    (".reshape", lambda x: x.reshape(3, 2) @ x.reshape((2, 3), order="F")),
    (".transpose", lambda x: x.transpose(1, 0) @ x.T.transpose((1, 0)) + x.T @ x.swapaxes(0, 1).T),
    (".squeeze", lambda x: x[:1].squeeze()),
    (".repeat", lambda x: x.repeat(2, axis=1)),
    (".take", lambda x: x.take([1, 4]) + x.take([0, 1], axis=1).sum()),
    (".round", lambda x: (x * 7.3).round() * x),
    (".argmax", lambda x: x.ravel()[x.argmax()] + x[0, x.argmin(axis=1)[0]]),
    (".argsort", lambda x: x[0, x[0].argsort()]),
    (".nonzero", lambda x: x[(x > 0).nonzero()]),
    (".any", lambda x: x if (x > 2).any() and not (x > 2).all() else x**2),
    (".searchsorted", lambda x: x * np.array([0.0, 0.5]).searchsorted(0.3)),
    (".item", lambda x: x.item(2) * x.item((1, 1)) + x[0, 0].item()),
    (".tolist", lambda x: [v * 2 for row in x.tolist() for v in row]),
    (".copy", lambda x: x.copy() * x),
    (".astype", lambda x: x.astype(float) + x.astype("float64") + x.astype(np.double)),
    (".astype int", lambda x: x.astype(int) * x),
    (".view", lambda x: x.view() * 2),
    (".conj", lambda x: x.conj() + x.conjugate() + x.real + x.imag),
    (".T", lambda x: x.T[0] * 2),
    (".flat", lambda x: sum(v * k for k, v in enumerate(x.flat))),
    (".compress", lambda x: x.compress([True, False, True], axis=1)),
    (".choose", lambda x: np.array([0, 1, 0]).choose([x[0], x[1]])),
    (".diagonal", lambda x: x.diagonal()),
    (".shape", lambda x: x * x.shape[0] + x.size * x.ndim + x.nbytes + x.itemsize),
    (".dtype", lambda x: np.zeros(3, dtype=x.dtype) + x),
    (".partition", lambda x: np.partition(x, 1, axis=1)[:, 0]),
    ("len", lambda x: len(x) * x + sum(len(row) for row in x)),
    (
        "operators",
        lambda x: (
            -x + +x - abs(x) ** 2 + 2**x - x / 3 + 3 / (x + 9) + x // 1 + x % 0.67 + divmod(x, 2)[1]
        ),
    ),
    ("iteration", lambda x: [a * b + c for a, b, c in x]),
    ("unpacking", lambda x: (lambda a, b: a * b)(*x)),
    ("contains", lambda x: x * 2 if 99.0 not in x else x),
    ("comparison", lambda x: x[x > 0.2].sum() * (x > 0).mean()),
    ("None as an axis", lambda x: x[:, None, :] - x[None]),
    ("ellipsis", lambda x: x[..., 0] + x[..., -1]),
    ("negative steps", lambda x: x[::-1, ::-2]),
    ("boolean row", lambda x: x[:, np.array([True, False, True])]),
    ("lists as index", lambda x: x[[0, 1, 1], [2, 1, 0]]),
]
TRIALS = [
    *[(f"{name} of what varies", f, M) for name, f in MADE],
    *[
        (f"{name} of an array made", (lambda f: lambda x: f(np.outer(x[:2], x[1:]) + 0.03))(f), V)
        for name, f in MADE
    ],
    *[(f"{name} of a store", (lambda f: lambda x: f(stored(x)))(f), M) for name, f in MADE],
    (".mT", lambda x: x.swapaxes(-1, -2) @ x, C),
    (".sort", lambda x: np.sort(x)[0] * P, W),
    (".dot of plain", lambda x: S.dot(x), V[:3]),
    (".clip of plain", lambda x: V.clip(x, 1.0), 0.3),
    ("plain @ x", lambda x: S @ x + x @ S, V[:3]),
    ("plain ** x", lambda x: P**x, V),
]


def stored(x):
    """x, element by element in a fresh array."""
    a = np.zeros((2, 3))
    for i in range(2):
        for j in range(3):
            a[i, j] = x[i, j]
    return a
