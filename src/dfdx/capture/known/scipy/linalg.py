"""Stand-ins for scipy.linalg, by the tables of linear algebra."""

from functools import cache

from scipy import linalg as theirs

from ....rules import arrays_scipy_linalg, arrays_scipy_matrices  # noqa: F401 (they fill SCIPY)
from ....rules.arrays_scipy import SCIPY
from .decompositions import DECOMPOSITIONS
from .tools import where_traced


@cache
def stand_ins():
    """From the function of scipy.linalg to its stand-in."""
    made = {}
    for name, ours in SCIPY.items():
        family, _, function = name.partition(".")
        if family == "linalg" and hasattr(theirs, function):
            made[getattr(theirs, function)] = where_traced(getattr(theirs, function), ours)
    for ours in DECOMPOSITIONS:
        function = getattr(theirs, ours.__name__, None)
        if function is not None:
            made[function] = where_traced(function, ours)
    return made
