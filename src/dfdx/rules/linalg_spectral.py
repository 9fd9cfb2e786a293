"""Eigenvalues and singular values, as tangents of their equations, on stacks of matrices.

Source: Magnus & Neudecker, Matrix Differential Calculus, ch. 9; Giles 2008, sections
3.1 and 3.2. A repeated eigenvalue is a break: the trace notes it, the eigenvectors'
tangents are nan there.
"""

import numpy as np

from ..contraction import contraction
from ..errors import NotTraceable
from ..implicit import implicit
from ..primitive import items, shape_of
from .linalg import solve
from .linalg_degenerate import distances, gaps, inverse_gaps, reciprocals
from .linalg_tools import (
    batch_letters,
    columns,
    diagonal,
    mirrored,
    mm,
    positive_definite,
    rows,
    square,
    times,
    transposed,
)


def _eigh_tangent(y, xs, dxs):
    w, v = y
    p = mm(transposed(v), mm(mirrored(dxs[0]), v))
    return diagonal(p), mm(v, times(inverse_gaps(w), p))


eigh = implicit(  # eigenvalues in ascending order, eigenvectors in columns
    "eigh",
    lambda a: tuple(np.linalg.eigh(a)),
    lambda a: (square(a)[:-1], a),
    _eigh_tangent,
    outputs=2,
    breaks=lambda a: gaps(np.linalg.eigvalsh(a), a),
    example=lambda rng: (positive_definite(rng),),
)


def _eigvalsh_tangent(y, xs, dxs):
    v = items(eigh, eigh(xs[0]))[1]
    return diagonal(mm(transposed(v), mm(mirrored(dxs[0]), v)))


eigvalsh = implicit(
    "eigvalsh",
    np.linalg.eigvalsh,
    lambda a: square(a)[:-1],
    _eigvalsh_tangent,
    breaks=lambda a: gaps(np.linalg.eigvalsh(a), a),
    example=lambda rng: (positive_definite(rng),),
)


def _real_eig(a):
    w, v = np.linalg.eig(a)
    if np.any(np.imag(w)):
        raise NotTraceable(
            "np.linalg.eig: the matrix has complex eigenvalues, and dfdx differentiates real "
            "numbers here; for a symmetric matrix use np.linalg.eigh"
        )
    return np.real(w), np.real(v)  # NumPy 2.5 and later always give complex arrays


def _eig_tangent(y, xs, dxs):
    w, v = y
    p = solve(v, mm(dxs[0], v))
    s = batch_letters(p)
    dv = mm(v, times(inverse_gaps(w), p))
    along = contraction(f"{s}XY,{s}XY->{s}Y")(v, dv)  # columns keep their length
    return diagonal(p), dv - columns(v, along)


eig = implicit(  # real eigenvalues of a matrix without symmetry, eigenvectors of length 1
    "eig",
    _real_eig,
    lambda a: (square(a)[:-1], a),
    _eig_tangent,
    outputs=2,
    breaks=lambda a: gaps(np.sort(_real_eig(a)[0], axis=-1), a),
    example=lambda rng: (np.diag([1.0, 2.0, 4.0]) + rng.normal(size=(3, 3)) / 8,),
)


def _svd(a):
    return tuple(np.linalg.svd(a, full_matrices=False))


def _svd_shape(a):
    k = min(a[-2:])
    return (*a[:-1], k), (*a[:-2], k), (*a[:-2], k, a[-1])


def _svd_tangent(y, xs, dxs):
    u, s, vh = y
    v, da = transposed(vh), dxs[0]
    m, n = shape_of(da)[-2:]
    ut = transposed(u)
    p = mm(mm(ut, da), v)
    q = transposed(p)
    f = inverse_gaps(s, squared=True)
    du = mm(u, times(f, columns(p, s) + rows(s, q)))
    dv = mm(v, times(f, rows(s, p) + columns(q, s)))
    if m > n:
        rest = mm(da, v)
        du = du + columns(rest - mm(u, mm(ut, rest)), reciprocals(s))
    if n > m:
        rest = mm(transposed(da), u)
        dv = dv + columns(rest - mm(v, mm(vh, rest)), reciprocals(s))
    return du, diagonal(p), transposed(dv)


svd = implicit(  # the reduced decomposition U, S, Vᵀ
    "svd",
    _svd,
    _svd_shape,
    _svd_tangent,
    outputs=3,
    breaks=lambda a: distances(np.linalg.svd(a, compute_uv=False), a),
    example=lambda rng: (rng.normal(size=(4, 3)),),
)


def _svdvals_tangent(y, xs, dxs):
    u, _, vh = items(svd, svd(xs[0]))
    return diagonal(mm(mm(transposed(u), dxs[0]), transposed(vh)))


svdvals = implicit(
    "svdvals",
    lambda a: np.linalg.svd(a, compute_uv=False),
    lambda a: (*a[:-2], min(a[-2:])),
    _svdvals_tangent,
    breaks=lambda a: distances(np.linalg.svd(a, compute_uv=False), a),
    example=lambda rng: (rng.normal(size=(3, 4)),),
)
