"""A primitive: a function whose derivative is known.

A primitive applied to numbers computes, applied to nodes builds graph, applied
to traced values records. Its rule is written in primitives again, so the same
line serves numbers, graphs and derivatives of derivatives.
"""

from .graph import Operand


class Primitive:
    """What every reading may ask of a primitive.

    `value` and `shape` say what it computes; `push` and `pull` are the tangent
    (JVP) and adjoint (VJP) rules; `batch` adds a leading axis. Tangents and
    cotangents that are `None` stand for zero.
    """

    __slots__ = ()
    arity: int | None = None  # number of operands; None: any
    outputs = 1
    name = ""

    def __call__(self, *args):
        for a in args:
            if isinstance(a, Operand):
                return a.apply(self, args)
        return self.value(*args)

    def value(self, *args):
        """The value on plain numbers and arrays."""
        raise NotImplementedError

    def shape(self, *shapes):
        """The shape of the value, from the shapes of the operands."""
        raise NotImplementedError

    def push(self, y, args, tangents):
        """The tangent of y = self(*args) for the tangents of the operands."""
        raise NotImplementedError

    def pull(self, g, y, args, wanted):
        """For each operand the cotangent that g sends it, or None where `wanted` is false."""
        raise NotImplementedError

    def batch(self, args, batched):
        """self applied along a new leading axis that the operands marked in `batched` carry.

        Every operand comes with its own shape, the batched ones with the axis in front.
        """
        raise NotImplementedError

    def __repr__(self):
        return self.name


def shape_of(x):
    """The shape of a number, array, node or traced value.

    >>> shape_of(2.0)
    ()
    """
    return () if type(x) is float or type(x) is int else getattr(x, "shape", ())


def broadcast(*shapes):
    """The shape that NumPy's broadcasting gives.

    >>> broadcast((3, 1), (4,))
    (3, 4)
    """
    longest = max(shapes, key=len, default=())
    if all(s == longest or s == () for s in shapes):
        return longest
    out = []
    for axis in range(-len(longest), 0):
        sizes = {s[axis] for s in shapes if len(s) >= -axis} - {1}
        if len(sizes) > 1:
            text = " and ".join(str(s) for s in shapes)
            raise ValueError(f"shapes {text} do not broadcast together")
        out.append(sizes.pop() if sizes else 1)
    return tuple(out)


def add_up(a, b):
    """The sum of two tangents or cotangents, where None is zero."""
    if a is None:
        return b
    if b is None:
        return a
    if type(a) is Parts:
        return Parts(add_up(p, q) for p, q in zip(a, b, strict=True))
    return a + b


class Parts(tuple):
    """The tangents or cotangents of a primitive with several outputs, one each."""

    __slots__ = ()


class Item(Primitive):
    """Output number k of a primitive that has several."""

    __slots__ = ("count", "index")
    arity = 1

    def __init__(self, index, count):
        self.index = index
        self.count = count

    def __eq__(self, other):
        return type(other) is Item and self.index == other.index and self.count == other.count

    def __hash__(self):
        return hash((self.index, self.count))

    def value(self, whole):
        return whole[self.index]

    def shape(self, whole):
        return whole[self.index]

    def push(self, y, args, tangents):
        return tangents[0][self.index]

    def pull(self, g, y, args, wanted):
        return (Parts(g if k == self.index else None for k in range(self.count)),)

    def batch(self, args, batched):
        return self(args[0])

    def __repr__(self):
        return f"item[{self.index}]"


def items(op, whole):
    """The outputs of a primitive with several, as a tuple of operands."""
    if not isinstance(whole, Operand):
        return whole
    return tuple(Item(k, op.outputs)(whole) for k in range(op.outputs))
