"""Stand-ins for scipy.sparse: products with traced vectors, matrices made of traced data."""

from functools import cache, partial

import numpy as np
from scipy import sparse as theirs
from scipy.sparse import linalg as solvers

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import flat, operand
from ....structure import reshape, take
from .sparse_arrays import SparseArray, as_coordinates, joined, where_sparse
from .sparse_solvers import SOLVERS, factored_solve

_FORMATS = ("csr", "csc", "coo", "bsr", "dia", "lil", "dok")


# made of traced data
def _made(kind, matrix):
    """The stand-in of the classes of a format."""

    def construct(arg1, shape=None, dtype=None, copy=False, **options):
        if isinstance(arg1, SparseArray) or theirs.issparse(arg1):
            return as_coordinates(arg1)
        if isinstance(arg1, tuple) and kind == "dia":
            return _of_diagonals(*arg1, shape, matrix)
        if isinstance(arg1, tuple) and len(arg1) == 2:
            data, (rows, cols) = arg1
            data = flat(operand(data))
            rows, cols = np.asarray(rows).ravel(), np.asarray(cols).ravel()
            shape = shape or (rows.max() + 1, cols.max() + 1)
            return SparseArray(data, rows, cols, shape, matrix)
        if isinstance(arg1, tuple) and kind in ("csr", "csc"):
            return _compressed(*arg1, shape, matrix, kind == "csr")
        if isinstance(arg1, tuple):
            raise NotTraceable(f"scipy.sparse.{kind}: this form of data is not followed")
        return as_coordinates(arg1, matrix)

    return construct


def _compressed(data, indices, indptr, shape, matrix, by_rows):
    indices, counts = np.asarray(indices), np.diff(indptr)
    lines = np.repeat(np.arange(len(counts)), counts)
    if shape is None:
        shape = (len(counts), indices.max() + 1)
        shape = shape if by_rows else shape[::-1]
    rows, cols = (lines, indices) if by_rows else (indices, lines)
    return SparseArray(operand(data), rows, cols, shape, matrix)


def _of_diagonals(data, offsets, shape, matrix):
    """The format of diagonals: data[k, j] stands in column j of the diagonal offsets[k]."""
    data, offsets = operand(data), np.atleast_1d(offsets)
    data = reshape(data, (1, *shape_of(data))) if len(shape_of(data)) == 1 else data
    k, cols = np.indices(shape_of(data))
    rows = cols - offsets[k]
    inside = (rows >= 0) & (rows < shape[0]) & (cols < shape[1])
    return SparseArray(
        take(data, (k[inside], cols[inside])), rows[inside], cols[inside], shape, matrix
    )


def _diagonals(matrix, diagonals, offsets=0, shape=None, format=None, dtype=None):
    """scipy.sparse.diags: every diagonal with its own length; a number fills its diagonal."""
    if np.ndim(offsets) == 0:
        one = not isinstance(diagonals, (list, tuple)) or not any(map(shape_of, diagonals))
        diagonals = [diagonals] if one else diagonals
    offsets = np.atleast_1d(offsets)
    lines = [operand(d) for d in diagonals]
    if shape is None:
        n = shape_of(lines[0])[0] + abs(int(offsets[0]))
        shape = (n, n)
    parts = []
    for line, offset in zip(lines, offsets, strict=True):
        length = min(shape[0] + min(offset, 0), shape[1] - max(offset, 0))
        line = line if shape_of(line) and shape_of(line)[0] != 1 else line + np.zeros(length)
        if shape_of(line)[0] < length:
            raise ValueError(f"Diagonal length does not agree with array size: {shape}")
        k = np.arange(length)
        parts.append(
            SparseArray(take(line, slice(0, length)), k - min(offset, 0), k + max(offset, 0), shape)
        )
    return joined(parts, shape, matrix)


def spdiags(data, diags, m=None, n=None, format=None):
    shape = m if n is None else (m, n)
    return _of_diagonals(data, diags, shape, True)


def kron(A, B, format=None):
    a, b = as_coordinates(A), as_coordinates(B)
    data = flat(np.multiply.outer(operand(a.data), operand(b.data)))
    rows = np.add.outer(a.rows * b.shape[0], b.rows).ravel()
    cols = np.add.outer(a.cols * b.shape[1], b.cols).ravel()
    shape = a.shape[0] * b.shape[0], a.shape[1] * b.shape[1]
    return SparseArray(data, rows, cols, shape, a.matrix or b.matrix)


def bmat(blocks, format=None, dtype=None):
    grid = [[None if b is None else as_coordinates(b) for b in row] for row in blocks]
    heights = [next(b.shape[0] for b in row if b is not None) for row in grid]
    widths = [
        next(b.shape[1] for b in column if b is not None) for column in zip(*grid, strict=True)
    ]
    tops, lefts = np.cumsum([0, *heights]), np.cumsum([0, *widths])
    shape = tops[-1], lefts[-1]
    parts = [
        SparseArray(b.data, b.rows + tops[i], b.cols + lefts[j], shape, b.matrix)
        for i, row in enumerate(grid)
        for j, b in enumerate(row)
        if b is not None
    ]
    return joined(parts, shape, all(p.matrix for p in parts))


def vstack(blocks, format=None, dtype=None):
    return bmat([[b] for b in blocks])


def hstack(blocks, format=None, dtype=None):
    return bmat([list(blocks)])


def block_diag(mats, format=None, dtype=None):
    mats = list(mats)
    return bmat([[m if i == j else None for j in range(len(mats))] for i, m in enumerate(mats)])


# operators of plain matrices with traced operands
def _operator(name):
    def operation(self, other, *rest):
        return getattr(as_coordinates(self), name)(other, *rest)

    return operation


def _solve_by_factors(factors, *args, **kwargs):
    return factors.solve(*args, **kwargs)


_OPERATORS = (
    "__matmul__", "__rmatmul__", "__mul__", "__rmul__", "__add__", "__radd__", "__sub__",
    "__rsub__", "__truediv__", "dot", "multiply",
)  # fmt: skip


@cache
def stand_ins():
    """From the classes, functions and methods of scipy.sparse to their stand-ins."""
    made = {}
    for kind in _FORMATS:
        for suffix in ("matrix", "array"):
            cls = getattr(theirs, f"{kind}_{suffix}")
            made[cls] = where_sparse(cls, _made(kind, suffix == "matrix"))
            for line in cls.__mro__:
                for name in _OPERATORS:
                    function = vars(line).get(name)
                    if callable(function) and line.__module__.startswith("scipy.sparse"):
                        made.setdefault(function, where_sparse(function, _operator(name)))
    made[theirs.diags] = where_sparse(theirs.diags, partial(_diagonals, True))
    if hasattr(theirs, "diags_array"):
        made[theirs.diags_array] = where_sparse(
            theirs.diags_array, lambda d, /, *, offsets=0, **o: _diagonals(False, d, offsets, **o)
        )
    for ours in (spdiags, kron, bmat, vstack, hstack, block_diag):
        function = getattr(theirs, ours.__name__)
        made[function] = where_sparse(function, ours)
    if hasattr(theirs, "block_array"):
        made[theirs.block_array] = where_sparse(theirs.block_array, bmat)
    for name, ours in SOLVERS.items():
        function = getattr(solvers, name)
        made[function] = where_sparse(function, ours)
    made[solvers.SuperLU] = where_sparse(_solve_by_factors, factored_solve)
    return made
