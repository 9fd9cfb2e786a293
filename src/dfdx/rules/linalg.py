"""Linear algebra: each card is the equation's tangent, and works on stacks of matrices.

The reverse rules follow by transposing the tangents. Sources: Giles 2008, An extended
collection of matrix derivative results for forward and reverse mode AD; Magnus &
Neudecker, Matrix Differential Calculus; Golub & Pereyra 1973 (pseudo-inverse);
Al-Mohy & Higham 2009 (exponential).

Where NumPy reads one triangle of a symmetric matrix (cholesky, eigh), so does the
derivative: the other triangle's entries have slope 0, the entries read count twice.
"""

import numpy as np

from ..implicit import implicit
from ..primitive import shape_of
from ..structure import scalar
from .linalg_degenerate import adjugate_tangent, cofactors, rank_gap
from .linalg_tools import (
    inner,
    mirrored,
    mm,
    positive_definite,
    regular,
    scaled,
    square,
    trace,
    transposed,
    triangle,
    weighted,
)

inv = implicit(
    "inv",
    np.linalg.inv,
    square,
    lambda y, xs, dxs: -mm(mm(y, dxs[0]), y),
    example=lambda rng: (regular(rng),),
)


def _solve_shape(a, b):
    square(a)
    if len(b) != len(a) or a[:-1] != b[:-1]:
        raise ValueError(f"cannot solve with a matrix of shape {a} and a right-hand side of {b}")
    return b


solve = implicit(  # A Y = B for matrices B
    "solve",
    np.linalg.solve,
    _solve_shape,
    lambda y, xs, dxs: -solve(xs[0], mm(dxs[0], y)),
    arity=2,
    linear=(1, lambda g, xs: solve(transposed(xs[0]), g)),
    example=lambda rng: (regular(rng), rng.normal(size=(3, 2))),
)

det = implicit(
    "det",
    lambda a: scalar(np.linalg.det(a)),
    lambda a: square(a)[:-2],
    lambda y, xs, dxs: inner(cofactor(xs[0]), dxs[0]),
    example=lambda rng: (regular(rng),),
)
cofactor = implicit(  # the gradient of the determinant: det(A) A⁻ᵀ, also where A is singular
    "cofactor",
    cofactors,
    square,
    lambda y, xs, dxs: cofactor_slope(xs[0], dxs[0]),
    example=lambda rng: (regular(rng),),
)
cofactor_slope = implicit(  # the tangent of the cofactors along H; symmetric in A's two directions
    "cofactor_slope",
    adjugate_tangent,
    lambda a, h: square(a),
    lambda y, xs, dxs: _third(xs[0], xs[1], dxs[0]),
    arity=2,
    linear=(1, lambda g, xs: cofactor_slope(xs[0], g)),
    example=lambda rng: (regular(rng), rng.normal(size=(3, 3))),
)


def _third(a, h, da):
    """The tangent of det(A) (tr(X H) Xᵀ − (X H X)ᵀ), X = A⁻¹, along dA; A must be regular."""
    x, c = inv(a), cofactor(a)
    p, q = mm(x, h), mm(x, da)
    tp, tq = trace(p), trace(q)
    mixed = tp * tq - trace(mm(p, q))
    first = scaled(mixed, c)
    both = mm(mm(p, q), x) + mm(mm(q, p), x)
    rest = scaled(tp, mm(q, x)) + scaled(tq, mm(p, x))
    return first + scaled(det(a), transposed(both - rest))


slogdet = implicit(
    "slogdet",
    lambda a: tuple(scalar(y) for y in np.linalg.slogdet(a)),
    lambda a: (square(a)[:-2], a[:-2]),
    lambda y, xs, dxs: (None, trace(solve(xs[0], dxs[0]))),
    outputs=2,
    example=lambda rng: (regular(rng),),
)


def _cholesky_tangent(y, xs, dxs):
    n = shape_of(y)[-1]
    left = solve(y, mirrored(dxs[0]))
    both = transposed(solve(y, transposed(left)))
    return mm(y, weighted(both, triangle(n, 0.5)))


cholesky = implicit(
    "cholesky",
    np.linalg.cholesky,
    square,
    _cholesky_tangent,
    example=lambda rng: (positive_definite(rng),),
)


def _qr_tangent(y, xs, dxs):
    q, r = y
    n = shape_of(r)[-1]
    a = transposed(solve(transposed(r), transposed(dxs[0])))  # dA R⁻¹
    m = mm(transposed(q), a)
    low = weighted(m, triangle(n, 0.0))
    up = m - low + transposed(low)  # dR R⁻¹
    return a - mm(q, up), mm(up, r)


qr = implicit(  # the reduced decomposition of matrices with at least as many rows as columns
    "qr",
    lambda a: tuple(np.linalg.qr(a)),
    lambda a: (a, (*a[:-2], a[-1], a[-1])),
    _qr_tangent,
    outputs=2,
    example=lambda rng: (rng.normal(size=(4, 3)),),
)


def _pinv_tangent(y, xs, dxs):
    """Golub & Pereyra: −Y dA Y + Y Yᵀ dAᵀ (I − A Y) + (I − Y A) dAᵀ Yᵀ Y, for constant rank."""
    (a,), (da,) = xs, dxs
    at, yt = transposed(da), transposed(y)
    first = mm(mm(y, yt), at)
    last = mm(at, mm(yt, y))
    return first - mm(mm(first, a), y) + last - mm(y, mm(a, last)) - mm(mm(y, da), y)


pinv = implicit(
    "pinv",
    np.linalg.pinv,
    lambda a: (*a[:-2], a[-1], a[-2]),
    _pinv_tangent,
    breaks=rank_gap,
    example=lambda rng: (rng.normal(size=(4, 3)),),
)


def _lstsq(a, b):
    if a.ndim == 2:
        return np.linalg.lstsq(a, b, rcond=None)[0]
    flat = zip(a.reshape(-1, *a.shape[-2:]), b.reshape(-1, *b.shape[-2:]), strict=True)
    return np.stack([_lstsq(p, q) for p, q in flat]).reshape(
        *a.shape[:-2], a.shape[-1], b.shape[-1]
    )


def _lstsq_tangent(y, xs, dxs):
    """dA⁺ b by Golub & Pereyra, with A⁺ b = y."""
    (a, b), da = xs, dxs[0]
    p = pinv(a)
    pt, at = transposed(p), transposed(da)
    outside = mm(p, mm(pt, mm(at, b - mm(a, y))))
    least = mm(at, mm(pt, y))
    return outside + least - mm(p, mm(a, least)) - mm(p, mm(da, y))


lstsq = implicit(  # the least-squares solution, of least norm, for matrices B
    "lstsq",
    _lstsq,
    lambda a, b: (*a[:-2], a[-1], b[-1]),
    _lstsq_tangent,
    arity=2,
    linear=(1, lambda g, xs: mm(transposed(pinv(xs[0])), g)),
    breaks=lambda a, b: rank_gap(a),
    example=lambda rng: (rng.normal(size=(4, 3)), rng.normal(size=(4, 2))),
)
