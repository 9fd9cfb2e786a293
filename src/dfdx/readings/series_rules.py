"""How the coefficients of a series follow from those of its operands.

Sums, products, quotients, powers with a fixed exponent and everything linear
have a recurrence of their own. Every other primitive is served by one line,
`integrated`: k v[k] is coefficient k - 1 of the rate of v.

A rule is a function of a cell (see `series_cells`) and of the index k ≥ 1.
Source: Griewank & Walther, Evaluating Derivatives, 2nd ed., chapter 13, tables
13.1 and 13.2; the recurrence for powers is Euler's.
"""

from math import nan
from operator import mul

from ..assembly import Assemble
from ..contraction import Contraction
from ..convolution import Convolve
from ..errors import NotDifferentiable
from ..graph import Operand
from ..implicit import Implicit
from ..pointwise import Pointwise
from ..primitive import Item, Primitive
from ..rules.arithmetic import (
    add,
    divide,
    multiply,
    negative,
    positive,
    power,
    reciprocal,
    square,
    subtract,
)
from ..rules.choice import choose, equal, less
from ..selection import ScatterAlong, TakeAlong
from ..structure import Concatenate, Linear, Put


class Rate(Primitive):
    """The derivative of its operand along the line: what `x'` means in x = x0 + x1 t + …"""

    __slots__ = ()
    arity = 1
    name = "rate"

    def shape(self, shape):
        return shape


rate = Rate()


def convolve(cell, x, y, k, low=0):
    """The sum of x[j] y[k - j] over j ≥ low, leaving out what is zero by degree."""
    first, last = max(low, k - y.degree), min(k, x.degree)
    if first > last:
        return cell.zero
    stop = k - last - 1
    return sum(
        map(mul, x.series[first : last + 1], y.series[k - first : None if stop < 0 else stop : -1])
    )


def total(cell, k):
    x, y = cell.operands
    return x.series[k] + y.series[k]


def difference(cell, k):
    x, y = cell.operands
    return x.series[k] - y.series[k]


def opposite(cell, k):
    return -cell.operands[0].series[k]


def same(cell, k):
    return cell.operands[0].series[k]


def product(cell, k):
    x, y = cell.operands
    return convolve(cell, x, y, k)


def squared(cell, k):
    (x,) = cell.operands
    return convolve(cell, x, x, k)


def quotient(cell, k):
    """z y = x, solved for z[k]."""
    x, y = cell.operands
    return (x.series[k] - convolve(cell, y, cell, k, low=1)) / y.series[0]


def inverse(cell, k):
    (y,) = cell.operands
    return -convolve(cell, y, cell, k, low=1) / y.series[0]


def powered(cell, k):
    """x z' = n x' z, solved for z[k]; where x[0] = 0, z begins with the power n of t."""
    x, exponent = cell.operands
    n = exponent.series[0]
    z, x0 = cell.series, x.series[0]
    terms = (((n + 1) * j - k) * x.series[j] * z[k - j] for j in range(1, min(k, x.degree) + 1))
    if cell.shape:
        zero = equal(x0, 0)
        return choose(zero, choose(less(k, n), 0.0, nan), sum(terms) / (k * choose(zero, 1.0, x0)))
    if x0 == 0:
        if k < n:
            return cell.zero
        raise NotDifferentiable(f"x^{n} has no derivative of order {k} at x = 0")
    return sum(terms) / (k * x0)


def chosen(cell, k):
    """The branch that is taken at the centre."""
    condition, x, y = cell.operands
    truth = condition.series[0]
    if cell.shape or isinstance(truth, Operand):
        return choose(truth, x.series[k], y.series[k])
    return x.series[k] if truth else y.series[k]


def mapped(cell, k):
    """A map that is linear in all operands together acts on each coefficient."""
    return cell.node.op(*[x.series[k] for x in cell.operands])


def straight(cell, k):
    """A map that is linear in the one operand that varies."""
    return cell.node.op(*[x.series[k if x.degree else 0] for x in cell.operands])


def bilinear(cell, k):
    """The product rule, with a contraction or convolution of two operands as the product."""
    x, y = cell.operands
    first, last = max(0, k - y.degree), min(k, x.degree)
    if first > last:
        return cell.zero
    op = cell.node.op
    return sum(op(x.series[j], y.series[k - j]) for j in range(first, last + 1))


def shifted(cell, k):
    """Coefficient k of a derivative."""
    return (k + 1) * cell.operands[0].series[k + 1]


def followed(cell, k):
    """The same as another computation of the same function."""
    return cell.source[0].series[k]


def integrated(cell, k):
    """k v[k] = (v')[k - 1]."""
    (slope,) = cell.source
    return slope.series[k - 1] / k


def integrated_parts(cell, k):
    """The same for a primitive with several outputs."""
    return tuple(slope.series[k - 1] / k for slope in cell.source)


DIRECT = {
    add: total,
    subtract: difference,
    negative: opposite,
    positive: same,
    multiply: product,
    square: squared,
    divide: quotient,
    reciprocal: inverse,
    power: powered,
    choose: chosen,
    rate: shifted,
}


JOINTLY_LINEAR = (Linear, Put, Concatenate, Assemble, Item)
LINEAR_IN_ONE = (TakeAlong, ScatterAlong)


def direct_rule(op, operands):
    """The recurrence for a primitive, or None where the rate has to be asked for."""
    if isinstance(op, (Pointwise, Rate)):
        return DIRECT.get(op)
    if is_bilinear(op):
        return bilinear
    if isinstance(op, JOINTLY_LINEAR) or (isinstance(op, Contraction) and op.arity == 1):
        return mapped
    if isinstance(op, LINEAR_IN_ONE):
        return straight
    if isinstance(op, Implicit) and op.linear_in is not None:
        others = operands[: op.linear_in] + operands[op.linear_in + 1 :]
        return None if any(x.degree for x in others) else straight
    return None


def is_bilinear(op):
    """True for a product of two operands, of whatever kind."""
    return isinstance(op, Convolve) or (isinstance(op, Contraction) and op.arity == 2)
