"""Which code has been rewritten: what is known without looking at any source."""

from weakref import ref

# Names of the cells through which rewritten code calls; underscores at both ends are not mangled.
CALL = "__dfdx_call__"
KNOWN = "__dfdx_known__"
DEEP = "__dfdx_deep__"
NAMES = (CALL, KNOWN, DEEP)

NUMPY_KINDS = ("ufunc", "_ArrayFunctionDispatcher")  # the classes of NumPy's functions

_codes = {}  # (id of a code object, deep) -> (weak reference to it, the rewritten code or None)
_SAME = object()
UNKNOWN = object()


def recall(code, deep):
    """The rewritten code; `code` itself where nothing is to be routed, None without source."""
    known = _codes.get((id(code), deep))
    if known is None or known[0]() is not code:
        return UNKNOWN
    return code if known[1] is _SAME else known[1]


def remember(code, deep, new):
    """Keep the rewritten code for as long as the code lives."""
    key = id(code), deep
    gone = ref(code, lambda _, forget=_codes.pop: forget(key, None))  # also while Python shuts down
    _codes[key] = gone, _SAME if new is code else new  # the code must not keep itself alive
    return new


def is_routed(f, cells):
    """True for a function whose calls go through one of these cells, or which makes none."""
    for c in f.__closure__ or ():
        for own in cells:
            if c is own:
                return True
    return recall(f.__code__, len(cells) == len(NAMES)) is f.__code__
