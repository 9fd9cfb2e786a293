"""Second-order differences on grids, block by block: every number is read from memory once.

An array is cut into blocks that fit the cache; in each, partial derivatives are taken into scratch
space and used up at once, so that |∇f|, ∇²f, ∇·v and ∇×v need no stored partials. The seam for a
compiled kernel is `Stencil.apply`: the rest only says which block goes where.
"""

from math import prod

import numpy as np

_BLOCK = 1 << 15  # numbers in a block: 256 KiB of float64
SMALL = 1 << 18  # numbers that NumPy differentiates as fast: they fit a cache as they are
_EVEN = 8.0  # units of rounding of the largest coordinate: steps that differ by less are equal


def spacing(x, count):
    """The step of coordinates that are even up to their rounding, else the coordinates themselves."""
    x = np.asarray(x)
    if x.ndim == 0:
        return x
    if x.ndim != 1:
        raise ValueError("distances must be either scalars or 1d")
    if len(x) != count:
        raise ValueError("when 1d, distances must match the length of the corresponding dimension")
    if x.dtype.kind in "iu":
        x = x.astype(np.float64)
    if count < 2:
        return x
    step = (x[-1] - x[0]) / (count - 1)
    room = _EVEN * np.finfo(x.dtype).eps * max(abs(x[0]), abs(x[-1]))
    scratch = np.empty(min(count - 1, _BLOCK), x.dtype)
    for start in range(0, count - 1, _BLOCK):
        part = x[start : start + _BLOCK + 1]
        steps = np.subtract(part[1:], part[:-1], out=scratch[: len(part) - 1])
        most, least = np.maximum.reduce(steps), np.minimum.reduce(steps)
        if not (most - step <= room and step - least <= room):
            return x
    return step


class Stencil:
    """Differences along one axis: central inside, one-sided of the same array at the ends."""

    def __init__(self, step, axis, edge_order):
        self.step, self.axis, self.edge_order = step, axis, edge_order
        self.even = np.ndim(step) == 0

    def apply(self, f, block, out):
        """The partial derivative on a block of f (a slice for each axis), written to `out`."""
        axis, count = self.axis, f.shape[self.axis]
        start, stop, _ = block[axis].indices(count)
        low, high = max(start, 1), min(stop, count - 1)
        if low < high:
            self._inside(f, block, low, high, _along(out, axis, low - start, high - start))
        if start == 0:
            self._end(f, block, 0, 1, _along(out, axis, 0, 1))
        if stop == count:
            self._end(f, block, count - 1, -1, _along(out, axis, stop - 1 - start, stop - start))

    def _inside(self, f, block, low, high, out):
        ahead, behind = (
            self._shifted(f, block, low, high, 1),
            self._shifted(f, block, low, high, -1),
        )
        if self.even:
            np.subtract(ahead, behind, out=out)
            np.divide(out, 2.0 * self.step, out=out)
            return
        x = self.step
        before = self._column(x[low:high] - x[low - 1 : high - 1], f.ndim)
        after = self._column(x[low + 1 : high + 1] - x[low:high], f.ndim)
        np.multiply(behind, -after / (before * (before + after)), out=out)
        here = self._shifted(f, block, low, high, 0)
        out += here * ((after - before) / (before * after))
        out += ahead * (before / (after * (before + after)))

    def _end(self, f, block, at, inward, out):
        def value(k):
            place = at + k * inward
            return f[(*block[: self.axis], slice(place, place + 1), *block[self.axis + 1 :])]

        def step(k):
            if self.even:
                return self.step
            here, there = at + k * inward, at + (k + 1) * inward
            return abs(self.step[there] - self.step[here]) * np.sign(self.step[-1] - self.step[0])

        if self.edge_order == 1:
            np.subtract(value(1), value(0), out=out)
            np.divide(out, inward * step(0), out=out)
            return
        first, second = step(0), step(1)
        if self.even:
            a, b, c = -1.5 / first, 2.0 / first, -0.5 / first
        else:
            a = -(2.0 * first + second) / (first * (first + second))
            b = (first + second) / (first * second)
            c = -first / (second * (first + second))
        np.multiply(value(0), inward * a, out=out)
        out += inward * b * value(1)
        out += inward * c * value(2)

    def _shifted(self, f, block, low, high, by):
        return f[(*block[: self.axis], slice(low + by, high + by), *block[self.axis + 1 :])]

    def _column(self, values, ndim):
        return values.reshape((-1,) + (1,) * (ndim - 1 - self.axis))


class Second(Stencil):
    """Second differences along one axis; at an end that of the nearest three samples."""

    def __init__(self, step, axis):
        super().__init__(step, axis, 2)

    def _inside(self, f, block, low, high, out):
        np.multiply(self._shifted(f, block, low, high, 0), -2.0, out=out)
        ahead, behind = (
            self._shifted(f, block, low, high, 1),
            self._shifted(f, block, low, high, -1),
        )
        if self.even:
            np.add(out, ahead, out=out)
            np.add(out, behind, out=out)
            np.divide(out, self.step * self.step, out=out)
            return
        x = self.step
        before = self._column(x[low:high] - x[low - 1 : high - 1], f.ndim)
        after = self._column(x[low + 1 : high + 1] - x[low:high], f.ndim)
        np.divide(out, before * after, out=out)
        out += behind * (2.0 / (before * (before + after)))
        out += ahead * (2.0 / (after * (before + after)))

    def _end(self, f, block, at, inward, out):
        place = at + inward
        self._inside(f, block, place, place + 1, out)


def _along(array, axis, start, stop):
    return array[(slice(None),) * axis + (slice(start, stop),)]


def blocks(shape):
    """Slices that cut an array into pieces of at most a block, the last axes whole as far as they go."""
    sizes, room = [], _BLOCK
    for n in reversed(shape):
        size = max(1, min(n, room))
        sizes.append(size)
        room //= size
    sizes.reverse()
    starts = [range(0, n, size) for n, size in zip(shape, sizes, strict=True)]
    for corner in np.ndindex(*map(len, starts)):
        yield tuple(
            slice(s[k], min(s[k] + size, n))
            for s, k, size, n in zip(starts, corner, sizes, shape, strict=True)
        )


def partials(f, stencils, outs):
    """Each stencil's derivative of f, into its array."""
    for block in blocks(f.shape):
        for stencil, out in zip(stencils, outs, strict=True):
            stencil.apply(f, block, out[block])


def combined(fields, shape, dtype, terms, out):
    """For every block: the sum over terms (field, stencil, function of a partial), into `out`."""
    scratch = np.empty(_BLOCK, dtype)
    for block in blocks(shape):
        target = out[block]
        piece = scratch[: prod(target.shape)].reshape(target.shape)
        for number, (field, stencil, use) in enumerate(terms):
            stencil.apply(fields[field], block, piece)
            use(piece, target, number)
