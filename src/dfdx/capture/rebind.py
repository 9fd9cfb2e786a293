"""Functions without source: a copy of the function that finds stand-ins under its global names.

Functions typed at a prompt, made by `exec` or unpickled have instructions and no text. The
copy runs the same instructions; its globals are a dictionary that looks every name up
where the original does, and gives what is to be called in the place of a function found
there. Functions that it holds in closure cells and defaults are exchanged in the same way.
"""

import builtins
from functools import cache
from types import (
    BuiltinFunctionType,
    CellType,
    CodeType,
    FunctionType,
    ModuleType,
)

from .rewrite import same_but

_CALLABLE = (FunctionType, BuiltinFunctionType)
_MISSING = object()


def rebound(f, follow):
    """A copy of f whose global functions are followed; f itself where that cannot be done safely."""
    facts = _facts(f.__code__)
    if facts is None:
        return f
    space = Space(f.__globals__, follow, facts.only_called)
    cells = tuple(
        c if name in facts.stored else _cell(c, space)
        for name, c in zip(f.__code__.co_freevars, f.__closure__ or (), strict=True)
    )
    g = same_but(f, f.__code__, space, cells)
    if f.__defaults__:
        g.__defaults__ = tuple(map(space.meant, f.__defaults__))
    if f.__kwdefaults__:
        g.__kwdefaults__ = {name: space.meant(v) for name, v in f.__kwdefaults__.items()}
    return g


class Space(dict):
    """Globals that are those of the function, with what is to be called in the place of functions.

    The interpreter asks `__getitem__` of a dictionary that is not exactly a dict.
    """

    def __init__(self, original, follow, only_called):
        super().__init__(__builtins__=original.get("__builtins__", builtins))
        self.original = original
        self.follow = follow
        self.only_called = only_called

    def __getitem__(self, name):
        value = self.original.get(name, _MISSING)
        if value is _MISSING:
            value = getattr(builtins, name, _MISSING)
            if value is _MISSING:
                raise KeyError(name)
        if name in self.only_called and (callable(value) or isinstance(value, type)):
            return self.follow(value)
        return self.meant(value)

    def get(self, name, default=None):
        return self.original.get(name, default)

    def meant(self, value):
        """What stands for a value that may be more than called."""
        if type(value) is ModuleType:
            return Module(value, self)
        if type(value) in _CALLABLE:
            return self.follow(value)
        return value


class Module:
    """A module whose functions are followed."""

    def __init__(self, module, space):
        self.__dict__["_shown"] = module, space

    def __getattr__(self, name):
        module, space = self._shown
        return space.meant(getattr(module, name))

    def __setattr__(self, name, value):
        setattr(self._shown[0], name, value)


def _cell(c, space):
    try:
        value = c.cell_contents
    except ValueError:  # not filled yet
        return c
    other = space.meant(value)
    return c if other is value else CellType(other)


class _Facts:
    """Which global names are only called, and which closure variables are stored."""

    def __init__(self, only_called, stored):
        self.only_called = only_called
        self.stored = stored


@cache
def _facts(code):
    """What the instructions say; None where a copy would not do the same."""
    import dis  # late: few functions have no source

    called, loaded, stored = set(), set(), set()
    stack = [code]
    while stack:
        c = stack.pop()
        stack.extend(k for k in c.co_consts if type(k) is CodeType)
        for step in dis.get_instructions(c):
            name = step.opname
            if name in ("STORE_GLOBAL", "DELETE_GLOBAL"):
                return None
            if name == "LOAD_GLOBAL":
                (called if step.arg & 1 else loaded).add(step.argval)
            elif name in ("STORE_DEREF", "DELETE_DEREF"):
                stored.add(step.argval)
    if (called | loaded) & {"globals", "exec", "eval", "__import__"}:
        return None
    return _Facts(called - loaded, stored)
