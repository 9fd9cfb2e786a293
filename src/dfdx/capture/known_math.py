"""Stand-ins for the functions of `math`.

Most are a card of the same name. Python's errors (math domain error, division by
zero) are kept: on plain numbers a card computes with `math` itself.
"""

import math
from functools import cache

from ..graph import Operand
from ..rules.arithmetic import absolute
from ..rules.table import all_cards
from .traced import plain

# math's name -> the card's, where they differ
_OTHER_NAMES = {"fabs": "absolute", "lgamma": "gammaln", "pow": "power"}
_STEPS = ("floor", "ceil", "trunc")  # these give whole numbers, not floats
_QUESTIONS = ("isnan", "isinf", "isfinite", "isclose")


@cache
def stand_ins():
    """From math's function to its stand-in."""
    cards = all_cards()
    made = {}
    for name in dir(math):
        function = getattr(math, name)
        card = cards.get(_OTHER_NAMES.get(name, name))
        if callable(function) and card is not None and name not in _STEPS:
            made[function] = _one(function, card)
    for name in _QUESTIONS:
        function = getattr(math, name)
        made[function] = _looking_through(function)
    made[math.log] = _log
    made[math.hypot] = _hypot
    made[math.dist] = _dist
    made[math.fsum] = _sum_of(math.fsum)
    made[math.prod] = _prod
    made[math.remainder] = _remainder
    made[math.modf] = _modf
    made[math.floor] = _step(math.floor, "floor()")
    made[math.ceil] = _step(math.ceil, "ceil()")
    made[math.trunc] = _step(math.trunc, "trunc()")
    if hasattr(math, "fma"):
        made[math.fma] = lambda x, y, z: x * y + z
    if hasattr(math, "sumprod"):
        made[math.sumprod] = lambda p, q: sum(a * b for a, b in zip(p, q, strict=True))
    return made


def _one(function, card):
    """math's function on plain numbers, the card where one of them is traced."""

    def call(*args):
        for a in args:
            if isinstance(a, Operand):
                return card(*(_number(b) for b in args))
        return function(*args)

    return call


def _number(x):
    """math takes numbers: an array of one element counts as its element."""
    if isinstance(x, Operand):
        return x.item() if x.shape else x
    return float(x)


def _looking_through(function):
    return lambda *args, **options: function(*(plain(a) for a in args), **options)


def _step(function, name):
    def call(x):
        return function(x)  # Traced gives a whole number and notes the step

    call.__name__ = name
    return call


def _log(x, base=None):
    cards = all_cards()
    top = cards["log"](_number(x)) if isinstance(x, Operand) else math.log(x)
    if base is None:
        return top
    return top / (cards["log"](_number(base)) if isinstance(base, Operand) else math.log(base))


def _hypot(*coordinates):
    if not any(isinstance(c, Operand) for c in coordinates):
        return math.hypot(*coordinates)
    if len(coordinates) == 1:
        return absolute(coordinates[0])
    total = coordinates[0]
    for c in coordinates[1:]:
        total = all_cards()["hypot"](_number(total), _number(c))
    return total


def _dist(p, q):
    return _hypot(*(a - b for a, b in zip(p, q, strict=True)))


def _sum_of(function):
    def call(values):
        values = list(values)
        if not any(isinstance(v, Operand) for v in values):
            return function(values)
        return sum(values)

    return call


def _prod(values, *, start=1):
    values = list(values)
    if not any(isinstance(v, Operand) for v in values):
        return math.prod(values, start=start)
    for v in values:
        start = start * v
    return start


def _remainder(x, y):
    if not isinstance(x, Operand) and not isinstance(y, Operand):
        return math.remainder(x, y)
    whole = round((plain(x) - math.remainder(plain(x), plain(y))) / plain(y))
    return x - whole * y


def _modf(x):
    if not isinstance(x, Operand):
        return math.modf(x)
    whole = float(int(x))
    return x - whole, whole
