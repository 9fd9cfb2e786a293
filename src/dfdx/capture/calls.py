"""What a call in the user's code does when a traced value may be around.

A rewritten function makes every call through `call`. Who is called decides: the
user's own functions are rewritten in turn; functions that dfdx knows have a
stand-in that understands traced values; everything else is called as it is, and
says so itself (a leak) if it needs plain numbers.
"""

import functools
import sys
from types import BuiltinFunctionType, FunctionType, MethodType

from .known import stand_in

_OURS = __name__.partition(".")[0]
_PLAIN_LIBRARIES = {_OURS, "numpy", "scipy", "mpmath", "pandas", "matplotlib", "_pytest", "pytest"}


def call(g, /, *args, **kwargs):
    """g(*args, **kwargs), followed into the user's own code."""
    kind = type(g)
    if kind is FunctionType:
        other = stand_in(g)
        if other is not None:
            return other(*args, **kwargs)
        if _is_library(g):
            return _plainly(g, args, kwargs)
        return _rewritten(g)(*args, **kwargs)
    if kind is BuiltinFunctionType:
        other = stand_in(g)
        return _plainly(g, args, kwargs) if other is None else other(*args, **kwargs)
    if kind is MethodType:
        return call(g.__func__, g.__self__, *args, **kwargs)
    if isinstance(g, type):
        return construct(g, args, kwargs)
    if kind is functools.partial:
        return call(g.func, *g.args, *args, **{**g.keywords, **kwargs})
    inner = getattr(kind, "__call__", None)
    if type(inner) is FunctionType:  # an object that is called: its class's method decides
        return call(inner, g, *args, **kwargs)
    other = stand_in(g)
    if other is not None:
        return other(*args, **kwargs)
    return _plainly(g, args, kwargs)


def _plainly(g, args, kwargs):
    """The call as it stands; a fresh array comes back as a handle that can be written into."""
    np = sys.modules.get("numpy")
    if np is None:
        return g(*args, **kwargs)
    module = getattr(g, "__module__", None) or ""
    is_numpys = type(g) is np.ufunc or module.partition(".")[0] == "numpy"
    if is_numpys:
        args = _with_arrays(args)
    result = g(*args, **kwargs)
    if type(result) is not np.ndarray or not result.flags.owndata:
        return result
    if not is_numpys and not isinstance(getattr(g, "__self__", None), np.ndarray):
        return result
    if any(a is result for a in args) or any(a is result for a in kwargs.values()):
        return result
    from .buffers import Buffer

    return Buffer(result)


def _with_arrays(args):
    """The arguments, lists of traced numbers made arrays: NumPy's protocols do not look into lists."""
    if not any(type(a) is list or type(a) is tuple for a in args):
        return args
    from .known_numpy import joined

    return tuple([joined(a) if type(a) is list or type(a) is tuple else a for a in args])


def _rewritten(g):
    """g with its calls routed through `call` (the compiler's tools are loaded when first needed)."""
    global _rewritten
    from .rewrite import rewritten

    _rewritten = functools.partial(rewritten, call=call)
    return _rewritten(g)


def construct(cls, args, kwargs):
    """A new object of a class, its `__init__` followed where the user wrote it."""
    other = stand_in(cls)
    if other is not None:
        return other(*args, **kwargs)
    init = cls.__init__
    if (
        type(cls) is type
        and cls.__new__ is object.__new__
        and type(init) is FunctionType
        and not _is_library(init)
    ):
        made = object.__new__(cls)
        call(init, made, *args, **kwargs)
        return made
    return cls(*args, **kwargs)


def _is_library(f):
    """True for functions that are not looked into: they know traced values, or need plain ones."""
    module = f.__globals__.get("__name__") or ""
    return module.partition(".")[0] in _PLAIN_LIBRARIES


def followed(g):
    """g as a callback that a library calls: its own calls are followed too."""
    if isinstance(g, (FunctionType, BuiltinFunctionType, MethodType, functools.partial, type)):
        return functools.partial(call, g)
    return g
