"""The stand-ins of SciPy's subpackages, in families that are loaded when they are first met."""

from functools import cache, partial
from importlib import import_module

# SciPy's subpackage -> the modules here that know stand-ins for its functions
_FAMILIES = {
    "_lib": ("library",),
    "_external": ("library",),  # where SciPy 1.18 keeps what _lib had
    "special": ("special",),
    "linalg": ("linalg",),
    "integrate": ("quad", "ode", "samples"),
    "fft": ("fft",),
    "signal": ("signal",),
    "ndimage": ("ndimage", "resampling"),
    "optimize": ("roots", "optimize"),
    "interpolate": ("interpolate",),
    "sparse": ("sparse",),
    "spatial": ("spatial",),
    "stats": ("distributions", "multivariate", "stats"),
}


def known(g):
    """The stand-in of a function of SciPy's in its family, or None."""
    module = module_of(g)
    if not module.startswith("scipy."):
        return None
    family = _family(module.split(".")[1])
    found = family.get(g)
    if found is None and not isinstance(g, type):  # an object whose class is compiled
        method = family.get(type(g).__call__) if callable(g) else None
        return method and partial(method, g)
    return found


def known_method(name, owner):
    """The stand-in of a compiled method of an object of SciPy's, or None."""
    method = _family("sparse").get(type(owner)) if name == "solve" else None
    return method and partial(method, owner)


def module_of(g):
    """The name of the module that a function calls its own."""
    name = getattr(g, "__module__", None)
    return name if type(name) is str else ""


@cache
def _family(subpackage):
    made = {}
    for name in _FAMILIES.get(subpackage, ()):
        made.update(import_module(f".{name}", __package__).stand_ins())
    return made
