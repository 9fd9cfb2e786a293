"""Exact samples on a grid of several axes: stencils along every axis at once.

At a place the nearest nodes of every axis make a small box; its samples, weighted along each axis by
Fornberg's weights, give any partial derivative. Two sizes of the box are compared, and their difference
is the error.
"""

import numpy as np

from .stencils import nearest, stencil_weights

_NODES = {1: 14, 2: 12, 3: 8}  # along each axis, by dimension; 6 beyond
_BLOCK = 1 << 20  # numbers gathered at once
_FEW = 6  # samples along an axis, from which two smaller boxes are looked at
_SAFETY = 4.0


class Grid:
    """Values and partial derivatives of samples y[i, j, …] at the crossings of increasing axes."""

    notes = ()

    def __init__(self, axes, y):
        self.axes, self.y = axes, y
        bad = int((~np.isfinite(y)).sum())
        if bad:
            raise ValueError(
                f"{bad} values on the grid are missing or infinite, and stencils reach over many; hand over "
                "the others as scattered points: sampled(y[known], points[known])"
            )
        self.most = _NODES.get(len(axes), 6)
        self.rounding = np.finfo(float).eps * float(np.abs(y).max())

    @property
    def method(self):
        return f"stencils on the nearest {self.most} samples of each axis"

    def at(self, points, orders):
        """`(values, error bounds)` of the partial of those orders at points (count, dimensions)."""
        for k, (axis, order) in enumerate(zip(self.axes, orders, strict=True)):
            if len(axis) <= order:
                raise ValueError(
                    f"a derivative of order {order} along axis {k} needs {order + 1} samples, "
                    f"not {len(axis)}"
                )
        wide, narrow = self._sizes(orders)
        values, errors = np.empty(len(points)), np.empty(len(points))
        block = max(1, _BLOCK // self.most ** len(self.axes))
        for start in range(0, len(points), block):
            part = slice(start, start + block)
            values[part], spread = self._box(points[part], orders, wide)
            steps = [
                np.abs(values[part] - self._box(points[part], orders, sizes)[0]) for sizes in narrow
            ]
            errors[part] = len(narrow) * _SAFETY * (np.max(steps, axis=0) + self.rounding * spread)
        unknown = any(w == n for w, n in zip(wide, narrow[0], strict=True))
        return values, np.full(len(points), np.nan) if unknown else errors

    def _sizes(self, orders):
        """How many samples along each axis make the box, and the smaller boxes beside it."""
        wide = [
            min(max(self.most, o + 2), len(axis)) for axis, o in zip(self.axes, orders, strict=True)
        ]
        fewer = (2,) if min(wide) > _FEW else (1, 2)  # by symmetry one alone may change little
        narrow = [[max(n - f, o + 1) for n, o in zip(wide, orders, strict=True)] for f in fewer]
        return wide, narrow

    def _box(self, points, orders, sizes):
        indices, weights = [], []
        for k, (axis, order) in enumerate(zip(self.axes, orders, strict=True)):
            count = sizes[k]
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
