"""Nested arguments: numbers and arrays inside dicts, lists, tuples and dataclasses.

`flatten` gives the leaves in order and a function that builds the same structure
from new leaves. Dict entries keep their order; nothing of the caller's is changed.
"""

import sys
from operator import index as as_index

from .errors import NotReal

MAPPING, LIST, TUPLE, RECORD = "dict", "list", "tuple", "dataclass"


def flatten(x, is_leaf, where="the argument", numbers=False):
    """The leaves of a structure and a function `rebuild(new_leaves)`.

    `is_leaf(value, where)` says whether a value is a leaf; it raises for what can
    not be one, and gives None for what stays as it is. `where` names the place for such an error.
    With `numbers`, floats and arrays of them are leaves and are not asked about.

    >>> leaves, rebuild = flatten({"a": 1.0, "b": [2.0, 3.0]}, lambda x, where: type(x) is float)
    >>> leaves
    [1.0, 2.0, 3.0]
    >>> rebuild([10.0, 20.0, 30.0])
    {'a': 10.0, 'b': [20.0, 30.0]}
    """
    leaves = []
    is_sure = _sure(numbers)
    if is_sure(x):
        return [x], only
    plan = _plan(x, is_leaf, is_sure, where, leaves, 0)
    return leaves, lambda new: _build(plan, iter(new))


def _sure(numbers):
    """What is a leaf without being asked about."""
    if not numbers:
        return _nothing
    array = getattr(numpy(), "ndarray", float)

    def is_sure(x):
        kind = type(x)
        return kind is float or (kind is array and x.dtype.char == "d" and x.dtype.isnative)

    return is_sure


def _nothing(x):
    return False


def only(leaves):
    """The structure of one leaf."""
    (leaf,) = leaves
    return leaf


def alone(x, where=""):
    """True for what is no container: the leaves of an answer, for `flatten`."""
    return _parts(x) is None


def _plan(x, is_leaf, is_sure, where, leaves, depth):
    """What to build: a leaf (None) or (how to build, the plans of the parts)."""
    if depth > 100:
        raise ValueError(f"{where} is nested more than 100 deep")
    parts = _parts(x)
    leaf = is_leaf(x, where)
    if leaf is None:
        return (lambda new: x), []
    if leaf or parts is None:
        if not leaf:
            raise TypeError(f"{where} is {describe(x)}, which is not a number or an array")
        leaves.append(x)
        return None
    build, values, name = parts
    plans = []
    for k, v in enumerate(values):
        if is_sure(v):
            leaves.append(v)
            plans.append(None)
        else:
            plans.append(_plan(v, is_leaf, is_sure, f"{where}{name(k)}", leaves, depth + 1))
    return build, plans


def _build(plan, leaves):
    if plan is None:
        return next(leaves)
    build, plans = plan
    return build([_build(p, leaves) for p in plans])


def _parts(x):
    """How to rebuild a container, its parts, and the name of the k-th; None for what is no container."""
    if isinstance(x, dict):
        keys = list(x)
        values = list(x.values()) if type(x) is dict else [x[k] for k in keys]
        return lambda new: _like_dict(x, keys, new), values, lambda k: f"[{keys[k]!r}]"
    if isinstance(x, list):
        return list, x, lambda k: f"[{k}]"
    if isinstance(x, tuple):
        kind = type(x)
        named = getattr(kind, "_fields", None)
        if named:
            return lambda new: kind(*new), x, lambda k: f".{named[k]}"
        return tuple, x, lambda k: f"[{k}]"
    fields = getattr(type(x), "__dataclass_fields__", None)
    if fields is not None:
        names = list(fields)
        values = [getattr(x, n) for n in names]
        return lambda new: _like_record(x, names, new), values, lambda k: f".{names[k]}"
    return None


def _like_dict(x, keys, new):
    filled = zip(keys, new, strict=True)
    return dict(filled) if type(x) is dict else type(x)(filled)


def _like_record(x, names, new):
    made = object.__new__(type(x))  # no __init__: a derivative need not pass the class's checks
    for name, value in zip(names, new, strict=True):
        object.__setattr__(made, name, value)
    return made


def numpy():
    """NumPy if something has imported it, else None: without it no value can be an array."""
    return sys.modules.get("numpy")


def real(x, where="the point"):
    """x as a float or a float64 array (a copy where it was another dtype); integers are promoted.

    Raises TypeError for what is not a real number, naming the place.

    >>> real(3)
    3.0
    """
    if type(x) is float:
        return x
    if isinstance(x, bool):
        raise TypeError(f"{where} is {x}, a truth value; give a number")
    if isinstance(x, (float, int)):
        return float(x)
    np = numpy()
    if np is not None:
        if isinstance(x, np.ndarray):
            return _real_array(np, x, where)
        if isinstance(x, np.generic):
            return float(_real_array(np, np.asarray(x), where))
    if isinstance(x, complex):
        raise NotReal(f"{where} is {x}, a complex number; dfdx differentiates along real numbers")
    if hasattr(x, "__float__") and not isinstance(x, str):
        return float(x)
    if hasattr(x, "__index__"):
        return float(as_index(x))
    raise TypeError(f"{where} is {describe(x)}, which is not a number or an array")


def _real_array(np, x, where):
    if x.dtype == np.float64:
        return x
    if x.dtype.kind in "iuf":
        return x.astype(np.float64)
    if x.dtype.kind == "c":
        raise NotReal(f"{where} is complex; dfdx differentiates along real numbers")
    raise TypeError(f"{where} is an array of {x.dtype}, which is not an array of real numbers")


def describe(x):
    """A short description of a value for an error message.

    >>> describe("abc")
    "the text 'abc'"
    """
    if isinstance(x, str):
        return f"the text {x[:40]!r}"
    if x is None:
        return "None"
    return f"a {type(x).__name__}"
