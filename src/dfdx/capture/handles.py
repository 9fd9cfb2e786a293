"""Arrays that are made in followed code can be written into.

NumPy's functions give arrays; in followed code a fresh array comes back as a handle (a
`Buffer`), into which a traced value can be stored.
"""

import sys

# These give memory that the caller may reach by another way.
_SHARING = {"frombuffer", "memmap", "ndarray", "asarray", "asanyarray", "from_dlpack", "as_strided"}


def is_numpy(g):
    """True for NumPy's functions and classes."""
    return (getattr(g, "__module__", None) or "").partition(".")[0] == "numpy"


def fresh(g):
    """A function of NumPy whose fresh arrays come back as handles; any other function as it is."""
    if not is_numpy(g) and type(g).__name__ != "ufunc":  # those of scipy.special name no module
        return g
    shared = getattr(g, "__name__", "") in _SHARING

    def call(*args, **kwargs):
        if list in map(type, args) or tuple in map(type, args):
            from .numpy_protocol.lists import on_lists

            found = on_lists(g, args, kwargs)
            if found is not NotImplemented:
                return found
        return _handle(g(*args, **kwargs), args, kwargs, shared)

    return call


def fresh_method(g, owner):
    """The same for a method of an array; the methods of other objects as they are."""
    np = sys.modules.get("numpy")
    if np is None or not isinstance(owner, np.ndarray):
        return g
    return lambda *args, **kwargs: _handle(g(*args, **kwargs), (owner, *args), kwargs, False)


def _handle(result, args, kwargs, shared):
    """A fresh array as a handle: one that owns its memory, or that was made from no array."""
    np = sys.modules.get("numpy")
    if np is None or type(result) is not np.ndarray or not result.flags.writeable:
        return result
    given = (*args, *kwargs.values())
    if not result.flags.owndata:
        if shared or any(hasattr(a, "dtype") or isinstance(a, (list, tuple)) for a in given):
            return result
    elif any(a is result for a in given):
        return result
    from .buffers import Buffer

    return Buffer(result)
