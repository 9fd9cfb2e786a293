"""SciPy's functions of arrays under SciPy's names and parameters.

SciPy hands nothing to NumPy's protocols, so these are found by the identity of the
function that is called. `SCIPY` names them: "linalg.solve" is `scipy.linalg.solve`.
"""

import numpy as np

from ..errors import NotTraceable
from ..primitive import shape_of
from ..structure import Concatenate, RunningSum, reshape
from . import linalg
from .arrays import axis_of, kept, operand, part
from .arrays_linalg import (
    cholesky,
    det,
    eigh,
    eigvalsh,
    inv,
    lstsq,
    norm,
    pinv,
    qr,
    solve,
    svd,
    svdvals,
)
from .arrays_numeric import diff, trapezoid
from .arrays_sums import logsumexp
from .elementary import exp

SCIPY = {}
_HARMLESS = {"check_finite", "overwrite_a", "overwrite_b", "lapack_driver", "lwork", "debug"}


def scipy(*names):
    """Decorator: the function stands for SciPy's functions of these names; hints are left out."""

    def register(function):
        def standing_in(*args, **options):
            told = {key: value for key, value in options.items() if key not in _HARMLESS}
            return function(*args, **told)

        for name in names:
            SCIPY[name] = standing_in
        return function

    return register


def refuse(name, **options):
    """Raise NotTraceable for options that are given and not followed."""
    for option, value in options.items():
        if value is not None:
            raise NotTraceable(
                f"scipy.{name}: the option {option}={value!r} is not followed; leave it out"
            )


for _name, _function in {"inv": inv, "det": det, "norm": norm, "svdvals": svdvals}.items():
    scipy(f"linalg.{_name}")(_function)


@scipy("linalg.solve")
def solve_(a, b, lower=False, *, assume_a=None, transposed=False):
    refuse("linalg.solve", assume_a=None if assume_a in (None, "gen", "general") else assume_a)
    return solve(linalg.transposed(operand(a)) if transposed else a, b)


def _masked(a, lower, diagonal=True):
    """One triangle of a, with zeros elsewhere."""
    n = shape_of(a)[-1]
    whole = np.ones((n, n))
    mask = np.tril(whole, 0 if diagonal else -1) if lower else np.triu(whole, 0 if diagonal else 1)
    return linalg.weighted(operand(a), mask)


@scipy("linalg.solve_triangular")
def solve_triangular(a, b, trans=0, lower=False, unit_diagonal=False):
    x = _masked(a, lower, not unit_diagonal)
    if unit_diagonal:
        x = x + np.eye(shape_of(x)[-1])
    return solve(linalg.transposed(x) if trans in (1, "T") else x, b)


@scipy("linalg.cholesky")
def cholesky_(a, lower=False):
    return cholesky(a, upper=not lower)


@scipy("linalg.cho_factor")
def cho_factor(a, lower=False):
    return cholesky_(a, lower), lower


@scipy("linalg.cho_solve")
def cho_solve(c_and_lower, b):
    c, lower = c_and_lower
    c = _masked(c, lower)
    ct = linalg.transposed(c)
    return solve(linalg.mm(c, ct) if lower else linalg.mm(ct, c), b)


@scipy("linalg.eigh")
def eigh_(a, b=None, *, lower=True, eigvals_only=False):
    refuse("linalg.eigh", b=b)
    side = "L" if lower else "U"
    return eigvalsh(a, side) if eigvals_only else tuple(eigh(a, side))


@scipy("linalg.eigvalsh")
def eigvalsh_(a, b=None, *, lower=True):
    return eigh_(a, b, lower=lower, eigvals_only=True)


@scipy("linalg.svd")
def svd_(a, full_matrices=True, compute_uv=True):
    found = svd(a, full_matrices, compute_uv)
    return tuple(found) if compute_uv else found


@scipy("linalg.pinv")
def pinv_(a):
    return pinv(a)


@scipy("linalg.qr")
def qr_(a, mode="full"):
    m, n = shape_of(a)
    if mode not in ("economic", "full", "r") or (mode != "economic" and m > n):
        raise NotTraceable(f'scipy.linalg.qr: mode={mode!r} is not followed; use mode="economic"')
    q, r = qr(a)
    return (r,) if mode == "r" else (q, r)


@scipy("linalg.lstsq")
def lstsq_(a, b, cond=None):
    refuse("linalg.lstsq", cond=cond)
    return lstsq(a, b)


@scipy("linalg.expm")
def expm(A):
    return linalg.expm(operand(A))


@scipy("special.logsumexp")
def logsumexp_(a, axis=None, b=None, keepdims=False, return_sign=False):
    refuse("special.logsumexp", return_sign=return_sign or None)
    return logsumexp(a, axis, b, keepdims)


@scipy("special.log_softmax")
def log_softmax(x, axis=None):
    y = operand(x)
    return y - logsumexp(y, axis, keepdims=True)


@scipy("special.softmax")
def softmax(x, axis=None):
    return exp(log_softmax(x, axis))


@scipy("integrate.trapezoid")
def trapezoid_(y, x=None, dx=1.0, axis=-1):
    return trapezoid(y, x, dx, axis)


@scipy("integrate.cumulative_trapezoid")
def cumulative_trapezoid(y, x=None, dx=1.0, axis=-1, initial=None):
    f = operand(y)
    axis = axis_of(axis, len(shape_of(f)))
    middle = part(f, axis, slice(1, None)) + part(f, axis, slice(None, -1))
    h = operand(dx) if x is None else _steps(operand(x), f, axis)
    z = RunningSum(axis)(middle * h / 2.0)
    if initial is None:
        return z
    return Concatenate(axis)(np.full(kept(shape_of(f), (axis,)), float(initial)), z)


def _steps(x, f, axis):
    """The differences of the places x, in line with the axis of f."""
    if len(shape_of(x)) > 1:
        return diff(x, axis=axis)
    return reshape(diff(x), (shape_of(x)[0] - 1,) + (1,) * (len(shape_of(f)) - axis - 1))
