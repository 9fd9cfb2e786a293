"""The cards of the exponential, trigonometric and hyperbolic integrals, and of Lambert's W.

Quotients that are regular at 0, such as sin(x)/x, are written with the spherical
Bessel function that they are. Source: DLMF 4.13, 6, 8.19, 25.12; for the Wright
omega function R. M. Corless and D. J. Jeffrey (2002).
"""

# A table: one card, one line.
# fmt: off
from math import inf

from ..pointwise import pointwise
from .elementary import cos, cosh, exp
from .library import part
from .special_bessel import spherical_in, spherical_jn
from .special_hypergeometric import hyp2f1

_POSITIVE = (0, inf)


def _expn(n, x):
    """SciPy's Eₙ, and for n < 0 the finite sum x^(n−1) Γ(1 − n, x) that it lacks."""
    import numpy as np
    from scipy import special
    n = np.asarray(n)
    m = np.where(n < 0, 1.0 - n, 1.0)
    with np.errstate(all="ignore"):
        below = special.gammaincc(m, x) * special.gamma(m) / np.power(x, m)
    return np.where(n < 0, below, special.expn(np.where(n < 0, 0, n), x))[()]


def _lambert(branch):
    def function(x):
        import numpy as np
        from scipy import special
        return np.real(special.lambertw(x, branch))
    return function


exp1 = pointwise("exp1", lambda y, x: -exp(-x) / x, module="scipy.special", breaks=lambda x: x, domain=(_POSITIVE,), bounds=_POSITIVE, trend="down", mp="e1", ulps=10, latex="E_1")
expi = pointwise("expi", lambda y, x: exp(x) / x, module="scipy.special", breaks=lambda x: x, mp="ei", ulps=5, latex=r"\operatorname{Ei}")
expn = pointwise("expn", None, lambda y, n, x: -expn(n - 1, x), numpy=_expn, module="scipy.special", breaks=lambda n, x: x, domain=((-inf, inf), _POSITIVE), bounds=_POSITIVE, mp="expint", ulps=10, latex="E")
shi = pointwise("shi", lambda y, x: spherical_in(0, x), numpy=part("shichi", 0), module="scipy.special", trend="up", ulps=3, latex=r"\operatorname{Shi}")
chi = pointwise("chi", lambda y, x: cosh(x) / x, numpy=part("shichi", 1), module="scipy.special", breaks=lambda x: x, domain=(_POSITIVE,), trend="up", ulps=3, latex=r"\operatorname{Chi}")
si = pointwise("si", lambda y, x: spherical_jn(0, x), numpy=part("sici", 0), module="scipy.special", bounds=(-1.8519370519824663, 1.8519370519824663), ulps=3, latex=r"\operatorname{Si}")
ci = pointwise("ci", lambda y, x: cos(x) / x, numpy=part("sici", 1), module="scipy.special", breaks=lambda x: x, domain=(_POSITIVE,), bounds=(-inf, 0.47200065143956866), ulps=10, latex=r"\operatorname{Ci}")
spence = pointwise("spence", lambda y, x: -hyp2f1(1, 1, 2, 1 - x), module="scipy.special", breaks=lambda x: x, domain=(_POSITIVE,), trend="down", mp=lambda mp, x: mp.re(mp.polylog(2, 1 - x)), ulps=20, latex=r"\operatorname{Li}_2")
lambertw = pointwise("lambertw", lambda w, x: exp(-w) / (1 + w), numpy=_lambert(0), module="scipy.special", breaks=lambda x: x * exp(1.0) + 1, domain=((-0.36787944117144233, inf),), bounds=(-1, inf), trend="up", mp=lambda mp, x: mp.re(mp.lambertw(x)), ulps=3, latex="W_0")
lambertw_lower = pointwise("lambertw_lower", lambda w, x: exp(-w) / (1 + w), numpy=_lambert(-1), module="scipy.special", breaks=lambda x: x * (x * exp(1.0) + 1), domain=((-0.36787944117144233, 0),), bounds=(-inf, -1), trend="down", mp=lambda mp, x: mp.re(mp.lambertw(x, -1)), ulps=3, latex="W_{-1}")
wrightomega = pointwise("wrightomega", lambda y, x: y / (1 + y), module="scipy.special", bounds=_POSITIVE, trend="up", mp=lambda mp, x: mp.re(mp.lambertw(mp.exp(x))), ulps=3, latex=r"\omega")
