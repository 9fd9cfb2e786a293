"""Where linear algebra degenerates: equal eigenvalues, zero singular values, singular matrices.

An eigenvector has no derivative where its eigenvalue is repeated: the reciprocal
gap is nan there, never a huge number, and `gaps` tells the trace that it stands on
a break. Cofactors are products of singular values, so they need no inverse.
"""

from string import ascii_letters

import numpy as np

from ..choices import Choice
from ..contraction import contraction
from ..primitive import shape_of
from .arithmetic import divide

_EPS = float(np.finfo(float).eps)


def _tolerance(a):
    """Eigenvalues of a nearer to each other than this are equal, up to their rounding."""
    size = np.sqrt(np.sum(np.square(a), axis=(-2, -1)))
    return 4 * a.shape[-1] * _EPS * size[..., None]


def gaps(w, a):
    """The distances of neighbouring eigenvalues w of a, 0 where they are equal up to rounding."""
    apart = np.diff(w, axis=-1)
    return np.where(np.abs(apart) <= _tolerance(a), 0.0, apart)


def distances(s, a):
    """The same for singular values, with the last one's distance from 0."""
    whole = np.concatenate([s, np.zeros((*s.shape[:-1], 1))], axis=-1)
    return gaps(whole, a)


def rank_gap(a, *_):
    """The smallest singular value, 0 where a's rank is not full: there the pseudo-inverse jumps."""
    s = np.linalg.svd(a, compute_uv=False)
    return np.where(s[..., -1] <= 1e-15 * s[..., 0], 0.0, s[..., -1])


class Isolated(Choice):
    """For each pair of numbers 1, or nan where they are equal up to rounding; 0 on the diagonal."""

    __slots__ = ()
    name = "isolated"

    def __init__(self, axis=0):
        super().__init__(axis)

    def value(self, w):
        scale = np.max(np.abs(w), axis=-1, keepdims=True, initial=0.0)[..., None]
        gap = np.abs(w[..., None, :] - w[..., :, None])
        out = np.where(gap <= 4 * w.shape[-1] * _EPS * scale, np.nan, 1.0)
        out[..., *np.diag_indices(w.shape[-1])] = 0.0
        return out

    def shape(self, w):
        return (*w, w[-1])


class Nonzero(Choice):
    """For each number 1, or nan where it is 0 up to the rounding of the largest."""

    __slots__ = ()
    name = "nonzero"

    def __init__(self, axis=0):
        super().__init__(axis)

    def value(self, s):
        scale = np.max(np.abs(s), axis=-1, keepdims=True, initial=0.0)
        return np.where(np.abs(s) <= 4 * s.shape[-1] * _EPS * scale, np.nan, 1.0)


def inverse_gaps(w, squared=False):
    """1 / (w[j] − w[i]) off the diagonal, 0 on it; with `squared`, of the squares."""
    shape = shape_of(w)
    s, n = ascii_letters[: len(shape) - 1], shape[-1]
    right = contraction(f"{s}Y->{s}XY", {"X": n})(w)
    left = contraction(f"{s}X->{s}XY", {"Y": n})(w)
    gap = (right - left) * (right + left) if squared else right - left
    return divide(Isolated()(w), gap + np.eye(n))


def reciprocals(s):
    """1 / s, nan where s is 0."""
    return divide(Nonzero()(s), s)


def _others(s):
    """For each place the product of all numbers but that one, along the last axis."""
    before = np.ones_like(s)
    before[..., 1:] = np.cumprod(s[..., :-1], axis=-1)
    after = np.ones_like(s)
    after[..., :-1] = np.flip(np.cumprod(np.flip(s[..., 1:], -1), axis=-1), -1)
    return before * after


def _rotations(a):
    """(U, singular values, Vᵀ, det U det V)."""
    u, s, vh = np.linalg.svd(a)
    return u, s, vh, np.rint(np.linalg.det(u) * np.linalg.det(vh))[..., None, None]


def cofactors(a):
    """The matrix of cofactors, det(A) A⁻ᵀ for a regular A, from products of singular values."""
    u, s, vh, turn = _rotations(a)
    return turn * (u * _others(s)[..., None, :]) @ vh


def adjugate_tangent(a, h):
    """The tangent of the cofactors of A along H, without an inverse.

    With M = Uᵀ H V and P[i, j] the product of all singular values but two, the
    cofactors of the diagonal matrix change by Σ P[i, k] M[k, k] on the diagonal and
    by −P[i, j] M[j, i] beside it.
    """
    u, s, vh, turn = _rotations(a)
    m = np.swapaxes(u, -1, -2) @ h @ np.swapaxes(vh, -1, -2)
    n = s.shape[-1]
    on, eye = np.arange(n), np.eye(n, dtype=bool)
    pairs = np.where(eye, 0.0, _others(np.where(eye, 1.0, s[..., None, :])))
    d = -pairs * np.swapaxes(m, -1, -2)
    d[..., on, on] = np.einsum("...ij,...jj->...i", pairs, m)
    return turn * (u @ d @ vh)
