"""Putting the derivative to use: the way down a function, by steps of ours or by SciPy's solvers.

`descend` and `train` go by the methods of the family; the methods and schedules with their own numbers
are here: `dfdx.descent.Momentum(keep=0.95)`, `dfdx.descent.cosine(1000, warm=50)`.
"""

from importlib import import_module

# name -> where it lives; loaded when first used
_HOMES = {
    **dict.fromkeys(
        ("AdaGrad", "Adam", "AdamW", "BFGS", "ConjugateGradient", "GaussNewton", "Gradient", "LBFGS",
         "LevenbergMarquardt", "Momentum", "Nesterov", "Newton", "RMSProp"), "family"),
    **dict.fromkeys(
        ("constant", "cosine", "exponential", "inverse", "one_cycle", "staircase", "warm_up"), "rates"),
    "History": "minimum",
    "Minimum": "minimum",
    "State": "march",
}  # fmt: skip

__all__ = [*_HOMES]


def __getattr__(name):
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'dfdx.descent' has no attribute {name!r}")
    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value
