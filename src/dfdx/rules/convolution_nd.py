"""Convolution of arrays along several axes: linear in each, with correlations as transposes.

SciPy computes, by sums or by Fourier transforms, whichever it expects to be faster.
"""

from ..convolution import Bilinear


class ConvolveND(Bilinear):
    """y[k] = Σ a[i] b[k − i] over all places i, along the last `rank` axes."""

    __slots__ = ("rank",)

    def __init__(self, rank):
        self.rank = rank

    def _key(self):
        return (self.rank,)

    @property
    def name(self):
        return f"convolve[{self.rank}]"

    def value(self, a, b):
        import numpy as np

        if a.ndim == self.rank:
            return self.of_sequences(np, a, b)
        return np.stack([self.value(p, q) for p, q in zip(a, b, strict=True)])

    def of_sequences(self, np, a, b):
        from scipy.signal import convolve

        return convolve(a, b)

    def shape(self, a, b):
        k = self.rank
        own = tuple(m + n - 1 for m, n in zip(a[-k:], b[-k:], strict=True))
        return (*a[:-k], *own)

    def pull(self, g, y, args, wanted):
        a, b = args
        back = CorrelateND(self.rank)
        return (back(g, b) if wanted[0] else None, back(g, a) if wanted[1] else None)


class CorrelateND(ConvolveND):
    """y[i] = Σ a[i + k] b[k], for the places i where b lies within a, which is nowhere smaller."""

    __slots__ = ()

    @property
    def name(self):
        return f"correlate[{self.rank}]"

    def of_sequences(self, np, a, b):
        from scipy.signal import correlate

        return correlate(a, b, mode="valid")

    def shape(self, a, b):
        k = self.rank
        own = tuple(m - n + 1 for m, n in zip(a[-k:], b[-k:], strict=True))
        return (*a[:-k], *own)

    def pull(self, g, y, args, wanted):
        a, b = args
        return (
            ConvolveND(self.rank)(g, b) if wanted[0] else None,
            CorrelateND(self.rank)(a, g) if wanted[1] else None,
        )
