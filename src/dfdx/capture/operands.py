"""What is recorded of the operands of an operation, and how its value is found.

The everyday case takes few steps. Arrays that the caller could still change are copied.
"""

import sys

from ..pointwise import PLAIN
from ..primitive import shape_of

IEEE = (ZeroDivisionError, ValueError, OverflowError)  # where NumPy gives inf or nan instead


def everyday(args, kind_of_traced):
    """(tape, operands as recorded, values, nested) for values traced on one open tape and plain ones.

    `nested` says that a value is traced by an outer derivative. The tape is None for anything else.
    """
    tape, kept, values, ieee, nested = None, args, [], False, False
    for a in args:
        kind = type(a)
        if kind is kind_of_traced:
            if tape is None:
                tape = a.tape
            elif a.tape is not tape:
                return _NOTHING
            a = a.value
            if type(a) is kind_of_traced:
                nested = True
        elif kind is not float and kind is not int:
            name = kind.__name__
            if name == "ndarray" and a.shape and a.dtype.kind in "fbi":
                plain = a.copy() if a.flags.writeable else a
            elif name == "float64" and kind.__module__ == "numpy":
                plain, ieee = a.item(), True
            else:
                return _NOTHING
            if plain is not a:
                kept = list(kept) if kept is args else kept
                kept[len(values)] = a = plain
        values.append(a)
    if tape is None or not tape.open:
        return _NOTHING
    if ieee:  # a number of NumPy's: it computes with inf and nan in place of errors
        tape.ieee = True
    return tape, kept if type(kept) is tuple else tuple(kept), values, nested


_NOTHING = None, None, None, None


def valued(op, values, compute, ieee):
    """The value of the primitive, by `compute`; NumPy's inf and nan in place of errors if `ieee`."""
    try:
        return compute(*values)
    except IEEE:
        if not ieee:
            raise
    import numpy as np

    with np.errstate(all="ignore"):
        y = op(*(np.float64(v) if type(v) in PLAIN else v for v in values))
    return float(y) if isinstance(y, np.float64) else y


def at_break(breaks, values):
    """True where an operand stands on a break of the primitive."""
    try:
        distance = breaks(*values)
    except IEEE:
        return True
    if not shape_of(distance):
        return bool(distance == 0)
    return sys.modules["numpy"].count_nonzero(distance) < distance.size
