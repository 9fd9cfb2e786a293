"""Products of arrays."""

import numpy as np

from . import C, M, S, V, W

TRIALS = [
    ("dot", lambda a, b: np.dot(a, b), M, S),
    ("dot of cubes", lambda a: np.dot(a, a[0].T), C),
    ("vdot", lambda a, b: np.vdot(a, b), V, W),
    ("inner", lambda a, b: np.inner(a, b), M, S),
    ("outer", lambda a, b: np.outer(a, b), V, M),
    ("matmul", lambda a, b: np.matmul(a, b), C, W),
    ("matmul of stacks", lambda a: a @ np.swapaxes(a, 1, 2), C),
    ("matmul with axes", lambda a: np.matmul(a, a, axes=[(0, 1), (1, 0), (0, 1)]), S),
    ("tensordot", lambda a, b: np.tensordot(a, b, axes=([2, 1], [0, 1])), C, C[0].T),
    ("einsum", lambda a, b: np.einsum("ijk,kj->i", a, b), C, C[0].T),
    ("einsum implicit", lambda a: np.einsum("ij,jk", a, a), S),
    ("einsum diagonal", lambda a: np.einsum("ii->i", a), S),
    ("einsum with dots", lambda a: np.einsum("...ij,...j", a, W, optimize=True), C),
    ("einsum from lists", lambda a: np.einsum(a, [0, 1], a, [1, 2], [0, 2]), S),
    ("kron", lambda a, b: np.kron(a, b), M, V),
    ("cross", lambda a, b: np.cross(a, b), S, S[::-1] + 0.1),
    ("cross along an axis", lambda a: np.cross(a, a[:, ::-1] + 1, axis=0), S),
    ("trace", lambda a: np.trace(a, 1, 0, 2), C),
    ("convolve", lambda a, b: np.convolve(a, b), V, W[:3]),
    ("convolve same", lambda a, b: np.convolve(a, b, "same"), V, W[:3]),
    ("convolve valid", lambda a, b: np.convolve(a, b, mode="valid"), V[:2], W),
    ("correlate", lambda a, b: np.correlate(a, b), V, W[:3]),
    ("correlate full", lambda a, b: np.correlate(a, b, "full"), V[:2], W),
    ("correlate same", lambda a, b: np.correlate(a, b, "same"), V[:3], W),
    ("vecdot", lambda a, b: np.sum(a * b, -1), V, W),
    ("operator @ with a list", lambda a: a @ [1.0, 2.0, 3.0], M),
]
if hasattr(np, "matvec"):
    TRIALS += [
        ("matvec", lambda a, x: np.matvec(a, x), C, W),
        ("vecmat", lambda a, x: np.vecmat(x, a), C, W[:3]),
        ("vecdot of stacks", lambda a: np.vecdot(a, a, axis=1), C),
        ("matrix_transpose of stacks", lambda a: np.matrix_transpose(a), C),
        ("cumulative_sum", lambda x: np.cumulative_sum(x, include_initial=True), V),
        ("cumulative_prod", lambda x: np.cumulative_prod(x), V),
        ("unstack of rows", lambda x: np.unstack(x, axis=1), M),
        ("unique_values", lambda x: np.unique_values(x), V),
        ("astype", lambda x: np.astype(x, float), V),
    ]
