"""Indices: what NumPy allows between brackets, and what can be said about it without the array."""

from operator import index as whole


def is_basic(index):
    """True for an index of integers, slices, None and Ellipsis only.

    >>> is_basic((0, slice(None), None)), is_basic([0, 1]), is_basic(True)
    (True, False, False)
    """
    parts = index if type(index) is tuple else (index,)
    return all(_is_plain(p) for p in parts)


def _is_plain(p):
    return p is None or p is Ellipsis or type(p) is int or type(p) is slice


def names_once(index):
    """True where no element can be named twice: a basic index, or one with masks only."""
    parts = index if type(index) is tuple else (index,)
    return all(_is_plain(p) or _is_mask(p) for p in parts)


def _is_mask(p):
    return hasattr(p, "dtype") and p.dtype.kind == "b"


def flat_places(index, shape):
    """The position, in the flattened array, of every element that the index picks.

    >>> flat_places(([0, 1], [2, 0]), (2, 3))
    array([2, 3])
    """
    import numpy as np

    count = 1
    for size in shape:
        count *= size
    return np.asarray(np.arange(count).reshape(shape)[index])


def normal(index):
    """The index with NumPy's integers as int, lists as arrays, arrays copied (they could change)."""
    if type(index) is tuple:
        return tuple([_normal_part(p) for p in index])
    return _normal_part(index)


def _normal_part(p):
    if _is_plain(p) or type(p) is bool:
        return p
    if not hasattr(p, "dtype") and not isinstance(p, (list, tuple)):
        return whole(p)
    import numpy as np

    a = np.array(p)
    if a.shape:
        return a if a.size or a.dtype.kind == "b" else a.astype(int)
    return bool(a) if a.dtype.kind == "b" else whole(a)


def index_key(index):
    """Something hashable that tells indices apart; an array counts by identity.

    >>> index_key((slice(0, 3), None))
    (('slice', 0, 3, None), None)
    """
    if type(index) is tuple:
        return tuple(_part_key(p) for p in index)
    return _part_key(index)


def _part_key(p):
    if type(p) is slice:
        return "slice", p.start, p.stop, p.step
    if _is_plain(p):
        return p
    return type(p), p if type(p) is bool else id(p)


def show_index(index):
    """The index as text; arrays as …."""
    parts = index if type(index) is tuple else (index,)
    return ", ".join("…" if hasattr(p, "shape") else _show_part(p) for p in parts)


def _show_part(p):
    if p is Ellipsis:
        return "..."
    if type(p) is not slice:
        return str(p)
    text = f"{'' if p.start is None else p.start}:{'' if p.stop is None else p.stop}"
    return text if p.step is None else f"{text}:{p.step}"
