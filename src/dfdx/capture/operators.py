"""The operators of traced values, written out so that each costs one call.

Sums, differences and products of numbers are recorded without a question asked; a
quotient, a power or an absolute value goes the general way where it could have an
edge or an error. Comparisons give plain truth values, and are written down: the
control flow rests on them.
"""

import operator
from importlib import import_module

from ..graph import Operand
from ..pointwise import PLAIN
from ..rules.arithmetic import (
    absolute,
    add,
    divide,
    floor_divide,
    multiply,
    negative,
    power,
    remainder,
    subtract,
)
from ..rules.choice import COMPARISONS
from .traced import Traced, is_complex, plain


def _any(truth):
    return truth if type(truth) is bool else bool(truth.any()) if hasattr(truth, "any") else truth


_ARITHMETIC = """
def __{name}__(self, other):
    kind = type(other)
    if kind is float or kind is int:
        return Traced(self.value {sign} other, self.tape, card, (self, other))
    if kind is Traced and other.tape is self.tape:
        return Traced(self.value {sign} other.value, self.tape, card, (self, other))
    return general(card, self, other, self, other)

def __r{name}__(self, other):
    if type(other) is float or type(other) is int:
        return Traced(other {sign} self.value, self.tape, card, (other, self))
    return general(card, other, self, self, other)
"""


def _general(card, left, right, self, other):
    """left ∘ right, where one is traced; NotImplemented where the other's class has a say of its own."""
    kind = type(other)
    if kind is Traced or (kind.__name__ == "ndarray" and other.dtype.kind == "f"):
        return Traced.apply(card, (left, right))
    if is_complex(other):
        from .complexes import joined  # late: few functions are complex on the way

        spelled = _SPELLED.get(card)
        return NotImplemented if spelled is None else spelled(joined(left), joined(right))
    if kind.__module__ in _EXACT:
        left, right = (x if x is self else float(x) for x in (left, right))
    elif issubclass(kind, Operand):
        return NotImplemented  # a handle: it makes another one
    elif hasattr(kind, "__pandas_priority__"):
        return import_module(".known.pandas", __package__).operated(card, left, right)
    elif not isinstance(other, _NUMBERS) and not hasattr(other, "__array__"):
        return NotImplemented
    return Traced.apply(card, (left, right))


_EXACT = ("fractions", "decimal")  # the modules of plain numbers that count in another way
_NUMBERS = (Operand, float, int, list, tuple)
_SPELLED = {
    add: operator.add,
    subtract: operator.sub,
    multiply: operator.mul,
    divide: operator.truediv,
    power: operator.pow,
}


def _define_arithmetic():
    """The operators of everyday arithmetic, written out so that each costs one call.

    They record on a closed tape too, which nobody reads. A quotient, a power or an
    absolute value goes the general way where it could have an edge or an error.
    """
    for name, sign, card in (("add", "+", add), ("sub", "-", subtract), ("mul", "*", multiply)):
        space = {"Traced": Traced, "card": card, "general": _general}
        exec(_ARITHMETIC.format(name=name, sign=sign), space)
        for key in (f"__{name}__", f"__r{name}__"):
            setattr(Traced, key, space[key])
    for name, card in (("floordiv", floor_divide), ("mod", remainder)):
        setattr(Traced, f"__{name}__", _forward(card))
        setattr(Traced, f"__r{name}__", _reflected(card))
    for method in (_truediv, _rtruediv, _pow, _rpow, _neg, _abs):
        setattr(Traced, f"_{method.__name__}__", method)


def _forward(card):
    return lambda self, other: _general(card, self, other, self, other)


def _reflected(card):
    return lambda self, other: _general(card, other, self, self, other)


def _truediv(self, other):
    kind = type(other)
    if kind is float or kind is int:
        if other:
            return Traced(self.value / other, self.tape, divide, (self, other))
    elif kind is Traced and other.tape is self.tape:
        below = other.value
        if type(below) is float and below:
            return Traced(self.value / below, self.tape, divide, (self, other))
    return _general(divide, self, other, self, other)


def _rtruediv(self, other):
    below = self.value
    if (type(other) is float or type(other) is int) and type(below) is float and below:
        return Traced(other / below, self.tape, divide, (other, self))
    return _general(divide, other, self, self, other)


def _pow(self, other):
    base, kind = self.value, type(other)
    if (kind is int and other >= 0) or (kind is float and type(base) is float and base > 0):
        try:
            return Traced(base**other, self.tape, power, (self, other))
        except OverflowError:
            pass
    return _power(self, other, self, other)


def _rpow(self, other):
    return _power(other, self, self, other)


def _power(base, exponent, self, other):
    """base ** exponent; a negative base with a broken exponent gives a complex number, as in Python."""
    b, n = plain(base), plain(exponent)
    if not self.tape.ieee and type(b) in (float, int) and type(n) is float and b < 0 and n % 1:
        from .complexes import joined

        return joined(base) ** exponent
    return _general(power, base, exponent, self, other)


def _neg(self):
    return Traced(-self.value, self.tape, negative, (self,))


def _abs(self):
    value = self.value
    if type(value) is float and value:
        return Traced(abs(value), self.tape, absolute, (self,))
    return Traced.apply(absolute, (self,))


def _define_comparisons():
    def comparison(card):
        def method(self, other):
            if not isinstance(other, (Traced, *PLAIN)) and not hasattr(other, "dtype"):
                if type(other).__module__ not in _EXACT:
                    return NotImplemented
                other = float(other)
            a, b = plain(self), plain(other)
            rounded = self.tape.rounded
            if rounded:
                a, b = rounded.get(id(self), a), rounded.get(id(other), b)
            tied = a == b
            if _any(tied) and id(self) not in rounded:
                self.on_edge(card.name)
                if type(other) is Traced and other.tape is not self.tape:
                    other.on_edge(card.name)
            outcome = card.value(a, b)
            self.tape.guards.append((card, self, other, outcome))
            return outcome

        return method

    names = ("lt", "le", "gt", "ge", "eq", "ne")
    for name, card in zip(names, COMPARISONS, strict=True):
        setattr(Traced, f"__{name}__", comparison(card))


_define_arithmetic()
_define_comparisons()
