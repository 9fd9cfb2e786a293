"""The cards of squashing functions, entropies, robust losses and power transforms.

Written so that nothing overflows on the way and no digit is lost near the limits:
expit′ = y expit(−x), and what is regular at λ = 0 goes through exprel and through
ln(1 + t)/t, which are hypergeometric. Source: SciPy's reference for the definitions,
DLMF 13.6, 15.4 for the identities.
"""

# A table: one card, one line.
# fmt: off
import math
from math import inf

from ..numbers import degree, log_10, pi
from ..pointwise import pointwise
from .arithmetic import maximum, minimum
from .elementary import exp, hypot, log, log1p, sin
from .special_bessel import spherical_jn
from .special_hypergeometric import hyp1f1, hyp2f1

_POSITIVE = (0, inf)
_REAL = (-inf, inf)
_UNIT = (0, 1)


def _expit(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else math.exp(x)


def _softplus(x):
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _softplus_on_arrays(x):
    import numpy as np
    return np.logaddexp(0.0, x)


def _exprel_slope(y, x):
    """((x − 1) eˣ + 1)/x², which is M(2, 3, x)/2."""
    return hyp1f1(2, 3, x) / 2


def _boxcox_by_power(logarithm, p):
    """∂/∂λ of (e^(λ L) − 1)/λ = L exprel(λ L): L² times exprel's slope."""
    return logarithm * logarithm * hyp1f1(2, 3, p * logarithm) / 2


def _inverse_by_power(x, y, p):
    """∂/∂λ of (1 + λ y)^(1/λ) = exp(y ln(1 + t)/t), t = λ y; the slope of ln(1 + t)/t is −₂F₁(2, 2; 3; −t)/2."""
    return -x * y * y * hyp2f1(2, 2, 3, -p * y) / 2


def _pseudo_huber_by_scale(y, d, r):
    """2 δ (s − 1) − r²/(δ s) with s = √(1 + (r/δ)²), brought to a product."""
    u = (r / d) ** 2
    s = hypot(1, r / d)
    return d * u * u / (s * (s + 1) ** 2)


def _mp_boxcox(mp, x, p):
    return (mp.power(x, p) - 1) / p if p else mp.log(x)


def _mp_inverse_boxcox(mp, y, p):
    return mp.power(1 + p * y, 1 / p) if p else mp.exp(y)


# squashing
expit = pointwise("expit", lambda y, x: y * expit(-x), scalar=_expit, module="scipy.special", bounds=_UNIT, trend="up", mp=lambda mp, x: 1 / (1 + mp.exp(-x)), latex=r"\sigma")
logit = pointwise("logit", lambda y, p: 1 / (p * (1 - p)), module="scipy.special", breaks=lambda p: p * (1 - p), domain=(_UNIT,), trend="up", mp=lambda mp, p: mp.log(p / (1 - p)))
log_expit = pointwise("log_expit", lambda y, x: expit(-x), scalar=lambda x: -_softplus(-x), module="scipy.special", bounds=(-inf, 0), trend="up", mp=lambda mp, x: -mp.log1p(mp.exp(-x)), latex=r"\ln\sigma")
softplus = pointwise("softplus", lambda y, x: expit(x), scalar=_softplus, numpy=_softplus_on_arrays, module="scipy.special", bounds=_POSITIVE, trend="up", mp=lambda mp, x: mp.log1p(mp.exp(x)))

# entropies
xlogy = pointwise("xlogy", lambda z, x, y: log(y), lambda z, x, y: x / y, module="scipy.special", breaks=lambda x, y: y, domain=(_REAL, _POSITIVE), mp=lambda mp, x, y: x * mp.log(y))
xlog1py = pointwise("xlog1py", lambda z, x, y: log1p(y), lambda z, x, y: x / (1 + y), module="scipy.special", breaks=lambda x, y: 1 + y, domain=(_REAL, (-1, inf)), mp=lambda mp, x, y: x * mp.log1p(y))
entr = pointwise("entr", lambda y, x: -1 - log(x), module="scipy.special", breaks=lambda x: x, domain=(_POSITIVE,), bounds=(-inf, 0.36787944117144233), mp=lambda mp, x: -x * mp.log(x))
rel_entr = pointwise("rel_entr", lambda z, x, y: log(x / y) + 1, lambda z, x, y: -x / y, module="scipy.special", breaks=lambda x, y: x * y, domain=(_POSITIVE, _POSITIVE), mp=lambda mp, x, y: x * mp.log(x / y))
kl_div = pointwise("kl_div", lambda z, x, y: log(x / y), lambda z, x, y: (y - x) / y, module="scipy.special", breaks=lambda x, y: x * y, domain=(_POSITIVE, _POSITIVE), bounds=_POSITIVE, mp=lambda mp, x, y: x * mp.log(x / y) - x + y, ulps=30)

# robust losses
huber = pointwise("huber", lambda y, d, r: maximum(abs(r) - d, 0), lambda y, d, r: maximum(-d, minimum(r, d)), module="scipy.special", domain=(_POSITIVE, _REAL), bounds=_POSITIVE, mp=lambda mp, d, r: r * r / 2 if abs(r) <= d else d * (abs(r) - d / 2))
pseudo_huber = pointwise("pseudo_huber", _pseudo_huber_by_scale, lambda y, d, r: r / hypot(1, r / d), module="scipy.special", domain=(_POSITIVE, _REAL), bounds=_POSITIVE, mp=lambda mp, d, r: d * d * (mp.sqrt(1 + (r / d) ** 2) - 1), ulps=3)

# power transforms
boxcox = pointwise("boxcox", lambda y, x, p: x ** (p - 1), lambda y, x, p: _boxcox_by_power(log(x), p), module="scipy.special", breaks=lambda x, p: x, domain=(_POSITIVE, _REAL), mp=_mp_boxcox, ulps=3)
boxcox1p = pointwise("boxcox1p", lambda y, x, p: exp((p - 1) * log1p(x)), lambda y, x, p: _boxcox_by_power(log1p(x), p), module="scipy.special", breaks=lambda x, p: 1 + x, domain=((-1, inf), _REAL), mp=lambda mp, x, p: _mp_boxcox(mp, 1 + x, p), ulps=3)
inv_boxcox = pointwise("inv_boxcox", lambda x, y, p: x / (1 + p * y), lambda x, y, p: _inverse_by_power(x, y, p), module="scipy.special", breaks=lambda y, p: 1 + p * y, bounds=_POSITIVE, mp=_mp_inverse_boxcox, ulps=3)
inv_boxcox1p = pointwise("inv_boxcox1p", lambda x, y, p: (1 + x) / (1 + p * y), lambda x, y, p: _inverse_by_power(1 + x, y, p), module="scipy.special", breaks=lambda y, p: 1 + p * y, bounds=(-1, inf), mp=lambda mp, y, p: _mp_inverse_boxcox(mp, y, p) - 1, ulps=3)

# powers and circular functions without cancellation
cosm1 = pointwise("cosm1", lambda y, x: -sin(x), module="scipy.special", bounds=(-2, 0), mp=lambda mp, x: -2 * mp.sin(x / 2) ** 2, ulps=3)
exprel = pointwise("exprel", _exprel_slope, module="scipy.special", bounds=_POSITIVE, trend="up", mp=lambda mp, x: mp.expm1(x) / x)
powm1 = pointwise("powm1", lambda z, x, y: y * x ** (y - 1), lambda z, x, y: x**y * log(x), module="scipy.special", breaks=lambda x, y: x, domain=(_POSITIVE, _REAL), bounds=(-1, inf), mp="powm1")
exp10 = pointwise("exp10", lambda y, x: y * log_10, module="scipy.special", bounds=_POSITIVE, trend="up", mp=lambda mp, x: mp.power(10, x))
sinc = pointwise("sinc", lambda y, x: -(pi * spherical_jn(1, pi * x)), bounds=(-0.21723362821122166, 1), mp="sincpi", ulps=3, latex=r"\operatorname{sinc}")
sindg = pointwise("sindg", lambda y, x: degree * cosdg(x), module="scipy.special", bounds=(-1, 1), mp=lambda mp, x: mp.sinpi(x / 180))
cosdg = pointwise("cosdg", lambda y, x: -(degree * sindg(x)), module="scipy.special", bounds=(-1, 1), mp=lambda mp, x: mp.cospi(x / 180))
tandg = pointwise("tandg", lambda y, x: degree / cosdg(x) ** 2, module="scipy.special", breaks=lambda x: (x / 180 + 0.5) % 1, mp=lambda mp, x: mp.sinpi(x / 180) / mp.cospi(x / 180))
cotdg = pointwise("cotdg", lambda y, x: -(degree / sindg(x) ** 2), module="scipy.special", breaks=lambda x: (x / 180) % 1, mp=lambda mp, x: mp.cospi(x / 180) / mp.sinpi(x / 180), ulps=50000)
