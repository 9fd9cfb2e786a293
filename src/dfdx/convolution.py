"""Convolution of two sequences: the coefficients of the product of two polynomials."""

from .choices import all_batched
from .primitive import add_up, shape_of
from .structure import Parametrised, take


class Convolve(Parametrised):
    """y[k] = Σ a[i] b[k - i], for two operands with one axis (or stacks of them)."""

    __slots__ = ()
    arity = 2
    name = "convolve"

    def _key(self):
        return ()

    def value(self, a, b):
        import numpy as np

        if a.ndim == 1:
            return np.convolve(a, b)
        return np.stack([self.value(p, q) for p, q in zip(a, b, strict=True)])

    def shape(self, a, b):
        return (*a[:-1], a[-1] + b[-1] - 1)

    def push(self, y, args, tangents):
        (a, b), (da, db) = args, tangents
        return add_up(
            None if da is None else self(da, b),
            None if db is None else self(a, db),
        )

    def pull(self, g, y, args, wanted):
        a, b = args
        return (
            self._correlated(g, b, shape_of(a)[-1]) if wanted[0] else None,
            self._correlated(g, a, shape_of(b)[-1]) if wanted[1] else None,
        )

    def _correlated(self, g, other, size):
        """Σ g[k] other[k - i] for i = 0, …, size - 1."""
        turned = self(g, take(other, (Ellipsis, slice(None, None, -1))))
        start = shape_of(other)[-1] - 1
        return take(turned, (Ellipsis, slice(start, start + size)))

    def batch(self, args, batched):
        return self(*all_batched(args, batched))
