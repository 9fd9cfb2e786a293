"""A linear function of arrays that is known by its values only: its transpose comes from its matrix.

The matrix is found once, by applying the function to the units, and kept sparse.
"""

import numpy as np

from ..errors import NotTraceable
from ..structure import Linear
from .quadrature import one_by_one

_MOST = 20_000_000  # elements of the result that are computed to learn the matrix


class LinearMap(Linear):
    """y = F(x) for a linear F of arrays of the shape `source`; equal keys mean equal functions."""

    __slots__ = ("_matrix", "function", "key", "name", "source", "target")

    def __init__(self, name, function, source, target, key):
        self.name = name
        self.function = function
        self.source = source
        self.target = target
        self.key = key
        self._matrix = None

    def _key(self):
        return self.key

    def value(self, x):
        y = np.asarray(self.function(np.asarray(x)))
        return y if y.shape else y.item()

    def shape(self, shape):
        if shape != self.source:
            raise ValueError(f"{self.name} was made for arrays of shape {self.source}, not {shape}")
        return self.target

    def matrix(self):
        """The matrix of F on flat arrays, as a sparse array."""
        from scipy.sparse import csc_array, hstack

        if self._matrix is None:
            n, m = int(np.prod(self.source)), int(np.prod(self.target))
            if n * m > _MOST:
                raise NotTraceable(f"{self.name}: too large to be transposed")
            columns = []
            for k in range(n):
                unit = np.zeros(n)
                unit[k] = 1.0
                column = np.asarray(self.function(unit.reshape(self.source)), dtype=float)
                columns.append(csc_array(column.reshape(-1, 1)))
            self._matrix = hstack(columns, format="csr")
        return self._matrix

    def transpose(self, g, shape):
        return Transposed(self)(g)

    def batch(self, args, batched):
        return one_by_one(self, args, batched)


class Transposed(Linear):
    """The transpose of a linear map."""

    __slots__ = ("map",)

    def __init__(self, map):
        self.map = map

    def _key(self):
        return self.map._key()

    @property
    def name(self):
        return f"{self.map.name} transposed"

    def value(self, g):
        x = (self.map.matrix().T @ np.ravel(g)).reshape(self.map.source)
        return x if x.shape else x.item()

    def shape(self, shape):
        return self.map.source

    def transpose(self, g, shape):
        return self.map(g)

    def batch(self, args, batched):
        return one_by_one(self, args, batched)
