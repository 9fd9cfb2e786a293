"""Linear primitives that move numbers without computing: reshape, take, put, join, accumulate.

Each is linear in its operands, so forward is the map itself and reverse is its
transpose, which is again one of them: `take` and `scatter` are each other's, a
running sum's is the running sum from the other end.
"""

from functools import lru_cache

from .primitive import Primitive, shape_of


class Linear(Primitive):
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

    @property
    def name(self):
        return f"reshape{self.target}"

    def value(self, x):
        import numpy as np

        return np.reshape(x, self.target)

    def shape(self, shape):
        return self.target

    def transpose(self, g, shape):
        return reshape(g, shape)

    def batch(self, args, batched):
        (x,) = args
        return reshape(x, (shape_of(x)[0], *self.target))


class Take(Linear):
    """x[index], for any index that NumPy knows; a slice, a mask, an array of places."""

    __slots__ = ("index",)

    def __init__(self, index):
        self.index = index

    @property
    def name(self):
        return f"take[{_show(self.index)}]"

    def value(self, x):
        return x[self.index]

    def shape(self, shape):
        import numpy as np

        return np.broadcast_to(0.0, shape)[self.index].shape

    def transpose(self, g, shape):
        return Scatter(self.index, shape)(g)

    def batch(self, args, batched):
        return take(args[0], _after_batch(self.index))


class Scatter(Linear):
    """Zeros of the given shape with x added at the index: the transpose of `Take`."""

    __slots__ = ("index", "target")

    def __init__(self, index, target):
        self.index = index
        self.target = target

    @property
    def name(self):
        return f"scatter[{_show(self.index)}]"

    def value(self, x):
        import numpy as np

        out = np.zeros(self.target, dtype=np.result_type(x, float))
        if _is_basic(self.index):
            out[self.index] = x
        else:
            np.add.at(out, self.index, x)
        return out

    def shape(self, shape):
        return self.target

    def transpose(self, g, shape):
        return Take(self.index)(g)

    def batch(self, args, batched):
        (x,) = args
        return Scatter(_after_batch(self.index), (shape_of(x)[0], *self.target))(x)


class Put(Primitive):
    """A copy of x with v stored at the index; where a place is named twice the last one counts."""

    __slots__ = ("index",)
    arity = 2

    def __init__(self, index):
        self.index = index

    @property
    def name(self):
        return f"put[{_show(self.index)}]"

    def value(self, x, v):
        import numpy as np

        out = np.array(x, dtype=np.result_type(x, v))
        out[self.index] = v
        return out

    def shape(self, x, v):
        return x

    def push(self, y, args, tangents):
        dx, dv = (
            _zeros(shape_of(a)) if t is None else t for a, t in zip(args, tangents, strict=True)
        )
        return self(dx, dv)

    def pull(self, g, y, args, wanted):
        from .contraction import sum_to

        dx = self(g, 0.0) if wanted[0] else None
        dv = None
        if wanted[1]:
            index, winners = self._winners(shape_of(args[0]))
            dv = take(g, index)
            if winners is not None:
                dv = dv * winners
            dv = sum_to(dv, shape_of(args[1]))
        return dx, dv

    def _winners(self, shape):
        """The index, and 1 where a stored element survives, 0 where a later one overwrote it."""
        import numpy as np

        if _is_basic(self.index):
            return self.index, None
        places = np.arange(int(np.prod(shape))).reshape(shape)[self.index]
        last = np.full(int(np.prod(shape)), -1)
        last[places.ravel()] = np.arange(places.size)
        winners = last[places.ravel()] == np.arange(places.size)
        return self.index, None if winners.all() else winners.reshape(places.shape) * 1.0

    def batch(self, args, batched):
        from .contraction import expand_to
        from .pointwise import _align

        x, v = args
        size = shape_of(x)[0] if batched[0] else shape_of(v)[0]
        if not batched[0]:
            x = expand_to(x, (size, *shape_of(x)))
        if batched[1]:
            target = Take(self.index).shape(shape_of(x)[1:])
            v = _align(v, len(target))
        return Put(_after_batch(self.index))(x, v)


class Concatenate(Primitive):
    """The operands one after the other along an axis."""

    __slots__ = ("axis",)

    def __init__(self, axis):
        self.axis = axis

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
            _zeros(shape_of(a)) if t is None else t for a, t in zip(args, tangents, strict=True)
        )
        return self(*parts)

    def pull(self, g, y, args, wanted):
        out, start = [], 0
        for a, want in zip(args, wanted, strict=True):
            stop = start + shape_of(a)[self.axis]
            index = (slice(None),) * self.axis + (slice(start, stop),)
            out.append(take(g, index) if want else None)
            start = stop
        return tuple(out)

    def batch(self, args, batched):
        from .contraction import expand_to

        size = next(shape_of(a)[0] for a, b in zip(args, batched, strict=True) if b)
        whole = (
            a if b else expand_to(a, (size, *shape_of(a)))
            for a, b in zip(args, batched, strict=True)
        )
        return Concatenate(self.axis + 1)(*whole)


class RunningSum(Linear):
    """The sums of the first one, two, three … elements along an axis (or, reversed, of the last)."""

    __slots__ = ("axis", "reverse")

    def __init__(self, axis, reverse=False):
        self.axis = axis
        self.reverse = reverse

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


def _zeros(shape):
    if not shape:
        return 0.0
    import numpy as np

    return np.zeros(shape)


def _is_basic(index):
    """True for an index of integers, slices, None and Ellipsis: no element is named twice."""
    parts = index if type(index) is tuple else (index,)
    return all(p is None or p is Ellipsis or isinstance(p, (int, slice)) for p in parts)


def _after_batch(index):
    """The index that does the same behind a leading batch axis."""
    parts = index if type(index) is tuple else (index,)
    return (slice(None), *parts)


def _show(index):
    parts = index if type(index) is tuple else (index,)
    return ", ".join("…" if hasattr(p, "shape") else str(p) for p in parts)
