"""Stand-ins: what is called in place of a function when a traced value is among its arguments.

Found by identity, so it does not matter under which name the user's code knows the
function. Functions that have none are called as they are.
"""

from importlib import import_module

# the module that the function calls its own -> the module here that knows stand-ins for it
_FAMILIES = {
    "math": "math",
    "cmath": "cmath",
    "builtins": "builtins",
    "functools": "functools",
    "_functools": "functools",
    "itertools": "itertools",
    "operator": "operator",
    "_operator": "operator",
    "_heapq": "heapq",
    "_bisect": "heapq",
    "heapq": "heapq",
    "json": "json",
    "fractions": "exact",
    "decimal": "exact",
    "pandas": "pandas",
    "statistics": "statistics",
    "_statistics": "statistics",
    "numpy": "numpy",
    "scipy": "scipy",
}
_tables = {}  # the stand-ins of a family


def stand_in(g):
    """The stand-in for g, or None."""
    module = getattr(g, "__module__", None)
    family = _FAMILIES.get(module.partition(".")[0]) if type(module) is str else None
    if family is None:
        return None
    table = _tables.get(family)
    if table is None:
        table = _tables[family] = import_module(f".{family}", __package__).stand_ins()
    try:
        return table.get(g)
    except TypeError:  # not hashable: an object of the user's
        return None


def method_stand_in(g, owner):
    """The stand-in for a compiled method g of an object, or None."""
    if type(owner).__name__ != "SuperLU":  # the one class of compiled objects that solve
        return None
    return import_module(".scipy.families", __package__).known_method(g.__name__, owner)
