"""numpy.linalg with NumPy's parameters and results, on the cards of linear algebra."""

from functools import cache

import numpy as np

from ..contraction import expand_to
from ..errors import NotTraceable
from ..primitive import broadcast, items, shape_of
from ..structure import Concatenate, reshape
from . import linalg, linalg_complements, linalg_spectral
from .arithmetic import absolute
from .arrays import (
    array,
    axes_of,
    count,
    kept,
    known,
    operand,
    permute,
    to_last,
    without,
)
from .arrays_order import max_, min_
from .arrays_products import last, matmul
from .arrays_sums import summed
from .choice import not_equal
from .roots import root_of_squares

_NUMPY_2 = int(np.__version__.split(".")[0]) >= 2  # before, solve took b as a stack of vectors


@cache
def named_result(name):
    """NumPy's named tuple for the results of a function, a plain tuple where it has none."""
    example = {
        "slogdet": np.eye(1),
        "eig": np.eye(1),
        "eigh": np.eye(1),
        "svd": np.eye(1),
        "qr": np.eye(1),
    }
    kind = type(getattr(np.linalg, name)(example[name]))
    return kind._make if hasattr(kind, "_make") else tuple


def _parts(card, name, x):
    return named_result(name)(items(card, card(x)))


@array("linalg.inv")
def inv(a):
    return linalg.inv(operand(a))


@array("linalg.det")
def det(a):
    return linalg.det(operand(a))


@array("linalg.slogdet")
def slogdet(a):
    return _parts(linalg.slogdet, "slogdet", operand(a))


@array("linalg.solve")
def solve(a, b):
    x, y = operand(a), operand(b)
    vector = len(shape_of(y)) == (1 if _NUMPY_2 else len(shape_of(x)) - 1)
    if vector:
        y = reshape(y, (*shape_of(y), 1))
    outer = broadcast(shape_of(x)[:-2], shape_of(y)[:-2])
    x = expand_to(x, outer + shape_of(x)[-2:])
    z = linalg.solve(x, expand_to(y, outer + shape_of(y)[-2:]))
    return reshape(z, shape_of(z)[:-1]) if vector else z


@array("linalg.cholesky")
def cholesky(a, /, *, upper=False):
    x = operand(a)
    if upper:
        return linalg.transposed(linalg.cholesky(linalg.transposed(x)))
    return linalg.cholesky(x)


def _read(a, UPLO):
    """The matrix whose lower triangle is the one that is read."""
    x = operand(a)
    if UPLO not in ("L", "U", "l", "u"):
        raise ValueError("UPLO argument must be 'L' or 'U'")
    return x if UPLO in "Ll" else linalg.transposed(x)


@array("linalg.eigh")
def eigh(a, UPLO="L"):
    return _parts(linalg_spectral.eigh, "eigh", _read(a, UPLO))


@array("linalg.eigvalsh")
def eigvalsh(a, UPLO="L"):
    return linalg_spectral.eigvalsh(_read(a, UPLO))


@array("linalg.eig")
def eig(a):
    return _parts(linalg_spectral.eig, "eig", operand(a))


@array("linalg.eigvals")
def eigvals(a):
    return items(linalg_spectral.eig, linalg_spectral.eig(operand(a)))[0]


@array("linalg.svd")
def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    x = _lower(operand(a)) if hermitian else operand(a)
    if not compute_uv:
        return linalg_spectral.svdvals(x)
    m, n = shape_of(x)[-2:]
    u, s, vh = items(linalg_spectral.svd, linalg_spectral.svd(x))
    axis = len(shape_of(x)) - 1
    if full_matrices and m > n:
        u = Concatenate(axis)(u, linalg_complements.rest_of_u(x))
    if full_matrices and n > m:
        rest = linalg_complements.rest_of_v(linalg.transposed(x))
        vh = Concatenate(axis - 1)(vh, linalg.transposed(rest))
    return named_result("svd")((u, s, vh))


def _lower(x):
    """The symmetric matrix whose lower triangle is that of x."""
    n = shape_of(x)[-1]
    low = x * np.tri(n)
    return low + linalg.transposed(x * np.tri(n, k=-1))


@array("linalg.svdvals")
def svdvals(x, /):
    return linalg_spectral.svdvals(operand(x))


@array("linalg.qr")
def qr(a, mode="reduced"):
    x = operand(a)
    m, n = shape_of(x)[-2:]
    if mode not in ("reduced", "r", "complete"):
        raise NotTraceable(f"np.linalg.qr: mode={mode!r} is not followed; use 'reduced' or 'r'")
    if m >= n:
        q, r = items(linalg.qr, linalg.qr(x))
        if mode == "complete" and m > n:
            axis = len(shape_of(x)) - 1
            q = Concatenate(axis)(q, linalg_complements.rest_of_q(x))
            r = Concatenate(axis - 1)(r, np.zeros((*shape_of(r)[:-2], m - n, n)))
    else:
        q, r = items(linalg.qr, linalg.qr(last(x, slice(0, m))))
        rest = matmul(linalg.transposed(q), last(x, slice(m, None)))
        r = Concatenate(len(shape_of(x)) - 1)(r, rest)
    return r if mode == "r" else named_result("qr")((q, r))


@array("linalg.lstsq")
def lstsq(a, b, rcond=None):
    x, y = operand(a), operand(b)
    vector = len(shape_of(y)) == 1
    columns = reshape(y, (*shape_of(y), 1)) if vector else y
    z = linalg.lstsq(x, columns)
    s = linalg_spectral.svdvals(x)
    m, n = shape_of(x)
    _of_full_rank("linalg.lstsq", s, None if rcond is None or rcond < 0 else rcond)
    r = columns - matmul(x, z)
    residuals = summed(r * r, (0,)) if m > n else np.empty(0)
    return reshape(z, (n,)) if vector else z, residuals, min(m, n), s


@array("linalg.pinv")
def pinv(a, rcond=None, hermitian=False, *, rtol=None):
    x = _lower(operand(a)) if hermitian else operand(a)
    cut = rcond if rtol is None else rtol
    if cut is not None:
        _of_full_rank("linalg.pinv", linalg_spectral.svdvals(x), cut)
    return linalg.pinv(x)


def _of_full_rank(name, s, cut):
    """Refuse a matrix of which small singular values would be cut off: its rank is not its size."""
    if cut is None:
        return
    s = known(s)
    if np.any(s[..., -1] <= np.asarray(cut) * s[..., 0]):
        raise NotTraceable(
            f"np.{name}: singular values are cut off here, which is not followed; leave out rcond"
        )


@array("linalg.matrix_power")
def matrix_power(a, n):
    x = operand(a)
    n = n.__index__()
    linalg.square(shape_of(x))
    if n < 0:
        x, n = linalg.inv(x), -n
    if not n:
        return expand_to(np.eye(shape_of(x)[-1]), shape_of(x))
    y = None
    while n:
        if n % 2:
            y = x if y is None else linalg.mm(y, x)
        n //= 2
        x = linalg.mm(x, x) if n else x
    return y


@array("linalg.norm")
def norm(x, ord=None, axis=None, keepdims=False):
    y = operand(x)
    rank = len(shape_of(y))
    axes = axes_of(axis, rank)
    if axis is None and ord is None:
        return _kept(_length(y, axes), y, axes, keepdims)
    if axis is None and rank > 2:
        raise ValueError("Improper number of dimensions to norm.")
    if len(axes) == 1:
        return _kept(_vector_norm(y, axes, ord), y, axes, keepdims)
    if len(axes) != 2:
        raise ValueError("Improper number of dimensions to norm.")
    rest = [k for k in range(rank) if k not in axes]
    return _kept(_matrix_norm(permute(y, [*rest, *axes]), ord), y, axes, keepdims)


def _kept(z, y, axes, keepdims):
    return reshape(z, kept(shape_of(y), axes)) if keepdims else z


def _length(y, axes):
    return root_of_squares(summed(y * y, axes))


def _vector_norm(y, axes, ord):
    if ord in (None, 2):
        return _length(y, axes)
    size = absolute(y)
    if ord == np.inf:
        return max_(size, axes)
    if ord == -np.inf:
        return min_(size, axes)
    if ord == 0:
        return summed(not_equal(y, 0) * 1.0, axes)
    if ord == 1:
        return summed(size, axes)
    if isinstance(ord, str):
        raise ValueError(f"Invalid norm order '{ord}' for vectors")
    return summed(size**ord, axes) ** (1.0 / ord)


def _matrix_norm(y, ord):
    """The norm of the last two axes."""
    rank = len(shape_of(y))
    if ord in (None, "fro"):
        return _length(y, (rank - 2, rank - 1))
    if ord in (1, -1, np.inf, -np.inf):
        sums = summed(absolute(y), (rank - 2 if abs(ord) == 1 else rank - 1,))
        return (max_ if ord > 0 else min_)(sums, -1)
    if ord in (2, -2, "nuc"):
        s = linalg_spectral.svdvals(y)
        return summed(s, (rank - 2,)) if ord == "nuc" else last(s, 0 if ord == 2 else -1)
    raise ValueError("Invalid norm order for matrices.")


@array("linalg.vector_norm")
def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    y = operand(x)
    axes = axes_of(axis, len(shape_of(y)))
    line = to_last(y, axes)
    z = _vector_norm(line, (len(shape_of(line)) - 1,), ord)
    return reshape(z, kept(shape_of(y), axes) if keepdims else without(shape_of(y), axes))


@array("linalg.matrix_norm")
def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    return norm(x, ord, (-2, -1), keepdims)


@array("linalg.cond")
def cond(x, p=None):
    y = operand(x)
    if p in (None, 2, -2):
        s = linalg_spectral.svdvals(y)
        first, other = last(s, 0), last(s, -1)
        return other / first if p == -2 else first / other
    return norm(y, p, (-2, -1)) * norm(linalg.inv(y), p, (-2, -1))


@array("linalg.tensorsolve")
def tensorsolve(a, b, axes=None):
    x, y = operand(a), operand(b)
    if axes is not None:
        moved = axes_of(axes, len(shape_of(x)))
        x = permute(x, [k for k in range(len(shape_of(x))) if k not in moved] + list(moved))
    rank = len(shape_of(y))
    inner = shape_of(x)[rank:]
    n = count(inner)
    return reshape(solve(reshape(x, (n, n)), reshape(y, (n,))), inner)


@array("linalg.tensorinv")
def tensorinv(a, ind=2):
    x = operand(a)
    shape = shape_of(x)
    n = count(shape[ind:])
    return reshape(linalg.inv(reshape(x, (n, n))), (*shape[ind:], *shape[:ind]))
