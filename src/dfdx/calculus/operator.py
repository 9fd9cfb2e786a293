"""The one law: `op(f)` is a function, `op(f, *point)` is `op(f)(*point)`.

What stands in the first parenthesis behind the point are options, ours, by name
only; everything in the second parenthesis belongs to f: what is passed there by
position varies, what is passed by name is held fixed.
"""

from ..capture.trace import name_of
from ..trees import describe


class Derived:
    """A function made from a function by an operator; subclasses say how it is evaluated."""

    operator = "derived"
    options: tuple[str, ...] = ()

    def __init__(self, f):
        if not callable(f):
            raise TypeError(f"{self.operator} needs a function, not {describe(f)}{_hint(f)}")
        self.f = f
        inner = getattr(f, "__doc__", None)
        about = f"The {self.operator} of {name_of(f)}."
        self.__doc__ = f"{about}\n\n{inner}" if inner else about

    def __call__(self, *point, **fixed):
        raise NotImplementedError

    @property
    def __name__(self):
        return f"{self.operator}({name_of(self.f)})"

    def __repr__(self):
        return f"<{self.__name__}>"


def _hint(f):
    if isinstance(f, str):
        return f"; a typed formula is read by dfdx.formula({f!r})"
    if isinstance(f, (int, float)):
        return "; the function comes first, then the point: derivative(f, 3.0)"
    return ""


def operator(kind):
    """The public operator of a class of derived functions, obeying the law.

    `kind(f, **options)` makes the derived function; an object that knows its derivatives (measurements
    do) makes its own in `__differentiated__(name, **options)`, or None where it is to be traced.
    """

    def op(f, *point, **options):
        need_known(kind, options)
        own = getattr(type(f), "__differentiated__", None)
        derived = own(f, kind.operator, **options) if own else None
        if derived is None:
            derived = kind(f, **options)
        return derived(*point) if point else derived

    op.__name__ = op.__qualname__ = kind.operator
    op.__doc__ = kind.guide
    op.__module__ = kind.__module__
    op.kind = kind
    return op


def need_known(kind, options):
    """TypeError for an option that the operator does not have."""
    unknown = [name for name in options if name not in kind.options]
    if unknown:
        known = ", ".join(kind.options) or "none"
        raise TypeError(
            f"{kind.operator} has no option {unknown[0]!r} (it has: {known}); values for the "
            f"function go in the second parenthesis: {kind.operator}(f)(x, {unknown[0]}=…)"
        )


def need_point(derived, point):
    """TypeError unless something varies."""
    if not point:
        raise TypeError(
            f"{derived.__name__} needs a point: what is passed by position varies, "
            "what is passed by name is held fixed"
        )


def need_side(side):
    """ValueError unless `side` is None, "left" or "right"."""
    if side not in (None, "left", "right"):
        raise ValueError(f'side is "left" or "right" (or None for both), not {side!r}')
