"""The cards of the distribution functions and their inverses, with SciPy's names and order.

Each is an incomplete gamma or beta function in disguise, so its slopes are those
densities; counts (k and n of the discrete distributions) have no derivative.
Source: DLMF 8.2, 8.17; SciPy's reference for the parametrisation.
"""

# A table: one card, one line.
# fmt: off
from math import inf

from ..numbers import root_two_pi
from ..pointwise import pointwise
from .arithmetic import sign
from .densities import beta_density, gamma_density
from .elementary import exp, log, log1p, sqrt
from .library import beta_lower, gamma_lower, gamma_upper, inverse, whole
from .parameter import SAMPLED, slope
from .special_bessel import ive
from .special_error import ndtri
from .special_gamma import beta
from .special_incomplete import lower_by_order, share_by_first, share_by_second, share_density

_POSITIVE = (0, inf)
_REAL = (-inf, inf)
_UNIT = (0, 1)
_SHAPE = {0: SAMPLED}
_TWO_SHAPES = {0: SAMPLED, 1: SAMPLED}
_TAILS = {"module": "scipy.special", "bounds": _UNIT}


def _student_density(v, t):
    return exp(-(v + 1) * log1p(t * t / v) / 2) / (sqrt(v) * beta(v / 2, 0.5))


def _student_by_freedom(v, t):
    """∂/∂ν of Student's distribution function, from its lower tail."""
    return -sign(t) * slope(stdtr, 0)(v, -abs(t))


def _f_share(m, n, x):
    """m x/(m x + n), the beta variable of the F distribution, and its complement."""
    return m * x / (m * x + n), n / (m * x + n)


def _f_density(m, n, x):
    """The beta density at the share, times d share/d x."""
    w, rest = _f_share(m, n, x)
    return share_density(m / 2, n / 2, w, rest) * w * rest / x


def _f_by_first(m, n, x):
    return share_by_first(m / 2, n / 2, *_f_share(m, n, x)) / 2 + _f_density(m, n, x) * x / m


def _f_by_second(m, n, x):
    return share_by_second(m / 2, n / 2, *_f_share(m, n, x)) / 2 - _f_density(m, n, x) * x / n


def _noncentral_density(x, v, c):
    """The noncentral χ² density, e^(−(√x − √c)²/2) (x/c)^(v/4 − 1/2) e^(−√(c x)) I_(v/2 − 1)(√(c x)) / 2."""
    gap = sqrt(x) - sqrt(c)
    return exp(-gap * gap / 2 + (v / 4 - 0.5) * log(x / c)) * ive(v / 2 - 1, sqrt(x * c)) / 2


def _mp_student(mp, v, t):
    tail = beta_lower(mp, v / 2, mp.mpf(1) / 2, v / (v + t * t)) / 2
    return tail if t < 0 else 1 - tail


def _mp_f(mp, m, n, x):
    if m * x < n:
        return beta_lower(mp, m / 2, n / 2, m * x / (m * x + n))
    return 1 - beta_lower(mp, n / 2, m / 2, n / (m * x + n))


def _mp_noncentral(mp, x, v, c):
    return mp.nsum(lambda k: mp.exp(-c / 2) * (c / 2) ** k / mp.factorial(k) * gamma_lower(mp, v / 2 + k, x / 2), [0, mp.inf])


# chi-square and gamma
chdtr = pointwise("chdtr", lambda y, v, x: lower_by_order(v / 2, x / 2) / 2, lambda y, v, x: gamma_density(v / 2, x / 2) / 2, domain=(_POSITIVE, _POSITIVE), breaks=lambda v, x: x, mp=lambda mp, v, x: gamma_lower(mp, v / 2, x / 2), notes=_SHAPE, ulps=10, **_TAILS)
chdtrc = pointwise("chdtrc", lambda y, v, x: -lower_by_order(v / 2, x / 2) / 2, lambda y, v, x: -gamma_density(v / 2, x / 2) / 2, domain=(_POSITIVE, _POSITIVE), breaks=lambda v, x: x, mp=lambda mp, v, x: gamma_upper(mp, v / 2, x / 2), notes=_SHAPE, ulps=30, **_TAILS)
chdtri = pointwise("chdtri", lambda y, v, p: -lower_by_order(v / 2, y / 2) / gamma_density(v / 2, y / 2), lambda y, v, p: -2 / gamma_density(v / 2, y / 2), module="scipy.special", domain=(_POSITIVE, _UNIT), bounds=_POSITIVE, breaks=lambda v, p: p * (1 - p), mp=inverse("chdtri", lambda mp, v, x: gamma_upper(mp, v / 2, x / 2)), ulps=20, notes=_SHAPE)
chndtr = pointwise("chndtr", lambda y, x, v, c: _noncentral_density(x, v, c), lambda y, x, v, c: slope(chndtr, 1)(x, v, c), lambda y, x, v, c: -_noncentral_density(x, v + 2, c), domain=(_POSITIVE, _POSITIVE, _POSITIVE), breaks=lambda x, v, c: x, mp=_mp_noncentral, notes={1: SAMPLED}, ulps=10, **_TAILS)
gdtr = pointwise("gdtr", lambda y, a, b, x: x * gamma_density(b, a * x), lambda y, a, b, x: lower_by_order(b, a * x), lambda y, a, b, x: a * gamma_density(b, a * x), domain=(_POSITIVE, _POSITIVE, _POSITIVE), breaks=lambda a, b, x: x, mp=lambda mp, a, b, x: gamma_lower(mp, b, a * x), notes={1: SAMPLED}, ulps=20, **_TAILS)
gdtrc = pointwise("gdtrc", lambda y, a, b, x: -x * gamma_density(b, a * x), lambda y, a, b, x: -lower_by_order(b, a * x), lambda y, a, b, x: -a * gamma_density(b, a * x), domain=(_POSITIVE, _POSITIVE, _POSITIVE), breaks=lambda a, b, x: x, mp=lambda mp, a, b, x: gamma_upper(mp, b, a * x), notes={1: SAMPLED}, ulps=30, **_TAILS)
gdtrix = pointwise("gdtrix", lambda x, a, b, p: -x / a, lambda x, a, b, p: -lower_by_order(b, a * x) / (a * gamma_density(b, a * x)), lambda x, a, b, p: 1 / (a * gamma_density(b, a * x)), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _UNIT), bounds=_POSITIVE, breaks=lambda a, b, p: p * (1 - p), mp=inverse("gdtrix", lambda mp, a, b, x: gamma_lower(mp, b, a * x)), ulps=20, notes={1: SAMPLED})

# Student and Fisher
stdtr = pointwise("stdtr", lambda y, v, t: _student_by_freedom(v, t), lambda y, v, t: _student_density(v, t), domain=(_POSITIVE, _REAL), mp=_mp_student, notes=_SHAPE, ulps=10, **_TAILS)
stdtrit = pointwise("stdtrit", lambda t, v, p: -_student_by_freedom(v, t) / _student_density(v, t), lambda t, v, p: 1 / _student_density(v, t), module="scipy.special", domain=(_POSITIVE, _UNIT), breaks=lambda v, p: p * (1 - p), mp=inverse("stdtrit", _mp_student), ulps=200, notes=_SHAPE)
fdtr = pointwise("fdtr", lambda y, m, n, x: _f_by_first(m, n, x), lambda y, m, n, x: _f_by_second(m, n, x), lambda y, m, n, x: _f_density(m, n, x), domain=(_POSITIVE, _POSITIVE, _POSITIVE), breaks=lambda m, n, x: x, mp=_mp_f, notes=_TWO_SHAPES, ulps=20, **_TAILS)
fdtrc = pointwise("fdtrc", lambda y, m, n, x: -_f_by_first(m, n, x), lambda y, m, n, x: -_f_by_second(m, n, x), lambda y, m, n, x: -_f_density(m, n, x), domain=(_POSITIVE, _POSITIVE, _POSITIVE), breaks=lambda m, n, x: x, mp=lambda mp, m, n, x: beta_lower(mp, n / 2, m / 2, n / (m * x + n)), notes=_TWO_SHAPES, ulps=20, **_TAILS)
fdtri = pointwise("fdtri", lambda x, m, n, p: -_f_by_first(m, n, x) / _f_density(m, n, x), lambda x, m, n, p: -_f_by_second(m, n, x) / _f_density(m, n, x), lambda x, m, n, p: 1 / _f_density(m, n, x), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _UNIT), bounds=_POSITIVE, breaks=lambda m, n, p: p * (1 - p), mp=inverse("fdtri", _mp_f), ulps=20, notes=_TWO_SHAPES)

# binomial, Poisson, negative binomial: in the probability or the mean
bdtr = pointwise("bdtr", None, None, lambda y, k, n, p: -beta_density(k + 1, n - k, p), numpy=whole("bdtr", 1), domain=(_POSITIVE, _POSITIVE, _UNIT), mp=lambda mp, k, n, p: beta_lower(mp, n - k, k + 1, 1 - p), ulps=10, **_TAILS)
bdtrc = pointwise("bdtrc", None, None, lambda y, k, n, p: beta_density(k + 1, n - k, p), numpy=whole("bdtrc", 1), domain=(_POSITIVE, _POSITIVE, _UNIT), mp=lambda mp, k, n, p: beta_lower(mp, k + 1, n - k, p), ulps=10, **_TAILS)
bdtri = pointwise("bdtri", None, None, lambda p, k, n, y: -1 / beta_density(k + 1, n - k, p), numpy=whole("bdtri", 1), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _UNIT), bounds=_UNIT, breaks=lambda k, n, y: y * (1 - y), mp=inverse("bdtri", lambda mp, k, n, p: beta_lower(mp, n - k, k + 1, 1 - p)), ulps=20)
pdtr = pointwise("pdtr", None, lambda y, k, m: -gamma_density(k + 1, m), domain=(_POSITIVE, _POSITIVE), mp=lambda mp, k, m: gamma_upper(mp, k + 1, m), ulps=5, **_TAILS)
pdtrc = pointwise("pdtrc", None, lambda y, k, m: gamma_density(k + 1, m), domain=(_POSITIVE, _POSITIVE), mp=lambda mp, k, m: gamma_lower(mp, k + 1, m), ulps=10, **_TAILS)
pdtri = pointwise("pdtri", None, lambda m, k, y: -1 / gamma_density(k + 1, m), module="scipy.special", domain=(_POSITIVE, _UNIT), bounds=_POSITIVE, breaks=lambda k, y: y * (1 - y), mp=inverse("pdtri", lambda mp, k, m: gamma_upper(mp, k + 1, m)), ulps=10)
nbdtr = pointwise("nbdtr", None, None, lambda y, k, n, p: beta_density(n, k + 1, p), domain=(_POSITIVE, _POSITIVE, _UNIT), mp=lambda mp, k, n, p: beta_lower(mp, n, k + 1, p), ulps=10, **_TAILS)
nbdtrc = pointwise("nbdtrc", None, None, lambda y, k, n, p: -beta_density(n, k + 1, p), domain=(_POSITIVE, _POSITIVE, _UNIT), mp=lambda mp, k, n, p: beta_lower(mp, k + 1, n, 1 - p), ulps=5, **_TAILS)
nbdtri = pointwise("nbdtri", None, None, lambda p, k, n, y: 1 / beta_density(n, k + 1, p), module="scipy.special", domain=(_POSITIVE, _POSITIVE, _UNIT), bounds=_UNIT, breaks=lambda k, n, y: y * (1 - y), mp=inverse("nbdtri", lambda mp, k, n, p: beta_lower(mp, n, k + 1, p)), ulps=10)

# the parameters of a normal distribution, from a quantile
nrdtrimn = pointwise("nrdtrimn", lambda y, p, s, x: -s * root_two_pi * exp(ndtri(p) ** 2 / 2), lambda y, p, s, x: -ndtri(p), 1, module="scipy.special", domain=(_UNIT, _POSITIVE, _REAL), breaks=lambda p, s, x: p * (1 - p), mp=lambda mp, p, s, x: x - s * mp.sqrt(2) * mp.erfinv(2 * p - 1), ulps=3)
nrdtrisd = pointwise("nrdtrisd", lambda y, m, p, x: -1 / ndtri(p), lambda y, m, p, x: -y * root_two_pi * exp(ndtri(p) ** 2 / 2) / ndtri(p), lambda y, m, p, x: 1 / ndtri(p), module="scipy.special", domain=(_REAL, _UNIT, _REAL), breaks=lambda m, p, x: p * (1 - p) * (2 * p - 1), mp=lambda mp, m, p, x: (x - m) / (mp.sqrt(2) * mp.erfinv(2 * p - 1)), ulps=3)
