"""Gradients of arrays that are not in memory: Dask arrays, and stored arrays such as Zarr's.

Each block is read with a margin of its neighbours, differentiated as the whole would be, and its margin cut
off: the same numbers to the bit, in the memory of a block.
"""

from itertools import product

import numpy as np

from .kernels import Stencil


def is_stored(f):
    """True for arrays on a disk or elsewhere that are read and written by blocks."""
    return hasattr(f, "chunks") and hasattr(f, "shape") and not isinstance(f, np.ndarray)


def is_dask(f):
    return type(f).__module__.partition(".")[0] == "dask"


def dask_partial(f, step, axis, edge_order):
    """The partial derivative of a Dask array, as a Dask array of the same chunks."""
    import dask.array as da

    pieces, start = [], 0
    for size in f.chunks[axis]:
        stop = start + size
        low, high, cut = _margins(start, stop, f.shape[axis], edge_order)
        near = f[(slice(None),) * axis + (slice(low, high),)].rechunk({axis: -1})
        local = step if np.ndim(step) == 0 else step[low:high]
        made = near.map_blocks(_local, local, axis, edge_order, dtype=f.dtype)
        pieces.append(made[(slice(None),) * axis + (cut,)])
        start = stop
    return da.concatenate(pieces, axis=axis)


def stored_partial(f, step, axis, edge_order, out):
    """The partial derivative of a stored array, block by block, written to `out`."""
    sizes = f.chunks if not isinstance(f.chunks[0], tuple) else [c[0] for c in f.chunks]
    starts = [range(0, n, size) for n, size in zip(f.shape, sizes, strict=True)]
    for corner in product(*starts):
        block = [
            slice(k, min(k + size, n)) for k, size, n in zip(corner, sizes, f.shape, strict=True)
        ]
        own = block[axis]
        low, high, cut = _margins(own.start, own.stop, f.shape[axis], edge_order)
        near = list(block)
        near[axis] = slice(low, high)
        values = np.asarray(f[tuple(near)])
        local = step if np.ndim(step) == 0 else step[low:high]
        made = _local(values, local, axis, edge_order)
        out[tuple(block)] = made[(slice(None),) * axis + (cut,)]
    return out


def _margins(start, stop, count, edge_order):
    """What to read around a block along the axis, and where the block lies in it."""
    low, high = max(start - edge_order, 0), min(stop + edge_order, count)
    return low, high, slice(start - low, stop - low)


def _local(values, step, axis, edge_order):
    if values.dtype.kind in "biu":
        values = values.astype(np.float64)
    out = np.empty(values.shape, values.dtype)
    if values.size:
        Stencil(step, axis, edge_order).apply(values, tuple(slice(0, n) for n in values.shape), out)
    return out
