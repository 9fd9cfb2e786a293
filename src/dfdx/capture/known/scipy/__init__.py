"""Stand-ins for SciPy: one family for each of its subpackages, loaded when it is first met.

A stand-in acts only where a traced value is among the arguments or is reached by a
callback; otherwise SciPy's own function is called, and gives exactly what it gives.
"""

from functools import cache, partial
from importlib import import_module

# SciPy's subpackage -> the modules here that know stand-ins for its functions
_FAMILIES = {
    "_lib": ("library",),
    "special": ("special",),
    "linalg": ("linalg",),
    "integrate": ("quad", "ode", "samples"),
    "signal": ("signal",),
    "ndimage": ("ndimage", "resampling"),
    "optimize": ("roots", "optimize"),
    "interpolate": ("interpolate",),
    "stats": ("distributions", "multivariate", "stats"),
}


class _BySubpackage:
    """Finds the stand-in of a function in the family of the subpackage it comes from."""

    def get(self, g):
        made = known(g)
        if made is None and not isinstance(g, type) and _module(g).startswith("scipy."):
            from .followed import followed  # late: it needs the rewriting of calls

            return followed(g)
        return made


def known(g):
    """The stand-in of a function of SciPy's in its family, or None."""
    module = _module(g)
    if not module.startswith("scipy."):
        return None
    family = _family(module.split(".")[1])
    found = family.get(g)
    if found is None and not isinstance(g, type):  # an object whose class is compiled
        method = family.get(type(g).__call__) if callable(g) else None
        return method and partial(method, g)
    return found


def _module(g):
    name = getattr(g, "__module__", None)
    return name if type(name) is str else ""


@cache
def _family(subpackage):
    made = {}
    for name in _FAMILIES.get(subpackage, ()):
        made.update(import_module(f".{name}", __package__).stand_ins())
    return made


@cache
def stand_ins():
    """From SciPy's function to its stand-in, subpackage by subpackage."""
    return _BySubpackage()
