"""Eigenvalues of matrices without symmetry, complex ones as pairs of real numbers.

A v = λ v with v of length 1 and its largest component real, as LAPACK has it. All complex numbers
are held as real and imaginary parts: dλ = diag(P) and dV = V (F ∘ P) with P = V⁻¹ dA V and
F[i, j] = 1/(λ[j] − λ[i]), less what would change the length or the phase of a vector.
Source: Magnus 1985, On differentiating eigenvalues and eigenvectors.
"""

import numpy as np

from ..choices import Choice
from ..contraction import contraction
from ..implicit import implicit
from ..primitive import shape_of
from ..structure import Concatenate, take
from .arithmetic import divide
from .linalg import solve
from .linalg_tools import columns, diagonal, mm, square, times


def _eigenpairs(a):
    w, v = np.linalg.eig(a)
    return np.real(w), np.imag(w) + 0.0, np.real(v), np.imag(v) + 0.0


class _Largest(Choice):
    """1 in each column at the component that LAPACK makes real: the largest one, for complex ones."""

    __slots__ = ()
    name = "largest_component"
    arity = 2

    def __init__(self):
        super().__init__(0)

    def _key(self):
        return ()

    def value(self, real, imag):
        size = real * real + imag * imag
        flat = np.abs(imag).max(axis=-2, keepdims=True) > 0
        real_there = np.where(flat, np.where(imag == 0, size, -1.0), size)
        return 1.0 * (np.argmax(real_there, axis=-2)[..., None, :] == _counts(size))

    def batch(self, args, batched):
        from ..choices import all_batched

        return self(*all_batched(args, batched))


def _counts(a):
    return np.arange(a.shape[-2])[:, None]


def _joined(real, imag):
    """[[real, −imag], [imag, real]]."""
    rank = len(shape_of(real))
    left = Concatenate(rank - 2)(real, imag)
    return Concatenate(rank - 1)(left, Concatenate(rank - 2)(-imag, real))


def _tangent(y, xs, dxs):
    wr, wi, vr, vi = y
    n = shape_of(wr)[-1]
    rank = len(shape_of(vr))
    right = Concatenate(rank - 2)(mm(dxs[0], vr), mm(dxs[0], vi))
    both = solve(_joined(vr, vi), right)
    pr = take(both, (Ellipsis, slice(0, n), slice(None)))
    pi = take(both, (Ellipsis, slice(n, None), slice(None)))
    fr, fi = _inverse_gaps(wr, wi)
    qr, qi = times(fr, pr) - times(fi, pi), times(fr, pi) + times(fi, pr)
    dr, di = mm(vr, qr) - mm(vi, qi), mm(vr, qi) + mm(vi, qr)
    at = _Largest()(vr, vi)  # there the imaginary part stays 0
    turn = divide(_sums(times(at, di)), _sums(times(at, vr)))
    dr, di = dr + columns(vi, turn), di - columns(vr, turn)
    length = _sums(times(vr, dr) + times(vi, di))
    dr, di = dr - columns(vr, length), di - columns(vi, length)
    return diagonal(pr), diagonal(pi), dr, di


def _sums(a):
    """The sums of the columns."""
    from string import ascii_letters

    s = ascii_letters[: len(shape_of(a)) - 2]
    return contraction(f"{s}XY->{s}Y")(a)


def _inverse_gaps(wr, wi):
    """1/(λ[j] − λ[i]) at [i, j] as a pair, 0 on the diagonal."""
    from string import ascii_letters

    n = shape_of(wr)[-1]
    s = ascii_letters[: len(shape_of(wr)) - 1]
    across = contraction(f"{s}Y->{s}XY", {"X": n})
    down = contraction(f"{s}X->{s}XY", {"Y": n})
    gr, gi = across(wr) - down(wr), across(wi) - down(wi)
    size = gr * gr + gi * gi + np.eye(n)
    return divide(gr, size), -divide(gi, size)


def _closeness(a):
    """The distances between eigenvalues: 0 where one is repeated."""
    w = np.linalg.eigvals(a)
    gap = np.abs(w[..., :, None] - w[..., None, :])
    level = np.max(np.abs(w), axis=-1, initial=0.0)[..., None, None]
    gap = np.where(gap <= 1e-13 * level, 0.0, gap)
    n = a.shape[-1]
    return gap[..., ~np.eye(n, dtype=bool)] if n > 1 else np.ones(1)


complex_eig = implicit(
    "complex_eig",
    _eigenpairs,
    lambda a: (square(a)[:-2] + a[-1:], a[:-1], a, a),
    _tangent,
    outputs=4,
    breaks=_closeness,
    example=lambda rng: (
        np.diag([1.0, 2.0, 4.0]) + np.array([[0, 1.0, 0], [-1.5, 0, 0.2], [0.1, 0, 0]]),
    ),
)
