"""What a list of points means for a function: which arguments each one stands for.

A tuple is the arguments of one point of a function of several; anything else is one
argument. Plain values for a function that needs several are one point together.
"""

from inspect import Parameter, signature
from math import inf

import numpy as np

from ..calculus.operator import Derived
from ..capture.trace import name_of


def read_points(f, points):
    """The tuples of arguments that the points stand for.

    >>> read_points(lambda x, y: x * y, (1.0, 2.0))
    [(1.0, 2.0)]
    >>> read_points(lambda x, y: x * y, ((1.0, 2.0), (3.0, 4.0)))
    [(1.0, 2.0), (3.0, 4.0)]
    >>> read_points(lambda x: x, (1.0, 2.0))
    [(1.0,), (2.0,)]
    """
    if not points:
        raise TypeError(
            "check needs at least one point: check(f, df, 1.0) or check(f, df, (1.0, 2.0))"
        )
    least, most = arity(f)
    if least >= 2 and not any(_is_tuple(p) for p in points):
        if not least <= len(points) <= most:
            raise TypeError(
                f"{name_of(f)} takes {least} arguments: give every point as a tuple of them, "
                f"check({name_of(f)}, df, ({', '.join('…' for _ in range(least))}))"
            )
        return [tuple(points)]
    return [_arguments(p, least, most) for p in points]


def _arguments(p, least, most):
    if _is_tuple(p) and most > 1 and least <= len(p) <= most:
        return p
    return (p,)


def _is_tuple(p):
    return type(p) is tuple


def arity(f):
    """How many arguments by position a function needs, and takes at most; (1, inf) where nobody knows."""
    while isinstance(f, Derived):
        f = f.f
    for name in ("variables", "nin"):  # a formula; a ufunc of NumPy
        known = getattr(f, name, None)
        if isinstance(known, (tuple, list)):
            return len(known), len(known)
        if isinstance(known, int):
            return known, known
    try:
        found = signature(f).parameters.values()
    except (TypeError, ValueError):
        return 1, inf
    kinds = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    places = [p for p in found if p.kind in kinds]
    least = sum(p.default is Parameter.empty for p in places)
    return least, inf if any(p.kind is Parameter.VAR_POSITIONAL for p in found) else len(places)


def fresh(args):
    """The arguments anew, so that a function that writes into them changes nobody else's."""
    return tuple(map(_copied, args))


def _copied(a):
    if isinstance(a, np.ndarray):
        return a.copy()
    if type(a) is dict:
        return {k: _copied(v) for k, v in a.items()}
    if type(a) in (list, tuple):
        return type(a)(map(_copied, a))
    return a
