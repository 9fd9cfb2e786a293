"""Selection: the largest, the median, the sorted order, elements taken along an axis.

Given the choice (see `choices`) each is linear. `breaks` is 0 where equal elements
stand at the boundary of the choice, so the slope may differ from side to side.
"""

from string import ascii_letters

from .choices import LARGEST, SMALLEST, Places, Records, Weights, all_batched, dense
from .contraction import contraction
from .primitive import shape_of
from .structure import Parametrised, scalar


class Ordered(Parametrised):
    """A weighted sum of the elements in ascending order along an axis: maximum, median, quantile.

    `weights` as in `Weights`. The axis is gone from the result.
    """

    __slots__ = ("axis", "weights")
    arity = 1

    def __init__(self, axis, weights):
        self.axis = axis
        self.weights = weights

    def _key(self):
        return (self.axis, self.weights)

    @property
    def name(self):
        return self.weights if type(self.weights) is str else "quantile"

    def value(self, x):
        import numpy as np

        if self.weights == LARGEST:
            return scalar(np.maximum.reduce(x, axis=self.axis))
        if self.weights == SMALLEST:
            return scalar(np.minimum.reduce(x, axis=self.axis))
        s = np.sort(np.moveaxis(x, self.axis, -1), axis=-1)
        y = sum(s[..., place] * weight for place, weight in self.weights)
        return scalar(np.where(np.isnan(s[..., -1]), np.nan, y))

    def breaks(self, x):
        """0 where equal elements have different weights."""
        import numpy as np

        x = np.moveaxis(x, self.axis, -1)
        if type(self.weights) is str:
            best = self.value(np.moveaxis(x, -1, self.axis))
            return np.count_nonzero(x == np.expand_dims(best, -1), axis=-1) <= 1
        s = np.sort(x, axis=-1)
        apart = np.diff(s, axis=-1)
        return np.where(np.diff(dense(self.weights, x.shape[-1])) == 0, 1.0, apart)

    def shape(self, shape):
        return shape[: self.axis] + shape[self.axis + 1 :]

    def _sum(self, x, weights):
        letters = _letters(shape_of(x))
        kept = letters[: self.axis] + letters[self.axis + 1 :]
        return contraction(f"{letters},{letters}->{kept}")(x, weights)

    def push(self, y, args, tangents):
        return self._sum(tangents[0], Weights(self.axis, self.weights)(args[0]))

    def pull(self, g, y, args, wanted):
        (x,) = args
        letters = _letters(shape_of(x))
        kept = letters[: self.axis] + letters[self.axis + 1 :]
        weights = Weights(self.axis, self.weights)(x)
        return (contraction(f"{letters},{kept}->{letters}")(weights, g),)

    def batch(self, args, batched):
        return Ordered(self.axis + 1, self.weights)(*args)


def _letters(shape):
    return ascii_letters[: len(shape)]


class TakeAlong(Parametrised):
    """x taken at the places in an integer array along an axis; the other axes agree one by one."""

    __slots__ = ("axis",)
    arity = 2

    def __init__(self, axis):
        self.axis = axis

    def _key(self):
        return (self.axis,)

    @property
    def name(self):
        return f"take_along[{self.axis}]"

    def value(self, x, places):
        import numpy as np

        return np.take_along_axis(x, places, self.axis)

    def shape(self, x, places):
        return places

    def push(self, y, args, tangents):
        return None if tangents[0] is None else self(tangents[0], args[1])

    def pull(self, g, y, args, wanted):
        x, places = args
        size = shape_of(x)[self.axis]
        return (ScatterAlong(self.axis, size)(g, places) if wanted[0] else None), None

    def batch(self, args, batched):
        return TakeAlong(self.axis + 1)(*all_batched(args, batched))


class ScatterAlong(Parametrised):
    """Zeros, `size` long along an axis, with g added at the places: `TakeAlong` transposed."""

    __slots__ = ("axis", "size")
    arity = 2

    def __init__(self, axis, size):
        self.axis = axis
        self.size = size

    def _key(self):
        return (self.axis, self.size)

    @property
    def name(self):
        return f"scatter_along[{self.axis}]"

    def value(self, g, places):
        import numpy as np

        out = np.zeros(self.shape(g.shape, None), dtype=np.result_type(g, float))
        index = list(np.ix_(*map(np.arange, g.shape)))
        index[self.axis] = places
        np.add.at(out, tuple(index), g)
        return out

    def shape(self, g, places):
        return (*g[: self.axis], self.size, *g[self.axis + 1 :])

    def push(self, y, args, tangents):
        return None if tangents[0] is None else self(tangents[0], args[1])

    def pull(self, g, y, args, wanted):
        return (TakeAlong(self.axis)(g, args[1]) if wanted[0] else None), None

    def batch(self, args, batched):
        return ScatterAlong(self.axis + 1, self.size)(*all_batched(args, batched))


class Sort(Parametrised):
    """The elements in ascending order along an axis; with `kth`, only those places are right."""

    __slots__ = ("axis", "kth")
    arity = 1
    name = "sort"

    def __init__(self, axis, kth=None):
        self.axis = axis
        self.kth = kth

    def _key(self):
        return (self.axis, self.kth)

    def value(self, x):
        import numpy as np

        if self.kth is None:
            return np.sort(x, axis=self.axis)
        return np.take_along_axis(x, Places(self.axis, self.kth).value(x), self.axis)

    def breaks(self, x):
        """0 where two elements are equal."""
        import numpy as np

        return np.diff(np.sort(x, axis=self.axis), axis=self.axis)

    def shape(self, shape):
        return shape

    def push(self, y, args, tangents):
        return TakeAlong(self.axis)(tangents[0], Places(self.axis, self.kth)(args[0]))

    def pull(self, g, y, args, wanted):
        (x,) = args
        places = Places(self.axis, self.kth)(x)
        return (ScatterAlong(self.axis, shape_of(x)[self.axis])(g, places),)

    def batch(self, args, batched):
        return Sort(self.axis + 1, self.kth)(*args)


class RunningExtremum(Parametrised):
    """The largest (smallest) of the first one, two, three … elements along an axis."""

    __slots__ = ("axis", "kind")
    arity = 1

    def __init__(self, axis, kind):
        self.axis = axis
        self.kind = kind

    def _key(self):
        return (self.axis, self.kind)

    @property
    def name(self):
        return f"running {self.kind}"

    def value(self, x):
        import numpy as np

        return (np.maximum if self.kind == LARGEST else np.minimum).accumulate(x, self.axis)

    def breaks(self, x):
        """0 where an element equals the record before it."""
        import numpy as np

        before = np.moveaxis(self.value(x), self.axis, 0)[:-1]
        return np.moveaxis(x, self.axis, 0)[1:] - before

    def shape(self, shape):
        return shape

    def push(self, y, args, tangents):
        return TakeAlong(self.axis)(tangents[0], Records(self.axis, self.kind)(args[0]))

    def pull(self, g, y, args, wanted):
        (x,) = args
        places = Records(self.axis, self.kind)(x)
        return (ScatterAlong(self.axis, shape_of(x)[self.axis])(g, places),)

    def batch(self, args, batched):
        return RunningExtremum(self.axis + 1, self.kind)(*args)
