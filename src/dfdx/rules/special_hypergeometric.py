"""The cards of the hypergeometric functions ₀F₁, M = ₁F₁, ₂F₁, U and Wright's function.

In the variable each is its own slope with shifted parameters; in the parameters
the slopes are fits. Source: DLMF 13.3, 15.5, 16.3, 10.46.
"""

# A table: one card, one line.
# fmt: off
from math import inf

from ..pointwise import pointwise
from .elementary import exp
from .integrals import tricomi
from .parameter import SAMPLED, slope, to_nonpositive_integers

_POSITIVE = (0, inf)
_REAL = (-inf, inf)
_ALL_BUT_LAST = {0: SAMPLED, 1: SAMPLED}


def _wright_mp(mp, a, b, x):
    return mp.nsum(lambda k: x**k * mp.rgamma(k + 1) * mp.rgamma(a * k + b), [0, mp.inf])


hyp0f1 = pointwise("hyp0f1", lambda y, b, x: slope(hyp0f1, 0, to_nonpositive_integers)(b, x), lambda y, b, x: hyp0f1(b + 1, x) / b, module="scipy.special", domain=(_POSITIVE, _REAL), ulps=2000, notes={0: SAMPLED}, latex="{}_0F_1")
hyp1f1 = pointwise("hyp1f1", lambda y, a, b, x: slope(hyp1f1, 0)(a, b, x), lambda y, a, b, x: slope(hyp1f1, 1, to_nonpositive_integers)(a, b, x), lambda y, a, b, x: hyp1f1(a + 1, b + 1, x) * a / b, module="scipy.special", domain=(_REAL, _POSITIVE, _REAL), ulps=3e4, notes=_ALL_BUT_LAST, latex="M")
hyp2f1 = pointwise("hyp2f1", lambda y, a, b, c, x: slope(hyp2f1, 0)(a, b, c, x), lambda y, a, b, c, x: slope(hyp2f1, 1)(a, b, c, x), lambda y, a, b, c, x: slope(hyp2f1, 2, to_nonpositive_integers)(a, b, c, x), lambda y, a, b, c, x: hyp2f1(a + 1, b + 1, c + 1, x) * a * b / c, module="scipy.special", breaks=lambda a, b, c, x: 1 - x, domain=(_REAL, _REAL, _POSITIVE, (-inf, 1)), ulps=3e7, notes={**_ALL_BUT_LAST, 2: SAMPLED}, latex="{}_2F_1")
hyperu = pointwise("hyperu", lambda y, a, b, x: slope(tricomi, 0)(a, b, x), lambda y, a, b, x: slope(tricomi, 1)(a, b, x), lambda y, a, b, x: -a * tricomi(a + 1, b + 1, x), module="scipy.special", breaks=lambda a, b, x: x, domain=(_POSITIVE, _REAL, _POSITIVE), ulps=1e8, notes=_ALL_BUT_LAST, latex="U")
wright_bessel = pointwise("wright_bessel", lambda y, a, b, x: slope(wright_bessel, 0)(a, b, x), lambda y, a, b, x: slope(wright_bessel, 1)(a, b, x), lambda y, a, b, x: wright_bessel(a, a + b, x), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _POSITIVE), bounds=_POSITIVE, mp=_wright_mp, ulps=3, notes=_ALL_BUT_LAST, latex=r"\Phi")
log_wright_bessel = pointwise("log_wright_bessel", lambda y, a, b, x: slope(log_wright_bessel, 0)(a, b, x), lambda y, a, b, x: slope(log_wright_bessel, 1)(a, b, x), lambda y, a, b, x: exp(log_wright_bessel(a, a + b, x) - y), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _POSITIVE), mp=lambda mp, a, b, x: mp.log(_wright_mp(mp, a, b, x)), ulps=5, notes=_ALL_BUT_LAST, latex=r"\ln\Phi")
