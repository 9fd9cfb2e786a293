"""Points and values part by part: numbers and arrays alike, as numbers in a row."""

from ..graph import Operand
from ..primitive import shape_of
from ..structure import Put

_GOLDEN = 0.6180339887498949


def size(x):
    """How many numbers x holds.

    >>> size(3.0)
    1
    """
    count = 1
    for n in shape_of(x):
        count *= n
    return count


def part(x, i):
    """Number i of x."""
    return x.reshape(-1)[i] if shape_of(x) else x


def replaced(x, i, p):
    """x with p as its number i; a traced p stays traced."""
    if not shape_of(x):
        return p
    import numpy as np

    if isinstance(p, Operand):
        return Put(tuple(map(int, np.unravel_index(i, shape_of(x)))))(x, p)
    moved = np.array(x, dtype=float, order="C")  # so that reshape gives a view
    moved.reshape(-1)[i] = p
    return moved


def copied(x):
    """x, an array as one of its own."""
    if not shape_of(x):
        return x
    import numpy as np

    return np.array(x)


def uneven(x, at=0):
    """Numbers from 1/2 to 1 in the shape of x, all different: number `at` of a row and the next ones."""
    if not shape_of(x):
        return 0.5 + 0.5 * (_GOLDEN * (at + 1) % 1)
    import numpy as np

    k = at + 1 + np.arange(np.size(x)).reshape(shape_of(x))
    return 0.5 + 0.5 * (_GOLDEN * k % 1)


def direction(leaves):
    """An uneven direction in which every number of the leaves moves."""
    found, at = [], 0
    for x in leaves:
        found.append(uneven(x, at))
        at += size(x)
    return found


def along(f, leaves, j, i):
    """The function f of all leaves as a function of number i of leaf j, the others held."""

    def line(p):
        moved = list(leaves)
        moved[j] = replaced(moved[j], i, p)
        return f(*moved)

    line.__name__ = f.__name__
    return line
