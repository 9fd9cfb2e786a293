"""Choices: primitives that say which elements are the largest, or in which order they stand.

Their values (places, weights, a shift) are constant between jumps, so they have no
derivative; `selection` takes elements by them. Where equal elements make the choice
open, weights are shared among them: the least-norm choice.
"""

from .contraction import expand_to
from .primitive import shape_of
from .structure import Parametrised

LARGEST, SMALLEST = "max", "min"


class Choice(Parametrised):
    """A function whose value is constant between its jumps; along `axis`, which is not negative."""

    __slots__ = ("axis",)
    arity = 1

    def __init__(self, axis):
        self.axis = axis

    def _key(self):
        return (self.axis,)

    def shape(self, *shapes):
        return shapes[0]

    def push(self, y, args, tangents):
        return None

    def pull(self, g, y, args, wanted):
        return (None,) * len(args)

    def batch(self, args, batched):
        return self._moved()(*args)

    def _moved(self):
        """The same behind a leading batch axis."""
        axis, *rest = self._key()
        return type(self)(axis + 1, *rest)


class Places(Choice):
    """The order that sorts along the axis, or, with `kth`, brings those to their places."""

    __slots__ = ("kth",)

    def __init__(self, axis, kth=None):
        super().__init__(axis)
        self.kth = kth

    def _key(self):
        return (self.axis, self.kth)

    @property
    def name(self):
        return f"argsort[{self.axis}]"

    def value(self, x):
        import numpy as np

        if self.kth is not None:
            return np.argpartition(x, self.kth, axis=self.axis)
        return np.argsort(x, axis=self.axis, kind="stable")


class Records(Choice):
    """For each element the place of the largest (smallest) so far along the axis."""

    __slots__ = ("kind",)

    def __init__(self, axis, kind):
        super().__init__(axis)
        self.kind = kind

    def _key(self):
        return (self.axis, self.kind)

    @property
    def name(self):
        return f"records[{self.axis}, {self.kind}]"

    def value(self, x):
        import numpy as np

        best = (np.maximum if self.kind == LARGEST else np.minimum).accumulate(x, self.axis)
        count = np.arange(x.shape[self.axis]).reshape((-1,) + (1,) * (x.ndim - self.axis - 1))
        return np.maximum.accumulate(np.where((x == best) | (x != x), count, 0), self.axis)


class Weights(Choice):
    """The weight of each element in a weighted sum of the sorted elements; ties share theirs.

    `weights` is "max", "min" or pairs (place in ascending order, weight); the others weigh 0.
    """

    __slots__ = ("weights",)

    def __init__(self, axis, weights):
        super().__init__(axis)
        self.weights = weights

    def _key(self):
        return (self.axis, self.weights)

    @property
    def name(self):
        return f"weights[{self.axis}]"

    def value(self, x):
        import numpy as np

        if type(self.weights) is tuple:
            weights = dense(self.weights, x.shape[self.axis])
            return _shared(np, np.moveaxis(x, self.axis, -1), weights, self.axis)
        extreme = np.maximum if self.weights == LARGEST else np.minimum
        best = x == extreme.reduce(x, axis=self.axis, keepdims=True)
        count = np.add.reduce(best, axis=self.axis, keepdims=True)
        return np.where(count == 0, np.nan, best / np.maximum(count, 1))  # nan: no largest


def dense(weights, size):
    """The weights given as pairs (place, weight), one for each place."""
    import numpy as np

    whole = np.zeros(size)
    for place, weight in weights:
        whole[place] = weight
    return whole


def _shared(np, x, weights, axis):
    """The weights in the places of x, averaged over equal elements."""
    order = np.argsort(x, axis=-1, kind="stable")
    s = np.take_along_axis(x, order, -1)
    n = x.shape[-1]
    fresh = np.ones(s.shape, dtype=bool)
    fresh[..., 1:] = s[..., 1:] != s[..., :-1]
    place = np.arange(n)
    first = np.maximum.accumulate(np.where(fresh, place, 0), axis=-1)
    last = np.flip(fresh[..., 1:], -1)
    ends = np.concatenate([np.ones((*s.shape[:-1], 1), dtype=bool), last], axis=-1)
    last = n - 1 - np.flip(np.maximum.accumulate(np.where(ends, place, 0), axis=-1), -1)
    total = np.concatenate([[0.0], np.cumsum(weights)])
    mean = (total[last + 1] - total[first]) / (last + 1 - first)
    mean = np.where(first == last, weights[first], mean)
    out = np.empty(s.shape)
    np.put_along_axis(out, order, mean, -1)
    return np.moveaxis(out, -1, axis)


class IsNumber(Choice):
    """True where an element is a number, False where it is NaN."""

    __slots__ = ()
    name = "is_number"

    def __init__(self, axis=0):
        super().__init__(axis)

    def value(self, x):
        return x == x


class Level(Choice):
    """The largest element along an axis (kept, one long), as a shift that has no derivative.

    For sums of exponentials, whose value does not depend on the shift.
    """

    __slots__ = ()

    @property
    def name(self):
        return f"level[{self.axis}]"

    def shape(self, shape):
        return (*shape[: self.axis], 1, *shape[self.axis + 1 :])

    def value(self, x):
        import numpy as np

        top = np.maximum.reduce(x, axis=self.axis, keepdims=True)
        return np.where(np.isfinite(top), top, 0.0)


class Search(Choice):
    """How many of the ascending numbers x are at or below each v: at least 1, below len(x)."""

    __slots__ = ()
    arity = 2
    name = "search"

    def __init__(self):
        super().__init__(0)

    def _key(self):
        return ()

    def shape(self, x, v):
        return v

    def value(self, x, v):
        import numpy as np

        if x.ndim > 1:  # a batch of tables, each with its own v
            return np.stack([self.value(a, b) for a, b in zip(x, v, strict=True)])
        return np.clip(np.searchsorted(x, v, side="right"), 1, len(x) - 1)

    def breaks(self, x, v):
        """0 where v stands on one of the numbers."""
        import numpy as np

        return 1 - np.isin(v, x)

    def batch(self, args, batched):
        return self(*(all_batched(args, batched) if batched[0] else args))


def all_batched(args, batched):
    """The operands with the batch axis, repeated along it where they lack it."""
    size = next(shape_of(a)[0] for a, b in zip(args, batched, strict=True) if b)
    return [
        a if b else expand_to(a, (size, *shape_of(a))) for a, b in zip(args, batched, strict=True)
    ]
