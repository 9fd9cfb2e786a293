"""Functions whose result is no number with a derivative: places, truth values, shapes, text.

They see through traced values to the plain ones. What they say holds only while
the order or sign of the numbers stays, so the trace is guarded, and ties are edges.
"""

import numpy as np

from ...graph import Operand
from ..traced import Traced, is_complex, plain
from . import refuse

_DECIDING = (
    "all any argmax argmin argsort argpartition argwhere allclose array_equal array_equiv "
    "count_nonzero digitize flatnonzero isclose isfinite isinf isnan isneginf isposinf lexsort "
    "nanargmax nanargmin nonzero searchsorted in1d isin signbit logical_and logical_or "
    "logical_not logical_xor linalg.matrix_rank iterable"
)
_DESCRIBING = (
    "array2string array_repr array_str can_cast common_type empty_like full_like iscomplex "
    "iscomplexobj isreal isrealobj isscalar min_scalar_type ndim ones_like result_type shape "
    "shares_memory size may_share_memory zeros_like indices unravel_index broadcast_shapes isfortran"
)
DECIDING = frozenset(
    _DECIDING.split()
)  # of numbers: what they return may change when a number does
DESCRIBING = frozenset(_DESCRIBING.split())  # of shapes, types and texts
_TIES = {"argmax": "max", "argmin": "min", "argsort": None, "nanargmax": "max", "nanargmin": "min"}
_EQUALITIES = frozenset(("isin", "in1d", "array_equal", "array_equiv"))


def seen_through(x):
    """x with every traced value in nested lists, tuples and dicts replaced by its plain value."""
    if isinstance(x, Operand):
        return plain_of(x)
    if type(x) in (list, tuple):
        return type(x)(seen_through(part) for part in x)
    if type(x) is dict:
        return {key: seen_through(part) for key, part in x.items()}
    return x


def plain_of(x):
    """The plain array behind a traced one, a pair of traced parts, or a handle."""
    x = getattr(x, "content", x)
    if isinstance(x, Operand) and is_complex(x):
        return x._plain()
    return plain(x)


def traced_in(x):
    """The traced values in nested lists, tuples and dicts."""
    found, stack = [], [x]
    while stack:
        part = stack.pop()
        if isinstance(part, Traced):
            found.append(part)
        elif isinstance(part, Operand) and is_complex(part):
            stack += [part.real, part.imag]
        elif isinstance(part, (list, tuple)):
            stack.extend(part)
        elif isinstance(part, dict):
            stack.extend(part.values())
    return found


def look_through(name, args, options):
    """NumPy's function of that name on the plain values."""
    return decided(name, _resolve(name), args, options)


def decided(name, function, args, options):
    """A function of numbers on the plain values; the trace then holds for these numbers only."""
    result = function(*seen_through(args), **seen_through(options))
    for x in traced_in((args, options)):
        value = plain(x)
        x.decided(result)
        if name in _EQUALITIES and np.any(result) and not all(a is x for a in args):
            x.on_edge(name)
        if name in _TIES and _tied(np.asarray(value), _TIES[name], args, options):
            x.on_edge(name)
    return result


def _resolve(name):
    found = np
    for part in name.split("."):
        found = getattr(found, part)
    return found


def _tied(value, kind, args, options):
    """True where equal elements make the place that was found a matter of convention."""
    axis = options.get("axis", args[1] if len(args) > 1 else None if kind else -1)
    if axis is None:
        value, axis = value.ravel(), 0
    if not value.shape or not value.size:
        return False
    if kind is None:
        return bool((np.diff(np.sort(value, axis=axis), axis=axis) == 0).any())
    best = getattr(np, kind)(value, axis=axis, keepdims=True)
    return bool((np.sum(value == best, axis=axis) > 1).any())


def converted(x, dtype):
    """x.astype(dtype)."""
    kind = np.dtype(dtype)
    if kind == np.float64:
        return x
    if kind == np.complex128:
        from ..complexes import joined

        return joined(x)
    if kind.kind in "iub":
        value = plain(x)
        whole = np.asarray(value).astype(kind)
        name = f"astype({kind.name})"
        x.tape.note(f"{name} gives a step: its slope, 0 between the jumps, was used")
        x.decided(whole)
        if np.any(value == whole):
            x.on_edge(name)
        return whole if whole.shape else whole[()]
    refuse(
        x,
        f"astype({kind.name}): dfdx computes in double precision with real numbers; "
        "leave the conversion out",
    )


def shown(x):
    """The array behind a traced value."""
    return np.asarray(plain(getattr(x, "content", x)))


def known(x):
    """The plain numbers behind a traced value; the trace holds for these numbers only."""
    x = getattr(x, "content", x)
    return x.decided(plain(x)) if isinstance(x, Traced) else x
