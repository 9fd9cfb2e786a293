"""`__array_function__`: NumPy's functions on traced values, by the tables of `rules.arrays`."""

import inspect
from importlib import import_module

import numpy as np

from ...errors import NotTraceable
from ...rules.arrays import table
from ..sources import call_source, numpy_source
from ..traced import Traced
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
        from ..complex_arrays import FUNCTIONS, eig, eigvals, for_complex

        for name in FUNCTIONS:
            if name in table():
                _HANDLERS[_resolve(name)] = for_complex(name, table()[name])
        _HANDLERS[np.linalg.eig] = eig
        _HANDLERS[np.linalg.eigvals] = eigvals
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
        if numpy_source(function) is None:
            refuse(self, _unknown(function))
        return _through_source(function, args, kwargs)
    try:
        return handler(*args, **kwargs)
    except NotTraceable as error:
        if numpy_source(function) is None or error in self.tape.leaks:
            log(self, error)
            raise
        return _through_source(function, args, kwargs)  # an option that our rule does not know
    except TypeError:
        _explain_options(self, handler, function, args, kwargs)
        raise


def _through_source(function, args, kwargs):
    """What NumPy's own code gives for arrays in handles: it may write into what it makes."""
    return _content(call_source(function)(*_handled(args), **_handled(kwargs)))


def _handled(x):
    if type(x) in (list, tuple):
        return type(x)(map(_handled, x))
    if type(x) is dict:
        return {key: _handled(v) for key, v in x.items()}
    return _buffers().wrapped(x) if type(x) is Traced else x


def _content(x):
    if type(x) in (list, tuple):
        return type(x)(map(_content, x))
    return _buffers().content(x)


def _buffers():
    return import_module("..buffers", __package__)  # late: it stands on this package


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
