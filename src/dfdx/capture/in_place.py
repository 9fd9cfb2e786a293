"""`x += y` on traced values: for numbers a sum like any other, for arrays a store.

A traced array has no place of its own to be changed in. Where the user's code changes
one, the trace is taken again with handles (`buffers`) in the place of the arrays:
then what is changed under one name is changed under all.
"""

from ..primitive import shape_of
from ..rules.arithmetic import add, multiply, subtract
from .numpy_protocol import refuse
from .traced import Traced

_NUMBERS = """
def __i{name}__(self, other):
    kind = type(other)
    if type(self.value) is float:
        if kind is float or kind is int:
            return Traced(self.value {sign} other, self.tape, card, (self, other))
        if kind is Traced and other.tape is self.tape:
            return Traced(self.value {sign} other.value, self.tape, card, (self, other))
    elif shape_of(self):
        in_place(self, "{sign}=")
    return NotImplemented
"""


def _in_place(x, sign):
    """Refuse for now: the trace is taken again with a handle."""
    refuse(x, f"x {sign} y changes an array in place that has no handle")


def _method(sign):
    def method(self, other):
        if shape_of(self):
            _in_place(self, sign)
        return NotImplemented

    return method


for _name, _sign, _card in (("add", "+", add), ("sub", "-", subtract), ("mul", "*", multiply)):
    _space = {"Traced": Traced, "card": _card, "shape_of": shape_of, "in_place": _in_place}
    exec(_NUMBERS.format(name=_name, sign=_sign), _space)
    setattr(Traced, f"__i{_name}__", _space[f"__i{_name}__"])
for _name, _sign in (
    ("truediv", "/="),
    ("floordiv", "//="),
    ("mod", "%="),
    ("pow", "**="),
    ("matmul", "@="),
):
    setattr(Traced, f"__i{_name}__", _method(_sign))
