"""`__array_function__`: NumPy's functions on traced values, by the tables of `rules.arrays`."""

import inspect

import numpy as np

from ...errors import NotTraceable
from ...rules.arrays import table
from . import follow_ieee, refuse
from .distinct import unique
from .plain import DECIDING, DESCRIBING, decided, seen_through

_HANDLERS = {}


def _resolve(name):
    """NumPy's function of that name, None where this NumPy has none."""
    found = np
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def handlers():
    """From NumPy's function to (what is done in its place)."""
    if not _HANDLERS:
        for name, function in table().items():
            _HANDLERS[_resolve(name)] = function
        for name in DESCRIBING:
            _HANDLERS[_resolve(name)] = _describing(name)
        for name in DECIDING:
            _HANDLERS[_resolve(name)] = _deciding(name)
        _HANDLERS[np.unique] = unique
        _HANDLERS.pop(None, None)
    return _HANDLERS


def _describing(name):
    function = _resolve(name)
    return lambda *args, **kwargs: function(*seen_through(args), **seen_through(kwargs))


def _deciding(name):
    function = _resolve(name)
    return lambda *args, **kwargs: decided(name, function, args, kwargs)


def array_function(self, function, types, args, kwargs):
    """NumPy's `function` on operands of which at least one is traced."""
    handler = (_HANDLERS or handlers()).get(function)
    if not self.tape.ieee:
        follow_ieee(self)
    if handler is None:
        refuse(self, _unknown(function))
    try:
        return handler(*args, **kwargs)
    except NotTraceable as error:
        log(self, error)
        raise
    except TypeError:
        _explain_options(self, handler, function, args, kwargs)
        raise


def log(x, error):
    """Raise a NotTraceable of the tables once more, written down on the tape of x with its line."""
    if not any(error is leak for leak in x.tape.leaks):
        refuse(x, str(error))


def full_name(function):
    """np.linalg.norm for the function object."""
    module = getattr(function, "__module__", None) or "numpy"
    return f"{module.replace('numpy', 'np', 1)}.{getattr(function, '__name__', function)}"


def _unknown(function):
    return (
        f"{full_name(function)} has no exact derivative rule in dfdx; write it with functions that "
        'have one, or differentiate with method="differences"'
    )


def _explain_options(x, handler, function, args, kwargs):
    """Turn "unexpected keyword argument" into what can be done."""
    try:
        inspect.signature(handler).bind(*args, **kwargs)
    except TypeError as mismatch:
        refuse(x, f"{full_name(function)}: {mismatch} in exact differentiation; leave it out")
    except ValueError:
        pass
