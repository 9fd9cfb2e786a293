"""Orthonormal bases of what a matrix does not reach: the columns that complete U in the SVD, Q in QR.

They are determined up to a rotation among themselves. Of all that move with the matrix the
basis that does not turn in itself is taken, so whatever does not depend on the rotation (a
projector, a distance) has its right derivative: from U₂ᵀU₁ = 0 follows dU₂ = −U₁ dU₁ᵀ U₂.
"""

import numpy as np

from ..implicit import implicit
from ..primitive import items
from . import linalg, linalg_spectral
from .linalg_tools import mm, transposed


def _complement(name, value, reached, example):
    """The card of the completing columns; `reached(x)` are the columns that x determines."""

    def tangent(y, xs, dxs):
        basis, slope = reached(xs[0], dxs[0])
        return -mm(basis, mm(transposed(slope), y))

    return implicit(
        name,
        value,
        lambda a: (*a[:-1], a[-2] - a[-1]),
        tangent,
        example=lambda rng: (example(rng),),
    )


def _left(a, da):
    y = items(linalg_spectral.svd, linalg_spectral.svd(a))
    return y[0], linalg_spectral.svd.tangent(y, (a,), (da,))[0]


def _first(a, da):
    y = items(linalg.qr, linalg.qr(a))
    return y[0], linalg.qr.tangent(y, (a,), (da,))[0]


def _tall(rng):
    return rng.normal(size=(4, 3))  # one column completes it: up to its sign it is determined


rest_of_u = _complement(  # of a matrix with more rows than columns
    "rest_of_u", lambda a: np.linalg.svd(a)[0][..., a.shape[-1] :], _left, _tall
)
rest_of_v = _complement(  # of the transpose of a matrix with more columns than rows
    "rest_of_v",
    lambda a: np.swapaxes(np.linalg.svd(np.swapaxes(a, -1, -2))[2], -1, -2)[..., a.shape[-1] :],
    _left,
    _tall,
)
rest_of_q = _complement(
    "rest_of_q", lambda a: np.linalg.qr(a, mode="complete")[0][..., a.shape[-1] :], _first, _tall
)
