"""The methods that the user's classes have: which one is found, what loading an attribute calls.

A property is a function that is called on loading, and so is what `__getattr__` or a
descriptor gives. Where that function is the user's it is followed; everything else is left
to the interpreter.
"""

import functools
from types import FunctionType

_MISSING = object()


class Methods:
    """The methods and attributes of one trace; `follow` gives what is to be called for a function.

    `is_users(f)` is true for functions that are followed.
    """

    def __init__(self, follow, is_users):
        self.follow = follow
        self.is_users = is_users
        self._methods = {}
        self._loads = {}

    def method(self, cls, name):
        """The method that the user wrote for the class under that name, else None."""
        key = cls, name
        found = self._methods.get(key, _MISSING)
        if found is _MISSING:
            found = in_classes(cls.__mro__, name)
            if type(found) is not FunctionType or not self.is_users(found):
                found = None
            self._methods[key] = found
        return found

    def ask(self, x, name, *args):
        """The user's method of x, called; NotImplemented where there is none."""
        found = self.method(type(x), name)
        return NotImplemented if found is None else self.follow(found)(x, *args)

    # attributes
    def load(self, x, name):
        """x.name: properties and other descriptors of the user's, `__getattr__`."""
        cls = type(x)
        key = cls, name
        found = self._loads.get(key, _MISSING)
        if found is _MISSING:
            found = self._loads[key] = self._loader(cls, name)
        return getattr(x, name) if found is None else found(x)

    def _loader(self, cls, name):
        """A function that loads the attribute the user's way; None for the interpreter's."""
        if cls is super:
            return lambda x: self._load_above(x, name)
        if issubclass(cls, type):
            return None
        found = in_classes(cls.__mro__, name)
        hook = self.method(cls, "__getattr__")
        get = self._getter(found, cls)
        if self.method(cls, "__getattribute__") is not None or (get is None and hook is None):
            return None
        first = type(found) is property or hasattr(type(found), "__set__")

        def load(x):
            if get is not None and (first or name not in getattr(x, "__dict__", ())):
                try:
                    return get(x)
                except AttributeError:
                    if hook is None:
                        raise
            try:
                return object.__getattribute__(x, name)
            except AttributeError:
                if hook is None:
                    raise
                return self.follow(hook)(x, name)

        return load

    def _getter(self, found, cls):
        """How a class attribute gives the value of an instance, where that is the user's code."""
        if type(found) is property and type(found.fget) is FunctionType:
            return lambda x: self.follow(found.fget)(x)
        if type(found) is functools.cached_property:
            return lambda x: self._cached(found, x)
        if self.method(type(found), "__get__") is not None:
            return lambda x: self.ask(found, "__get__", x, cls)
        return None

    def _cached(self, found, x):
        value = self.follow(found.func)(x)
        x.__dict__[found.attrname] = value
        return value

    def _load_above(self, x, name):
        """super().name"""
        instance = x.__self__
        if isinstance(instance, type):
            return getattr(x, name)
        line = type(instance).__mro__
        found = in_classes(line[line.index(x.__thisclass__) + 1 :], name)
        get = self._getter(found, type(instance))
        return getattr(x, name) if get is None else get(instance)

    def store(self, value, x, name):
        """x.name = value"""
        cls = type(x)
        if self.method(cls, "__setattr__") is not None:
            return self.ask(x, "__setattr__", name, value)
        found = in_classes(cls.__mro__, name)
        if type(found) is property and type(found.fset) is FunctionType:
            return self.follow(found.fset)(x, value)
        if self.method(type(found), "__set__") is not None:
            return self.ask(found, "__set__", x, value)
        return setattr(x, name, value)


def in_classes(classes, name):
    """What the first of the classes that has the name holds under it; None where none does."""
    for cls in classes:
        if name in cls.__dict__:
            return cls.__dict__[name]
    return None
