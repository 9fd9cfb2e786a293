"""scipy.linalg: solutions, inverses and decompositions, on the cards of linear algebra."""

import numpy as np

from ..errors import NotTraceable
from ..primitive import shape_of
from . import linalg, linalg_equations
from .arrays import operand
from .arrays_linalg import cholesky, det, inv, norm, pinv, qr, solve, svd
from .arrays_linalg import svdvals as svdvals_
from .arrays_scipy import refuse, scipy
from .linalg_functions import NAMED, expm, expm_slope, logm, power, sqrtm
from .linalg_tools import mirrored, mm, transposed

for _name, _function in {"det": det, "norm": norm, "svdvals": svdvals_}.items():
    scipy(f"linalg.{_name}")(_function)

_GENERAL = (None, "gen", "general", "banded", "tridiagonal")
_MIRRORED = ("sym", "symmetric", "her", "hermitian", "pos", "positive definite")


def _as_read(a, assume_a, lower):
    """The matrix that SciPy reads out of a under an assumption."""
    x = operand(a)
    if assume_a in _GENERAL:
        return x
    if assume_a == "diagonal":
        return linalg.weighted(x, np.eye(shape_of(x)[-1]))
    if assume_a in ("upper triangular", "lower triangular"):
        return masked(x, assume_a.startswith("lower"))
    if assume_a in _MIRRORED:
        return mirrored(x if lower else transposed(x))
    raise ValueError(f"{assume_a} is not a recognized matrix structure")


@scipy("linalg.solve")
def solve_(a, b, lower=False, *, assume_a=None, transposed=False):
    x = _as_read(a, assume_a, lower)
    return solve(linalg.transposed(x) if transposed else x, b)


@scipy("linalg.inv")
def inv_(a, *, assume_a=None, lower=False):
    return inv(_as_read(a, assume_a, lower))


def masked(a, lower, diagonal=True):
    """One triangle of a, with zeros elsewhere."""
    n = shape_of(a)[-1]
    whole = np.ones((n, n))
    mask = np.tril(whole, 0 if diagonal else -1) if lower else np.triu(whole, 0 if diagonal else 1)
    return linalg.weighted(operand(a), mask)


@scipy("linalg.solve_triangular")
def solve_triangular(a, b, trans=0, lower=False, unit_diagonal=False):
    x = masked(a, lower, not unit_diagonal)
    if unit_diagonal:
        x = x + np.eye(shape_of(x)[-1])
    return solve(transposed(x) if trans in (1, "T", 2, "C") else x, b)


@scipy("linalg.cholesky")
def cholesky_(a, lower=False):
    return cholesky(a, upper=not lower)


@scipy("linalg.cho_factor")
def cho_factor(a, lower=False):
    return cholesky_(a, lower), lower


@scipy("linalg.cho_solve")
def cho_solve(c_and_lower, b):
    c, lower = c_and_lower
    c = masked(c, lower)
    ct = transposed(c)
    return solve(ct, solve(c, b)) if lower else solve(c, solve(ct, b))


@scipy("linalg.svd")
def svd_(a, full_matrices=True, compute_uv=True):
    found = svd(a, full_matrices, compute_uv)
    return tuple(found) if compute_uv else found


@scipy("linalg.pinv")
def pinv_(a, *, atol=None, rtol=None, return_rank=False):
    refuse("linalg.pinv", atol=atol, rtol=rtol, return_rank=return_rank or None)
    return pinv(a)


@scipy("linalg.pinvh")
def pinvh(a, atol=None, rtol=None, lower=True, return_rank=False):
    refuse("linalg.pinvh", atol=atol, rtol=rtol, return_rank=return_rank or None)
    x = operand(a)
    return linalg.pinv(mirrored(x if lower else transposed(x)))


@scipy("linalg.qr")
def qr_(a, mode="full", pivoting=False):
    m, n = shape_of(a)
    if mode not in ("economic", "full", "r") or (mode != "economic" and m > n):
        raise NotTraceable(f'scipy.linalg.qr: mode={mode!r} is not followed; use mode="economic"')
    refuse("linalg.qr", pivoting=pivoting or None)
    q, r = qr(a)
    return (r,) if mode == "r" else (q, r)


@scipy("linalg.polar")
def polar(a, side="right"):
    """A = U P with P = (AᵀA)^½, or P U with P = (A Aᵀ)^½."""
    x = operand(a)
    m, n = shape_of(x)
    if (m < n) if side == "right" else (m > n):
        raise NotTraceable(f"scipy.linalg.polar: side={side!r} is not followed for this shape")
    xt = transposed(x)
    p = sqrtm(mm(xt, x) if side == "right" else mm(x, xt))
    if side == "right":
        return transposed(solve(p, xt)), p
    return solve(p, x), p


@scipy("linalg.orthogonal_procrustes")
def orthogonal_procrustes(A, B):
    """The rotation R with the least ‖A R − B‖, and the sum of the singular values of AᵀB."""
    m = mm(transposed(operand(A)), operand(B))
    u, p = polar(m)
    return u, linalg.trace(p)


@scipy("linalg.expm")
def expm_(A):
    return expm(operand(A))


@scipy("linalg.expm_frechet")
def expm_frechet(A, E, method=None, compute_expm=True):
    slope = expm_slope(operand(A), operand(E))
    return (expm(operand(A)), slope) if compute_expm else slope


@scipy("linalg.logm")
def logm_(A, disp=True):
    refuse("linalg.logm", disp=None if disp else disp)
    return logm(operand(A))


@scipy("linalg.sqrtm")
def sqrtm_(A, disp=True, blocksize=64):
    refuse("linalg.sqrtm", disp=None if disp in (True, None) else disp)
    return sqrtm(operand(A))


@scipy("linalg.fractional_matrix_power")
def fractional_matrix_power(A, t):
    refuse("linalg.fractional_matrix_power", t=None if isinstance(t, (int, float)) else t)
    return power(float(t))(operand(A))


def _named(function):
    return lambda A: function(operand(A))


for _name, _card in NAMED.items():
    scipy(f"linalg.{_name}")(_named(_card))


@scipy("linalg.solve_sylvester")
def solve_sylvester(a, b, q):
    return linalg_equations.sylvester(operand(a), operand(b), operand(q))


@scipy("linalg.solve_continuous_lyapunov", "linalg.solve_lyapunov")
def solve_continuous_lyapunov(a, q):
    x = operand(a)
    return linalg_equations.sylvester(x, transposed(x), operand(q))


@scipy("linalg.solve_discrete_lyapunov")
def solve_discrete_lyapunov(a, q, method=None):
    return linalg_equations.stein(operand(a), operand(q))


@scipy("linalg.solve_continuous_are")
def solve_continuous_are(a, b, q, r, e=None, s=None, balanced=True):
    refuse("linalg.solve_continuous_are", e=e, s=s)
    return linalg_equations.care(*map(operand, (a, b, q, r)))


@scipy("linalg.solve_discrete_are")
def solve_discrete_are(a, b, q, r, e=None, s=None, balanced=True):
    refuse("linalg.solve_discrete_are", e=e, s=s)
    return linalg_equations.dare(*map(operand, (a, b, q, r)))
