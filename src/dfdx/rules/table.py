"""The whole table: every card of every family, read without NumPy or SciPy."""

from importlib import import_module

from ..pointwise import CARDS

FAMILIES = (
    "arithmetic",
    "choice",
    "elementary",
    "rounding",
    "roots",
    "special_error",
    "special_gamma",
    "densities",
    "special_incomplete",
    "special_bessel",
    "special_cylinder",
    "special_exponential",
    "special_elliptic",
    "special_hypergeometric",
    "special_orthogonal",
    "special_sigmoid",
    "special_distributions",
    "special",
)


def all_cards():
    """The pointwise cards by name, after every family has been read.

    >>> all_cards()["erf"]
    erf
    """
    for name in FAMILIES:
        import_module(f".{name}", __package__)
    return CARDS
