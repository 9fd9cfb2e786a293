"""Fractions of polynomials in lowest terms: (x² - 1)/(x - 1) is x + 1.

The greatest common divisor of two polynomials in one variable comes from Euclid's
algorithm, with exact fractions for coefficients.
"""

from .simplify_numbers import ONE, ZERO
from .simplify_terms import Atom, Number, Product, Sum, is_whole

DEGREE = 20  # polynomials of higher degree are left alone


def reduced(algebra, x):
    """A product without the common divisors of its sums above and below the line; x if none."""
    if type(x) is not Product:
        return x
    above = [p for p in x.powers if type(p[0]) is Sum and is_whole(p[1]) and p[1].value.p > 0]
    below = [p for p in x.powers if type(p[0]) is Sum and is_whole(p[1]) and p[1].value.p < 0]
    for a, m in above:
        for b, n in below:
            found = _common(a, b)
            if found is None:
                continue
            u, divisor, first, second = found
            g, p, q = (_written(algebra, u, c) for c in (divisor, first, second))
            powers = [
                algebra.power(p, m),
                algebra.power(q, n),
                algebra.power(g, algebra.add([(m, ONE), (n, ONE)])),
            ]
            others = [algebra.power(c, k) for c, k in x.powers if c is not a and c is not b]
            return reduced(algebra, algebra.multiply([*powers, *others], x.factor))
    return x


def _common(a, b):
    """(variable, gcd, a/gcd, b/gcd) as coefficients, or None where there is no common divisor."""
    u, p = polynomial(a)
    v, q = polynomial(b)
    if u is None or u is not v:
        return None
    g, rest = p, q
    while rest:
        g, rest = rest, divided(g, rest)[1]
    if len(g) < 2:
        return None
    g = [c * g[-1].inverse() for c in g]
    return u, g, divided(p, g)[0], divided(q, g)[0]


def polynomial(x):
    """The variable of a sum and its coefficients, lowest first; (None, None) for another sum."""
    u, found = None, {}
    for t, c in x.terms:
        base, degree = _power(t)
        if degree is None or degree > DEGREE or c.decimal or (degree and u not in (None, base)):
            return None, None
        u = base if degree else u
        found[degree] = c
    return u, [found.get(k, ZERO) for k in range(max(found) + 1)]


def _power(t):
    """A term as variable and degree: x² is (x, 2), 1 is (None, 0); degree None for another term."""
    if type(t) is Atom:
        return t, 1
    if type(t) is Product and len(t.powers) == 1:
        ((base, exponent),) = t.powers
        if type(base) is Atom and is_whole(exponent) and exponent.value.p > 0:
            return base, exponent.value.p
        return None, None
    return None, 0 if type(t) is Number else None


def divided(p, q):
    """Quotient and remainder of two polynomials.

    >>> from dfdx.transforms.simplify_numbers import Exact
    >>> divided([Exact(-1), ZERO, ONE], [Exact(-1), ONE])
    ([1, 1], [])
    """
    rest, quotient = list(p), [ZERO] * max(0, len(p) - len(q) + 1)
    lead = q[-1].inverse()
    while len(rest) >= len(q):
        c = rest[-1] * lead
        shift = len(rest) - len(q)
        quotient[shift] = c
        for k, d in enumerate(q):
            rest[shift + k] = rest[shift + k] + -(c * d)
        while rest and not rest[-1].p:
            rest.pop()
    return quotient, rest


def _written(algebra, u, coefficients):
    powers = [algebra.one, u]
    for _ in coefficients[2:]:
        powers.append(algebra.multiply([powers[-1], u]))
    return algebra.add(list(zip(powers, coefficients, strict=False)))
