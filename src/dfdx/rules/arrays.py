"""NumPy's functions of arrays, written with primitives.

Each function has the name and the parameters of NumPy's and is a line or a few: its
derivative follows from the primitives it is made of. The functions work on numbers,
arrays, nodes and traced values alike. `ARRAYS` finds them by NumPy's name
("sum", "linalg.norm"); the families stand in the `arrays_*` modules.
"""

from importlib import import_module
from string import ascii_letters

from ..contraction import contraction
from ..errors import NotTraceable
from ..graph import Operand
from ..primitive import shape_of
from ..structure import Concatenate, reshape, take

ARRAYS = {}
FAMILIES = ("moves", "joins", "sums", "products", "order", "select", "numeric", "linalg")


def array(*names):
    """Decorator: the function stands for NumPy's functions of these names."""

    def register(function):
        for name in names:
            ARRAYS[name] = function
        return function

    return register


def table():
    """`ARRAYS` with every family loaded."""
    for family in FAMILIES:
        import_module(f".arrays_{family}", __package__)
    return ARRAYS


def operand(x):
    """x as an operand: lists become arrays (also lists with nodes or traced values), NumPy scalars numbers."""
    kind = type(x)
    if kind is float or isinstance(x, Operand):
        return x
    import numpy as np

    if isinstance(x, (list, tuple)) and _holds_operand(x):
        parts = [operand(part) for part in x]
        first = shape_of(parts[0])
        if any(shape_of(p) != first for p in parts):
            raise ValueError("the nested list is ragged: its parts differ in shape")
        return Concatenate(0)(*(reshape(p, (1, *first)) for p in parts))
    a = x if kind is np.ndarray else np.asarray(x)
    if a.dtype.kind not in "bifuc":
        raise TypeError(f"an array of numbers is needed, not of dtype {a.dtype}")
    return a if a.shape else a.item()


def _holds_operand(x):
    stack = [x]
    while stack:
        part = stack.pop()
        if isinstance(part, Operand):
            return True
        if isinstance(part, (list, tuple)):
            stack.extend(part)
    return False


def known(x):
    """The numbers behind x, on which something rests that has no derivative: a place, a rank."""
    if not isinstance(x, Operand):
        return x
    if not hasattr(x, "known"):
        raise NotTraceable("a place or a rank cannot depend on the variables of a graph")
    return x.known()


def only(name, **options):
    """Raise NotTraceable for an option that is given (not None) and that dfdx does not follow."""
    for option, value in options.items():
        if value is None or (option == "dtype" and _is_double(value)):
            continue
        raise NotTraceable(
            f"np.{name}: the option {option}={value!r} is not followed by exact differentiation; "
            f"{_INSTEAD.get(option, 'leave it out')}"
        )


_INSTEAD = {
    "out": "leave it out and use the returned array",
    "dtype": "compute in double precision (dtype=float)",
    "order": "leave it out: arrays are in C order here",
}


def _is_double(dtype):
    import numpy as np

    return np.dtype(dtype) == np.float64


def axes_of(axis, rank):
    """The axes as a tuple of different places from 0 to rank - 1; None: all of them.

    >>> axes_of(-1, 3), axes_of(None, 2)
    ((2,), (0, 1))
    """
    if axis is None:
        return tuple(range(rank))
    found = (
        tuple(axis_of(a, rank) for a in axis)
        if isinstance(axis, (tuple, list))
        else (axis_of(axis, rank),)
    )
    if len(set(found)) < len(found):
        raise ValueError("an axis is named twice")
    return found


def axis_of(axis, rank):
    """The axis as a place from 0 to rank - 1."""
    k = axis.__index__()
    if not -rank <= k < rank:
        import numpy as np

        raise np.exceptions.AxisError(k, rank)
    return k % rank


def count(shape):
    """The number of elements of an array of the shape."""
    n = 1
    for size in shape:
        n *= size
    return n


def without(shape, axes):
    """The shape without some axes."""
    return tuple(n for k, n in enumerate(shape) if k not in axes)


def kept(shape, axes):
    """The shape with some axes one long."""
    return tuple(1 if k in axes else n for k, n in enumerate(shape))


def permute(x, order):
    """The axes of x in another order."""
    letters = ascii_letters[: len(order)]
    if tuple(order) == tuple(range(len(order))):
        return x
    return contraction(f"{letters}->{''.join(letters[k] for k in order)}")(x)


def to_last(x, axes):
    """x with the axes made one and moved to the end (in ascending order)."""
    shape = shape_of(x)
    rest = tuple(k for k in range(len(shape)) if k not in axes)
    y = permute(x, (*rest, *sorted(axes)))
    return reshape(y, (*without(shape, axes), count(shape[k] for k in axes)))


def part(x, axis, which):
    """x[:, …, which] with the index at the given axis."""
    return take(x, (slice(None),) * axis + (which,))


def flat(x):
    """x in one dimension."""
    return reshape(x, (count(shape_of(x)),))
