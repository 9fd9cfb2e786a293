"""Stand-ins: what is called in place of a function when a traced value is among its arguments.

Found by identity, so it does not matter under which name the user's code knows the
function. A stand-in is made when its function is first met; functions that
have none are called as they are.
"""

from importlib import import_module

_MISSING = object()
_found = {}  # function -> stand-in, or None

# the module that the function calls its own -> the module here that knows stand-ins for it
_FAMILIES = {
    "math": "known_math",
    "builtins": "known_builtins",
    "functools": "known_builtins",
    "_functools": "known_builtins",
    "itertools": "known_builtins",
    "statistics": "known_statistics",
    "numpy": "known_numpy",
    "scipy": "known_scipy",
}


def stand_in(g):
    """The stand-in for g, or None."""
    try:
        known = _found.get(g, _MISSING)
    except TypeError:  # not hashable: an object of the user's
        return None
    if known is _MISSING:
        known = _found[g] = _look(g)
    return known


def _look(g):
    module = getattr(g, "__module__", None)
    family = _FAMILIES.get(module.partition(".")[0]) if isinstance(module, str) else None
    if family is None:
        return None
    return import_module(f".{family}", __package__).stand_ins().get(g)


def forget():
    """Drop what was found (a module was reloaded)."""
    _found.clear()
