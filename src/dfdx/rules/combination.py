"""Weighted sums of arrays of one shape, as one operation: what a Runge–Kutta step is made of."""

from ..primitive import shape_of
from ..structure import Parametrised, zeros
from .quadrature import one_by_one


class Combination(Parametrised):
    """Σ wᵢ xᵢ for fixed weights.

    >>> Combination((2.0, -1.0))(3.0, 1.0)
    5.0
    """

    __slots__ = ("weights",)
    name = "combination"

    def __init__(self, weights):
        self.weights = tuple(map(float, weights))

    def _key(self):
        return (self.weights,)

    @property
    def arity(self):
        return len(self.weights)

    def shape(self, *shapes):
        return shapes[0]

    def value(self, *xs):
        return sum(w * x for w, x in zip(self.weights, xs, strict=True))

    def push(self, y, args, tangents):
        return self(
            *(zeros(shape_of(a)) if t is None else t for a, t in zip(args, tangents, strict=True))
        )

    def pull(self, g, y, args, wanted):
        return tuple(w * g if want else None for w, want in zip(self.weights, wanted, strict=True))

    def batch(self, args, batched):
        return one_by_one(self, args, batched)


def combined(weights, xs):
    """Σ wᵢ xᵢ, without the terms whose weight is 0."""
    pairs = [(w, x) for w, x in zip(weights, xs, strict=True) if w]
    return Combination(w for w, _ in pairs)(*(x for _, x in pairs))
