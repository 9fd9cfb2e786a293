"""Python's operators are cards: what `x * y` means on a node or a traced value."""

from ..graph import Operand
from .arithmetic import (
    absolute,
    add,
    divide,
    floor_divide,
    multiply,
    negative,
    positive,
    power,
    remainder,
    subtract,
)

BINARY = {
    "add": add,
    "sub": subtract,
    "mul": multiply,
    "truediv": divide,
    "floordiv": floor_divide,
    "mod": remainder,
    "pow": power,
}
UNARY = {"neg": negative, "pos": positive, "abs": absolute}


def _forward(op):
    def method(self, other):
        return self.apply(op, (self, other))

    return method


def _reflected(op):
    def method(self, other):
        return self.apply(op, (other, self))

    return method


def _unary(op):
    def method(self):
        return self.apply(op, (self,))

    return method


for _name, _op in BINARY.items():
    setattr(Operand, f"__{_name}__", _forward(_op))
    setattr(Operand, f"__r{_name}__", _reflected(_op))
for _name, _op in UNARY.items():
    setattr(Operand, f"__{_name}__", _unary(_op))


def _divmod(self, other):
    return self // other, self % other


Operand.__divmod__ = _divmod  # type: ignore[operator]
