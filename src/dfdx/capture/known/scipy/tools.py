"""What the stand-ins for SciPy share: when they act, and how they say what they do not follow."""

import inspect
from functools import cache, wraps

from ....errors import NoRule, NotTraceable, show_line, user_line
from ...buffers import content, wrapped
from ...numpy_protocol.plain import traced_in
from ...traced import Traced


def unwrapped(x):
    """x with every handle, in nested lists, tuples and dicts, replaced by the array it holds."""
    kind = type(x)
    if kind is list:
        return [unwrapped(v) for v in x]
    if kind is dict:
        return {key: unwrapped(v) for key, v in x.items()}
    if isinstance(x, tuple):
        parts = [unwrapped(v) for v in x]
        return kind._make(parts) if hasattr(kind, "_make") else tuple(parts)
    return content(x)


def handles(x):
    """Arrays among the results as handles, which traced code may write into."""
    kind = type(x)
    if kind is tuple or kind is list:
        return kind(handles(v) for v in x)
    return wrapped(x)


def where_traced(theirs, ours, name=None):
    """`ours` where a traced value is among the arguments, SciPy's function elsewhere."""
    signature = inspect.signature(ours)
    name = name or full_name(theirs)

    @wraps(theirs)
    def standing_in(*args, **kwargs):
        args, kwargs = unwrapped(args), unwrapped(kwargs)
        seen = traced_in((args, kwargs))
        if not seen:
            return theirs(*args, **kwargs)
        with logged(tapes_of(seen)):
            try:
                signature.bind(*args, **kwargs)
            except TypeError as mismatch:
                signature_of(theirs).bind(*args, **kwargs)  # raises what SciPy would raise
                raise NotTraceable(
                    f"{name}: {mismatch} in exact differentiation; leave it out"
                ) from None
            return handles(ours(*args, **kwargs))

    return standing_in


class logged:
    """A context that writes NotTraceable and NoRule down on the tapes, with the user's line."""

    def __init__(self, tapes):
        self.tapes = tapes

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None or not issubclass(kind, (NotTraceable, NoRule)):
            return
        if kind is NotTraceable and any(error is leak for t in self.tapes for leak in t.leaks):
            return
        told = NotTraceable(str(error) + show_line(user_line()))
        for t in self.tapes:
            t.leaks.append(told)
        raise told from None


def tapes_of(values):
    """The open tapes on which the traced values stand, outer ones included."""
    found = set()
    for x in values:
        while type(x) is Traced:
            if x.tape.open:
                found.add(x.tape)
            x = x.value
    return found


def by_name(theirs, args, kwargs):
    """The arguments of a call of SciPy's function as a dict, handles replaced by their arrays."""
    given = signature_of(theirs).bind(*args, **kwargs).arguments
    given.update(given.pop("kwargs", {}))
    return {key: unwrapped(value) for key, value in given.items()}


@cache
def signature_of(function):
    return inspect.signature(function)


def full_name(function):
    """scipy.linalg.solve for the function object."""
    module = getattr(function, "__module__", None) or "scipy"
    public = [part for part in module.split(".") if not part.startswith("_")]
    return ".".join([*public, getattr(function, "__name__", str(function))])


def only_default(name, **options):
    """Raise NotTraceable for an option that is not followed and differs from what it is by default.

    Each is given as `option=(value, default)`.
    """
    for option, (value, default) in options.items():
        if value is not default and not _equal(value, default):
            raise NotTraceable(
                f"{name}: the option {option}={value!r} is not followed by exact differentiation; "
                "leave it out"
            )


def _equal(a, b):
    try:
        return bool(a == b)
    except (TypeError, ValueError):
        return False
