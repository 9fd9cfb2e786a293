"""The cards of arithmetic: what Python's own operators do.

Source of the formulas: any calculus textbook (sum, product, quotient, power rule).
"""

# A table: one card, one line.
# fmt: off
from math import copysign, inf, nan

from ..graph import Node, Operand, is_constant
from ..pointwise import pointwise
from .choice import choose, equal, greater, greater_equal

add = pointwise("add", 1, 1, scalar=lambda x, y: x + y, mp=lambda mp, x, y: x + y, ulps=0.5)
subtract = pointwise("subtract", 1, -1, scalar=lambda x, y: x - y, mp=lambda mp, x, y: x - y, ulps=0.5)
multiply = pointwise("multiply", lambda z, x, y: y, lambda z, x, y: x, scalar=lambda x, y: x * y, mp=lambda mp, x, y: x * y, ulps=0.5)
divide = pointwise("divide", lambda z, x, y: 1 / y, lambda z, x, y: -z / y, scalar=lambda x, y: x / y, mp=lambda mp, x, y: x / y, breaks=lambda x, y: y, ulps=0.5)
negative = pointwise("negative", -1, scalar=lambda x: -x, mp=lambda mp, x: -x, trend="down", ulps=0)
positive = pointwise("positive", 1, scalar=lambda x: +x, mp=lambda mp, x: x, trend="up", ulps=0)


def _power_by_base(z, x, n):
    """n x^(n-1), where an exponent of 0, 1 or 2 needs no power (and no 0/0 at x = 0)."""
    fixed = _number(n)
    if fixed is None:
        return n * x ** (n - 1)
    if fixed == 0:
        return 0 * x
    if fixed == 1:
        return 1
    if fixed == 2:
        return 2 * x
    if fixed == 4 and type(x).__name__ == "ndarray":  # NumPy's powers above 2 are logarithms
        return 4 * (x * x * x)
    return fixed * x ** (fixed - 1)


def _power_by_exponent(z, x, n):
    """x^n log x, which is 0 where x^n is 0 (at x = 0 for n > 0) and -inf at x = n = 0."""
    zero = equal(z, 0)
    return choose(zero, 0.0, z * elementary().log(choose(zero, 1.0, x)))


def _number(n):
    """The exponent when it is a plain number, else None."""
    if type(n) is Node:
        return n.op.value if is_constant(n) and not n.shape else None
    return n if isinstance(n, (int, float)) and not isinstance(n, Operand) else None


def elementary():
    """The module of elementary cards, which stands on this one."""
    from . import elementary as module

    return module


def _power(x, n):
    z = x**n
    if type(z) is complex:
        raise ValueError(f"({x!r}) ** ({n!r}) is complex; dfdx differentiates real functions here")
    return z


power = pointwise("power", _power_by_base, _power_by_exponent, scalar=_power, mp=lambda mp, x, n: mp.power(x, n), breaks=lambda x, n: choose(_smooth_power(n), 1.0, x), ulps=1)


def _smooth_power(n):
    """True for the exponents 0, 1, 2, …, for which x^n has no break at 0."""
    if isinstance(n, Operand):
        return greater_equal(n, 0) * equal(n % 1, 0)
    return (n >= 0) & (n % 1 == 0)


absolute = pointwise("absolute", lambda y, x: sign(x), scalar=abs, mp=lambda mp, x: abs(x), bounds=(0, inf), breaks=lambda x: x, kinks=((-1,), (1,)), ulps=0)
sign = pointwise("sign", 0, scalar=lambda x: copysign(1.0, x) if x else (0.0 if x == 0 else nan), mp=lambda mp, x: mp.sign(x), bounds=(-1, 1), breaks=lambda x: x, trend="up", ulps=0)
floor_divide = pointwise("floor_divide", 0, 0, scalar=lambda x, y: x // y, mp=lambda mp, x, y: mp.floor(x / y), breaks=lambda x, y: x % y, ulps=0)
remainder = pointwise("remainder", 1, lambda z, x, y: -(x // y), scalar=lambda x, y: x % y, mp=lambda mp, x, y: x - y * mp.floor(x / y), breaks=lambda x, y: x % y)
square = pointwise("square", lambda y, x: 2 * x, scalar=lambda x: x * x, mp=lambda mp, x: x * x, bounds=(0, inf), ulps=0.5)
reciprocal = pointwise("reciprocal", lambda y, x: -y * y, scalar=lambda x: 1 / x, mp=lambda mp, x: 1 / x, breaks=lambda x: x, ulps=0.5)


def _maximum(x, y):
    return x if x > y or x != x else y


def _minimum(x, y):
    return x if x < y or x != x else y


def _larger(z, x, y):
    if type(x).__name__ == "ndarray" and not isinstance(y, Operand):  # the same in fewer steps
        return _above(x > y, x == y)
    return choose(greater(x, y), 1.0, choose(equal(x, y), 0.5, 0.0))


def _above(above, tied):
    return above + 0.5 * tied if b"\1" in tied.tobytes() else above


def _smaller(z, x, y):
    if type(x).__name__ == "ndarray" and not isinstance(y, Operand):
        return _above(x < y, x == y)
    return choose(greater(y, x), 1.0, choose(equal(x, y), 0.5, 0.0))


_EITHER = {"breaks": lambda x, y: x - y, "kinks": ((1, 0), (0, 1)), "ulps": 0}
maximum = pointwise("maximum", _larger, lambda z, x, y: _larger(z, y, x), scalar=_maximum, mp=lambda mp, x, y: max(x, y), **_EITHER)
minimum = pointwise("minimum", _smaller, lambda z, x, y: _smaller(z, y, x), scalar=_minimum, mp=lambda mp, x, y: min(x, y), **_EITHER)
