"""The standard forms of probability distributions, written with cards.

Here stand those for which SciPy's own code does not consist of cards: from SciPy's name to the
kinds (pdf, logpdf, cdf, sf, ppf, …) to functions of the standardised variable and the shapes.
What is not here, SciPy's code or a relation between the functions gives. Source: SciPy's
reference guide, whose parametrisation this is. Cases are told apart on plain numbers.
"""

import numpy as np

from ..errors import NotTraceable
from ..numbers import log_2, pi, tau
from .arithmetic import absolute
from .densities import beta_density
from .elementary import cos, exp, expm1, log, log1p, logaddexp, sin, sqrt, tan
from .special import function as special
from .table import all_cards

all_cards()
_betainc, _betaincinv, _betainccinv = (special(n) for n in ("betainc", "betaincinv", "betainccinv"))
_gammainc, _gammaincc, _gammaln = (special(n) for n in ("gammainc", "gammaincc", "gammaln"))
_gammaincinv, _gammainccinv = (special(n) for n in ("gammaincinv", "gammainccinv"))
_ndtr, _log_ndtr, _ndtri_exp = (special(n) for n in ("ndtr", "log_ndtr", "ndtri_exp"))
_xlogy, _xlog1py, _owens_t = (special(n) for n in ("xlogy", "xlog1py", "owens_t"))
_bdtr, _bdtrc, _betaln, _betaincc = (special(n) for n in ("bdtr", "bdtrc", "betaln", "betaincc"))
_zeta = special("zeta")
_ive, _i0e, _cosm1, _chndtr = (special(n) for n in ("ive", "i0e", "cosm1", "chndtr"))

_HALF_LOG_TAU = 0.5 * np.log(2 * np.pi)
INVERTED = None  # a quantile that is found by inverting the distribution function


def logarithm(x):
    """log x."""
    return log(x)


def _need_not_zero(c, name):
    if np.any(np.asarray(getattr(c, "value", c)) == 0):
        raise NotTraceable(f"scipy.stats.{name} at shape 0 is a limit that is not followed")
    return c


def _normal_log(x):
    return -0.5 * x * x - _HALF_LOG_TAU


def _mass(a, b):
    """log(Φ(b) − Φ(a)) without cancellation."""
    flip = b <= 0
    left = np.where(flip, a, -b)
    right = np.where(flip, b, -a)
    tails = flip | (a > 0)
    if not np.any(tails):
        return log1p(-_ndtr(a) - _ndtr(-b))
    upper, lower = _log_ndtr(right), _log_ndtr(left)
    apart = upper + log1p(-exp(lower - upper))
    return apart if np.all(tails) else np.where(tails, apart, log1p(-_ndtr(a) - _ndtr(-b)))


def _truncnorm_ppf(q, a, b):
    left = a < 0
    mass = _mass(a, b)
    if np.all(left):
        return _ndtri_exp(logaddexp(_log_ndtr(a), log(q) + mass))
    right = -_ndtri_exp(logaddexp(_log_ndtr(-b), log1p(-q) + mass))
    if not np.any(left):
        return right
    return np.where(left, _ndtri_exp(logaddexp(_log_ndtr(a), log(q) + mass)), right)


def _t_log(x, v):
    front = _gammaln((v + 1) / 2) - _gammaln(v / 2) - 0.5 * log(v * pi)
    return front - (v + 1) / 2 * log1p(x * x / v)


def _noncentral_log(x, v, c):
    gap = sqrt(x) - sqrt(c)
    bessel = log(_ive(v / 2 - 1, sqrt(x * c)))
    return -gap * gap / 2 + (v / 4 - 0.5) * log(x / c) + bessel - log_2


def _extreme_log(x, c):
    """log(−log cdf) of the generalised extreme value distribution."""
    return log1p(-_need_not_zero(c, "genextreme") * x) / c


def _pearson3(x, skew):
    """(β, α, β (x − ζ)): the gamma variable in disguise."""
    beta = 2.0 / _need_not_zero(skew, "pearson3")
    alpha = beta * beta
    return beta, alpha, beta * x + alpha


def _pearson3_log(x, skew):
    beta, alpha, y = _pearson3(x, skew)
    return log(absolute(beta)) + _xlogy(alpha - 1.0, y) - y - _gammaln(alpha)


def _pearson3_tail(lower):
    def function(x, skew):
        _, alpha, y = _pearson3(x, skew)
        return np.where((skew > 0) == lower, _gammainc(alpha, y), _gammaincc(alpha, y))

    return function


def _pearson3_quantile(q, skew):
    beta, alpha, _ = _pearson3(0.0, skew)
    return (np.where(skew > 0, _gammaincinv(alpha, q), _gammainccinv(alpha, q)) - alpha) / beta


def _triangle(x, c):
    return np.where(x < c, 2.0 * x / c, 2.0 * (1.0 - x) / (1.0 - c))


def _trapezoid(x, c, d):
    u = 2.0 / (d - c + 1.0)
    return np.where(x < c, u * x / c, np.where(x <= d, u + 0.0 * x, u * (1.0 - x) / (1.0 - d)))


def _trapezoid_cdf(x, c, d):
    below = d - c + 1.0
    middle = (c + 2.0 * (x - c)) / below
    return np.where(
        x < c,
        x * x / (c * below),
        np.where(x <= d, middle, 1.0 - (1.0 - x) ** 2 / (below * (1.0 - d))),
    )


def _half_logistic(x, c):
    """(1 − c x)^(1/c) of the generalised half-logistic distribution."""
    return (1.0 - c * x) ** (1.0 / c)


def _burr_log(x, c, d):
    return log(c) + log(d) + _xlogy(-c - 1.0, x) + _xlog1py(-d - 1.0, x ** (-c))


def _betaprime(x):
    return x / (1.0 + x)


def _reciprocal_gauss_log(x, mu):
    return -((1.0 - mu * x) ** 2) / (2.0 * x * mu * mu) - 0.5 * log(2.0 * pi * x)


def _lognorm_log(x, s):
    y = log(x)
    return -y * y / (2.0 * s * s) - log(s * x) - _HALF_LOG_TAU


def _binom_log(k, n, p):
    ways = _gammaln(n + 1.0) - _gammaln(k + 1.0) - _gammaln(n - k + 1.0)
    return ways + _xlogy(k, p) + _xlog1py(n - k, -p)


def _nbinom_log(k, n, p):
    ways = _gammaln(n + k) - _gammaln(k + 1.0) - _gammaln(n)
    return ways + n * log(p) + _xlog1py(k, -p)


def _betabinom_log(k, n, a, b):
    return -log(n + 1.0) - _betaln(n - k + 1.0, k + 1.0) + _betaln(k + a, n - k + b) - _betaln(a, b)


def _betanbinom_log(k, n, a, b):
    return -log(n + k) - _betaln(n, k + 1.0) + _betaln(a + n, b + k) - _betaln(a, b)


def _skellam_log(k, m, n):
    gap = sqrt(m) - sqrt(n)
    bessel = log(_ive(np.abs(k) * 1.0, 2.0 * sqrt(m * n)))
    return -gap * gap + 0.5 * k * log(m / n) + bessel


# A table: one kind, one line.
# fmt: off
STANDARD = {
    "alpha": {"ppf": INVERTED, "isf": INVERTED},
    "beta": {"pdf": lambda x, a, b: beta_density(a, b, x), "ppf": lambda q, a, b: _betaincinv(a, b, q), "isf": lambda q, a, b: _betainccinv(a, b, q)},
    "bernoulli": {"logpmf": lambda k, p: _xlogy(k, p) + _xlog1py(1.0 - k, -p), "cdf": lambda k, p: _bdtr(k, 1.0, p), "sf": lambda k, p: _bdtrc(k, 1.0, p)},
    "betabinom": {"logpmf": _betabinom_log},
    "betanbinom": {"logpmf": _betanbinom_log},
    "betaprime": {
        "cdf": lambda x, a, b: _betainc(a, b, _betaprime(x)),
        "sf": lambda x, a, b: _betainc(b, a, 1.0 / (1.0 + x)),
        "ppf": lambda q, a, b: 1.0 / (1.0 / _betaincinv(a, b, q) - 1.0),
        "isf": lambda q, a, b: 1.0 / _betaincinv(b, a, q) - 1.0,
    },
    "binom": {"logpmf": _binom_log, "cdf": lambda k, n, p: _bdtr(k, n, p), "sf": lambda k, n, p: _bdtrc(k, n, p)},
    "burr": {"logpdf": _burr_log},
    "cauchy": {"logpdf": lambda x: -log(pi) - log1p(x * x), "ppf": lambda q: tan(pi * q - pi / 2), "isf": lambda q: tan(pi / 2 - pi * q)},
    "cosine": {
        "logpdf": lambda x: log1p(cos(x)) - log(tau),
        "cdf": lambda x: (pi + x + sin(x)) / tau,
        "sf": lambda x: (pi - x - sin(x)) / tau,
        "ppf": INVERTED, "isf": INVERTED,
    },
    "exponweib": {"ppf": lambda q, a, c: (-log1p(-(q ** (1.0 / a)))) ** (1.0 / c)},
    "fisk": {"logpdf": lambda x, c: _burr_log(x, c, 1.0)},
    "genexpon": {"ppf": INVERTED, "isf": INVERTED},
    "genextreme": {
        "logpdf": lambda x, c: -exp(_extreme_log(x, c)) + _extreme_log(x, c) - log1p(-c * x),
        "logcdf": lambda x, c: -exp(_extreme_log(x, c)),
        "cdf": lambda x, c: exp(-exp(_extreme_log(x, c))),
        "sf": lambda x, c: -expm1(-exp(_extreme_log(x, c))),
        "ppf": lambda q, c: -expm1(_need_not_zero(c, "genextreme") * log(-log(q))) / c,
        "isf": lambda q, c: -expm1(_need_not_zero(c, "genextreme") * log(-log1p(-q))) / c,
    },
    "gengamma": {"logpdf": lambda x, a, c: log(absolute(c)) + _xlogy(c * a - 1.0, x) - x**c - _gammaln(a)},
    "genhalflogistic": {
        "pdf": lambda x, c: 2.0 * _half_logistic(x, c) / (1.0 - c * x) / (1.0 + _half_logistic(x, c)) ** 2,
        "cdf": lambda x, c: (1.0 - _half_logistic(x, c)) / (1.0 + _half_logistic(x, c)),
        "ppf": lambda q, c: (1.0 - ((1.0 - q) / (1.0 + q)) ** c) / c,
    },
    "genpareto": {
        "logpdf": lambda x, c: -(_need_not_zero(c, "genpareto") + 1.0) * log1p(c * x) / c,
        "logsf": lambda x, c: -log1p(_need_not_zero(c, "genpareto") * x) / c,
    },
    "gibrat": {"logpdf": lambda x: _lognorm_log(x, 1.0)},
    "halflogistic": {"isf": lambda q: log(2.0 - q) - log(q)},
    "invgauss": {"ppf": INVERTED, "isf": INVERTED},
    "jf_skew_t": {"ppf": INVERTED, "isf": INVERTED},
    "loggamma": {
        "cdf": lambda x, c: _gammainc(c, exp(x)), "sf": lambda x, c: _gammaincc(c, exp(x)),
        "ppf": lambda q, c: log(_gammaincinv(c, q)), "isf": lambda q, c: log(_gammainccinv(c, q)),
    },
    "lognorm": {"logpdf": _lognorm_log},
    "nbinom": {"logpmf": _nbinom_log, "cdf": lambda k, n, p: _betainc(n, k + 1.0, p), "sf": lambda k, n, p: _betaincc(n, k + 1.0, p)},
    "ncx2": {"logpdf": _noncentral_log, "cdf": _chndtr, "ppf": INVERTED, "isf": INVERTED},
    "pearson3": {"logpdf": _pearson3_log, "cdf": _pearson3_tail(True), "sf": _pearson3_tail(False), "ppf": _pearson3_quantile},
    "rdist": {"ppf": lambda q, c: 2.0 * _betaincinv(c / 2, c / 2, q) - 1.0},
    "recipinvgauss": {"logpdf": _reciprocal_gauss_log},
    "rice": {"ppf": INVERTED, "isf": INVERTED},
    "semicircular": {"ppf": lambda q: 2.0 * _betaincinv(1.5, 1.5, q) - 1.0},
    "skellam": {"logpmf": _skellam_log},
    "skewnorm": {
        "logpdf": lambda x, a: log_2 + _normal_log(x) + _log_ndtr(a * x),
        "pdf": lambda x, a: 2.0 * exp(_normal_log(x)) * _ndtr(a * x),
        "cdf": lambda x, a: _ndtr(x) - 2.0 * _owens_t(x, a),
        "sf": lambda x, a: _ndtr(-x) + 2.0 * _owens_t(x, a),
        "ppf": INVERTED, "isf": INVERTED,
    },
    "t": {"logpdf": _t_log},
    "trapezoid": {"pdf": _trapezoid, "cdf": _trapezoid_cdf, "ppf": INVERTED, "isf": INVERTED},
    "triang": {
        "pdf": _triangle,
        "cdf": lambda x, c: np.where(x < c, x * x / c, 1.0 - (1.0 - x) ** 2 / (1.0 - c)),
        "ppf": lambda q, c: np.where(q < c, sqrt(c * q), 1.0 - sqrt((1.0 - c) * (1.0 - q))),
    },
    "truncnorm": {
        "logpdf": lambda x, a, b: _normal_log(x) - _mass(a, b),
        "pdf": lambda x, a, b: exp(_normal_log(x) - _mass(a, b)),
        "logcdf": lambda x, a, b: _mass(a, x) - _mass(a, b), "cdf": lambda x, a, b: exp(_mass(a, x) - _mass(a, b)),
        "logsf": lambda x, a, b: _mass(x, b) - _mass(a, b), "sf": lambda x, a, b: exp(_mass(x, b) - _mass(a, b)),
        "ppf": _truncnorm_ppf,
    },
    "truncpareto": {
        "logpdf": lambda x, b, c: log(b) - (b + 1.0) * log(x) - log1p(-(c ** (-b))),
        "cdf": lambda x, b, c: (1.0 - x ** (-b)) / (1.0 - c ** (-b)),
        "ppf": lambda q, b, c: (1.0 - q * (1.0 - c ** (-b))) ** (-1.0 / b),
    },
    "uniform": {"pdf": lambda x: 1.0 + 0.0 * x, "cdf": lambda x: x + 0.0, "sf": lambda x: 1.0 - x, "ppf": lambda q: q + 0.0},
    "vonmises": {"logpdf": lambda x, k: k * _cosm1(x) - log(tau * _i0e(k)), "pdf": lambda x, k: exp(k * _cosm1(x)) / (tau * _i0e(k))},
    "wald": {"ppf": INVERTED, "isf": INVERTED},
    "zipf": {"logpmf": lambda k, a: -a * log(k) - log(_zeta(a))},
}
# fmt: on
STANDARD["vonmises_line"] = STANDARD["vonmises"]
STANDARD["trapz"] = STANDARD["trapezoid"]
