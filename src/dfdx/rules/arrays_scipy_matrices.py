"""scipy.linalg: matrices of a special form, and systems of equations with them.

A form says which element stands where, so it is SciPy's own function of the places. Bands are the
diagonals of a matrix in rows.
"""

from itertools import pairwise

import numpy as np

from ..errors import NotTraceable
from ..primitive import shape_of
from ..structure import Concatenate, Scatter, reshape, take
from .arrays import flat, operand
from .arrays_joins import block
from .arrays_linalg import cholesky, eigh, eigvalsh, solve
from .arrays_products import matmul
from .arrays_scipy import refuse, scipy
from .sparse import coordinate_solve


def _vector(x):
    x = operand(x)
    if len(shape_of(x)) > 1:
        raise NotTraceable("stacks of sequences are not followed here; call it for each of them")
    return flat(x)


def _places(name, *xs):
    """The matrix of that form, with the elements of the sequences in their places."""
    from scipy import linalg

    sizes = [shape_of(x)[0] for x in xs]
    ends = np.cumsum([0, *sizes])
    counts = [np.arange(a, b) for a, b in pairwise(ends)]
    index = getattr(linalg, name)(*counts)
    return take(Concatenate(0)(*xs) if len(xs) > 1 else xs[0], index.astype(int))


@scipy("linalg.toeplitz")
def toeplitz(c, r=None):
    return _places("toeplitz", *(_vector(x) for x in (c, r) if x is not None))


@scipy("linalg.circulant")
def circulant(c):
    return _places("circulant", _vector(c))


@scipy("linalg.hankel")
def hankel(c, r=None):
    c = _vector(c)
    return _places("hankel", c, np.zeros(shape_of(c)) if r is None else _vector(r))


@scipy("linalg.companion")
def companion(a):
    a = _vector(a)
    n = shape_of(a)[0] - 1
    top = reshape(-take(a, slice(1, None)) / take(a, 0), (1, n))
    return Concatenate(0)(top, np.eye(n - 1, n)) if n > 1 else top


@scipy("linalg.leslie")
def leslie(f, s):
    f, s = _vector(f), _vector(s)
    n = shape_of(f)[0]
    top = Scatter((0, np.arange(n)), (n, n))(f)
    return top + Scatter((np.arange(1, n), np.arange(n - 1)), (n, n))(s)


@scipy("linalg.block_diag")
def block_diag(*arrs):
    parts = [operand(a) for a in arrs]
    if any(len(shape_of(p)) > 2 for p in parts):
        raise NotTraceable("scipy.linalg.block_diag: stacks of matrices are not followed")
    parts = [p if len(shape_of(p)) == 2 else reshape(p, (1, _length(p))) for p in parts]
    shapes = [shape_of(p) for p in parts]
    rows = [
        [p if i == j else np.zeros((shapes[i][0], shapes[j][1])) for j in range(len(parts))]
        for i, p in enumerate(parts)
    ]
    return block(rows)


def _length(x):
    return shape_of(x)[0] if shape_of(x) else 1


@scipy("linalg.khatri_rao")
def khatri_rao(a, b):
    from ..contraction import contraction

    x, y = operand(a), operand(b)
    (m, n), (k, _) = shape_of(x), shape_of(y)
    return reshape(contraction("ij,kj->ikj")(x, y), (m * k, n))


# systems of equations
def _columns(b):
    """The right-hand sides in columns, and the shape to return to."""
    b = operand(b)
    return (reshape(b, (shape_of(b)[0], 1)) if len(shape_of(b)) == 1 else b), shape_of(b)


def _solved_bands(data, rows, cols, n, b):
    b, shape = _columns(b)
    return reshape(coordinate_solve(rows, cols, n)(data, b), shape)


def _band_places(low, up, n):
    """Rows and columns of the diagonals in rows, and where in the bands they stand."""
    r, j = np.indices((low + up + 1, n))
    i = r - up + j
    inside = (i >= 0) & (i < n)
    return i[inside], j[inside], np.flatnonzero(inside.ravel())


@scipy("linalg.solve_banded")
def solve_banded(l_and_u, ab, b):
    low, up = l_and_u
    ab = operand(ab)
    n = shape_of(ab)[-1]
    rows, cols, where = _band_places(low, up, n)
    return _solved_bands(take(flat(ab), where), rows, cols, n, b)


def _whole_band(ab, lower):
    """(data, rows, columns) of the symmetric matrix of which ab has half the diagonals."""
    half = shape_of(ab)[0] - 1
    n = shape_of(ab)[-1]
    rows, cols, where = _band_places(half, 0, n) if lower else _band_places(0, half, n)
    data = take(flat(ab), where)
    beside = np.flatnonzero(rows != cols)
    rows, cols = np.append(rows, cols[beside]), np.append(cols, rows[beside])
    return Concatenate(0)(data, take(data, beside)), rows, cols, n


@scipy("linalg.solveh_banded")
def solveh_banded(ab, b, lower=False):
    return _solved_bands(*_whole_band(operand(ab), lower), b)


def _dense(data, rows, cols, n):
    return Scatter((rows, cols), (n, n))(data)


@scipy("linalg.cholesky_banded")
def cholesky_banded(ab, lower=False):
    ab = operand(ab)
    half, n = shape_of(ab)[0] - 1, shape_of(ab)[1]
    c = cholesky(_dense(*_whole_band(ab, lower)), upper=not lower)
    rows, cols, where = _band_places(half, 0, n) if lower else _band_places(0, half, n)
    return reshape(Scatter(where, ((half + 1) * n,))(take(c, (rows, cols))), (half + 1, n))


@scipy("linalg.cho_solve_banded")
def cho_solve_banded(cb_and_lower, b):
    cb, lower = cb_and_lower
    cb = operand(cb)
    half, n = shape_of(cb)[0] - 1, shape_of(cb)[1]
    rows, cols, where = _band_places(half, 0, n) if lower else _band_places(0, half, n)
    data = take(flat(cb), where)
    first, second = ((rows, cols), (cols, rows)) if lower else ((cols, rows), (rows, cols))
    return _solved_bands(data, *second, n, _solved_bands(data, *first, n, b))


@scipy("linalg.solve_toeplitz")
def solve_toeplitz(c_or_cr, b):
    c, r = c_or_cr if isinstance(c_or_cr, tuple) else (c_or_cr, None)
    return solve(toeplitz(c, r), b)


@scipy("linalg.matmul_toeplitz")
def matmul_toeplitz(c_or_cr, x, workers=None):
    c, r = c_or_cr if isinstance(c_or_cr, tuple) else (c_or_cr, None)
    return matmul(toeplitz(c, r), operand(x))


@scipy("linalg.solve_circulant")
def solve_circulant(c, b, singular="raise", tol=None, caxis=-1, baxis=0, outaxis=0):
    axes = None if (caxis, baxis, outaxis) in ((-1, 0, 0), (0, 0, 0)) else (caxis, baxis, outaxis)
    refuse("linalg.solve_circulant", axes=axes, tol=tol)
    return solve(circulant(c), b)


def _tridiagonal(d, e):
    d, e = _vector(d), _vector(e)
    n = shape_of(d)[0]
    k = np.arange(n)
    x = Scatter((k, k), (n, n))(d)
    return x + Scatter((k[1:], k[:-1]), (n, n))(e) if n > 1 else x


@scipy("linalg.eigh_tridiagonal")
def eigh_tridiagonal(d, e, eigvals_only=False, select="a", select_range=None, tol=0.0):
    refuse("linalg.eigh_tridiagonal", select_range=select_range)
    x = _tridiagonal(d, e)
    return eigvalsh(x) if eigvals_only else tuple(eigh(x))


@scipy("linalg.eigvalsh_tridiagonal")
def eigvalsh_tridiagonal(d, e, select="a", select_range=None, tol=0.0):
    return eigh_tridiagonal(d, e, True, select, select_range)
