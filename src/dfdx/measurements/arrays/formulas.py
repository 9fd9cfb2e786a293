"""Differences along one axis: the formulas, written once, and their NumPy on a block of an array.

A formula is a form, the places it takes and their weights, in the order and with the operations of
numpy.gradient, so that the numbers are its numbers to the bit, in NumPy and compiled:

    difference   (f[o1] − f[o0]) / w0
    three        w0·f[o0] + w1·f[o1] + w2·f[o2]
    bend         ((−2 f[o0] + f[o1]) + f[o2]) / w0

`fused` fields, which have no counterpart in NumPy, multiply by 1 / w0 where that is an ordinary number
(an error of at most 1.5 units in the last place instead of 0.5).
"""

import numpy as np


class Stencil:
    """First derivatives: central inside, one-sided at the ends; `step` is a number or coordinates."""

    def __init__(self, step, axis, edge_order, fused=False):
        self.step, self.axis, self.edge_order = step, axis, edge_order
        self.even = np.ndim(step) == 0
        self.inside = "difference" if self.even else "three"
        self.ends = "difference" if edge_order == 1 else "three"
        self.scaled, self._fused = np.divide, fused
        if fused and self.even and all(_ordinary(d) for d in (step, 2.0 * step)):
            self.scaled = np.multiply

    def distances(self):
        """How far away the values lie that the form inside takes."""
        return (-1, 1, 0) if self.inside == "difference" else (-1, 0, 1)

    def weights(self, low, high):
        """The weights of the form inside: numbers, or an array of each for the places from low to high."""
        if self.even:
            return self._divisors(2.0 * self.step)
        before, after = self._steps(low, high)
        return (
            -after / (before * (before + after)),
            (after - before) / (before * after),
            before / (after * (before + after)),
        )

    def end(self, last):
        """Distances and weights at the first place, or at the last one."""
        if self.edge_order == 1:
            h = self.step if self.even else self._gap(-1 if last else 0)
            return ((-1, 0, 0) if last else (0, 1, 0)), self._divisors(h)
        if self.even:
            h = self.step
            weights = (0.5 / h, -2.0 / h, 1.5 / h) if last else (-1.5 / h, 2.0 / h, -0.5 / h)
        elif last:
            p, q = self._gap(-2), self._gap(-1)
            weights = (q / (p * (p + q)), -(q + p) / (p * q), (2.0 * q + p) / (q * (p + q)))
        else:
            p, q = self._gap(0), self._gap(1)
            weights = (-(2.0 * p + q) / (p * (p + q)), (p + q) / (p * q), -p / (q * (p + q)))
        return ((-2, -1, 0) if last else (0, 1, 2)), weights

    def _divisors(self, d):
        if self.scaled is np.divide:
            return (d,)
        return (np.float64(1.0 / d) if type(d) is np.float64 else 1.0 / float(d),)

    def _gap(self, k):
        """Step number k of the coordinates, counted from either end."""
        x = self.step
        return x[k + 1] - x[k] if k >= 0 else x[len(x) + k] - x[len(x) + k - 1]

    def _steps(self, low, high):
        """The steps before and after the places from low to high, as numpy.diff has them."""
        steps = np.subtract(self.step[low : high + 1], self.step[low - 1 : high])
        return steps[:-1], steps[1:]

    def apply(self, f, block, out):
        """The derivative on a block of f (a slice for each axis), written to `out`."""
        axis, count = self.axis, f.shape[self.axis]
        start, stop, _ = block[axis].indices(count)
        low, high = max(start, 1), min(stop, count - 1)
        if low < high:
            weights = self.weights(low, high)
            if not self.even:
                weights = [w.reshape((-1,) + (1,) * (f.ndim - 1 - axis)) for w in weights]
            part = _along(out, axis, low - start, high - start)
            self._form(self.inside, f, block, low, high, self.distances(), weights, part)
        for last, at in ((False, 0), (True, count - 1)):
            if start <= at < stop:
                distances, weights = self.end(last)
                part = _along(out, axis, at - start, at - start + 1)
                self._form(self.ends, f, block, at, at + 1, distances, weights, part)

    def _form(self, form, f, block, low, high, distances, weights, out):
        front, back = block[: self.axis], block[self.axis + 1 :]
        a, b, c = (f[(*front, slice(low + by, high + by), *back)] for by in distances)
        if form == "three":
            u, v, w = weights
            out[...] = u * a + v * b + w * c
            return
        if form == "bend":
            np.multiply(a, -2.0, out=out)
            np.add(out, b, out=out)
            np.add(out, c, out=out)
        else:
            np.subtract(b, a, out=out)
        self.scaled(out, weights[0], out=out)


class Second(Stencil):
    """Second derivatives of the nearest three samples; at an end those of its neighbour."""

    def __init__(self, step, axis):
        super().__init__(step, axis, 2, fused=True)
        self.inside = self.ends = "bend" if self.even else "three"
        if self.even and not _ordinary(step * step):
            self.scaled = np.divide

    def distances(self):
        return (0, 1, -1) if self.even else (-1, 0, 1)

    def weights(self, low, high):
        if self.even:
            return self._divisors(self.step * self.step)
        before, after = self._steps(low, high)
        both = before + after
        return 2.0 / (before * both), -2.0 / (before * after), 2.0 / (after * both)

    def end(self, last):
        shift = -1 if last else 1
        count = 2 if self.even else len(self.step)
        place = count - 2 if last else 1
        weights = self.weights(place, place + 1)
        if not self.even:
            weights = tuple(w[0] for w in weights)
        return tuple(d + shift for d in self.distances()), weights


def _along(array, axis, start, stop):
    return array[(slice(None),) * axis + (slice(start, stop),)]


def _ordinary(d):
    """True for numbers whose reciprocal is about as good as they are, in either precision."""
    return type(d) in (float, int, np.float64, np.float32) and 1e-30 < abs(d) < 1e30
