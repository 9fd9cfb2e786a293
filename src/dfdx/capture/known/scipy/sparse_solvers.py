"""Stand-ins for scipy.sparse.linalg: systems of equations, factors, iterations, eigenvalues.

An iteration stops at an approximation; it is differentiated as the solution that it approaches.
"""

import numpy as np
from scipy import sparse as theirs
from scipy.sparse import linalg as solvers

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.arrays_linalg import eigh as own_eigh
from ....rules.linalg_tools import columns
from ....rules.quadrature import one_by_one
from ....rules.sparse import coordinate_solve
from ....structure import Linear, reshape, take
from ...numpy_protocol.plain import seen_through
from ...traced import plain
from .roots import moved_to
from .sparse_arrays import SparseArray, as_coordinates
from .tools import handles


def _plain_matrix(a):
    """The matrix as SciPy has it, from plain numbers."""
    if isinstance(a, SparseArray):
        return theirs.csc_matrix((plain(a.data), (a.rows, a.cols)), shape=a.shape)
    return plain(a)


def _solution(a, b):
    a = as_coordinates(a)
    n = a.shape[0]
    if a.shape != (n, n):
        raise ValueError(f"matrix must be square (has shape {a.shape})")
    b = operand(b.toarray() if isinstance(b, SparseArray) or theirs.issparse(b) else b)
    wide = b if len(shape_of(b)) == 2 else reshape(b, (shape_of(b)[0], 1))
    return reshape(coordinate_solve(a.rows, a.cols, n)(a.data, wide), shape_of(b))


def spsolve(A, b, permc_spec=None, use_umfpack=True):
    x = _solution(A, b)
    if len(shape_of(x)) == 2 and shape_of(x)[1] == 1:
        x = reshape(x, (shape_of(x)[0],))
    return handles(x)


def spsolve_triangular(A, b, lower=True, overwrite_A=False, overwrite_b=False, unit_diagonal=False):
    a = as_coordinates(A)
    kept = np.flatnonzero(a.rows >= a.cols if lower else a.rows <= a.cols)
    if unit_diagonal:
        raise NotTraceable("scipy.sparse.linalg.spsolve_triangular: unit_diagonal is not followed")
    part = SparseArray(take(operand(a.data), (kept,)), a.rows[kept], a.cols[kept], a.shape)
    return handles(_solution(part, b))


class Factors:
    """What splu gives for a matrix with traced data: it solves."""

    def __init__(self, a):
        self.matrix = as_coordinates(a)
        self.shape = self.matrix.shape

    def solve(self, rhs, trans="N"):
        return handles(_solution(self.matrix if trans == "N" else self.matrix.T, rhs))


def splu(A, *options, **named):
    return Factors(A)


def factorized(A):
    return Factors(A).solve


class FactoredSolve(Linear):
    """x ↦ A⁻¹ x by SuperLU's factors of a plain A."""

    __slots__ = ("factors", "trans")
    name = "factored_solve"

    def __init__(self, factors, trans):
        self.factors = factors
        self.trans = trans

    def _key(self):
        return (id(self.factors), self.trans)

    def value(self, x):
        return self.factors.solve(np.asarray(x, dtype=float), self.trans)

    def shape(self, shape):
        return shape

    def transpose(self, g, shape):
        return FactoredSolve(self.factors, "T" if self.trans == "N" else "N")(g)

    def batch(self, args, batched):
        return one_by_one(self, args, batched)


def factored_solve(factors, rhs, trans="N"):
    """The method `solve` of SuperLU's factors."""
    return handles(FactoredSolve(factors, "N" if trans == "N" else "T")(operand(rhs)))


def _iteration(name):
    function = getattr(solvers, name)

    def solved(A, b, *args, **kwargs):
        numbers = _plain_matrix(A)
        if callable(numbers) or isinstance(numbers, solvers.LinearOperator):
            raise NotTraceable(f"scipy.sparse.linalg.{name}: give the matrix, not a function")
        found, info = function(
            numbers, seen_through(b), *seen_through(args), **seen_through(kwargs)
        )
        if info:
            raise NotTraceable(f"scipy.sparse.linalg.{name} did not converge")
        x = _solution(A, b)
        apart = np.max(np.abs(plain(x) - found), initial=0.0)
        if apart > 1e-2 * np.max(np.abs(found), initial=0.0):
            raise NotTraceable(f"scipy.sparse.linalg.{name} is far from the solution")
        return handles(moved_to(x, plain(x), found)), info

    return solved


def expm_multiply(A, B, start=None, stop=None, num=None, endpoint=None, traceA=None):
    from ....rules.arrays_products import matmul
    from ....rules.linalg_functions import expm

    if (start, stop, num) != (None, None, None):
        raise NotTraceable("scipy.sparse.linalg.expm_multiply: times are not followed")
    return handles(matmul(expm(as_coordinates(A).toarray().content), operand(B)))


def eigsh(A, k=6, M=None, sigma=None, which="LM", v0=None, *args, return_eigenvectors=True, **rest):
    """Eigenvalues of a symmetric matrix, from all of them."""
    if M is not None or (args and any(a is not None for a in args)):
        raise NotTraceable("scipy.sparse.linalg.eigsh: M= is not followed")
    numbers = _plain_matrix(A)
    found = solvers.eigsh(numbers, k, None, sigma, which, v0, **rest)
    values, vectors = found
    full = as_coordinates(A).toarray().content
    w, v = own_eigh((full + np.transpose(full)) / 2.0)
    places = [int(np.argmin(np.abs(plain(w) - value))) for value in values]
    if len(set(places)) < len(places):
        raise NotTraceable("scipy.sparse.linalg.eigsh: an eigenvalue is repeated")
    w, v = take(w, (np.array(places),)), take(v, (slice(None), np.array(places)))
    if not return_eigenvectors:
        return handles(w)
    return handles((w, columns(v, np.where(np.sum(vectors * plain(v), axis=0) < 0, -1.0, 1.0))))


_ITERATIONS = [
    "cg",
    "cgs",
    "bicg",
    "bicgstab",
    "gmres",
    "lgmres",
    "minres",
    "qmr",
    "gcrotmk",
    "tfqmr",
]
SOLVERS = {
    "spsolve": spsolve,
    "spsolve_triangular": spsolve_triangular,
    "splu": splu,
    "factorized": factorized,
    "expm_multiply": expm_multiply,
    "eigsh": eigsh,
} | {name: _iteration(name) for name in _ITERATIONS}
