"""Derivatives of gridded arrays: partials, |∇f|, divergence, curl and Laplacian, each in one pass.

The numbers are np.gradient's (second order inside, `edge_order` 1 or 2 at the edges); the time is that of
reading the arrays, because no partial is stored that is not asked for.
"""

import numpy as np

from .blockwise import dask_partial, is_dask, is_stored, stored_partial
from .kernels import SMALL, Second, Stencil, combined, partials, spacing
from .kinds import Kind, kind_of


def gradient(f, *varargs, axis=None, edge_order=1, out=None):
    """The partial derivatives of a gridded array: numpy.gradient with `out=`, several times as fast.

    One array for one axis, a tuple for several. The varargs are a step for all axes, a step or
    coordinates for each axis. `out` is an array, or a tuple of arrays, to write to. Arrays of pandas, xarray,
    pint, torch and of the array API come back as what they are; Dask arrays stay lazy; stored arrays (Zarr)
    go block by block to stored arrays in `out`.

    Raises what numpy.gradient raises.

    >>> import numpy as np
    >>> gradient(np.array([0.0, 1.0, 4.0, 9.0]), 1.0)
    array([1., 2., 4., 5.])
    """
    if type(f) is np.ndarray and out is None and f.size <= SMALL and _all_plain(varargs):
        return np.gradient(f, *varargs, axis=axis, edge_order=edge_order)  # fits the cache whole
    kind = kind_of(f)
    if is_dask(f) or (type(kind) is Kind and is_stored(f)):
        return _blockwise(f, varargs, axis, edge_order, out)
    if type(kind) is not Kind:
        found = gradient(
            kind.numbers(),
            *(kind_of(v).numbers()[()] for v in varargs),
            axis=axis,
            edge_order=edge_order,
        )
        pers = [kind_of(v) for v in varargs] or [None]
        if not isinstance(found, tuple):
            return kind.back(found, pers[0], 1)
        pers = pers * len(found) if len(pers) == 1 else pers
        return tuple(kind.back(g, per, 1) for g, per in zip(found, pers, strict=True))
    f = np.asanyarray(f)
    if type(f) is not np.ndarray or f.dtype.kind not in "biufc":
        if out is not None:
            raise TypeError(
                f"out= is for plain arrays of numbers, not {type(f).__name__} of {f.dtype}"
            )
        return np.gradient(f, *varargs, axis=axis, edge_order=edge_order)
    f, axes, stencils = _prepared(f, varargs, axis, edge_order)
    outs = _outputs(f, len(axes), out)
    partials(f, stencils, outs)
    return outs[0] if len(axes) == 1 else tuple(outs)


def _all_plain(varargs):
    return all(type(v) in (float, int, np.ndarray, np.float64) for v in varargs)


def _blockwise(f, varargs, axis, edge_order, out):
    """The gradient of an array that is not in memory: lazily for Dask, else written to `out`."""
    axes, stencils = _stencils(f.shape, varargs, axis, edge_order)
    if is_dask(f):
        if out is not None:
            raise TypeError(
                "the gradient of a Dask array is lazy; store the result, out= is for arrays"
            )
        found = [dask_partial(f, s.step, s.axis, edge_order) for s in stencils]
    else:
        outs = [out] if hasattr(out, "shape") else list(out or ())
        if len(outs) != len(axes):
            raise TypeError(
                f"a stored array is differentiated into stored arrays: pass out= with {len(axes)} of them"
            )
        found = [
            stored_partial(f, s.step, s.axis, edge_order, o)
            for s, o in zip(stencils, outs, strict=True)
        ]
    return found[0] if len(found) == 1 else tuple(found)


def slope(f, *varargs, axis=None, edge_order=1, out=None):
    """|∇f|: the length of the gradient at every place of the grid, no partial stored.

    >>> import numpy as np
    >>> x, y = np.meshgrid(np.arange(4.0), np.arange(3.0), indexing="ij")
    >>> float(slope(3 * x + 4 * y, 1.0)[1, 1])
    5.0
    """
    f, axes, stencils = _prepared(np.asarray(f), varargs, axis, edge_order)
    (out,) = _outputs(f, 1, out)

    def add(piece, target, number):
        np.multiply(piece, piece.conj() if piece.dtype.kind == "c" else piece, out=piece)
        if number:
            np.add(target, piece, out=target)
        else:
            target[...] = piece
        if number == len(axes) - 1:
            np.sqrt(target, out=target)

    combined([f], f.shape, f.dtype, [(0, s, add) for s in stencils], out)
    return out


def divergence(v, *varargs, edge_order=1, out=None):
    """∇·v of a vector field, whose first axis numbers the components.

    >>> import numpy as np
    >>> x, y = np.meshgrid(np.arange(4.0), np.arange(3.0), indexing="ij")
    >>> float(divergence(np.stack([2 * x, 3 * y]), 1.0)[1, 1])
    5.0
    """
    v = _field(v)
    fields, stencils = _components(v, varargs, edge_order)
    (out,) = _outputs(fields[0], 1, out)
    terms = [(k, s, _added) for k, s in enumerate(stencils)]
    combined(fields, fields[0].shape, fields[0].dtype, terms, out)
    return out


def curl(v, *varargs, edge_order=1, out=None):
    """∇×v of a field in the plane (a number at every place) or in space (a vector along the first axis).

    >>> import numpy as np
    >>> x, y = np.meshgrid(np.arange(4.0), np.arange(3.0), indexing="ij")
    >>> float(curl(np.stack([-y, x]), 1.0)[1, 1])
    2.0
    """
    v = _field(v)
    if len(v) not in (2, 3):
        raise ValueError(f"curl is for fields of 2 or 3 components, not {len(v)}")
    fields, stencils = _components(v, varargs, edge_order)
    shape, dtype = fields[0].shape, fields[0].dtype
    if len(v) == 2:
        (out,) = _outputs(fields[0], 1, out)
        combined(fields, shape, dtype, [(1, stencils[0], _added), (0, stencils[1], _taken)], out)
        return out
    if out is None:
        out = np.empty((3, *shape), dtype)
    for k in range(3):
        i, j = (k + 1) % 3, (k + 2) % 3
        combined(fields, shape, dtype, [(j, stencils[i], _added), (i, stencils[j], _taken)], out[k])
    return out


def laplacian(f, *varargs, axis=None, out=None):
    """∇²f by second differences, f(x−h) − 2 f(x) + f(x+h), of the step itself; three nearest at the edges.

    >>> import numpy as np
    >>> x, y = np.meshgrid(np.arange(4.0), np.arange(5.0), indexing="ij")
    >>> float(laplacian(x**2 + 3 * y**2, 1.0)[1, 1])
    8.0
    """
    f, _, stencils = _prepared(np.asarray(f), varargs, axis, 2)
    (out,) = _outputs(f, 1, out)
    seconds = [Second(s.step, s.axis) for s in stencils]
    combined([f], f.shape, f.dtype, [(0, s, _added) for s in seconds], out)
    return out


def _prepared(f, varargs, axis, edge_order):
    """The array as floats, the axes, and a stencil for each."""
    if f.dtype.kind in "biu":
        f = f.astype(np.float64)
    return f, *_stencils(f.shape, varargs, axis, edge_order)


def _stencils(shape, varargs, axis, edge_order):
    """The axes and a stencil for each; np.gradient's errors for bad arguments."""
    axes = _axes(axis, len(shape))
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    if len(varargs) == 0:
        steps = [1.0] * len(axes)
    elif len(varargs) == 1 and np.ndim(varargs[0]) == 0:
        steps = list(varargs) * len(axes)
    elif len(varargs) == len(axes):
        steps = [spacing(x, shape[a]) for x, a in zip(varargs, axes, strict=True)]
    else:
        raise TypeError("invalid number of arguments")
    for a in axes:
        if shape[a] < edge_order + 1:
            raise ValueError(
                "Shape of array too small to calculate a numerical gradient, "
                "at least (edge_order + 1) elements are required."
            )
    return axes, [Stencil(s, a, edge_order) for s, a in zip(steps, axes, strict=True)]


def _axes(axis, ndim):
    if axis is None:
        return tuple(range(ndim))
    return np.lib.array_utils.normalize_axis_tuple(axis, ndim)


def _field(v):
    v = np.asarray(v)
    if v.ndim < 2 or len(v) != v.ndim - 1:
        raise ValueError(
            f"a vector field has one component for each axis along its first axis; this has shape {v.shape}"
        )
    return v


def _components(v, varargs, edge_order):
    parts = [_prepared(c, varargs, None, edge_order) for c in v]
    return [f for f, _, _ in parts], parts[0][2]


def _outputs(f, count, out):
    if out is None:
        return [np.empty(f.shape, f.dtype) for _ in range(count)]
    outs = [out] if isinstance(out, np.ndarray) else list(out)
    if len(outs) != count or any(o.shape != f.shape for o in outs):
        raise ValueError(f"out must be {count} arrays of shape {f.shape}")
    if any(np.may_share_memory(o, f) for o in outs):
        raise ValueError("out shares memory with f, which is read while out is written")
    return outs


def _added(piece, target, number):
    if number:
        np.add(target, piece, out=target)
    else:
        target[...] = piece


def _taken(piece, target, number):
    np.subtract(target, piece, out=target)
