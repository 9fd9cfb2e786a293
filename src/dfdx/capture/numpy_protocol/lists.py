"""NumPy's functions on lists of traced numbers: np.linalg.norm([x, y]), np.sqrt([x, y]).

NumPy asks lists for numbers before it asks its protocols, so calls that are followed
come here with their lists.
"""

import numpy as np

from ..buffers import Buffer, wrapped
from .functions import array_function, handlers
from .plain import traced_in
from .ufuncs import array_ufunc


def on_lists(g, args, kwargs):
    """g(*args, **kwargs) where a list or tuple among the arguments holds traced numbers.

    NotImplemented where none does, or where g is no function of the tables.
    """
    handles = []
    args, kwargs = _unbuffered(args, handles), _unbuffered(kwargs, handles)
    found = traced_in((args, kwargs))
    if not found:
        return NotImplemented
    owner = getattr(g, "__self__", None)
    if isinstance(g, np.ufunc):
        made = array_ufunc(found[0], g, "__call__", *args, **kwargs)
    elif isinstance(owner, np.ufunc):
        made = array_ufunc(found[0], owner, g.__name__, *args, **kwargs)
    elif g in handlers():
        made = array_function(found[0], g, (), args, kwargs)
    else:
        return NotImplemented
    return wrapped(made) if handles else made


def _unbuffered(x, handles):
    """The arguments with the arrays that handles hold; the handles are written down."""
    kind = type(x)
    if kind is list or kind is tuple:
        return kind([_unbuffered(v, handles) for v in x])
    if kind is dict:
        return {key: _unbuffered(v, handles) for key, v in x.items()}
    if kind is Buffer:
        handles.append(x)
        return x.content
    return x
