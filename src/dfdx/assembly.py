"""Numbers put into an array at given places: the array that a loop filled element by element."""

from .contraction import expand_to
from .graph import Operand
from .primitive import Primitive, shape_of
from .structure import Put, reshape, take


class Assemble(Primitive):
    """A copy of the first operand with the other operands, numbers, at the given places (flat)."""

    __slots__ = ("places",)

    def __init__(self, places):
        self.places = places

    @property
    def name(self):
        return f"assemble[{len(self.places)}]"

    def value(self, base, *elements):
        import numpy as np

        out = np.array(base, dtype=float)
        out.reshape(-1)[self.places] = elements
        return out

    def shape(self, base, *elements):
        return base

    def push(self, y, args, tangents):
        import numpy as np

        base = np.zeros(shape_of(y)) if tangents[0] is None else tangents[0]
        return self(base, *(0.0 if t is None else t for t in tangents[1:]))

    def pull(self, g, y, args, wanted):
        flat = reshape(g, (size_of(shape_of(g)),))
        base = None
        if wanted[0]:
            base = reshape(Put(self.places)(flat, 0.0), shape_of(g))
        if isinstance(g, Operand):
            parts = [
                take(flat, int(p)) if w else None
                for p, w in zip(self.places, wanted[1:], strict=True)
            ]
        else:
            values = flat[self.places].tolist()
            parts = [v if w else None for v, w in zip(values, wanted[1:], strict=True)]
        return (base, *parts)

    def batch(self, args, batched):
        size = next(shape_of(a)[0] for a, b in zip(args, batched, strict=True) if b)
        base, *elements = args
        shape = shape_of(base)[1:] if batched[0] else shape_of(base)
        if not batched[0]:
            base = expand_to(base, (size, *shape))
        flat = reshape(base, (size, size_of(shape)))
        for place, element in zip(self.places, elements, strict=True):
            flat = Put((slice(None), int(place)))(flat, element)
        return reshape(flat, (size, *shape))


def size_of(shape):
    """The number of elements of an array of that shape.

    >>> size_of((2, 3))
    6
    """
    size = 1
    for n in shape:
        size *= n
    return size
