"""What is recorded of the operands of an operation: the everyday case, in few steps.

Arrays that the caller could still change are copied.
"""


def everyday(args, kind_of_traced):
    """(tape, operands as they are recorded, values) for values traced on one open tape and plain ones.

    The tape is None for anything else.
    """
    tape, kept, values = None, [], []
    for a in args:
        kind = type(a)
        if kind is kind_of_traced:
            if tape is None:
                tape = a.tape
            elif a.tape is not tape:
                return None, None, None
            values.append(a.value)
        elif kind is float or kind is int:
            values.append(a)
        elif kind.__name__ == "ndarray" and a.shape and a.dtype.kind in "fbi":
            if a.flags.writeable:
                a = a.copy()
            values.append(a)
        else:
            return None, None, None
        kept.append(a)
    if tape is None or not tape.open:
        return None, None, None
    return tape, tuple(kept), values
