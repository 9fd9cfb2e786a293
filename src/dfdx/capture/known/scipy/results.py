"""Results of SciPy's with fields, and the stand-in that a formula makes."""

import numpy as np
from scipy import stats

from ....errors import NotTraceable
from ....rules.arrays import operand
from ...numpy_protocol.plain import seen_through, traced_in
from .tools import by_name, full_name, handles, logged, tapes_of

_IGNORED = ("nan_policy", "sum_check")


class Result:
    """A result with fields: the traced ones by formula, constants as SciPy has them."""

    def __init__(self, example, tapes, **fields):
        self._example = example
        self._tapes = tapes
        self._made = fields
        names = getattr(example, "_fields", None)
        self._names = tuple(names) if names is not None else tuple(fields)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._made:
            return self._made[name]
        value = getattr(self._example, name)
        if name in ("df", "alternative", "nobs") or isinstance(value, str):
            return value
        with logged(self._tapes):
            raise NotTraceable(f"{type(self._example).__name__}.{name} has no formula here")

    def __iter__(self):
        return (getattr(self, name) for name in self._names)

    def __len__(self):
        return len(self._names)

    def __getitem__(self, k):
        names = self._names[k]
        return (
            tuple(getattr(self, n) for n in names) if isinstance(k, slice) else getattr(self, names)
        )


def _checked(ours, theirs, name):
    numbers = seen_through(ours)
    if not np.allclose(numbers, theirs, rtol=1e-7, atol=1e-12, equal_nan=True):
        raise NotTraceable(f"{name}: the formula and SciPy's number differ")
    return ours


def formula(theirs, ours):
    """The stand-in that computes with `ours` where something is traced."""
    name = full_name(theirs)

    def standing_in(*args, **kwargs):
        given = by_name(theirs, args, kwargs)
        seen = traced_in(given)
        samples = given.pop("samples") if theirs is stats.f_oneway else ()
        found = theirs(*seen_through(samples), **seen_through(given))
        if not seen:
            return found
        tapes = tapes_of(seen)
        with logged(tapes):
            for option in _IGNORED:
                given.pop(option, None)
            made = ours(*samples, **given) if samples else ours(**given)
            if isinstance(made, dict):
                for field, value in made.items():
                    _checked(value, getattr(found, field), f"{name}().{field}")
                return Result(found, tapes, **made)
            return handles(_checked(made, found, name))

    return standing_in


def flat(a, axis):
    """The data as an operand, in one dimension where the axis is None."""
    x = operand(a)
    return (np.ravel(x), 0) if axis is None else (x, axis)
