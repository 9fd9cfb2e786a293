"""Bounds on parameters: written in the parameters' own structure, read as two vectors.

A bound is a pair `(low, high)`, where None means that there is none. Pairs stand where the numbers stand: one
pair for all, one for each argument, key, field or element; `scipy.optimize.Bounds` is read too.
"""

from numbers import Real

import numpy as np

from ..graph import Operand
from ..primitive import shape_of


def box(flat, bounds, ends=False):
    """`(low, high)` for the parameters of a Flat; None where nothing is bounded.

    With `ends`, two arrays or structures are the lower and the upper ends, as curve_fit reads them;
    otherwise they are one pair for each parameter, as minimize does. Raises ValueError where
    bounds contradict each other or the start lies outside, and names the parameter.
    """
    if bounds is None:
        return None
    size = len(flat)
    if hasattr(bounds, "lb") and hasattr(bounds, "ub"):
        low, high = (_spread(b, size, np.nan) for b in (bounds.lb, bounds.ub))
    elif _is_pair(bounds):
        low, high = (
            _spread(b, size, sign) for b, sign in zip(bounds, (-np.inf, np.inf), strict=True)
        )
    else:
        given = [flat.call.args[k] for k in flat.call.wrt]
        whole = given[0] if len(given) == 1 else tuple(given)
        if isinstance(bounds, dict) and len(given) > 1:
            bounds = _by_name(flat, bounds)
        elif len(given) == 1 and not _is_container(whole) and not shape_of(whole):
            whole, bounds = (whole,), tuple(bounds) if len(bounds) == 1 else (bounds,)
        pairs = _pairs(whole, bounds, ends, "bounds")
        low, high = (np.concatenate([p[k] for p in pairs]) for k in (0, 1))
    _need_sound(flat, low, high)
    if np.all(np.isneginf(low)) and np.all(np.isposinf(high)):
        return None
    return low, high


def _need_sound(flat, low, high):
    for k, (a, b, x) in enumerate(zip(low, high, flat.start, strict=True)):
        if np.isnan(a) or np.isnan(b):
            raise ValueError(
                f"a bound of {flat.component(k)} is nan; None means that there is none"
            )
        if a > b:
            raise ValueError(f"the bounds of {flat.component(k)} contradict: {a:g} is above {b:g}")
        if not a <= x <= b:
            raise ValueError(
                f"{flat.component(k)} starts at {x:g}, outside its bounds ({a:g}, {b:g}); "
                "start inside of them"
            )


def _pairs(part, bounds, ends, where):
    """For each leaf of a part of the parameters `(low, high)`, vectors."""
    size = int(np.prod(shape_of(part))) if not _is_container(part) else None
    if bounds is None:
        bounds = (None, None)
    if _is_container(part):
        return _of_container(part, bounds, ends, where)
    bounds = getattr(bounds, "tolist", lambda: bounds)()
    if _is_pair(bounds):
        found = tuple(bounds)
    elif isinstance(bounds, (list, tuple)) and shape_of(part):
        found = _of_array(bounds, size, ends, where)
    else:
        raise ValueError(
            f"{where} is {bounds!r}; a bound is a pair (low, high), None where there is none"
        )
    return [tuple(_spread(b, size, s) for b, s in zip(found, (-np.inf, np.inf), strict=True))]


def _of_array(bounds, size, ends, where):
    """The two ends for an array: from two arrays, or from a pair for each element."""
    mixed = len(bounds) == 2 and any(map(_is_end, bounds)) and not all(map(_is_end, bounds))
    if mixed or (len(bounds) == 2 and (ends or size != 2) and not any(map(_holds_pairs, bounds))):
        return tuple(bounds)
    flat = list(bounds)
    while len(flat) != size and flat and not all(_is_pair(b) or b is None for b in flat):
        flat = [inner for b in flat for inner in b]
    if len(flat) != size:
        raise ValueError(f"{where} has {len(flat)} pairs for {size} numbers")
    flat = [(None, None) if b is None else b for b in flat]
    if not all(_is_pair(b) for b in flat):
        raise ValueError(f"{where}: a bound is a pair (low, high), None where there is none")
    return [b[0] for b in flat], [b[1] for b in flat]


def _of_container(part, bounds, ends, where):
    parts = _named_parts(part)
    if _is_pair(bounds):
        return [p for _, v in parts for p in _pairs(v, bounds, ends, where)]
    if ends and isinstance(bounds, (list, tuple)) and len(bounds) == 2:
        low, high = (
            _ends(part, end, sign, where)
            for end, sign in zip(bounds, (-np.inf, np.inf), strict=True)
        )
        return list(zip(low, high, strict=True))
    if isinstance(bounds, dict):
        known = [name for name, _ in parts]
        for name in bounds:
            if name not in known:
                raise ValueError(
                    f"{where} names {name!r}; the parameters are {', '.join(map(str, known))}"
                )
        chosen = [bounds.get(name) for name, _ in parts]
    elif hasattr(type(bounds), "__dataclass_fields__") or isinstance(bounds, (list, tuple)):
        chosen = [v for _, v in _named_parts(bounds)]
        if len(chosen) != len(parts):
            raise ValueError(f"{where} has {len(chosen)} parts for {len(parts)} parameters")
    else:
        raise ValueError(f"{where} is {bounds!r}; it must have the structure of the parameters")
    found = []
    for (name, v), b in zip(parts, chosen, strict=True):
        found += _pairs(v, b, ends, f"{where}[{name!r}]")
    return found


def _ends(part, end, sign, where):
    """For each leaf the one end, out of a structure like the part's, or of one number for all."""
    if not _is_container(part):
        return [_spread(end, int(np.prod(shape_of(part))), sign)]
    parts = _named_parts(part)
    if end is None or isinstance(end, Real):
        chosen = [end] * len(parts)
    elif isinstance(end, dict):
        chosen = [end.get(name) for name, _ in parts]
    else:
        chosen = list(end) if not hasattr(end, "__dict__") else [v for _, v in _named_parts(end)]
    if len(chosen) != len(parts):
        raise ValueError(f"{where} has {len(chosen)} parts for {len(parts)} parameters")
    return [x for (_, v), e in zip(parts, chosen, strict=True) for x in _ends(v, e, sign, where)]


def _by_name(flat, bounds):
    names = [n.partition("[")[0].partition(".")[0] for n in flat.names]
    tops = list(dict.fromkeys(names))
    for name in bounds:
        if name not in tops:
            raise ValueError(f"bounds names {name!r}; the parameters are {', '.join(tops)}")
    return [bounds.get(name) for name in tops]


def _is_container(x):
    return isinstance(x, (dict, list, tuple)) or hasattr(type(x), "__dataclass_fields__")


def _named_parts(x):
    if isinstance(x, dict):
        return list(x.items())
    if isinstance(x, (list, tuple)):
        return list(enumerate(x))
    return [(name, getattr(x, name)) for name in type(x).__dataclass_fields__]


def _is_pair(x):
    if isinstance(x, np.ndarray):
        return x.shape == (2,)
    return isinstance(x, (list, tuple)) and len(x) == 2 and all(map(_is_end, x))


def _holds_pairs(x):
    """True where tuples say that pairs are meant: lists may as well be rows of numbers."""
    if isinstance(x, tuple) and _is_pair(x):
        return True
    return isinstance(x, list) and any(map(_holds_pairs, x))


def _is_end(x):
    return (
        x is None or isinstance(x, (Real, Operand)) or (isinstance(x, np.ndarray) and not x.shape)
    )


def _spread(end, size, infinite):
    """An end as a vector: a number for all, or a number for each."""
    if end is None:
        return np.full(size, infinite)
    try:
        found = np.asarray(end)
        if found.dtype == object:
            found = np.array([infinite if e is None else e for e in np.ravel(found)])
        found = np.ravel(found).astype(float)
    except (TypeError, ValueError):
        raise ValueError(f"a bound is a number or None, not {end!r}") from None
    if found.size not in (1, size):
        raise ValueError(f"{found.size} bounds were given for {size} numbers")
    return np.broadcast_to(found, (size,)).copy()
