"""NumPy's functions that write into an array, for arrays in handles: copyto, put, place, putmask, ufunc.at.

Each finds the places and the values, and stores them as `a[places] = values` does; where a
place is named twice the last one counts, except for `ufunc.at`, which applies them in turn.
"""

import numpy as np

from ..contraction import expand_to
from ..primitive import shape_of
from ..rules.arrays import flat, operand
from ..structure import Scatter, take


def copyto(dst, src, casting="same_kind", where=True):
    if where is True:
        dst[...] = src
        return
    mask = np.broadcast_to(where, dst.shape)
    value = operand(src) if not hasattr(src, "shape") else src
    dst[mask] = expand_to(value, dst.shape)[mask] if shape_of(value) else value


def putmask(a, /, mask, values):
    """`a.flat[i] = values.flat[i % n]` for every i where the mask holds."""
    _store_at(a, np.flatnonzero(mask), values, lambda places, n: places % n)


def place(arr, mask, vals):
    """The values one after the other, again and again, where the mask holds."""
    _store_at(arr, np.flatnonzero(mask), vals, lambda places, n: np.arange(len(places)) % n)


def put(a, ind, v, mode="raise"):
    places = np.ravel(ind)
    if mode == "wrap":
        places = places % a.size
    elif mode == "clip":
        places = np.clip(places, 0, a.size - 1)
    _store_at(a, places, v, lambda places, n: np.arange(len(places)) % n)


def _store_at(a, places, values, which):
    """Store at flat places of a the values that `which` picks."""
    line = flat(operand(values)) if not hasattr(values, "tape") else flat(values)
    n = shape_of(line)[0] if shape_of(line) else 1
    if len(places) and n:
        a.flat[places] = take(line, which(places, n))


def at(ufunc, target, index, values=None):
    """ufunc.at for a handle: repeated places take the values one after the other."""
    places = target.places_at(index)
    flat_places = places.ravel()
    now, line = target.flat.content, None
    if values is not None:
        line = flat(expand_to(operand(values), places.shape))
    sign = {"add": 1.0, "subtract": -1.0}.get(ufunc.__name__)
    if sign is not None:
        target.flat[...] = now + sign * Scatter(flat_places, shape_of(now))(line)
        return
    for turn in _turns(flat_places):
        spots = flat_places[turn]
        operands = [] if line is None else [take(line, turn)]
        target.flat[spots] = ufunc(target.flat[spots], *operands)


def _turns(places):
    """The indices of the first, second, … occurrences of the places."""
    order = np.argsort(places, kind="stable")
    s = places[order]
    fresh = np.ones(len(s), dtype=bool)
    fresh[1:] = s[1:] != s[:-1]
    count = np.arange(len(s)) - np.maximum.accumulate(np.where(fresh, np.arange(len(s)), 0))
    rank = np.empty(len(s), dtype=int)
    rank[order] = count
    return [np.flatnonzero(rank == k) for k in range(rank.max(initial=-1) + 1)]


STORES = {np.copyto: copyto, np.putmask: putmask, np.place: place, np.put: put}
