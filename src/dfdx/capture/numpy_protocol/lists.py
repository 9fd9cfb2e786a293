"""NumPy's functions on lists of traced numbers: np.linalg.norm([x, y]), np.sqrt([x, y]).

NumPy asks lists for numbers before it asks its protocols, so calls that are followed
come here with their lists.
"""

import numpy as np

from ..buffers import content, wrapped
from .functions import array_function, handlers
from .plain import traced_in
from .ufuncs import array_ufunc


def on_lists(g, args, kwargs):
    """g(*args, **kwargs) where a list or tuple among the arguments holds traced numbers.

    NotImplemented where none does, or where g is no function of the tables.
    """
    args, kwargs = _unbuffered(args), _unbuffered(kwargs)
    found = traced_in((args, kwargs))
    if not found:
        return NotImplemented
    owner = getattr(g, "__self__", None)
    if isinstance(g, np.ufunc):
        return wrapped(array_ufunc(found[0], g, "__call__", *args, **kwargs))
    if isinstance(owner, np.ufunc):
        return wrapped(array_ufunc(found[0], owner, g.__name__, *args, **kwargs))
    if g not in handlers():
        return NotImplemented
    return wrapped(array_function(found[0], g, (), args, kwargs))


def _unbuffered(x):
    """The arguments with the arrays that handles hold."""
    if type(x) in (list, tuple):
        return type(x)(_unbuffered(v) for v in x)
    if type(x) is dict:
        return {key: _unbuffered(v) for key, v in x.items()}
    return content(x)
