"""Stand-ins for scipy.linalg, by the tables of linear algebra."""

from functools import cache

from scipy import linalg as theirs

from ....rules.arrays_scipy import SCIPY
from .tools import where_traced


@cache
def stand_ins():
    """From the function of scipy.linalg to its stand-in."""
    made = {}
    for name, ours in SCIPY.items():
        family, _, function = name.partition(".")
        if family == "linalg" and hasattr(theirs, function):
            made[getattr(theirs, function)] = where_traced(getattr(theirs, function), ours)
    return made
