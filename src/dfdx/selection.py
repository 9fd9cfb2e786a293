"""Selection: the largest, the median, the sorted order, elements taken along an axis.

Given the choice (see `choices`) each is linear. `breaks` is 0 where equal elements
stand at the boundary of the choice, so the slope may differ from side to side.
"""

from math import isfinite
from string import ascii_letters

from .choices import LARGEST, Places, Records, Weights, all_batched, dense
from .contraction import contraction
from .graph import Operand
from .primitive import shape_of
from .structure import Parametrised, scalar


class Ordered(Parametrised):
    """A weighted sum of the elements in ascending order along an axis: maximum, median, quantile.

    `weights` as in `Weights`. The axis is gone from the result, or one long with `keep`.
    """

    __slots__ = ("axis", "keep", "weights")
    arity = 1

    def __init__(self, axis, weights, keep=False):
        self.axis = axis
        self.weights = weights
        self.keep = keep

    def _key(self):
        return (self.axis, self.weights, self.keep)

    @property
    def name(self):
        return self.weights if type(self.weights) is str else "quantile"

    def value(self, x):
        import numpy as np

        if type(self.weights) is str:
            return scalar(self._best(x, self.keep))
        s = np.sort(np.moveaxis(x, self.axis, -1), axis=-1)
        y = sum(s[..., place] * weight for place, weight in self.weights)
        y = np.where(np.isnan(s[..., -1]), np.nan, y)
        return scalar(np.expand_dims(y, self.axis) if self.keep else y)

    def _best(self, x, keep):
        import numpy as np

        extreme = np.maximum if self.weights == LARGEST else np.minimum
        return extreme.reduce(x, self.axis, None, None, keep)

    def breaks(self, x):
        """0 where equal elements have different weights; a 1 alone where none have."""
        import numpy as np

        if type(self.weights) is str:
            best = self._best(x, True)
            ties = x == best
            return 1 if _is_one_each(ties, best) else np.add.reduce(ties, self.axis) <= 1
        s = np.sort(np.moveaxis(x, self.axis, -1), axis=-1)
        apart = np.diff(s, axis=-1)
        return np.where(np.diff(dense(self.weights, x.shape[self.axis])) == 0, 1.0, apart)

    def shape(self, shape):
        return (*shape[: self.axis], *((1,) if self.keep else ()), *shape[self.axis + 1 :])

    def _letters(self, rank):
        """The letters of the operand, and of the result (in which an axis that is kept has its own)."""
        letters = ascii_letters[:rank]
        kept = ascii_letters[rank] if self.keep else ""
        return letters, f"{letters[: self.axis]}{kept}{letters[self.axis + 1 :]}"

    def push(self, y, args, tangents):
        letters, left = self._letters(len(shape_of(args[0])))
        weights = Weights(self.axis, self.weights)(args[0])
        sizes = {left[self.axis]: 1} if self.keep else None
        return contraction(f"{letters},{letters}->{left}", sizes)(tangents[0], weights)

    def pull(self, g, y, args, wanted):
        (x,) = args
        if type(self.weights) is str and not isinstance(x, Operand) and not isinstance(g, Operand):
            found = self._to_best(g, y, x)
            if found is not None:
                return (found,)
        letters, left = self._letters(len(shape_of(x)))
        weights = Weights(self.axis, self.weights)(x)
        return (contraction(f"{letters},{left}->{letters}")(weights, g),)

    def _to_best(self, g, y, x):
        """g at the places of the best elements; None where some are equal, or are no numbers."""
        import numpy as np

        kept = (*x.shape[: self.axis], 1, *x.shape[self.axis + 1 :])
        best = np.asarray(y).reshape(kept)
        ties = x == best
        return ties * np.asarray(g).reshape(kept) if _is_one_each(ties, best) else None

    def batch(self, args, batched):
        return Ordered(self.axis + 1, self.weights, self.keep)(*args)


def _is_one_each(ties, best):
    """True where certainly each of the best elements is there once; one pass over the ties."""
    import numpy as np

    return np.count_nonzero(ties) == best.size and isfinite(np.add.reduce(best, None))


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
