"""NumPy's own Python code: where NumPy computes in Python, it is followed as the user's code is.

So a function for which there is no rule is differentiated exactly, too, if what it calls is
known in the end.
"""

from functools import partial
from importlib import import_module
from types import FunctionType

# The modules in which NumPy computes in Python with what it is given.
_OPEN = (
    "numpy.lib.",
    "numpy.polynomial.",
    "numpy.fft.",
    "numpy._core.numeric",
    "numpy._core.function_base",
    "numpy.core.numeric",  # NumPy 1
    "numpy.core.function_base",
)


def numpy_source(g):
    """The function in Python that does what NumPy's function g does; None where there is none.

    >>> import numpy as np
    >>> numpy_source(np.unwrap).__name__, numpy_source(np.concatenate)
    ('unwrap', None)
    """
    f = g if type(g) is FunctionType else getattr(g, "_implementation", None)
    if type(f) is not FunctionType:
        return None
    return f if (f.__globals__.get("__name__") or "").startswith(_OPEN) else None


def call_source(g):
    """NumPy's own code for its function g, followed call by call; None where it is not Python."""
    source = numpy_source(g)
    calls = import_module(".calls", __package__)  # late: it stands on this module
    return None if source is None else partial(calls.call, source)
