"""Linear primitives that move numbers without computing: reshape, take, put, join, accumulate.

Each is linear in its operands, so forward is the map itself and reverse is its
transpose, which is again one of them: `take` and `scatter` are each other's, a
running sum's is the running sum from the other end. A result without axes is a
plain Python number, so the scalar code that follows it runs at full speed.
"""

from functools import lru_cache

from .contraction import expand_to, sum_to
from .graph import Operand
from .indexing import flat_places, is_basic, names_once, show_index
from .primitive import Primitive, shape_of


def scalar(y):
    """y itself, or the Python number that an array without axes holds."""
    return y if y.shape else y.item()


class Parametrised(Primitive):
    """A primitive with parameters: those with equal parameters are equal, so graphs share them."""

    __slots__ = ()

    def _key(self):
        raise NotImplementedError

    def __eq__(self, other):
        return type(other) is type(self) and other._key() == self._key()

    def __hash__(self):
        return hash((type(self), *self._key()))


class Linear(Parametrised):
    """A linear map of one operand; subclasses give `value`, `shape`, `transpose` and `batch`."""

    __slots__ = ()
    arity = 1

    def push(self, y, args, tangents):
        return self(tangents[0])

    def pull(self, g, y, args, wanted):
        return (self.transpose(g, shape_of(args[0])),)

    def transpose(self, g, shape):
        """The transposed map applied to g, for an operand of `shape`."""
        raise NotImplementedError


class Reshape(Linear):
    """The same numbers, in the same order, in another shape."""

    __slots__ = ("target",)

    def __init__(self, target):
        self.target = target

    def _key(self):
        return (self.target,)

    @property
    def name(self):
        return f"reshape{self.target}"

    def value(self, x):
        import numpy as np

        return scalar(np.reshape(x, self.target))

    def shape(self, shape):
        return self.target

    def transpose(self, g, shape):
        return reshape(g, shape)

    def batch(self, args, batched):
        (x,) = args
        return reshape(x, (shape_of(x)[0], *self.target))


class Take(Linear):
    """x[index], for any index that NumPy knows; a slice, a mask, an array of places."""

    __slots__ = ("_known", "index")

    def __init__(self, index):
        self.index = index
        self._known = None

    def _key(self):
        if self._known is None:
            from .indexing import index_key

            self._known = (index_key(self.index),)
        return self._known

    @property
    def name(self):
        return f"take[{show_index(self.index)}]"

    def value(self, x):
        if not hasattr(x, "shape"):
            import numpy as np

            x = np.asarray(x)
        return scalar(x[self.index])

    def shape(self, shape):
        import numpy as np

        return np.broadcast_to(0.0, shape)[self.index].shape

    def transpose(self, g, shape):
        return Scatter(self.index, shape)(g)

    def batch(self, args, batched):
        (x,) = args
        if is_basic(self.index):
            return take(x, _behind(self.index))
        size, *shape = shape_of(x)
        places = flat_places(self.index, shape)
        return take(reshape(x, (size, _count(shape))), _behind(places))


class Scatter(Linear):
    """Zeros of the given shape with x added at the index: the transpose of `Take`."""

    __slots__ = ("_known", "index", "target")

    def __init__(self, index, target):
        self.index = index
        self.target = target
        self._known = None

    def _key(self):
        if self._known is None:
            from .indexing import index_key

            self._known = (index_key(self.index), self.target)
        return self._known

    @property
    def name(self):
        return f"scatter[{show_index(self.index)}]"

    def value(self, x):
        import numpy as np

        out = np.zeros(self.target, dtype=np.result_type(x, float))
        if names_once(self.index):
            out[self.index] = x
        else:
            np.add.at(out, self.index, x)
        return scalar(out)

    def shape(self, shape):
        return self.target

    def transpose(self, g, shape):
        return Take(self.index)(g)

    def batch(self, args, batched):
        (x,) = args
        size = shape_of(x)[0]
        if is_basic(self.index):
            return Scatter(_behind(self.index), (size, *self.target))(x)
        places = flat_places(self.index, self.target)
        flat = Scatter(_behind(places), (size, _count(self.target)))(x)
        return reshape(flat, (size, *self.target))


class Put(Parametrised):
    """A copy of x with v stored at the index; where a place is named twice the last one counts."""

    __slots__ = ("_known", "index")
    arity = 2

    def __init__(self, index):
        self.index = index
        self._known = None

    def _key(self):
        if self._known is None:
            from .indexing import index_key

            self._known = (index_key(self.index),)
        return self._known

    @property
    def name(self):
        return f"put[{show_index(self.index)}]"

    def value(self, x, v):
        import numpy as np

        out = np.array(x, dtype=np.result_type(x, v))
        out[self.index] = v
        return out

    def shape(self, x, v):
        return x

    def push(self, y, args, tangents):
        dx, dv = (
            zeros(shape_of(a)) if t is None else t for a, t in zip(args, tangents, strict=True)
        )
        return self(dx, dv)

    def pull(self, g, y, args, wanted):
        dx = self(g, 0.0) if wanted[0] else None
        dv = None
        if wanted[1]:
            winners = self._winners(shape_of(args[0]))
            dv = take(g, self.index)
            if winners is not None:
                dv = dv * winners
            dv = sum_to(dv, shape_of(args[1]))
        return dx, dv

    def _winners(self, shape):
        """1 where a stored element survives, 0 where a later one took its place; None: all do."""
        import numpy as np

        if names_once(self.index):
            return None
        places = flat_places(self.index, shape)
        last = np.full(_count(shape), -1)
        last[places.ravel()] = np.arange(places.size)
        survives = last[places.ravel()] == np.arange(places.size)
        return None if survives.all() else survives.reshape(places.shape) * 1.0

    def batch(self, args, batched):
        x, v = args
        if not batched[0]:
            x = expand_to(x, (shape_of(v)[0], *shape_of(x)))
        size, *shape = shape_of(x)
        if is_basic(self.index):
            rank = len(Take(self.index).shape(tuple(shape)))
            return Put(_behind(self.index))(x, _aligned(v, rank) if batched[1] else v)
        places = flat_places(self.index, shape)
        v = _aligned(v, places.ndim) if batched[1] else v
        flat = Put(_behind(places))(reshape(x, (size, _count(shape))), v)
        return reshape(flat, (size, *shape))


class Concatenate(Parametrised):
    """The operands one after the other along an axis."""

    __slots__ = ("axis",)

    def __init__(self, axis):
        self.axis = axis

    def _key(self):
        return (self.axis,)

    @property
    def name(self):
        return f"concatenate[{self.axis}]"

    def value(self, *parts):
        import numpy as np

        return np.concatenate(parts, axis=self.axis)

    def shape(self, *shapes):
        first = shapes[0]
        for s in shapes:
            if s[: self.axis] + s[self.axis + 1 :] != first[: self.axis] + first[self.axis + 1 :]:
                raise ValueError(f"cannot concatenate shapes {first} and {s} along {self.axis}")
        size = sum(s[self.axis] for s in shapes)
        return (*first[: self.axis], size, *first[self.axis + 1 :])

    def push(self, y, args, tangents):
        parts = (
            zeros(shape_of(a)) if t is None else t for a, t in zip(args, tangents, strict=True)
        )
        return self(*parts)

    def pull(self, g, y, args, wanted):
        out, start = [], 0
        for a, want in zip(args, wanted, strict=True):
            stop = start + shape_of(a)[self.axis]
            index = (slice(None),) * self.axis + (slice(start, stop),)
            if not want:
                out.append(None)
            elif isinstance(g, Operand):
                out.append(take(g, index))
            else:
                out.append(g[index])
            start = stop
        return tuple(out)

    def batch(self, args, batched):
        size = next(shape_of(a)[0] for a, b in zip(args, batched, strict=True) if b)
        whole = (
            a if b else expand_to(a, (size, *shape_of(a)))
            for a, b in zip(args, batched, strict=True)
        )
        return Concatenate(self.axis + 1)(*whole)


class RunningSum(Linear):
    """The sums of the first one, two, three … elements along an axis; reversed, of the last."""

    __slots__ = ("axis", "reverse")

    def __init__(self, axis, reverse=False):
        self.axis = axis
        self.reverse = reverse

    def _key(self):
        return (self.axis, self.reverse)

    @property
    def name(self):
        return f"cumsum[{self.axis}{', reversed' if self.reverse else ''}]"

    def value(self, x):
        import numpy as np

        if self.reverse:
            return np.flip(np.cumsum(np.flip(x, self.axis), axis=self.axis), self.axis)
        return np.cumsum(x, axis=self.axis)

    def shape(self, shape):
        return shape

    def transpose(self, g, shape):
        return RunningSum(self.axis, not self.reverse)(g)

    def batch(self, args, batched):
        return RunningSum(self.axis + 1, self.reverse)(args[0])


@lru_cache(maxsize=1024)
def _reshape(target):
    return Reshape(target)


def reshape(x, target):
    """x with the same numbers in the shape `target` (no -1 here)."""
    return x if shape_of(x) == target else _reshape(target)(x)


def take(x, index):
    """x[index]."""
    return Take(index)(x)


def zeros(shape):
    """0.0, or an array of zeros of the shape."""
    if not shape:
        return 0.0
    import numpy as np

    return np.zeros(shape)


def _count(shape):
    n = 1
    for size in shape:
        n *= size
    return n


def _behind(index):
    """The index that does the same behind a leading batch axis."""
    parts = index if type(index) is tuple else (index,)
    return (slice(None), *parts)


def _aligned(v, rank):
    """v with its batch axis in front and axes of length one behind it up to `rank`."""
    size, *shape = shape_of(v)
    return reshape(v, (size, *(1,) * (rank - len(shape)), *shape))
