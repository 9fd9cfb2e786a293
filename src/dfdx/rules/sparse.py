"""Sparse matrices as coordinates: data[k] stands at (rows[k], cols[k]), repeated places add up.

The places are fixed, the data may be anything that varies. A product gathers and scatters; the
solution of a system solves again for its tangent, with the places exchanged for its transpose.
"""

import numpy as np

from ..contraction import contraction
from ..implicit import Implicit
from ..primitive import shape_of
from ..structure import Scatter, take

_cards = {}


def product(data, rows, cols, size, x):
    """A x for a matrix of the size (m, n) and a vector or matrix x."""
    m, _ = size
    picked = take(x, (cols,))
    letters = "k,k->k" if len(shape_of(x)) == 1 else "k,kj->kj"
    return Scatter((rows,), (m, *shape_of(x)[1:]))(contraction(letters)(data, picked))


def dense(data, rows, cols, size):
    """The matrix with all its zeros."""
    return Scatter((rows, cols), tuple(size))(data)


def coordinate_solve(rows, cols, n):
    """The primitive (data, B) ↦ X with A X = B, for matrices B."""
    rows, cols = (np.ascontiguousarray(v, dtype=np.intp) for v in (rows, cols))
    key = rows.tobytes(), cols.tobytes(), n
    if key not in _cards:
        if len(_cards) > 64:
            _cards.clear()
        _cards[key] = _made(rows, cols, n)
    return _cards[key]


def _made(rows, cols, n):
    factored = []  # the last data with the factors of their matrix

    def value(data, b):
        from scipy.sparse import csc_array
        from scipy.sparse.linalg import splu

        if np.ndim(data) > 1:
            return np.stack([value(d, v) for d, v in zip(data, b, strict=True)])
        if not factored or not np.array_equal(factored[0], data):
            matrix = csc_array((np.asarray(data, dtype=float), (rows, cols)), shape=(n, n))
            try:
                factored[:] = np.array(data, dtype=float), splu(matrix)
            except RuntimeError as singular:
                raise np.linalg.LinAlgError(str(singular)) from None
        return factored[1].solve(np.asarray(b, dtype=float))

    def shape(data, b):
        if b[-2] != n:
            raise ValueError(f"a system of {n} equations has a right-hand side of shape {b}")
        return b

    def tangent(y, xs, dxs):
        return -here(xs[0], product(dxs[0], rows, cols, (n, n), y))

    def turned(g, xs):
        return coordinate_solve(cols, rows, n)(xs[0], g)

    here = Implicit("sparse_solve", value, shape, tangent, arity=2, linear=(1, turned))
    return here
