"""Stand-ins for the functions of scipy.special that are no ufuncs; ufuncs are known by their protocol."""

from functools import cache
from types import FunctionType

from scipy import special as theirs

from ....rules import special
from ....rules.arrays_scipy import SCIPY
from .tools import where_traced


@cache
def stand_ins():
    """From the function of scipy.special to its stand-in."""
    made = {}
    for name, function in vars(theirs).items():
        if type(function) is not FunctionType:
            continue
        ours = SCIPY.get(f"special.{name}") or special.function(name)
        if ours is not None:
            made[function] = where_traced(function, ours)
    return made
