"""Sparse matrices with traced data: places that are fixed, numbers that vary.

Repeated places add up, as in SciPy's coordinate format. What SciPy distinguishes (rows or
columns compressed, diagonals, lists) is one thing here.
"""

import numpy as np
from scipy import sparse as theirs

from ....errors import NotTraceable
from ....graph import Operand
from ....primitive import shape_of
from ....rules.arrays import flat, operand
from ....rules.arrays_joins import concatenate
from ....rules.sparse import dense, product
from ....structure import Scatter, reshape, take
from ...numpy_protocol.plain import traced_in
from .tools import handles, logged, tapes_of, unwrapped


class SparseArray:
    """data[k] at (rows[k], cols[k]); `matrix` is true where `*` is the product of matrices."""

    __array_priority__ = 1000.0
    __array_ufunc__ = None
    ndim = 2

    def __init__(self, data, rows, cols, shape, matrix=False):
        self.data = data
        self.rows = np.asarray(rows, dtype=np.intp)
        self.cols = np.asarray(cols, dtype=np.intp)
        self.shape = tuple(map(int, shape))
        self.matrix = matrix

    @property
    def nnz(self):
        return len(self.rows)

    @property
    def dtype(self):
        return np.dtype(float)

    def like(self, data):
        """The same places with other data."""
        return SparseArray(data, self.rows, self.cols, self.shape, self.matrix)

    # forms
    def transpose(self, axes=None, copy=False):
        return SparseArray(self.data, self.cols, self.rows, self.shape[::-1], self.matrix)

    @property
    def T(self):
        return self.transpose()

    def toarray(self, order=None, out=None):
        return handles(dense(self.data, self.rows, self.cols, self.shape))

    todense = toarray

    @property
    def A(self):
        return self.toarray()

    def _itself(self, *args, **kwargs):
        return self

    tocsr = tocsc = tocoo = todia = tolil = todok = tobsr = copy = asformat = _itself
    conj = conjugate = sum_duplicates = eliminate_zeros = _itself

    # arithmetic
    def __matmul__(self, other):
        other = unwrapped(other)
        if isinstance(other, SparseArray) or theirs.issparse(other):
            return self._times(as_coordinates(other))
        x = operand(other)
        if shape_of(x)[0] != self.shape[1]:
            raise ValueError("matmul: dimension mismatch")
        return handles(product(self.data, self.rows, self.cols, self.shape, x))

    def __rmatmul__(self, other):
        x = operand(unwrapped(other))
        turned = x if len(shape_of(x)) == 1 else np.transpose(x)
        y = self.transpose() @ turned
        return y if len(shape_of(x)) == 1 else np.transpose(y)

    def dot(self, other):
        return self * other if not shape_of(other) else self @ other

    def _times(self, other):
        """The product of two sparse matrices: all pairs that meet."""
        order = np.argsort(other.rows, kind="stable")
        starts = np.searchsorted(other.rows[order], np.arange(other.shape[0] + 1))
        counts = (starts[1:] - starts[:-1])[self.cols]
        mine = np.repeat(np.arange(self.nnz), counts)
        within = np.arange(len(mine)) - np.repeat(np.cumsum(counts) - counts, counts)
        its = order[starts[self.cols][mine] + within]
        data = take(operand(self.data), (mine,)) * take(operand(other.data), (its,))
        shape = self.shape[0], other.shape[1]
        return SparseArray(data, self.rows[mine], other.cols[its], shape, self.matrix)

    def __mul__(self, other):
        other = unwrapped(other)
        if _is_number(other):
            return self.like(self.data * other)
        return self @ other if self.matrix else self.multiply(other)

    def __rmul__(self, other):
        other = unwrapped(other)
        if _is_number(other):
            return self.like(self.data * other)
        return self.__rmatmul__(other) if self.matrix else self.multiply(other)

    def multiply(self, other):
        """Element by element, with a number or an array."""
        other = unwrapped(other)
        if _is_number(other):
            return self.like(self.data * other)
        if isinstance(other, SparseArray) or theirs.issparse(other):
            raise NotTraceable("products of sparse matrices element by element are not followed")
        x = operand(other) + np.zeros(self.shape)
        return self.like(self.data * take(x, (self.rows, self.cols)))

    def __truediv__(self, other):
        return self.like(self.data / other) if _is_number(other) else self.multiply(1.0 / other)

    def __neg__(self):
        return self.like(-self.data)

    def __add__(self, other):
        other = unwrapped(other)
        if _is_number(other) and not isinstance(other, Operand) and not other:
            return self
        if not (isinstance(other, SparseArray) or theirs.issparse(other)):
            return self.toarray() + other
        other = as_coordinates(other)
        if other.shape != self.shape:
            raise ValueError("inconsistent shapes")
        return joined([self, other], self.shape, self.matrix)

    __radd__ = __add__

    def __sub__(self, other):
        return self + (-unwrapped(other))

    def __rsub__(self, other):
        return -self + other

    def power(self, n, dtype=None):
        return self._merged().like(self._merged().data ** n)

    def _merged(self):
        """The same with every place named once."""
        places, inverse = np.unique(self.rows * self.shape[1] + self.cols, return_inverse=True)
        data = Scatter((inverse.ravel(),), (len(places),))(self.data)
        return SparseArray(data, *np.divmod(places, self.shape[1]), self.shape, self.matrix)

    # parts
    def sum(self, axis=None, dtype=None, out=None):
        if axis is None:
            return np.sum(self.data)
        where, size = (self.cols, self.shape[1]) if axis in (0, -2) else (self.rows, self.shape[0])
        y = Scatter((where,), (size,))(self.data)
        return handles(
            reshape(y, (1, size) if axis in (0, -2) else (size, 1)) if self.matrix else y
        )

    def mean(self, axis=None, dtype=None, out=None):
        count = self.shape[0] * self.shape[1] if axis is None else self.shape[axis]
        return self.sum(axis) / count

    def diagonal(self, k=0):
        return handles(np.diagonal(dense(self.data, self.rows, self.cols, self.shape), k))

    def trace(self, offset=0):
        return np.sum(self.diagonal(offset))

    def __getitem__(self, index):
        found = self.toarray()[index]
        return found if len(shape_of(found)) < 2 else as_coordinates(found)


def _is_number(x):
    return isinstance(x, (int, float, np.number)) or (isinstance(x, Operand) and not x.shape)


def as_coordinates(x, matrix=False):
    """A SparseArray of what SciPy calls sparse, or of an array with all its places."""
    if isinstance(x, SparseArray):
        return x
    if theirs.issparse(x):
        c = x.tocoo()
        return SparseArray(
            c.data.astype(float), c.row, c.col, c.shape, isinstance(x, theirs.spmatrix)
        )
    x = operand(unwrapped(x))
    x = reshape(x, (1, shape_of(x)[0])) if len(shape_of(x)) == 1 else x
    rows, cols = np.indices(shape_of(x))
    return SparseArray(flat(x), rows.ravel(), cols.ravel(), shape_of(x), matrix)


def joined(parts, shape, matrix):
    """The sum of sparse arrays of one shape."""
    return SparseArray(
        concatenate([operand(p.data) for p in parts]),
        np.concatenate([p.rows for p in parts]),
        np.concatenate([p.cols for p in parts]),
        shape,
        matrix,
    )


def holds_traced(x):
    """True where a traced value or a SparseArray is within."""
    if isinstance(x, SparseArray):
        return True
    if isinstance(x, (list, tuple)):
        return any(map(holds_traced, x))
    return bool(traced_in(x))


def tapes_in(x):
    """The tapes of what is traced within."""
    if isinstance(x, SparseArray):
        return tapes_of(traced_in(x.data))
    if isinstance(x, (list, tuple)):
        return set().union(*map(tapes_in, x))
    return tapes_of(traced_in(x))


def where_sparse(theirs_, ours):
    """`ours` where something traced is among the arguments, SciPy's function elsewhere."""

    def standing_in(*args, **kwargs):
        args, kwargs = unwrapped(args), unwrapped(kwargs)
        given = (*args, *kwargs.values())
        if not any(map(holds_traced, given)):
            return theirs_(*args, **kwargs)
        with logged(set().union(*map(tapes_in, given))):
            return ours(*args, **kwargs)

    return standing_in
