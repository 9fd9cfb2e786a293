"""The methods of arrays, for handles: views of the same store, what is computed, what is changed in place."""

import numpy as np

from ..graph import Operand
from .numpy_protocol import ArrayMethods
from .numpy_protocol.plain import traced_in


class HandleMethods(ArrayMethods):
    """What a handle does with the array that it holds, `content`; `handle` makes a fresh one of a result."""

    __slots__ = ()


def held(x):
    """What a handle holds; anything else as it is."""
    return x.content if issubclass(type(x), HandleMethods) else x


def unwrapped(x):
    """The same in lists, tuples and dicts."""
    if issubclass(type(x), HandleMethods):
        return x.content
    if type(x) in (list, tuple):
        return type(x)(unwrapped(v) for v in x)
    if type(x) is dict:
        return {k: unwrapped(v) for k, v in x.items()}
    return x


def _viewing(name):
    """A method that shows the same store in another shape (or copies where NumPy would)."""

    def method(self, *args, **options):
        mine = self._store.all_places() if self._places is None else self._places
        places = getattr(mine, name)(*args, **options)
        if np.shares_memory(places, self._store.all_places()):
            return type(self)(None, self._store, places)
        return self.handle(type(self)(None, self._store, places).content)

    method.__name__ = name
    return method


def _delegated(name):
    def method(self, *args, **options):
        array, args = self.content, unwrapped(args)
        if type(array) is np.ndarray and traced_in(args):
            return self.handle(getattr(np, name)(array, *args, **unwrapped(options)))
        return self.handle(getattr(array, name)(*args, **unwrapped(options)))

    method.__name__ = name
    return method


def _compared(name):
    def method(self, other):
        return getattr(self.content, name)(held(other))

    method.__name__ = name
    return method


def _whole_numbers(name):
    """An operator on whole numbers or truth values, which are never traced."""

    def method(self, other):
        return self.handle(getattr(self.content, name)(held(other)))

    method.__name__ = name
    return method


def _in_place(name):
    plainly = f"__i{name[2:]}"

    def method(self, other):
        here, other = self.content, held(other)
        if type(here) is np.ndarray and here.dtype.kind in "biu" and not isinstance(other, Operand):
            getattr(here.copy(), plainly)(
                other
            )  # raises where whole numbers cannot hold the result
        return self.replace(getattr(here, name)(other))

    method.__name__ = plainly
    return method


_DELEGATED = (
    "sum prod mean std var max min ptp cumsum cumprod clip dot trace diagonal repeat "
    "take round conj conjugate any all argmax argmin argsort nonzero searchsorted "
    "flatten item tolist astype argpartition compress choose view "
)
for _name in _DELEGATED.split():
    setattr(HandleMethods, _name, _delegated(_name))
VIEWS = ("reshape", "transpose", "ravel", "squeeze", "swapaxes")
for _name in VIEWS:
    setattr(HandleMethods, _name, _viewing(_name))
for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(HandleMethods, f"__{_name}__", _compared(f"__{_name}__"))
for _name in ("and", "or", "xor", "lshift", "rshift"):
    setattr(HandleMethods, f"__{_name}__", _whole_numbers(f"__{_name}__"))
    setattr(HandleMethods, f"__r{_name}__", _whole_numbers(f"__r{_name}__"))
for _name in (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"),
    *("and", "or", "xor", "lshift", "rshift"),
):
    setattr(HandleMethods, f"__i{_name}__", _in_place(f"__{_name}__"))


def _real(self):
    if self.dtype.kind != "c":
        return self[...]
    part = self.content.real
    return part if isinstance(part, Operand) else _unwritten(part)


def _imag(self):
    part = self.content.imag
    return part if isinstance(part, Operand) else _unwritten(part)


def _unwritten(part):
    """A part of complex numbers: what would be written into it would not reach the whole."""
    part = np.array(part)
    part.flags.writeable = False
    return part


def _set_real(self, value):
    self[...] = value + 1j * self.imag if self.dtype.kind == "c" else value


def _set_imag(self, value):
    self[...] = self.real + 1j * value


HandleMethods.real = property(_real, _set_real)  # type: ignore[assignment]
HandleMethods.imag = property(_imag, _set_imag)  # type: ignore[assignment]
for _name, _view in (("T", HandleMethods.transpose), ("mT", lambda self: self.swapaxes(-1, -2))):
    setattr(HandleMethods, _name, property(_view))
