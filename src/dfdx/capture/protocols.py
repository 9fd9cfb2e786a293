"""Python's protocols, spoken in Python: which method of the user's an operator calls, and in which order.

`a + b` asks the class of a for `__add__`, then that of b for `__radd__`; a property is a
function that is called on loading; `with` calls `__enter__` and `__exit__`. The interpreter
does this out of sight. Here the same is done by hand wherever the method is one that the
user wrote in Python, so that it can be followed; everything else is left to the interpreter.
"""

import builtins
import operator

from .attributes import Methods, in_classes
from .numpy_protocol import ArrayMethods
from .shown import Shown, as_text
from .traced import Traced

_SEQUENCES = (str, bytes, list, tuple)
_REFLECTED = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}


class Protocols(Methods):
    """The operations of one trace, under the names that rewritten code calls them by."""

    slice = builtins.slice

    # operators
    def binary(self, a, b, name, native):
        """a ∘ b, as the language defines it: the subclass first, then left, then right."""
        plain, reflected = f"__{name}__", f"__r{name}__"
        left, right = self.method(type(a), plain), self.method(type(b), reflected)
        if left is None and right is None:
            return native(a, b)
        if right is not None and (_is_special(type(b), type(a), reflected) or _goes_first(b, a)):
            result = self.follow(right)(b, a)
            if result is not NotImplemented:
                return result
            right = None
        result = NotImplemented
        if left is not None:
            result = self.follow(left)(a, b)
        elif not isinstance(a, _SEQUENCES):
            own = getattr(type(a), plain, None)
            result = NotImplemented if own is None else own(a, b)
        if result is NotImplemented and right is not None and type(a) is not type(b):
            result = self.follow(right)(b, a)
        return native(a, b) if result is NotImplemented else result

    def in_place(self, a, b, name, native):
        """a ∘= b: `__iadd__` where the class of a has one, else a ∘ b."""
        if self.method(type(a), f"__i{name}__") is not None:
            result = self.ask(a, f"__i{name}__", b)
            if result is not NotImplemented:
                return result
        elif self.method(type(b), f"__r{name}__") is None and not self.method(
            type(a), f"__{name}__"
        ):
            return native(a, b)
        return getattr(self, _named(name))(a, b)

    def unary(self, a, name, native):
        """An operator of one operand."""
        result = self.ask(a, f"__{name}__")
        return native(a) if result is NotImplemented else result

    def compared(self, a, b, name):
        """A comparison: the subclass first, then left, then right with the sides exchanged."""
        plain, other = f"__{name}__", f"__{_REFLECTED[name]}__"
        left, right = self._comparison(type(a), plain), self._comparison(type(b), other)
        if left is None and right is None:
            return getattr(operator, name)(a, b)
        derived = type(b) is not type(a) and issubclass(type(b), type(a))
        if right is not None and derived:  # here it need not be a method of its own
            result = right(b, a)
            if result is not NotImplemented:
                return result
        result = getattr(type(a), plain)(a, b) if left is None else left(a, b)
        if result is NotImplemented and right is not None:
            result = right(b, a)
        return getattr(operator, name)(a, b) if result is NotImplemented else result

    def _comparison(self, cls, name):
        """The user's comparison; without a `__ne__` it is the opposite of `__eq__`."""
        found = self.method(cls, name)
        if found is not None:
            return self.follow(found)
        equal = self.method(cls, "__eq__") if name == "__ne__" else None
        if equal is None or in_classes(cls.__mro__, "__ne__") is not object.__ne__:
            return None

        def differs(a, b):
            result = self.follow(equal)(a, b)
            return result if result is NotImplemented else not result

        return differs

    def mod(self, a, b):
        if isinstance(a, str) and self.method(type(a), "__mod__") is None:
            return a % as_text(b, self)
        return self.binary(a, b, "mod", operator.mod)

    def matmul(self, a, b):
        if hasattr(type(a), "__pandas_priority__") and not isinstance(a, Traced):
            return self.follow(a.dot)(b)
        return self.binary(a, b, "matmul", operator.matmul)

    # truth, containers
    def truth(self, x):
        """x as a condition."""
        result = self.ask(x, "__bool__")
        if result is NotImplemented and self.method(type(x), "__len__"):
            result = self.ask(x, "__len__") != 0
        return x if result is NotImplemented else result

    def contains(self, value, container):
        result = self.ask(container, "__contains__", value)
        if result is not NotImplemented:
            return bool(result)
        each = self.iterate(container)
        if each is container:
            return value in container
        return any(x is value or self.eq(x, value) for x in each)

    def lacks(self, value, container):
        return not self.contains(value, container)

    def item(self, x, index):
        """x[index]"""
        cls = type(x)
        found = self.method(cls, "__getitem__")
        if found is not None:
            return self.follow(found)(x, index)
        missing = self.method(cls, "__missing__")
        if missing is not None and index not in x:
            return self.follow(missing)(x, index)
        return x[index]

    def put(self, value, x, index):
        """x[index] = value"""
        found = self.method(type(x), "__setitem__")
        if found is None:
            x[index] = value
        else:
            self.follow(found)(x, index, value)

    # iteration
    def iterate(self, x):
        """What a loop over x runs over."""
        if type(x) in _NATIVE:
            return x
        found = self.method(type(x), "__iter__")
        if found is not None:
            return self._iterator(self.follow(found)(x))
        if self.method(type(x), "__getitem__") and not hasattr(type(x), "__iter__"):
            return self._by_number(x)
        return x

    def _iterator(self, x):
        found = self.method(type(x), "__next__")
        if found is None:
            return x
        step = self.follow(found)

        def steps():
            while True:
                try:
                    value = step(x)
                except StopIteration:
                    return
                yield value

        return steps()

    def _by_number(self, x):
        k = 0
        while True:
            try:
                value = self.item(x, k)
            except IndexError:
                return
            yield value
            k += 1

    # the rest
    def context(self, manager):
        """What `with` enters and leaves."""
        enter = self.method(type(manager), "__enter__")
        leave = self.method(type(manager), "__exit__")
        return manager if enter is None and leave is None else Context(self, manager)

    def shown(self, x):
        """What text is made of."""
        cls = type(x)
        own = any(self.method(cls, name) for name in ("__format__", "__str__", "__repr__"))
        return Shown(self, x) if own else x

    def evaluate(self, text, *spaces):
        """eval(text), in the spaces that were given, or else those of the caller."""
        *given, around, inside = spaces
        space = given[0] if given else around
        local = given[1] if len(given) > 1 else given[0] if given else inside
        from .rewrite import evaluated

        return evaluated(text, space, local, self)


class Context:
    """A context manager of the user's, its two methods followed."""

    def __init__(self, protocols, manager):
        self.protocols = protocols
        self.manager = manager

    def __enter__(self):
        return self._call("__enter__")

    def __exit__(self, *error):
        return self._call("__exit__", *error)

    def _call(self, name, *args):
        result = self.protocols.ask(self.manager, name, *args)
        if result is NotImplemented:  # only the other of the two is the user's
            return getattr(type(self.manager), name)(self.manager, *args)
        return result


def _is_special(cls, base, name):
    """True for a class that is derived from `base` and has a method of its own of that name."""
    if cls is base or not issubclass(cls, base):
        return False
    return in_classes(cls.__mro__, name) is not in_classes(base.__mro__, name)


def _goes_first(b, a):
    """True where an array lets the other operand decide, as NumPy's arrays do."""
    if not issubclass(type(a), ArrayMethods) or issubclass(type(b), ArrayMethods):
        return False
    return hasattr(type(b), "__array_priority__")


def _named(name):
    return f"{name}_" if name in ("and", "or") else name


_BITS = ("and_", "or_", "xor", "lshift", "rshift")
_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", *_BITS)


def _define():
    """The operators by name, each one line of what is above."""
    for name in _BINARY:
        bare, native = name.strip("_"), getattr(operator, name)
        if name not in ("mod", "matmul"):
            setattr(Protocols, name, _binary(bare, native))
        setattr(Protocols, f"i{bare}", _in_place(bare, getattr(operator, f"i{bare}")))
    for name in ("neg", "pos", "invert"):
        setattr(Protocols, name, _unary(name, getattr(operator, name)))
    for name in _REFLECTED:
        setattr(Protocols, name, _compared(name))


# What has no methods of the user's: nothing needs to be looked up.
_NATIVE = frozenset({float, int, str, list, tuple, bool, Traced})


def _binary(name, native):
    def operation(self, a, b):
        if type(a) in _NATIVE and type(b) in _NATIVE:
            return native(a, b)
        return self.binary(a, b, name, native)

    return operation


def _in_place(name, native):
    return lambda self, a, b: self.in_place(a, b, name, native)


def _unary(name, native):
    return lambda self, a: self.unary(a, name, native)


def _compared(name):
    native = getattr(operator, name)

    def comparison(self, a, b):
        if type(a) in _NATIVE and type(b) in _NATIVE:
            return native(a, b)
        return self.compared(a, b, name)

    return comparison


_define()
