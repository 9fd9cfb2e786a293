"""Stand-ins for SciPy: one family for each of its subpackages; SciPy's own code for the rest.

A stand-in acts only where a traced value is among the arguments or is reached by a
callback; otherwise SciPy's own function is called, and gives exactly what it gives. A function
that has none is followed where it is written in Python.
"""

from functools import cache

from .families import known, module_of
from .followed import followed


class _BySubpackage:
    """Finds the stand-in of a function in the family of the subpackage it comes from."""

    def get(self, g):
        made = known(g)
        if made is None and not isinstance(g, type) and module_of(g).startswith("scipy."):
            return followed(g)
        return made


@cache
def stand_ins():
    """From SciPy's function to its stand-in, subpackage by subpackage."""
    return _BySubpackage()
