"""The factors of A = L U without exchanges of rows: d L = L low(L⁻¹ dA U⁻¹), d U = up(L⁻¹ dA U⁻¹) U.

Exchanges are made before, by taking rows: which ones is a choice that is constant between jumps.
"""

import numpy as np

from ..implicit import implicit
from ..primitive import shape_of
from .linalg import solve
from .linalg_tools import mm, positive_definite, square, transposed, triangle, weighted


def _factors(a):
    """Doolittle's elimination on stacks of matrices."""
    n = a.shape[-1]
    u = np.array(a, dtype=float)
    low = np.broadcast_to(np.eye(n), a.shape).copy()
    for k in range(n - 1):
        low[..., k + 1 :, k] = u[..., k + 1 :, k] / u[..., k, k][..., None]
        u[..., k + 1 :, :] -= low[..., k + 1 :, k][..., None] * u[..., k, None, :]
        u[..., k + 1 :, k] = 0.0
    return low, u


def _tangent(y, xs, dxs):
    low, up = y
    n = shape_of(up)[-1]
    inner = solve(low, dxs[0])
    m = transposed(solve(transposed(up), transposed(inner)))
    below = weighted(m, triangle(n, 0.0))
    return mm(low, below), mm(m - below, up)


lu = implicit(
    "lu",
    _factors,
    lambda a: (square(a), a),
    _tangent,
    outputs=2,
    example=lambda rng: (positive_definite(rng),),
)
