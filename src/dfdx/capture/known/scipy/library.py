"""What SciPy's code asks about arrays before it computes: which library, whether they can be written.

SciPy's functions serve several array libraries; traced arrays are NumPy's to them.
"""

from functools import cache, wraps

import numpy as np
from scipy._lib import _array_api

from ....primitive import shape_of
from ....rules.arrays import operand
from ...buffers import Buffer, content, wrapped
from ...complexes import Complex
from ...traced import Traced

try:
    from scipy._external import array_api_compat
except ImportError:  # before SciPy 1.18
    from scipy._lib import array_api_compat
try:
    from scipy._external import array_api_extra as extra
except ImportError:
    try:
        from scipy._lib import array_api_extra as extra
    except ImportError:  # before SciPy 1.15
        extra = None

_OURS = (Buffer, Traced, Complex)


class _At:
    """`at(x)[index].set(v)`: a copy with other elements."""

    def __init__(self, x, index=None):
        self.x = x
        self.index = index

    def __getitem__(self, index):
        return _At(self.x, index)

    def _changed(self, change):
        x = content(self.x)
        out = wrapped(operand(x) if isinstance(x, Traced) else np.array(x))
        out[self.index] = change(out[self.index])
        return out

    def set(self, y, /, copy=None, xp=None):
        return self._changed(lambda old: y)

    def add(self, y, /, copy=None, xp=None):
        return self._changed(lambda old: old + y)

    def subtract(self, y, /, copy=None, xp=None):
        return self._changed(lambda old: old - y)

    def multiply(self, y, /, copy=None, xp=None):
        return self._changed(lambda old: old * y)

    def divide(self, y, /, copy=None, xp=None):
        return self._changed(lambda old: old / y)


def _is_ours(xs):
    return any(type(x) in _OURS or (isinstance(x, (list, tuple)) and _is_ours(x)) for x in xs)


def _answering(theirs, answer):
    """The function, with an answer of its own for our arrays."""

    @wraps(theirs)
    def standing_in(*args, **kwargs):
        if not _is_ours((*args, *kwargs.values())):
            return theirs(*args, **kwargs)
        return answer(*args, **kwargs)

    return standing_in


def _namespace(*_, **__):
    return _array_api.np_compat


@cache
def stand_ins():
    """From the functions of scipy._lib to their stand-ins."""
    helpers = array_api_compat
    answers = {
        _array_api.array_namespace: _namespace,
        helpers.array_namespace: _namespace,
        helpers.is_numpy_array: lambda x: True,
        helpers.is_array_api_obj: lambda x: True,
        helpers.device: lambda x: "cpu",
        helpers.size: lambda x: int(np.prod(shape_of(x))),
        getattr(helpers, "is_writeable_array", None): lambda x: True,
        getattr(helpers, "is_lazy_array", None): lambda x: False,
    }
    for library in ("cupy", "torch", "jax", "dask", "pydata_sparse", "ndonnx"):
        answers[getattr(helpers, f"is_{library}_array", None)] = lambda x: False
    answers.pop(None, None)
    made = {theirs: _answering(theirs, answer) for theirs, answer in answers.items()}
    if extra is not None:
        made[extra.at] = _At
    return made
