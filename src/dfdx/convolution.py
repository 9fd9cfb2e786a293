"""Convolution and correlation of two sequences: linear in each, and each other's transposes."""

from .choices import all_batched
from .primitive import add_up
from .structure import Parametrised


class Bilinear(Parametrised):
    """A product of two sequences along the last axis, one by one along the axes before it."""

    __slots__ = ()
    arity = 2

    def _key(self):
        return ()

    def push(self, y, args, tangents):
        (a, b), (da, db) = args, tangents
        return add_up(
            None if da is None else self(da, b),
            None if db is None else self(a, db),
        )

    def batch(self, args, batched):
        return self(*all_batched(args, batched))

    def value(self, a, b):
        import numpy as np

        if a.ndim == 1:
            return self.of_sequences(np, a, b)
        return np.stack([self.value(p, q) for p, q in zip(a, b, strict=True)])

    def of_sequences(self, np, a, b):
        """The value for arrays with one axis."""
        raise NotImplementedError


class Convolve(Bilinear):
    """y[k] = Σ a[i] b[k − i]: the coefficients of the product of two polynomials."""

    __slots__ = ()
    name = "convolve"

    def of_sequences(self, np, a, b):
        return np.convolve(a, b)

    def shape(self, a, b):
        return (*a[:-1], a[-1] + b[-1] - 1)

    def pull(self, g, y, args, wanted):
        a, b = args
        return (
            Correlate()(g, b) if wanted[0] else None,
            Correlate()(g, a) if wanted[1] else None,
        )


class Correlate(Bilinear):
    """y[i] = Σ a[i + k] b[k], for the places i where b lies within a, which is not shorter."""

    __slots__ = ()
    name = "correlate"

    def of_sequences(self, np, a, b):
        return np.correlate(a, b, mode="valid")

    def shape(self, a, b):
        return (*a[:-1], a[-1] - b[-1] + 1)

    def pull(self, g, y, args, wanted):
        a, b = args
        return (
            Convolve()(g, b) if wanted[0] else None,
            Correlate()(a, g) if wanted[1] else None,
        )
