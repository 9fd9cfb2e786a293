"""The gamma and the beta density: the slopes of the incomplete gamma and beta functions.

x^(a−1) e^−x / Γ(a) is a small quotient of huge numbers. For small a it is computed
as it stands; for large a through Stirling's formula and the deviance
k log(k/x) + x − k, which is small where the density is large, so that nothing
cancels. Source: C. Loader, Fast and accurate computation of binomial
probabilities (2000); DLMF 5.11, 8.2, 8.17.
"""

from ..pointwise import pointwise
from .elementary import log, log1p
from .special_gamma import digamma, polygamma_gap

_LARGE = 16.0  # above it Stirling's series has all digits with the terms below
_DIRECT = 100.0  # up to it the powers and Γ stay in the range of a float
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)


def _stirling_rest(a):
    """ln Γ(a) − (a − ½) ln a + a − ½ ln 2π, which is about 1/(12 a)."""
    import numpy as np
    from scipy.special import gammaln

    w = 1 / np.maximum(a, _LARGE)
    series = np.polynomial.polynomial.polyval(w * w, _STIRLING) * w
    direct = gammaln(a) - (a - 0.5) * np.log(a) + a - 0.9189385332046728
    return np.where(a < _LARGE, direct, series)


def _deviance(k, x):
    """k log(k/x) + x − k, without cancellation where x is near k."""
    import numpy as np

    u = (x - k) / k
    s = u / (2 + u)
    odd = np.polynomial.polynomial.polyval(s * s, [1 / (2 * j + 3) for j in range(18)])
    near = s * u - 2 * s * s * s * odd
    return k * np.where(abs(u) < 0.5, near, u - np.log(x / k))


def _gamma_density(a, x):
    import numpy as np
    from scipy.special import rgamma

    with np.errstate(all="ignore"):
        small = np.power(x, a - 1) * np.exp(-x) * rgamma(a)
        large = np.sqrt(a / (2 * np.pi)) * np.exp(-_stirling_rest(a) - _deviance(a, x)) / x
        return np.where((a < _DIRECT) & (x < _DIRECT) | (a < _LARGE), small, large)[()]


def _beta_density(a, b, x):
    import numpy as np
    from scipy.special import beta

    y = 1 - x
    n = a + b
    with np.errstate(all="ignore"):
        small = np.power(x, a - 1) * np.power(y, b - 1) / beta(a, b)
        rest = _stirling_rest(n) - _stirling_rest(a) - _stirling_rest(b)
        exponent = rest - _deviance(a, n * x) - _deviance(b, n * y)
        large = np.sqrt(a * b / (2 * np.pi * n)) * np.exp(exponent) / (x * y)
        return np.where(n < _DIRECT, small, large)[()]


# A table: one card, one line.
# fmt: off
_POSITIVE = (0, float("inf"))
gamma_density = pointwise("gamma_density", lambda y, a, x: y * (log(x) - digamma(a)), lambda y, a, x: y * (a - 1 - x) / x, numpy=_gamma_density, mp=lambda mp, a, x: mp.power(x, a - 1) * mp.exp(-x) / mp.gamma(a), domain=(_POSITIVE, _POSITIVE), bounds=_POSITIVE, breaks=lambda a, x: x, ulps=3, latex=r"f_{\Gamma}")
beta_density = pointwise("beta_density", lambda y, a, b, x: y * (log(x) + polygamma_gap(0, a, b)), lambda y, a, b, x: y * (log1p(-x) + polygamma_gap(0, b, a)), lambda y, a, b, x: y * ((a - 1) * (1 - x) - (b - 1) * x) / (x * (1 - x)), numpy=_beta_density, mp=lambda mp, a, b, x: mp.power(x, a - 1) * mp.power(1 - x, b - 1) / mp.beta(a, b), domain=(_POSITIVE, _POSITIVE, (0, 1)), bounds=_POSITIVE, breaks=lambda a, b, x: x * (1 - x), ulps=20, latex=r"f_{B}")
