"""Stand-ins for the functions of `math`.

Most are a card of the same name. Python's errors (math domain error, division by
zero) are kept: on plain numbers the function itself is called.
"""

import math
from functools import cache
from importlib import import_module

from ...graph import Operand
from ...pointwise import CARDS
from ...rules.arithmetic import absolute
from ...rules.elementary import hypot, log
from ..traced import Traced, plain

# the families of cards that math's functions belong to
_FAMILIES = ("arithmetic", "elementary", "rounding", "roots", "special_error", "special_gamma")
# math's name -> the card's, where they differ
_OTHER_NAMES = {"fabs": "absolute", "lgamma": "gammaln", "pow": "power"}
_STEPS = ("floor", "ceil", "trunc")  # Traced gives whole numbers for these and notes the step
_QUESTIONS = ("isnan", "isinf", "isfinite")


@cache
def stand_ins():
    """From math's function to its stand-in."""
    for family in _FAMILIES:
        import_module(f"...rules.{family}", __package__)
    made = {}
    for name in dir(math):
        function = getattr(math, name)
        card = CARDS.get(_OTHER_NAMES.get(name, name))
        if callable(function) and card is not None and name not in _STEPS:
            made[function] = (_one if card.arity == 1 else _two)(function, card)
    for name in _QUESTIONS:
        function = getattr(math, name)
        made[function] = _looking_through(function)
    made[math.isclose] = _isclose
    made[math.log] = _log
    made[math.hypot] = _hypot
    made[math.dist] = _dist
    made[math.fsum] = _fsum
    made[math.prod] = _prod
    made[math.remainder] = _remainder
    made[math.modf] = _modf
    made[math.ldexp] = lambda x, i: x * 2.0**i if isinstance(x, Operand) else math.ldexp(x, i)
    made[math.frexp] = _frexp
    if hasattr(math, "fma"):
        made[math.fma] = _fma
    if hasattr(math, "sumprod"):
        made[math.sumprod] = _sumprod
    return made


def _one(function, card):
    """math's function on plain numbers, the card where the number is traced."""
    apply = Traced.apply

    def call(x, /):
        kind = type(x)
        if kind is float:
            return function(x)
        if kind is Traced and type(x.value) is float:  # most calls
            return apply(card, (x,))
        return card(_number(x)) if isinstance(x, Operand) else function(x)

    return call


def _two(function, card):
    def call(x, y, /):
        if isinstance(x, Operand) or isinstance(y, Operand):
            return card(_number(x), _number(y))
        return function(x, y)

    return call


def _number(x):
    """math takes numbers: an array of one element counts as its element."""
    if isinstance(x, Operand):
        return x.item() if x.shape else x
    return float(x)


def _any_traced(values):
    return any(isinstance(v, Operand) for v in values)


def _looking_through(function):
    return lambda x, /: function(plain(x))


def _isclose(a, b, **options):
    """On its boundary nothing is noted: where two numbers count as close is not a place to stand on."""
    close = math.isclose(plain(a), plain(b), **options)
    for x in (a, b):
        if type(x) is Traced:
            x.decided(close)
    return close


def _log(x, base=None, /):
    if isinstance(x, Operand):
        top = log(_number(x))
    elif base is None or not isinstance(base, Operand):
        return math.log(x) if base is None else math.log(x, base)
    else:
        top = math.log(x)
    return top if base is None else top / log(_number(base))


def _hypot(*coordinates):
    if not _any_traced(coordinates):
        return math.hypot(*coordinates)
    total = coordinates[0]
    if len(coordinates) == 1:
        return absolute(_number(total))
    for c in coordinates[1:]:
        total = hypot(_number(total), _number(c))
    return total


def _dist(p, q, /):
    return _hypot(*(a - b for a, b in zip(p, q, strict=True)))


def _fsum(seq, /):
    values = list(seq)
    return sum(values, 0.0) if _any_traced(values) else math.fsum(values)


def _prod(iterable, /, *, start=1):
    values = list(iterable)
    if not (_any_traced(values) or isinstance(start, Operand)):
        return math.prod(values, start=start)
    for v in values:
        start = start * v
    return start


def _sumprod(p, q, /):
    p, q = list(p), list(q)
    if not _any_traced((*p, *q)):
        return math.sumprod(p, q)
    return sum((a * b for a, b in zip(p, q, strict=True)), 0.0)


def _fma(x, y, z, /):
    return x * y + z if _any_traced((x, y, z)) else math.fma(x, y, z)


def _remainder(x, y, /):
    if not _any_traced((x, y)):
        return math.remainder(x, y)
    a, b = plain(x), plain(y)
    rest = math.remainder(a, b)
    if abs(rest) == abs(b) / 2:
        (x if isinstance(x, Operand) else y).on_edge("remainder()")
    return x - round((a - rest) / b) * y


def _modf(x, /):
    if not isinstance(x, Operand):
        return math.modf(x)
    whole = float(int(x))
    return x - whole, whole


def _frexp(x, /):
    """(m, e) with x = m 2^e: e is constant between the powers of two."""
    if not isinstance(x, Operand):
        return math.frexp(x)
    mantissa, exponent = math.frexp(plain(x))
    if abs(mantissa) == 0.5:
        x.on_edge("frexp()")
    return x * 2.0**-exponent, exponent
