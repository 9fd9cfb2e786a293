"""scipy.linalg's decompositions that rest on a choice: exchanges of rows, parts of a spectrum, signs.

The choice is read from the plain numbers, as SciPy makes it, and holds for them; what is chosen is
differentiated.
"""

import numpy as np
from scipy import linalg as theirs

from ....errors import NotTraceable
from ....primitive import items, shape_of
from ....rules.arrays import operand
from ....rules.arrays_linalg import cholesky, qr, solve
from ....rules.arrays_linalg import eigh as own_eigh
from ....rules.arrays_linalg import eigvalsh as own_eigvalsh
from ....rules.arrays_linalg import lstsq as own_lstsq
from ....rules.arrays_scipy_linalg import masked
from ....rules.choice import equal
from ....rules.linalg_complex import complex_eig
from ....rules.linalg_lu import lu as factors
from ....rules.linalg_tools import columns, mirrored, rows, transposed
from ....structure import Concatenate, take
from ...complexes import Complex
from ...traced import Traced, plain


def fixed_choice(x):
    """The plain numbers of x, on which something is decided: the trace holds for them."""
    value = plain(x)
    level = x
    while isinstance(level, Traced):
        level.tape.guards.append((equal, level, value, True))
        level = level.value
    return np.asarray(value)


def _eliminated(a):
    """`(order, L, U)` with a[order] = L U, the order from SciPy's exchanges."""
    x = operand(a)
    if len(shape_of(x)) != 2:
        raise NotTraceable("scipy.linalg.lu: stacks of matrices are not followed")
    m, n = shape_of(x)
    order = np.argsort(theirs.lu(fixed_choice(x), p_indices=True)[0])
    x = take(x, (order,))
    k = min(m, n)
    low, up = items(factors, factors(take(x, (slice(0, k), slice(0, k)))))
    if m > n:
        below = take(x, (slice(k, None), slice(None)))
        low = Concatenate(0)(low, transposed(solve(transposed(up), transposed(below))))
    if n > m:
        up = Concatenate(1)(up, solve(low, take(x, (slice(None), slice(k, None)))))
    return order, low, up


def lu(a, permute_l=False, overwrite_a=False, check_finite=True, p_indices=False):
    """scipy.linalg.lu."""
    order, low, up = _eliminated(a)
    back = np.argsort(order)
    if permute_l:
        return take(low, (back,)), up
    return (back if p_indices else np.eye(len(order))[:, order].copy()), low, up


def lu_factor(a, overwrite_a=False, check_finite=True):
    """scipy.linalg.lu_factor: L and U in one matrix, and the exchanges."""
    _, low, up = _eliminated(a)
    m, n = shape_of(a)
    if m != n:
        raise NotTraceable("scipy.linalg.lu_factor: only square matrices are followed")
    return low + up - np.eye(n), theirs.lu_factor(plain(a))[1]


def lu_solve(lu_and_piv, b, trans=0, overwrite_b=False, check_finite=True):
    """scipy.linalg.lu_solve."""
    packed, exchanges = lu_and_piv
    packed, b = operand(packed), operand(b)
    n = shape_of(packed)[-1]
    low, up = masked(packed, True, False) + np.eye(n), masked(packed, False)
    order = np.arange(n)
    for k, other in enumerate(exchanges):
        order[[k, other]] = order[[other, k]]
    if not trans:
        return solve(up, solve(low, take(b, (order,))))
    y = solve(transposed(low), solve(transposed(up), b))
    return take(y, (np.argsort(order),))


def rq(a, overwrite_a=False, lwork=None, mode="full", check_finite=True):
    """scipy.linalg.rq: A = R Q, from the decomposition of A with its rows reversed, transposed."""
    x = operand(a)
    m, n = shape_of(x)
    if m > n or (m < n and mode == "full"):
        raise NotTraceable(f'scipy.linalg.rq: mode={mode!r} is not followed; use mode="economic"')
    backwards = slice(None, None, -1)
    q, r = qr(transposed(take(x, backwards)))
    r, q = take(transposed(r), (backwards, backwards)), take(transposed(q), backwards)
    expected = np.diag(theirs.rq(plain(a), mode="economic")[0])
    signs = np.where(expected * np.diag(plain(r)) < 0, -1.0, 1.0)
    r, q = columns(r, signs), rows(signs, q)
    return r if mode == "r" else (r, q)


def _subset(values, by_index, by_value):
    """Which of the ascending eigenvalues are asked for."""
    if by_index is not None:
        return slice(by_index[0], by_index[1] + 1)
    if by_value is not None:
        numbers = fixed_choice(values)
        first, last = np.searchsorted(numbers, by_value, side="right")
        return slice(first, last)
    return slice(None)


def eigh(
    a, b=None, *, lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False, type=1,
    check_finite=True, subset_by_index=None, subset_by_value=None, driver=None,
):  # fmt: skip
    """scipy.linalg.eigh: A v = λ B v by B = L Lᵀ, and L⁻¹ A L⁻ᵀ."""
    if b is not None and type != 1:
        raise NotTraceable(f"scipy.linalg.eigh: type={type} is not followed")
    x = operand(a)
    x = x if lower else transposed(x)
    half = None
    if b is not None:
        y = operand(b)
        half = cholesky(y if lower else transposed(y))
        x = solve(half, transposed(solve(half, mirrored(x))))
        x = (x + transposed(x)) / 2.0
    if eigvals_only:
        w = own_eigvalsh(x)
        return take(w, _subset(w, subset_by_index, subset_by_value))
    w, v = own_eigh(x)
    if half is not None:
        v = solve(transposed(half), v)
    part = _subset(w, subset_by_index, subset_by_value)
    options = {
        "lower": lower,
        "subset_by_index": subset_by_index,
        "subset_by_value": subset_by_value,
        "driver": driver,
    }
    v = take(v, (slice(None), part))
    expected = theirs.eigh(plain(a), None if b is None else plain(b), **options)[1]
    return take(w, part), _with_signs_of(expected, v)


def _with_signs_of(expected, v):
    """Columns that point where SciPy's do."""
    return columns(v, np.where(np.sum(expected * plain(v), axis=-2) < 0, -1.0, 1.0))


def eigvalsh(
    a, b=None, *, lower=True, overwrite_a=False, overwrite_b=False, type=1, check_finite=True,
    subset_by_index=None, subset_by_value=None, driver=None,
):  # fmt: skip
    """scipy.linalg.eigvalsh."""
    return eigh(
        a, b, lower=lower, eigvals_only=True, type=type,
        subset_by_index=subset_by_index, subset_by_value=subset_by_value,
    )  # fmt: skip


def _spectrum(a, b):
    x = operand(a)
    if b is not None:
        x = solve(operand(b), x)
    wr, wi, vr, vi = items(complex_eig, complex_eig(x))
    return Complex(wr, wi), Complex(vr, vi)


def eig(
    a, b=None, left=False, right=True, overwrite_a=False, overwrite_b=False, check_finite=True,
    homogeneous_eigvals=False,
):  # fmt: skip
    """scipy.linalg.eig: eigenvalues, complex, and the vectors on the right."""
    if left or homogeneous_eigvals or (right and b is not None):
        raise NotTraceable("scipy.linalg.eig: left=, homogeneous_eigvals= are not followed")
    w, v = _spectrum(a, b)
    if not right:
        return w
    expected = np.asarray(theirs.eig(plain(a))[1])
    ours = plain(v.real) + 1j * plain(v.imag)
    phases = np.sum(np.conj(ours) * expected, axis=-2)
    return w, _turned(v, phases / np.abs(phases))


def _turned(v, phases):
    c, s = np.real(phases), np.imag(phases)
    return Complex(columns(v.real, c) - columns(v.imag, s), columns(v.real, s) + columns(v.imag, c))


def eigvals(a, b=None, overwrite_a=False, check_finite=True, homogeneous_eigvals=False):
    """scipy.linalg.eigvals."""
    return eig(a, b, right=False, homogeneous_eigvals=homogeneous_eigvals)


def lstsq(
    a, b, cond=None, overwrite_a=False, overwrite_b=False, check_finite=True, lapack_driver=None
):
    """scipy.linalg.lstsq, for matrices of full rank where `cond` sets what counts as zero."""
    if cond is not None:
        rank = theirs.lstsq(plain(a), plain(b), cond)[2]
        if rank < min(shape_of(a)):
            raise NotTraceable("scipy.linalg.lstsq: the matrix has not full rank for this cond=")
    return own_lstsq(a, b)


DECOMPOSITIONS = (lstsq, rq, lu, lu_factor, lu_solve, eigh, eigvalsh, eig, eigvals)
