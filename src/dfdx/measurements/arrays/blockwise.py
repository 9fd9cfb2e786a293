"""Gradients of arrays that are not in memory: Dask arrays, and stored arrays such as Zarr's.

Each block is read with a margin of its neighbours, differentiated as the whole would be, and its margin cut
off: the same numbers to the bit, in the memory of a block. A block is as many chunks as are read with little
margin, and is read once for all axes.
"""

from itertools import product
from os import PathLike, fspath

import numpy as np

from .arguments import numbers, stencils_for
from .formulas import Stencil
from .kernels import combined
from .machine import run

_BLOCK = 1 << 22  # numbers in a block: 32 MiB of float64


def is_elsewhere(f):
    """True for arrays that are read and written by blocks: stored ones, their paths, Dask's."""
    return isinstance(f, (str, PathLike)) or _is_stored(f) or _is_dask(f)


def gradient_of_stored(f, varargs, axis, edge_order, out):
    """The gradient of an array that is not in memory: lazily for Dask, else written to `out`."""
    if isinstance(f, (str, PathLike)):
        f = _opened(f, "r")
    stencils = stencils_for(f.shape, varargs, axis, edge_order)
    if _is_dask(f):
        if out is not None:
            raise TypeError(
                "the gradient of a Dask array is lazy; store the result, out= is for arrays"
            )
        found = [_dask_partial(f, s) for s in stencils]
    else:
        found = _stored_outputs(f, out, len(stencils))
        _stored_partials(f, stencils, found)
    return found[0] if len(found) == 1 else tuple(found)


def _is_stored(f):
    return hasattr(f, "chunks") and hasattr(f, "shape") and not _is_dask(f)


def _is_dask(f):
    return type(f).__module__.partition(".")[0] == "dask"


def _opened(path, mode, **options):
    try:
        import zarr
    except ImportError:
        raise TypeError(
            f"{fspath(path)!r}: the path of a stored array needs the package zarr; pass an array"
        ) from None
    return zarr.open_array(fspath(path), mode=mode, **options)


def _stored_outputs(f, out, count):
    """The arrays to write to; paths are made to arrays like f."""
    outs = list(out) if isinstance(out, (tuple, list)) else [out]
    if out is None or len(outs) != count:
        raise TypeError(
            f"a stored array is differentiated into stored arrays: pass out= with {count} of them, or paths"
        )
    kind = _kind(f)
    for k, o in enumerate(outs):
        if isinstance(o, (str, PathLike)):
            outs[k] = o = _opened(o, "w-", shape=f.shape, chunks=_grain(f), dtype=kind)
        if getattr(o, "shape", None) != tuple(f.shape):
            raise ValueError(f"out must be {count} arrays of shape {tuple(f.shape)}")
        if o.dtype != kind:
            raise TypeError(f"out must be of the kind of the derivative, {kind}, not {o.dtype}")
    return outs


def _kind(f):
    kind = np.dtype(f.dtype)
    return np.dtype(np.float64) if kind.kind in "biu" else kind


def _grain(f):
    """The sizes of what is read at once: the chunks of a stored array, or the shards that hold them."""
    grain = getattr(f, "shards", None) or f.chunks
    return grain if not isinstance(grain[0], tuple) else tuple(c[0] for c in grain)


def _dask_partial(f, stencil):
    """The partial derivative of a Dask array, as a Dask array of the same chunks."""
    import dask.array as da

    axis, pieces, start = stencil.axis, [], 0
    for size in f.chunks[axis]:
        stop = start + size
        low, high = _with_margin(start, stop, f.shape[axis], stencil)
        near = f[(slice(None),) * axis + (slice(low, high),)].rechunk({axis: -1})
        made = near.map_blocks(_local, [_moved(stencil, low, high)], dtype=_kind(f))
        pieces.append(made[(slice(None),) * axis + (slice(start - low, stop - low),)])
        start = stop
    return da.concatenate(pieces, axis=axis)


def _local(values, stencils):
    return _differentiated(values, stencils)[0]


def _stored_partials(f, stencils, outs):
    """The partial derivatives of a stored array, block by block."""
    sizes = _sizes(f.shape, _grain(f), [s.axis for s in stencils])
    for corner in product(*(range(0, n, size) for n, size in zip(f.shape, sizes, strict=True))):
        own = [(k, min(k + s, n)) for k, s, n in zip(corner, sizes, f.shape, strict=True)]
        near, moved = own[:], []
        for s in stencils:
            near[s.axis] = _with_margin(*own[s.axis], f.shape[s.axis], s)
            moved.append(_moved(s, *near[s.axis]))
        values = np.asarray(f[tuple(slice(*n) for n in near)])
        cut = tuple(slice(a - n, b - n) for (a, b), (n, _) in zip(own, near, strict=True))
        place = tuple(slice(*o) for o in own)
        for made, out in zip(_differentiated(values, moved), outs, strict=True):
            out[place] = made[cut]


def _sizes(shape, grain, axes):
    """The sizes of a block: whole chunks, grown where a margin is read until they fill a block."""
    sizes = [min(g, n) for g, n in zip(grain, shape, strict=True)]
    while True:
        grown = [r for r in axes if sizes[r] < shape[r]]
        if not grown or 2 * int(np.prod(sizes, dtype=object)) > _BLOCK:
            return sizes
        r = min(grown, key=lambda r: sizes[r])
        sizes[r] = min(2 * sizes[r], shape[r])


def _with_margin(start, stop, count, stencil):
    """What is read around a block along the axis of the stencil."""
    return max(start - stencil.edge_order, 0), min(stop + stencil.edge_order, count)


def _moved(stencil, low, high):
    """The stencil for a part of its axis."""
    step = stencil.step if stencil.even else stencil.step[low:high]
    return Stencil(step, stencil.axis, stencil.edge_order)


def _differentiated(values, stencils):
    values = numbers(values)
    outs = [np.empty_like(values) for _ in stencils]
    terms = [(0, s) for s in stencils]
    outputs = [("sum", ((1, k),)) for k in range(len(stencils))]
    if values.size and not run([values], terms, outputs, outs):
        combined([values], terms, outputs, outs)
    return outs
