"""The cards of the incomplete gamma and beta functions and their inverses.

In the variable their slopes are densities. In the parameters they are fits, taken
on the side of the smaller tail, where all digits are. Source: DLMF 8.2, 8.8, 8.17;
for the inverses the rule of the implicit function.
"""

# A table: one card, one line.
# fmt: off
from math import inf

from ..pointwise import CARDS, pointwise
from .choice import choose, less
from .densities import beta_density, gamma_density
from .library import beta_lower, gamma_lower, gamma_upper, inverse
from .parameter import SAMPLED, slope

_POSITIVE = (0, inf)
_UNIT = (0, 1)
_IN_A = {0: SAMPLED}
_IN_A_AND_B = {0: SAMPLED, 1: SAMPLED}


def _beta_rest(mp, a, b, x):
    return mp.betainc(a, b, x, 1, regularized=True)


def lower_by_order(a, x):
    """∂P(a, x)/∂a, from the smaller of P and Q = 1 − P."""
    return choose(less(x, a), slope(gammainc, 0)(a, x), -slope(gammaincc, 0)(a, x))


def lower_by_first(a, b, x):
    """∂I(a, b, x)/∂a, from the smaller of I and 1 − I."""
    return choose(less((a + b) * x, a), slope(betainc, 0)(a, b, x), -slope(betaincc, 0)(a, b, x))


def lower_by_second(a, b, x):
    """∂I(a, b, x)/∂b, from the smaller of I and 1 − I."""
    return choose(less((a + b) * x, a), slope(betainc, 1)(a, b, x), -slope(betaincc, 1)(a, b, x))


def _mp_beta_inverse(name, other, function, mirrored):
    """mpmath's inverse of I or 1 − I, in the smaller of the value and its complement."""
    direct, complement = inverse(name, function), inverse(other, mirrored)

    def exact(mp, a, b, p):
        if CARDS[name].on_arrays(float(a), float(b), float(p)) < 0.5:
            return direct(mp, a, b, p)
        return 1 - complement(mp, b, a, p)
    return exact


def _smaller(x, rest):
    """Whether x is the smaller of x and rest = 1 − x; both where they are it, else 1/2."""
    left = less(x, rest)
    return left, choose(left, x, 0.5), choose(left, 0.5, rest)


def share_density(a, b, x, rest):
    """The beta density at x, from the smaller of x and rest = 1 − x."""
    left, u, v = _smaller(x, rest)
    return choose(left, beta_density(a, b, u), beta_density(b, a, v))


def share_by_first(a, b, x, rest):
    """∂I(a, b, x)/∂a, from the smaller of x and rest = 1 − x."""
    left, u, v = _smaller(x, rest)
    return choose(left, lower_by_first(a, b, u), -lower_by_second(b, a, v))


def share_by_second(a, b, x, rest):
    """∂I(a, b, x)/∂b, from the smaller of x and rest = 1 − x."""
    left, u, v = _smaller(x, rest)
    return choose(left, lower_by_second(a, b, u), -lower_by_first(b, a, v))


def _lower_rest(a, b, p):
    """1 − the inverse of I at p, with all its digits."""
    return betainccinv(b, a, p)


def _upper_rest(a, b, q):
    """1 − the inverse of 1 − I at q, with all its digits."""
    return betaincinv(b, a, q)


def _inverse_slopes(rest, sign):
    """The partials of an inverse of I (sign 1) or 1 − I (sign −1), whose complement is `rest`."""
    def by_first(y, a, b, p):
        r = rest(a, b, p)
        return -share_by_first(a, b, y, r) / share_density(a, b, y, r)

    def by_second(y, a, b, p):
        r = rest(a, b, p)
        return -share_by_second(a, b, y, r) / share_density(a, b, y, r)

    return by_first, by_second, lambda y, a, b, p: sign / share_density(a, b, y, rest(a, b, p))


# incomplete gamma functions
gammainc = pointwise("gammainc", lambda y, a, x: lower_by_order(a, x), lambda y, a, x: gamma_density(a, x), module="scipy.special", domain=(_POSITIVE, _POSITIVE), bounds=_UNIT, breaks=lambda a, x: x, mp=gamma_lower, ulps=20, notes=_IN_A, latex="P")
gammaincc = pointwise("gammaincc", lambda y, a, x: -lower_by_order(a, x), lambda y, a, x: -gamma_density(a, x), module="scipy.special", domain=(_POSITIVE, _POSITIVE), bounds=_UNIT, breaks=lambda a, x: x, mp=gamma_upper, ulps=100, notes=_IN_A, latex="Q")
gammaincinv = pointwise("gammaincinv", lambda y, a, p: -lower_by_order(a, y) / gamma_density(a, y), lambda y, a, p: 1 / gamma_density(a, y), module="scipy.special", domain=(_POSITIVE, _UNIT), bounds=_POSITIVE, breaks=lambda a, p: p * (1 - p), mp=inverse("gammaincinv", gamma_lower), ulps=20, notes=_IN_A, latex="P^{-1}")
gammainccinv = pointwise("gammainccinv", lambda y, a, q: -lower_by_order(a, y) / gamma_density(a, y), lambda y, a, q: -1 / gamma_density(a, y), module="scipy.special", domain=(_POSITIVE, _UNIT), bounds=_POSITIVE, breaks=lambda a, q: q * (1 - q), mp=inverse("gammainccinv", gamma_upper), ulps=20, notes=_IN_A, latex="Q^{-1}")

# incomplete beta functions
betainc = pointwise("betainc", lambda y, a, b, x: lower_by_first(a, b, x), lambda y, a, b, x: lower_by_second(a, b, x), lambda y, a, b, x: beta_density(a, b, x), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _UNIT), bounds=_UNIT, breaks=lambda a, b, x: x * (1 - x), mp=beta_lower, ulps=10, notes=_IN_A_AND_B, latex="I")
betaincc = pointwise("betaincc", lambda y, a, b, x: -lower_by_first(a, b, x), lambda y, a, b, x: -lower_by_second(a, b, x), lambda y, a, b, x: -beta_density(a, b, x), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _UNIT), bounds=_UNIT, breaks=lambda a, b, x: x * (1 - x), mp=_beta_rest, notes=_IN_A_AND_B, latex=r"\bar{I}")
betaincinv = pointwise("betaincinv", *_inverse_slopes(_lower_rest, 1), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _UNIT), bounds=_UNIT, breaks=lambda a, b, p: p * (1 - p), mp=_mp_beta_inverse("betaincinv", "betainccinv", beta_lower, _beta_rest), ulps=10, notes=_IN_A_AND_B, latex="I^{-1}")
betainccinv = pointwise("betainccinv", *_inverse_slopes(_upper_rest, -1), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _UNIT), bounds=_UNIT, breaks=lambda a, b, q: q * (1 - q), mp=_mp_beta_inverse("betainccinv", "betaincinv", _beta_rest, beta_lower), ulps=10, notes=_IN_A_AND_B, latex=r"\bar{I}^{-1}")
