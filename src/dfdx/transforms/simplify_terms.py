"""The expressions that simplifying works with: numbers, atoms, calls, products, sums.

A sum is a collection of terms with numbers in front, a product a collection of
bases with exponents; quotients and roots are powers, exp is a power of e. They are
made by `simplify_algebra.Algebra`, each once, so that equal ones are the same object.
"""

from math import gcd

from ..pointwise import Pointwise
from .simplify_numbers import ONE, TWO, Exact


class Term:
    """An expression; `serial` tells which was made first."""

    __slots__ = ("above_zero", "serial", "weight")


class Number(Term):
    """A fraction or decimal."""

    __slots__ = ("value",)


class Atom(Term):
    """A variable, a constant with a name, an array: a node that is taken as it is."""

    __slots__ = ("node",)


class Call(Term):
    """A primitive applied to expressions; `shapes` are those it needs, where that matters."""

    __slots__ = ("args", "op", "shapes")


class Product(Term):
    """`factor` times the powers in `powers`, pairs (base, exponent) in the order they came."""

    __slots__ = ("factor", "powers")


class Sum(Term):
    """The sum of c · term over the pairs (term, c) in `terms`; the term 1 carries a number."""

    __slots__ = ("terms",)


def content(terms):
    """The largest number that divides all the numbers of a sum.

    >>> one = object()
    >>> content([(one, Exact(4)), (one, Exact(6, 5))])
    2/5
    """
    top, bottom = 0, 1
    for _, c in terms:
        if c.decimal:
            return ONE
        top = gcd(top, c.p)
        bottom = bottom * c.q // gcd(bottom, c.q)
    return Exact(top, bottom)


def denominators(terms):
    """The bases that stand below the line in a sum, with their most negative exponents."""
    found = {}
    for t, _ in terms:
        for base, exponent in t.powers if type(t) is Product else ():
            below = type(exponent) is Number and exponent.value.p < 0
            if below and type(base) is not Number:
                low = found.get(base)
                found[base] = exponent.value if low is None else min(low, exponent.value)
    return found


def named(x, name):
    """Whether a call calls the card of that name."""
    return isinstance(x.op, Pointwise) and x.op.name == name


def is_whole(exponent):
    """Whether an exponent is an integer."""
    return type(exponent) is Number and exponent.value.is_integer


def is_even(exponent):
    """Whether an exponent is an even integer."""
    return is_whole(exponent) and exponent.value.p % 2 == 0


def is_square(base, exponent):
    """Whether base^exponent is the square of a function."""
    return (
        type(base) is Call
        and isinstance(base.op, Pointwise)
        and type(exponent) is Number
        and exponent.value == TWO
    )


def has_square(t):
    """Whether a term contains the square of a function."""
    return type(t) is Product and any(is_square(b, k) for b, k in t.powers)
