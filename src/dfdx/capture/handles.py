"""NumPy's functions in followed code.

A fresh array comes back as a handle (a `Buffer`), into which a traced value can be
stored. Functions that NumPy wrote in Python, and for which dfdx knows no rule, are
followed through NumPy's own code.
"""

import sys
from functools import lru_cache
from types import FunctionType

from ..graph import Operand
from .traced import Traced

# These give memory that the caller may reach by another way.
_SHARING = {"frombuffer", "memmap", "ndarray", "asarray", "asanyarray", "from_dlpack", "as_strided"}


def is_numpy(g):
    """True for NumPy's functions and classes."""
    return (getattr(g, "__module__", None) or "").partition(".")[0] == "numpy"


def fresh(g, follow, source=None):
    """A function of NumPy whose fresh arrays come back as handles; any other function as it is.

    `source` is NumPy's own code for it, followed: for what g does not take as it is. What g
    calls back is followed, too.
    """
    if not is_numpy(g) and type(g).__name__ != "ufunc":  # those of scipy.special name no module
        return g
    if type(g).__name__ == "ufunc":
        return _ufunc(g)
    shared = getattr(g, "__name__", "") in _SHARING
    written = type(g) is FunctionType  # NumPy asks no protocol for these
    direct = None

    def call(*args, **kwargs):
        nonlocal direct
        if not written and "out" not in kwargs:
            traced = _traced_of(args, _OPTIONS if args and type(args[0]) is Traced else ())
            if traced is not None:  # the everyday case
                if direct is None:
                    from .numpy_protocol.functions import array_function as direct
                made = direct(traced, g, (), args, kwargs)
                return made if type(made) is Traced else _handle(made, args, kwargs, shared)
        if "pandas" in sys.modules:
            args = tuple([bare(a) for a in args])
        if source is not None:
            if written and varies(args, kwargs):
                return _handle(source(*args, **kwargs), args, kwargs, shared)
            if _calls_back(args, kwargs):
                args = tuple(_followed(a, follow) for a in args)
                if not any(isinstance(a, Operand) for a in args):
                    return _handle(source(*args, **kwargs), args, kwargs, shared)
        kinds = {*map(type, args), *map(type, kwargs.values())}
        if "out" not in kwargs and (Traced in kinds or list in kinds or tuple in kinds):
            from .numpy_protocol.lists import on_lists

            found = on_lists(g, args, kwargs)
            if found is not NotImplemented:
                return found
        return _handle(g(*args, **kwargs), args, kwargs, shared)

    return call


@lru_cache(maxsize=1024)
def _ufunc(g):
    """A ufunc: of traced values at once, of lists of them by their elements."""
    direct = None

    def call(*args, **kwargs):
        nonlocal direct
        if direct is None:
            from .numpy_protocol.ufuncs import array_ufunc as direct
        traced = None if kwargs else _traced_of(args)
        if traced is not None:  # the everyday case
            return direct(traced, g, "__call__", *args)
        if "out" not in kwargs and any(type(a) is list or type(a) is tuple for a in args):
            from .numpy_protocol.lists import on_lists

            found = on_lists(g, args, kwargs)
            if found is not NotImplemented:
                return found
        return _handle(g(*args, **kwargs), args, kwargs, False)

    return call


_OPTIONS = (tuple, str, bool, type(None))  # what stands behind the first operand: axes, a shape


def _traced_of(args, more=()):
    """The first traced value among arrays, numbers and `more`; None where there is something else."""
    traced = None
    for a in args:
        kind = type(a)
        if kind is Traced:
            traced = a if traced is None else traced
        elif kind is float or kind is int or kind.__name__ == "ndarray":
            pass
        elif kind not in more:
            return None
    return traced


def _calls_back(args, kwargs):
    return any(type(a) is FunctionType or (type(a) is list and _calls_back(a, {})) for a in args)


def _followed(a, follow):
    """A function that NumPy calls back, followed; also in a list."""
    if type(a) is list:
        return [_followed(part, follow) for part in a]
    return _on_handles(follow(a)) if type(a) is FunctionType else a


def _on_handles(function):
    """A function that gets arrays in handles (it may write into them), and gives what they hold."""

    def call(*args, **kwargs):
        from .buffers import content, wrapped

        return content(function(*map(wrapped, args), **kwargs))

    return call


def varies(*values):
    """True where a traced value may be among the values, or within them."""
    stack = list(values)
    while stack:
        x = stack.pop()
        kind = type(x)
        if kind is list or kind is tuple:
            stack.extend(x)
        elif kind is dict:
            stack.extend(x.values())
        elif isinstance(x, Operand) or kind is FunctionType:
            return True
        elif is_numpy(kind) and type(kind.__init__) is FunctionType:
            return True  # an object of a class that NumPy wrote in Python: a polynomial
    return False


def bare(x):
    """The traced array in a column of a table; anything else as it is."""
    if hasattr(x, "__pandas_priority__"):
        column = getattr(x, "array", None)
        return getattr(column, "numbers", x)
    return x


def fresh_method(g, owner):
    """The same for a method of an array; the methods of other objects as they are."""
    np = sys.modules.get("numpy")
    if np is None or not isinstance(owner, np.ndarray):
        return g

    def call(*args, **kwargs):
        if varies(args, kwargs) and g.__name__ in _ALSO_FUNCTIONS:
            return getattr(np, g.__name__)(owner, *args, **kwargs)
        return _handle(g(*args, **kwargs), (owner, *args), kwargs, False)

    return call


# Methods of a plain array that may be given a traced value.
_ALSO_FUNCTIONS = {"dot", "choose", "clip", "searchsorted", "take", "mean", "var", "std"}


def _handle(result, args, kwargs, shared):
    """A fresh array as a handle: one that owns its memory, or that was made from no array."""
    np = sys.modules.get("numpy")
    if np is None or type(result) is not np.ndarray or not result.flags.writeable:
        return result
    if result.dtype.kind not in "biufc":
        return result
    given = (*args, *kwargs.values())
    if not result.flags.owndata:
        if shared or any(hasattr(a, "dtype") or isinstance(a, (list, tuple)) for a in given):
            return result
    elif any(a is result for a in given):
        return result
    from .buffers import Buffer

    return Buffer(result)
