"""Stand-ins for `Fraction` and `Decimal`: a traced number is taken as the real number that it is.

In sums, products and quotients the traced number takes the place of the fraction or
decimal made from it. Whoever asks for digits, numerators or another precision gets an
AttributeError, and the function is differentiated by samples.
"""

from decimal import Decimal
from fractions import Fraction
from functools import cache

from ...graph import Operand
from ..rounded import read
from ..shown import Digits


@cache
def stand_ins():
    """From the class to what makes its numbers."""
    return {Fraction: _fraction, Decimal: _decimal}


def _number(x):
    return read(x) if type(x) is Digits else x


def _fraction(*args, **options):
    args = [_number(x) for x in args]
    if any(isinstance(x, Operand) for x in args) and not options:
        above, below = (*args, 1)[:2]
        return above / below if len(args) == 2 else above
    return Fraction(*args, **options)


def _decimal(*args, **options):
    args = [_number(x) for x in args]
    if args and isinstance(args[0], Operand):
        return args[0]
    return Decimal(*args, **options)
