"""Exact numbers for simplifying: fractions that remember whether they were typed as decimals.

1/2 and 0.5 are the same number, but a formula that began with 0.5 should not end
with 1/2. Integers are integers however they were written (a float 2.0 too), and a
float stands for the decimal that it prints as, so 3 · 0.1 is 0.3.
"""

from math import gcd, isfinite

from ..graph import Operand
from ..numbers import Known

BITS = 256  # a fraction beyond that is not computed but left as it stands


class Exact:
    """The fraction p/q in lowest terms, q > 0; `decimal` says how it wants to be written."""

    __slots__ = ("decimal", "p", "q")

    def __init__(self, p, q=1, decimal=False):
        common = gcd(p, q)
        if q < 0:
            common = -common
        self.p = p // common
        self.q = q // common
        self.decimal = decimal and self.q != 1

    def __add__(self, other):
        p = self.p * other.q + other.p * self.q
        return Exact(p, self.q * other.q, self.decimal or other.decimal)

    def __mul__(self, other):
        return Exact(self.p * other.p, self.q * other.q, self.decimal or other.decimal)

    def __neg__(self):
        return Exact(-self.p, self.q, self.decimal)

    def __abs__(self):
        return Exact(abs(self.p), self.q, self.decimal)

    def __eq__(self, other):
        return self.p == other.p and self.q == other.q

    def __lt__(self, other):
        return self.p * other.q < other.p * self.q

    def __hash__(self):
        return hash((self.p, self.q))

    def __repr__(self):
        return f"{self.p}/{self.q}" if self.q != 1 else str(self.p)

    @property
    def is_integer(self):
        return self.q == 1

    def inverse(self):
        return Exact(self.q, self.p, self.decimal)

    def small(self):
        """Whether the fraction is of a size to compute with."""
        return self.p.bit_length() + self.q.bit_length() <= BITS

    def power(self, n):
        """self to the fraction n where that is a fraction of reasonable size, else None.

        >>> Exact(4, 9).power(Exact(-1, 2))
        3/2
        >>> Exact(2).power(Exact(1, 2)) is None
        True
        """
        p, q = self.p, self.q
        if n.p < 0:
            if p == 0:
                return None
            p, q = (q, p) if p > 0 else (-q, -p)
        if n.q != 1:
            p, q = _root(p, n.q), _root(q, n.q)
            if p is None or q is None:
                return None
        times = abs(n.p)
        if (p.bit_length() + q.bit_length()) * times > BITS:
            return None
        return Exact(p**times, q**times, self.decimal)

    def as_float(self):
        """The nearest float, or None where there is none."""
        try:
            return self.p / self.q
        except OverflowError:
            return None


def _root(p, k):
    """The k-th root of a natural number when it is one, else None."""
    if p < 0 or k > 64:
        return None
    root = round(p ** (1 / k)) if p.bit_length() < 900 else 0
    return next((r for r in (root - 1, root, root + 1) if r >= 0 and r**k == p), None)


def exact(value):
    """The exact number that a constant of a graph stands for, or None (π, nan, an array).

    >>> exact(2.0), exact(0.1), exact(float("nan"))
    (2, 1/10, None)
    """
    if isinstance(value, int):
        found = Exact(int(value))
        return found if found.small() else None
    if isinstance(value, (Known, Operand)) or not isinstance(value, float) or not isfinite(value):
        return None
    if value == int(value):
        found = Exact(int(value))
        return found if found.small() else None
    mantissa, _, power = float.__repr__(value).partition("e")
    whole, _, digits = mantissa.partition(".")
    shift = int(power or 0) - len(digits)
    p = int(whole + digits)
    found = Exact(p * 10**shift, 1, True) if shift >= 0 else Exact(p, 10**-shift, True)
    return found if found.small() else None


ZERO, ONE, MINUS_ONE, TWO, HALF = Exact(0), Exact(1), Exact(-1), Exact(2), Exact(1, 2)
