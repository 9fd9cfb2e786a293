"""The form of what varies: how many leaves, and how an answer is put together from theirs.

Several numbers give a vector; one argument gives its own structure (an array, a
dict, a list, a tuple, a dataclass); several arguments that are not all numbers
give a tuple.
"""

from inspect import Parameter, signature

from ..capture.trace import Call, name_of
from ..contraction import contraction
from ..graph import Operand
from ..primitive import shape_of
from ..structure import Concatenate, reshape
from .operator import Derived, need_point


class Form:
    """The structure of the varying arguments of one call."""

    __slots__ = ("rebuild", "several", "vector")

    def __init__(self, call, single):
        self.rebuild = call.rebuild
        self.several = not single
        self.vector = self.several and all(_is_number(call.args[k]) for k in call.wrt)

    def pack(self, leaves):
        """The answer made of one value per leaf; values may have leading axes of their own."""
        if self.vector:
            return stack(leaves)
        parts = self.rebuild(leaves)
        return tuple(parts) if self.several else parts[0]


def called(derived, wrt, point, fixed):
    """The call of the function behind `derived` at a point, and the Form of what varies."""
    need_point(derived, point or fixed)
    places, args, named, single = which(derived.f, wrt, point, fixed)
    call = Call(derived.f, args, named, places)
    return call, Form(call, single)


def _is_number(a):
    """True for what is neither an array nor a container."""
    container = isinstance(a, (dict, list, tuple)) or hasattr(type(a), "__dataclass_fields__")
    return not container and not shape_of(a)


def stack(values):
    """Equal shapes joined along a new last axis; traced values stay traced."""
    if any(isinstance(v, Operand) for v in values):
        columns = [reshape(_at_least(v), (*shape_of(v), 1)) for v in values]
        return Concatenate(len(shape_of(values[0])))(*columns)
    import numpy as np

    if all(type(v) is float for v in values):
        return np.array(values)
    return np.stack([np.asarray(v) for v in values], axis=-1)


def rows(values):
    """Equal shapes joined along a new first axis; traced values stay traced."""
    if any(isinstance(v, Operand) for v in values):
        return Concatenate(0)(*(reshape(_at_least(v), (1, *shape_of(v))) for v in values))
    import numpy as np

    return np.stack([np.asarray(v) for v in values])


def _at_least(v):
    """A number as something with a shape, so that primitives on arrays accept it."""
    if isinstance(v, Operand):
        return contraction("->a", {"a": 1})(v) if not shape_of(v) else v
    import numpy as np

    return np.asarray(v)


def which(f, wrt, args, named):
    """The places of the varying arguments, the call's arguments, and whether one was asked for.

    `wrt` is None (all that is passed by position), a place, a name, or several of
    these. A name that was passed by name is moved to its place.
    """
    if wrt is None:
        return tuple(range(len(args))), args, named, len(args) == 1
    single = not isinstance(wrt, (tuple, list))
    args, named = list(args), dict(named)
    places = []
    for w in (wrt,) if single else wrt:
        places.append(_place(f, w, args, named))
    if len(set(places)) != len(places):
        raise ValueError(f"wrt names an argument twice: {wrt!r}")
    return tuple(places), tuple(args), named, single


def _place(f, w, args, named):
    if isinstance(w, bool) or not isinstance(w, (int, str)):
        raise TypeError(f"an argument is named by its place or its name, not by {w!r}")
    if isinstance(w, int):
        if not -len(args) <= w < len(args):
            raise IndexError(
                f"{name_of(f)} was given {len(args)} arguments by position; there is no number {w}"
            )
        return w % len(args)
    names = parameters(f)
    if w in names[: len(args)]:
        return names.index(w)
    if w in named and w in names:
        for name in names[len(args) : names.index(w) + 1]:
            if name not in named:
                raise TypeError(f"{name_of(f)}: pass {name!r} too, it stands before {w!r}")
            args.append(named.pop(name))
        return names.index(w)
    known = ", ".join(names) or "unknown"
    raise TypeError(f"{name_of(f)} was given no argument {w!r} (its parameters: {known})")


def parameters(f):
    """The names of the positional parameters of f, as far as they can be known."""
    while isinstance(f, Derived):  # takes what the function takes that it is made from
        f = f.f
    known = getattr(f, "variables", None)
    if isinstance(known, (tuple, list)):
        return list(known)
    try:
        found = signature(f).parameters.values()
    except (TypeError, ValueError):
        return []
    kinds = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    return [p.name for p in found if p.kind in kinds]
