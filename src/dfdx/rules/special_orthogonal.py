"""The cards of the orthogonal polynomials P_n(x), for a whole degree n.

The slope of a polynomial of one family is one of degree n − 1 of the family with
shifted parameters, so no division by 1 − x² is needed. The degree has no derivative;
in the other parameters the polynomials are polynomials too, which a fit
differentiates exactly. Source: DLMF 18.9(iii), 14.10.
"""

# A table: one card, one line.
# fmt: off
from math import inf

from ..pointwise import pointwise
from .choice import choose, equal
from .library import whole
from .parameter import SAMPLED, slope

_REAL = (-inf, inf)
_DEGREE = (0, inf)
_ABOVE = (-1, inf)
_POLYNOMIAL = {"module": "scipy.special", "domain": (_DEGREE, _REAL)}


def _shifted(name):
    def exact(mp, n, x):
        return getattr(mp, name)(n, 2 * x - 1)
    return exact


def _halved(name, factor):
    def exact(mp, n, x):
        return factor * getattr(mp, name)(n, x / 2)
    return exact


def _he_mp(mp, n, x):
    return mp.power(2, -n / 2) * mp.hermite(n, x / mp.sqrt(2))


def _sh_jacobi_mp(mp, n, p, q, x):
    return mp.jacobi(n, p - q, q - 1, 2 * x - 1) / mp.binomial(2 * n + p - 1, n)


def _lpmv_mp(mp, m, v, x):
    return mp.re(mp.legenp(v, m, x, type=2))


def _lower(n):
    """n − 1, or 0 where n = 0 and a factor 0 stands before the polynomial."""
    return choose(equal(n, 0), 0, n - 1)


def _moves(n):
    """0 for n = 0, whose polynomial is constant, else 1."""
    return choose(equal(n, 0), 0.0, 1.0)


def _ultraspherical(n, a, x):
    """Gegenbauer's polynomial of degree n − 1, and 0 for n = 0."""
    return _moves(n) * eval_gegenbauer(_lower(n), a, x)


eval_legendre = pointwise("eval_legendre", None, lambda y, n, x: _ultraspherical(n, 1.5, x), numpy=whole("eval_legendre"), mp="legendre", latex="P", ulps=500, **_POLYNOMIAL)
eval_chebyt = pointwise("eval_chebyt", None, lambda y, n, x: n * eval_chebyu(_lower(n), x), numpy=whole("eval_chebyt"), mp="chebyt", latex="T", ulps=3, **_POLYNOMIAL)
eval_chebyu = pointwise("eval_chebyu", None, lambda y, n, x: 2 * _ultraspherical(n, 2, x), numpy=whole("eval_chebyu"), mp="chebyu", latex="U", ulps=3, **_POLYNOMIAL)
eval_chebyc = pointwise("eval_chebyc", None, lambda y, n, x: n * eval_chebys(_lower(n), x), numpy=whole("eval_chebyc"), mp=_halved("chebyt", 2), latex="C", ulps=3, **_POLYNOMIAL)
eval_chebys = pointwise("eval_chebys", None, lambda y, n, x: _ultraspherical(n, 2, x / 2), numpy=whole("eval_chebys"), mp=_halved("chebyu", 1), latex="S", ulps=3, **_POLYNOMIAL)
eval_hermite = pointwise("eval_hermite", None, lambda y, n, x: 2 * n * eval_hermite(_lower(n), x), numpy=whole("eval_hermite"), mp="hermite", latex="H", ulps=10, **_POLYNOMIAL)
eval_hermitenorm = pointwise("eval_hermitenorm", None, lambda y, n, x: n * eval_hermitenorm(_lower(n), x), numpy=whole("eval_hermitenorm"), mp=_he_mp, latex=r"\mathit{He}", ulps=3, **_POLYNOMIAL)
eval_laguerre = pointwise("eval_laguerre", None, lambda y, n, x: -_moves(n) * eval_genlaguerre(_lower(n), 1, x), numpy=whole("eval_laguerre"), mp=lambda mp, n, x: mp.laguerre(n, 0, x), latex="L", ulps=5, **_POLYNOMIAL)
eval_genlaguerre = pointwise("eval_genlaguerre", None, lambda y, n, a, x: slope(eval_genlaguerre, 1)(n, a, x), lambda y, n, a, x: -_moves(n) * eval_genlaguerre(_lower(n), a + 1, x), numpy=whole("eval_genlaguerre"), module="scipy.special", domain=(_DEGREE, _ABOVE, _REAL), mp="laguerre", ulps=30, notes={1: SAMPLED}, latex="L")
eval_gegenbauer = pointwise("eval_gegenbauer", None, lambda y, n, a, x: slope(eval_gegenbauer, 1)(n, a, x), lambda y, n, a, x: 2 * a * _ultraspherical(n, a + 1, x), numpy=whole("eval_gegenbauer"), module="scipy.special", domain=(_DEGREE, (-0.5, inf), _REAL), mp="gegenbauer", ulps=20, notes={1: SAMPLED}, latex="C")
eval_jacobi = pointwise("eval_jacobi", None, lambda y, n, a, b, x: slope(eval_jacobi, 1)(n, a, b, x), lambda y, n, a, b, x: slope(eval_jacobi, 2)(n, a, b, x), lambda y, n, a, b, x: _moves(n) * (n + a + b + 1) * eval_jacobi(_lower(n), a + 1, b + 1, x) / 2, numpy=whole("eval_jacobi"), module="scipy.special", domain=(_DEGREE, _ABOVE, _ABOVE, _REAL), mp="jacobi", ulps=20, notes={1: SAMPLED, 2: SAMPLED}, latex="P")
eval_sh_legendre = pointwise("eval_sh_legendre", None, lambda y, n, x: 2 * _ultraspherical(n, 1.5, 2 * x - 1), numpy=whole("eval_sh_legendre"), mp=_shifted("legendre"), latex="P^*", ulps=60, **_POLYNOMIAL)
eval_sh_chebyt = pointwise("eval_sh_chebyt", None, lambda y, n, x: 2 * n * eval_sh_chebyu(_lower(n), x), numpy=whole("eval_sh_chebyt"), mp=_shifted("chebyt"), latex="T^*", ulps=30, **_POLYNOMIAL)
eval_sh_chebyu = pointwise("eval_sh_chebyu", None, lambda y, n, x: 4 * _ultraspherical(n, 2, 2 * x - 1), numpy=whole("eval_sh_chebyu"), mp=_shifted("chebyu"), latex="U^*", ulps=30, **_POLYNOMIAL)
eval_sh_jacobi = pointwise("eval_sh_jacobi", None, lambda y, n, p, q, x: slope(eval_sh_jacobi, 1)(n, p, q, x), lambda y, n, p, q, x: slope(eval_sh_jacobi, 2)(n, p, q, x), lambda y, n, p, q, x: n * eval_sh_jacobi(_lower(n), p + 2, q + 1, x), numpy=whole("eval_sh_jacobi"), module="scipy.special", domain=(_DEGREE, (0, inf), (0, inf), _REAL), mp=_sh_jacobi_mp, ulps=20, notes={1: SAMPLED, 2: SAMPLED}, latex="G")
lpmv = pointwise("lpmv", None, lambda y, m, v, x: slope(lpmv, 1)(m, v, x), lambda y, m, v, x: (v * x * y - (v + m) * lpmv(m, v - 1, x)) / ((x - 1) * (x + 1)), module="scipy.special", domain=(_REAL, _DEGREE, (-1, 1)), breaks=lambda m, v, x: (1 - x) * (1 + x), mp=_lpmv_mp, ulps=100, notes={1: SAMPLED}, latex="P")
