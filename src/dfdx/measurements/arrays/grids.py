"""Derivatives of gridded arrays: partials, |∇f|, divergence, curl and Laplacian, each in one pass.

The numbers are np.gradient's (second order inside, `edge_order` 1 or 2 at the edges); the time is that of
reading the arrays, because no partial is stored that is not asked for.
"""

import numpy as np

from ..kinds import Kind, Quantity, kind_of
from . import direct
from .arguments import SMALL, numbers, outputs_for, stencils_for
from .blockwise import gradient_of_stored, is_elsewhere
from .formulas import Second
from .kernels import combined
from .machine import run

_PLAIN = (float, int, np.ndarray, np.float64, list)


def gradient(f, *varargs, axis=None, edge_order=1, out=None):
    """The partial derivatives of a gridded array: numpy.gradient with `out=`, many times as fast.

    One array for one axis, a tuple for several. The varargs are a step for all axes, a step or
    coordinates for each axis. `out` is an array, or a tuple of arrays, to write to. Arrays of pandas, xarray,
    pint, torch and of the array API come back as what they are; Dask arrays stay lazy; stored arrays (Zarr,
    also the path of one) go block by block to stored arrays, or paths of new ones, in `out`.

    Raises what numpy.gradient raises.

    >>> import numpy as np
    >>> gradient(np.array([0.0, 1.0, 4.0, 9.0]), 1.0)
    array([1., 2., 4., 5.])
    """
    if type(f) is not np.ndarray:
        if is_elsewhere(f):
            return gradient_of_stored(f, varargs, axis, edge_order, out)
        kind = kind_of(f)
        if type(kind) is not Kind:
            return _of_kind(kind, varargs, axis, edge_order)
        f = f.view(np.ndarray) if isinstance(f, np.memmap) else np.asanyarray(f)
    if any(type(v) not in _PLAIN and isinstance(kind_of(v), Quantity) for v in varargs):
        return _of_kind(Kind(f), varargs, axis, edge_order)
    if out is None and f.size <= SMALL and type(f) is np.ndarray:
        found = direct.gradient(f, varargs, axis, edge_order)
        if found is not None:
            return found
    if type(f) is not np.ndarray or f.dtype.kind not in "biufc":
        if out is not None:
            raise TypeError(
                f"out= is for plain arrays of numbers, not {type(f).__name__} of {f.dtype}"
            )
        return np.gradient(f, *varargs, axis=axis, edge_order=edge_order)
    f = numbers(f)
    stencils = stencils_for(f.shape, varargs, axis, edge_order)
    outs = partials(f, stencils, out)
    return outs[0] if len(outs) == 1 else tuple(outs)


def partials(f, stencils, out=None):
    """The derivative of f that each stencil stands for, in arrays of the caller's or new ones."""
    outs = [np.empty_like(f) for _ in stencils] if out is None else _fit([f], len(stencils), out)
    terms = [(0, s) for s in stencils]
    outputs = [("sum", ((1, k),)) for k in range(len(stencils))]
    if f.size and not run([f], terms, outputs, outs):
        if direct.suits(f):
            direct.partials(f, stencils, outs)
        else:
            combined([f], terms, outputs, outs)
    return outs


def _of_kind(kind, varargs, axis, edge_order):
    """The gradient of an array of another package, as one of its own."""
    plain = [kind_of(v).numbers()[()] for v in varargs]
    found = gradient(kind.numbers(), *plain, axis=axis, edge_order=edge_order)
    pers = [kind_of(v) for v in varargs] or [None]
    if not isinstance(found, tuple):
        return kind.back(found, pers[0], 1)
    pers = pers * len(found) if len(pers) == 1 else pers
    return tuple(kind.back(g, per, 1) for g, per in zip(found, pers, strict=True))


def slope(f, *varargs, axis=None, edge_order=1, out=None):
    """|∇f|: the length of the gradient at every place of the grid, no partial stored.

    >>> import numpy as np
    >>> x, y = np.meshgrid(np.arange(4.0), np.arange(3.0), indexing="ij")
    >>> float(slope(3 * x + 4 * y, 1.0)[1, 1])
    5.0
    """
    f = numbers(np.asarray(f))
    terms = [(0, s) for s in stencils_for(f.shape, varargs, axis, edge_order, fused=True)]
    return _made([f], terms, [("length", _all(terms))], out)[0]


def divergence(v, *varargs, edge_order=1, out=None):
    """∇·v of a vector field, whose first axis numbers the components.

    >>> import numpy as np
    >>> x, y = np.meshgrid(np.arange(4.0), np.arange(3.0), indexing="ij")
    >>> float(divergence(np.stack([2 * x, 3 * y]), 1.0)[1, 1])
    5.0
    """
    fields = _components(v)
    stencils = stencils_for(fields[0].shape, varargs, None, edge_order, fused=True)
    terms = list(enumerate(stencils))
    return _made(fields, terms, [("sum", _all(terms))], out)[0]


def curl(v, *varargs, edge_order=1, out=None):
    """∇×v of a field in the plane (a number at every place) or in space (a vector along the first axis).

    >>> import numpy as np
    >>> x, y = np.meshgrid(np.arange(4.0), np.arange(3.0), indexing="ij")
    >>> float(curl(np.stack([-y, x]), 1.0)[1, 1])
    2.0
    """
    fields = _components(v)
    if len(fields) not in (2, 3):
        raise ValueError(f"curl is for fields of 2 or 3 components, not {len(fields)}")
    stencils = stencils_for(fields[0].shape, varargs, None, edge_order, fused=True)
    pairs = [(0, 1)] if len(fields) == 2 else [(1, 2), (2, 0), (0, 1)]
    terms = [term for i, j in pairs for term in ((j, stencils[i]), (i, stencils[j]))]
    outputs = [("sum", ((1, 2 * k), (-1, 2 * k + 1))) for k in range(len(pairs))]
    if len(fields) == 2:
        return _made(fields, terms, outputs, out)[0]
    if out is None:
        whole = np.empty((3, *fields[0].shape), fields[0].dtype)
        _made(fields, terms, outputs, list(whole))
        return whole
    shape = (3, *fields[0].shape)
    if isinstance(out, np.ndarray) and out.shape != shape:
        raise ValueError(f"out must be an array of shape {shape}")
    _made(fields, terms, outputs, list(out))
    return out


def laplacian(f, *varargs, axis=None, out=None):
    """∇²f by second differences, f(x−h) − 2 f(x) + f(x+h), of the step itself; three nearest at the edges.

    >>> import numpy as np
    >>> x, y = np.meshgrid(np.arange(4.0), np.arange(5.0), indexing="ij")
    >>> float(laplacian(x**2 + 3 * y**2, 1.0)[1, 1])
    8.0
    """
    f = numbers(np.asarray(f))
    terms = [(0, Second(s.step, s.axis)) for s in stencils_for(f.shape, varargs, axis, 2)]
    return _made([f], terms, [("sum", _all(terms))], out)[0]


def _all(terms):
    return tuple((1, k) for k in range(len(terms)))


def _made(fields, terms, outputs, out):
    """The outputs, in one pass over the fields."""
    f, count = fields[0], len(outputs)
    outs = [np.empty_like(f) for _ in outputs] if out is None else _fit(fields, count, out)
    if terms and f.size and not run(fields, terms, outputs, outs):
        combined(fields, terms, outputs, outs)
    return outs


def _fit(fields, count, out):
    return outputs_for(fields[0].shape, fields[0].dtype, count, out, fields)


def _components(v):
    v = np.asarray(v)
    if v.ndim < 2 or len(v) != v.ndim - 1:
        raise ValueError(
            f"a vector field has one component for each axis along its first axis; this has shape {v.shape}"
        )
    return list(numbers(v))
