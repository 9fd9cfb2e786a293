"""Code of third parties as it is: functions that come with an analytic derivative to compare with."""

from importlib import import_module
from importlib.util import find_spec

MODULES = {
    "of_scipy": ("scipy",),
    "of_statsmodels": ("statsmodels",),
    "of_others": ("astropy", "sklearn", "lmfit"),
}

# Published derivatives that differences do not confirm (statsmodels 0.14).
WRONG_AS_PUBLISHED = {
    "TransfFrank",  # the sign
    "TransfGumbel deriv",  # (-1)**(1 + theta) is complex
    "NegativeBinomial score",  # the row and column of alpha in the Hessian
    "NegativeBinomial hessian",
    "NegativeBinomial nb1 score",
    "NegativeBinomial nb1 hessian",
    "ZeroInflatedPoisson score",  # the block between inflation and mean, which is not 0
    "ZeroInflatedPoisson hessian",
}


def every():
    """The pairs of all parties that are installed."""
    for name, needs in MODULES.items():
        if all(find_spec(n) for n in needs):
            yield from import_module(f"{__name__}.{name}").pairs()
