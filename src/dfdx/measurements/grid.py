"""Exact samples on a grid of several axes: stencils along every axis at once.

At a place the nearest nodes of every axis make a small box; its samples, weighted along each axis by
Fornberg's weights, give any partial derivative. Two sizes of the box are compared, and their difference
is the error.
"""

import numpy as np

from .stencils import nearest, stencil_weights

_NODES = {1: 14, 2: 12, 3: 8}  # along each axis, by dimension; 6 beyond
_BLOCK = 1 << 20  # numbers gathered at once
_SAFETY = 4.0


class Grid:
    """Values and partial derivatives of samples y[i, j, …] at the crossings of increasing axes."""

    notes = ()

    def __init__(self, axes, y):
        self.axes, self.y = axes, y
        self.most = _NODES.get(len(axes), 6)
        self.rounding = np.finfo(float).eps * float(np.abs(y).max())

    @property
    def method(self):
        return f"stencils on the nearest {self.most} samples of each axis"

    def at(self, points, orders):
        """`(values, error bounds)` of the partial of those orders at points (count, dimensions)."""
        values, errors = np.empty(len(points)), np.empty(len(points))
        block = max(1, _BLOCK // self.most ** len(self.axes))
        for start in range(0, len(points), block):
            part = slice(start, start + block)
            wide, spread = self._box(points[part], orders, self.most)
            narrow, _ = self._box(points[part], orders, self.most - 2)
            values[part] = wide
            errors[part] = _SAFETY * (np.abs(wide - narrow) + self.rounding * spread)
        return values, errors

    def _box(self, points, orders, most):
        indices, weights = [], []
        for k, (axis, order) in enumerate(zip(self.axes, orders, strict=True)):
            count = min(max(most, order + 1), len(axis))
            at = points[:, k]
            index = nearest(axis, at, count)
            offsets = axis[index] - at[:, None]
            scale = np.abs(offsets).max(axis=1)
            scale[scale == 0] = 1.0
            w = stencil_weights(offsets / scale[:, None], order)
            weights.append(w / scale[:, None] ** order)
            indices.append(index)
        gathered = self.y[_crossed(indices)]
        spread = np.ones(len(points))
        for w in reversed(weights):
            gathered = np.einsum("n...k,nk->n...", gathered, w)
            spread = spread * np.abs(w).sum(axis=1)
        return gathered, spread


def _crossed(indices):
    """The indices of every axis, shaped so that together they take a box for each place."""
    d = len(indices)
    return tuple(
        index.reshape(len(index), *((1,) * k), -1, *((1,) * (d - 1 - k)))
        for k, index in enumerate(indices)
    )
