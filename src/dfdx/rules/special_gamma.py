"""The cards of the gamma function and its kin: digamma, beta, binomials, zeta.

Differences ψ(a + b) − ψ(a), which cancel for small b, are a card of their own.
Source: DLMF 5 (gamma), 25 (zeta).
"""

# A table: one card, one line.
# fmt: off
import math
from math import inf

from ..numbers import pi
from ..pointwise import pointwise
from .choice import choose, greater, less
from .elementary import cos
from .parameter import SAMPLED, slope

_POSITIVE = (0, inf)
_IN_A = {0: SAMPLED}


def _poles(x):
    """Zero exactly at 0, −1, −2, …"""
    return choose(greater(x, 0), 1.0, x % 1)


def _rgamma_slope(y, x):
    """−ψ(x)/Γ(x); left of ½ by reflection, so that the poles of ψ cancel by themselves."""
    left = less(x, 0.5)
    u, v = choose(left, x, 0.0), choose(left, 1.0, x)
    return choose(left, cos(pi * u) * gamma(1 - u) - y * digamma(1 - u), -y * digamma(v))


def _polygamma_gap(n, a, b):
    """ψₙ(a + b) − ψₙ(a): for |b| ≤ a the odd part of the Taylor series around the middle."""
    import numpy as np
    from scipy import special

    n, a, b = np.broadcast_arrays(n, np.asarray(a, float), np.asarray(b, float))
    near = abs(b) <= np.minimum(a, a + b)
    h, c = b / 2, np.where(near, a + b / 2, 1.0)
    total = 0.0
    with np.errstate(all="ignore"):
        for j in range(1, 70, 2):
            total = total + h**j * special.poch(j + 1.0, n) * special.zeta(n + j + 1.0, c)
        direct = special.polygamma(n, a + b) - special.polygamma(n, a)
        return np.where(near, 2 * (1 - 2 * (n % 2)) * total, direct)[()]


def _zeta_slope(s):
    """ζ′(s); right of the pole, where ζ is near 1, from ζ − 1."""
    right = greater(s, 1)
    return choose(right, slope(zetac, 0, (1,))(choose(right, s, 2.0)), slope(zeta, 0, (1,))(choose(right, 0.0, s)))


# gamma and its logarithmic derivatives
gamma = pointwise("gamma", lambda y, x: y * digamma(x), module="scipy.special", breaks=_poles, ulps=5, latex=r"\Gamma")
gammaln = pointwise("gammaln", lambda y, x: digamma(x), module="scipy.special", scalar=math.lgamma, breaks=_poles, mp=lambda mp, x: mp.re(mp.loggamma(x)), ulps=50, latex=r"\ln\Gamma")
loggamma = pointwise("loggamma", lambda y, x: digamma(x), module="scipy.special", breaks=lambda x: x, domain=(_POSITIVE,), ulps=10, latex=r"\ln\Gamma")
digamma = pointwise("digamma", lambda y, x: polygamma(1, x), module="scipy.special", breaks=_poles, ulps=3, latex=r"\psi")
polygamma = pointwise("polygamma", None, lambda y, n, x: polygamma(n + 1, x), module="scipy.special", breaks=lambda n, x: _poles(x), mp=lambda mp, n, x: mp.psi(int(n), x), ulps=3, latex=r"\psi")
polygamma_gap = pointwise("polygamma_gap", None, lambda y, n, a, b: polygamma_gap(n + 1, a, b), lambda y, n, a, b: polygamma(n + 1, a + b), numpy=_polygamma_gap, breaks=lambda n, a, b: _poles(a) * _poles(a + b), mp=lambda mp, n, a, b: mp.psi(int(n), a + b) - mp.psi(int(n), a), ulps=3, latex=r"\Delta\psi")
gammasgn = pointwise("gammasgn", 0, module="scipy.special", bounds=(-1, 1), breaks=_poles, mp=lambda mp, x: mp.sign(mp.gamma(x)), ulps=0, latex=r"\operatorname{sgn}\Gamma")
rgamma = pointwise("rgamma", _rgamma_slope, module="scipy.special", ulps=5, latex=r"\frac{1}{\Gamma}")
factorial = pointwise("factorial", lambda y, x: y * digamma(1 + x), scalar=lambda x: math.gamma(x + 1), numpy=lambda x: gamma.on_arrays(x + 1), module="scipy.special", breaks=lambda x: _poles(1 + x), domain=((-1, inf),), mp="factorial", ulps=5)
beta = pointwise("beta", lambda y, a, b: -y * polygamma_gap(0, a, b), lambda y, a, b: -y * polygamma_gap(0, b, a), module="scipy.special", breaks=lambda a, b: a * b, domain=(_POSITIVE, _POSITIVE), bounds=_POSITIVE, ulps=30, latex=r"\mathrm{B}")
betaln = pointwise("betaln", lambda y, a, b: -polygamma_gap(0, a, b), lambda y, a, b: -polygamma_gap(0, b, a), module="scipy.special", breaks=lambda a, b: a * b, domain=(_POSITIVE, _POSITIVE), mp=lambda mp, a, b: mp.log(mp.beta(a, b)), ulps=30, latex=r"\ln\mathrm{B}")
poch = pointwise("poch", lambda y, z, m: y * polygamma_gap(0, z, m), lambda y, z, m: y * digamma(z + m), module="scipy.special", breaks=lambda z, m: _poles(z + m), domain=(_POSITIVE, _POSITIVE), mp="rf", ulps=200)
binom = pointwise("binom", lambda y, n, k: y * polygamma_gap(0, n - k + 1, k), lambda y, n, k: y * polygamma_gap(0, k + 1, n - 2 * k), module="scipy.special", breaks=lambda n, k: _poles(n + 1), domain=(_POSITIVE, _POSITIVE), mp="binomial", ulps=100)

# zeta functions
zeta = pointwise("zeta", lambda y, s: _zeta_slope(s), module="scipy.special", breaks=lambda s: s - 1, ulps=100, notes=_IN_A, latex=r"\zeta")
zetac = pointwise("zetac", lambda y, s: _zeta_slope(s), module="scipy.special", breaks=lambda s: s - 1, mp=lambda mp, s: mp.zeta(s) - 1, ulps=50, notes=_IN_A)
hurwitz_zeta = pointwise("hurwitz_zeta", lambda y, s, q: slope(hurwitz_zeta, 0)(s, q), lambda y, s, q: -s * hurwitz_zeta(s + 1, q), numpy="zeta", module="scipy.special", breaks=lambda s, q: (s - 1) * q, domain=((1, inf), _POSITIVE), mp="zeta", ulps=3, notes=_IN_A, latex=r"\zeta")
