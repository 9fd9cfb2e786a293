"""How a compiled program sees arrays: as rows, with tables of what every term takes at every place.

Axes are sorted by how far apart their places lie, and neighbours that no term uses become one. One call walks
all rows, or tiles of them, such that the rows on either side are still in the cache when they are needed:
memory is read once for all axes.
"""

from itertools import product
from math import prod

import numpy as np

from ...compiled.stencils import Program, Term
from .formulas import Second

KINDS = {"d": "double", "f": "float"}
_SHORT = 16  # rows of fewer numbers are left to NumPy
_RANK = 6
_NEAR = 1 << 16  # numbers in a tile of a plane: three of them stay in the cache
_COLUMNS = 1 << 12  # numbers in a row of such a tile
_TILE = 1 << 18  # numbers in a tile that several outputs are made of
_FAR = 1 << 24  # bytes of output that go past the cache
_ROWS = 32  # from so many rows on, weights along them are kept in arrays


def plain(a):
    """True for arrays that a program can read and write."""
    return a.dtype.char in KINDS and a.dtype.isnative and a.flags.aligned


class Axis:
    """An axis as the program sees it: its length, its steps in bytes in every array, its own number."""

    def __init__(self, count, strides, number):
        self.count, self.strides, self.number = count, strides, number


def grid_axes(arrays, used, out):
    """The axes, the closest places last; those that no term uses have no number."""
    shape = out.shape
    numbers = [r for r in range(len(shape)) if shape[r] > 1]
    numbers.sort(key=lambda r: -abs(out.strides[r]))
    found = []
    for r in numbers:
        strides = [a.strides[r] for a in arrays]
        whole = [s * shape[r] for s in strides]
        number = r if r in used else None
        if found and number is found[-1].number is None and found[-1].strides == whole:
            found[-1] = Axis(found[-1].count * shape[r], strides, None)
        else:
            found.append(Axis(shape[r], strides, number))
    return found


def tasks_of(fields, terms, outputs, outs, ways=None):
    """A task for each output, made of terms (field, stencil), or None where NumPy serves better."""
    arrays = [*fields, *outs]
    used = range(outs[0].ndim) if ways else {s.axis for _, s in terms}
    axes = grid_axes(arrays, used, outs[0])
    size = arrays[0].itemsize
    if not 0 < len(axes) <= _RANK or axes[-1].count < _SHORT:
        return None
    if any(s != size for s in axes[-1].strides):
        return None
    place = {axis.number: k for k, axis in enumerate(axes)}
    tables = []
    for k, (field, stencil) in enumerate(terms):
        r = place[stencil.axis]
        way = ways[k] if ways else ""
        if r == len(axes) - 1 and not ways:
            way = _way(stencil, arrays[0].size // axes[-1].count)
        table = Table(fields[field], stencil, axes[r].count, axes[r].strides[field], way)
        if table.words is None:
            return None
        tables.append((r, field, table))
    return [
        Task(axes, arrays, [tables[k] for _, k in parts], how, [s for s, _ in parts], number)
        for number, (how, parts) in enumerate(outputs, len(fields))
    ]


def _way(stencil, rows):
    """How the weights along rows are had."""
    x = stencil.step
    if stencil.even:
        return ""
    if rows >= _ROWS or not plain(x) or x.strides != (x.itemsize,):
        return "arrays"
    return "curves" if isinstance(stencil, Second) else "slopes"


class Table:
    """The places and weights of one term; without `words` where it is not for a program."""

    def __init__(self, f, stencil, count, stride, way):
        self.stencil, self.way, self.words, self.beside = stencil, way, None, None
        first, last = stencil.end(False), stencil.end(True)
        inside = stencil.distances(), stencil.weights(1, 2) if count > 2 else first[1]
        places = [(stencil.ends, *first), (stencil.inside, *inside), (stencil.ends, *last)]
        kinds = {np.result_type(f, w) for _, _, weights in places for w in weights}
        self.computed = kinds.pop()
        if kinds or self.computed.char not in KINDS:
            return
        number = self.computed.type
        divisors = [number(w[0]) for form, _, w in places if form != "three"]
        multiply = stencil.scaled is np.multiply
        if not multiply and not all(divisors):
            return  # NumPy warns of a step of zero
        turn = not multiply and all(map(_power_of_two, divisors))  # the same numbers, multiplied
        self.scaled = "fmul" if multiply or turn else "fdiv"
        self.words = [
            int(word)
            for form, distances, _ in places
            for word in (form != stencil.inside, *(d * stride for d in distances))
        ]
        if way:  # along a row an end is another case in any form
            self.words[0] = self.words[8] = 1
        self.weights = np.zeros((3 if stencil.even or way else count, 3))
        for row, (form, _, weights) in zip((0, 1, -1), places, strict=True):
            if row == 1 and count == 2 and len(self.weights) == 2:
                continue
            weights = [number(np.ravel(w)[0]) for w in weights]
            if turn and form != "three":
                weights = [1 / weights[0]]
            self.weights[row, : len(weights)] = weights
        if count > 2 and len(self.weights) == count and not stencil.even:
            self.weights[1:-1] = np.stack(stencil.weights(1, count - 1), axis=1)
        self._along(count)

    def _along(self, count):
        if self.way == "arrays":
            self.beside = np.zeros((3, count), self.computed)
            if count > 2:
                self.beside[:, 1:-1] = self.stencil.weights(1, count - 1)
        elif self.way:
            self.beside = self.stencil.step

    def term(self, field, axis):
        s = self.stencil
        given = KINDS[self.beside.dtype.char] if self.way in ("slopes", "curves") else "double"
        kind = KINDS[self.computed.char]
        return Term(field, axis, s.inside, s.ends, kind, self.scaled, self.way, given)


def _power_of_two(d):
    return abs(np.frexp(d)[0]) == 0.5 and 1e-30 < abs(d) < 1e30


class Task:
    """A program for one output, and what it is called with."""

    def __init__(self, axes, arrays, tables, how, signs, number):
        self._axes, self.out = axes, arrays[number]
        fields = sorted({field for _, field, _ in tables})
        self._numbers = [*fields, number]
        self._arrays = [arrays[k] for k in self._numbers]
        self._tables = [table for _, _, table in tables]
        terms = tuple(t.term(fields.index(field), r) for r, field, t in tables)
        kind = KINDS[self.out.dtype.char]
        self.program = Program(len(axes), kind, len(fields), terms, tuple(signs), how)

    def words(self, past):
        """The arguments of the program, for the whole arrays; `past` the cache or through it."""
        words = [int(past)]
        for axis in self._axes:
            words += [0, axis.count, axis.count]
        for k, a in zip(self._numbers, self._arrays, strict=True):
            words += [a.ctypes.data, *(axis.strides[k] for axis in self._axes[:-1])]
        for t in self._tables:
            beside = 0 if t.beside is None else t.beside.ctypes.data
            words += [*t.words, t.weights.ctypes.data, beside]
        return np.array(words, np.int64)


def call(tasks, calls, past=False):
    """Runs the programs of several tasks, tile by tile, so that all find the fields in the cache."""
    past = past and sum(task.out.nbytes for task in tasks) >= _FAR
    words = [task.words(past) for task in tasks]
    for tile in _tiles(tasks[0]._axes, len(tasks)):
        for call, given in zip(calls, words, strict=True):
            for r, (low, high) in enumerate(tile):
                given[1 + 3 * r : 3 + 3 * r] = low, high
            call(given.ctypes.data)


def _tiles(axes, count):
    """Parts of arrays, each between two numbers on every axis.

    Rows that a term takes from either side stay in the cache as long as they are needed: a tile is a part of
    the planes across the first axis with a term, and for several outputs of not too many planes.
    """
    first = min(k for k, axis in enumerate(axes) if axis.number is not None)
    counts = [axis.count for axis in axes]
    sizes, room = counts[:], _NEAR
    if prod(counts[first + 1 :]) > _NEAR:
        for k in range(len(counts) - 1, first, -1):
            most = min(room, _COLUMNS) if len(counts) - 1 == k > first + 1 else room
            sizes[k] = min(counts[k], most)
            room = max(1, room // sizes[k])
    if count > 1:
        room = max(1, _TILE // prod(sizes[first + 1 :]))
        for k in range(first, -1, -1):
            sizes[k] = min(counts[k], room)
            room = max(1, room // sizes[k])
    return product(
        *(
            [(s, min(s + size, n)) for s in range(0, n, size)]
            for n, size in zip(counts, sizes, strict=True)
        )
    )
