"""Derivatives from samples: of a function that can only be called.

The formulas are public, for those who teach and build them:

>>> from dfdx.differences import central, weights
>>> print(central(1))
f′(x) = [f(x + h) − f(x − h)] / 2h − h²/6 f‴(x) + …
>>> weights((0, 1, 3), 1)
(Fraction(-4, 3), Fraction(3, 2), Fraction(-1, 6))
"""

_STENCILS = ("Stencil", "backward", "central", "forward")

__all__ = [*_STENCILS, "weights"]


def __getattr__(name):
    """Loaded when first used: a typed formula needs none of them."""
    if name in _STENCILS:
        from . import formulas as home
    elif name == "weights":
        from . import stencils as home
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(home, name)
