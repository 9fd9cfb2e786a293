"""scipy.special: functions of physics and statistics."""

import numpy as np
import scipy.special as sp
from scipy import special
from scipy.special import erf, expit, gamma, logsumexp


def error_functions(x):
    return erf(x) + sp.erfc(2 * x) * sp.erfcx(x) + sp.erfinv(x / 3)


def gamma_functions(x):
    return gamma(x) / special.gamma(x + 0.5) + special.gammaln(x) * special.digamma(x)


def incomplete(a, x):
    return special.gammainc(a, x) + special.betainc(2.0, 3.0, x / 5) + special.gammaincc(2.0, x)


def bessel_functions(x):
    return special.j0(x) + special.jv(2, x) * special.yv(1, x) + special.iv(0, x) * special.kv(1, x)


def drum_mode(r):
    return special.jn(1, 3.8317 * r) * np.cos(r)


def logistic_loss(w):
    z = np.array([0.5, -1.0, 2.0]) * w
    return -np.log(expit(z)).sum() + special.logit(expit(w))


def log_partition(x):
    return logsumexp(x) + logsumexp(2 * x, b=np.array([1.0, 2.0, 0.5])) + special.softmax(x)[0]


def entropy(p):
    return (
        special.entr(p).sum()
        + special.rel_entr(p, [0.2, 0.3, 0.5]).sum()
        + special.xlogy(p, p).sum()
    )


def legendre_series(x):
    return sum(c * special.eval_legendre(n, x) for n, c in enumerate([0.5, 1.0, -0.3, 0.2]))


def orthogonal_polynomials(x):
    return special.eval_hermite(3, x) + special.eval_chebyt(4, x) + special.eval_laguerre(2, x)


def elliptic_integrals(m):
    return special.ellipk(m) * special.ellipe(m) + special.ellipkinc(0.7, m)


def pendulum_period(theta0):
    return 4 * special.ellipk(np.sin(theta0 / 2) ** 2)


def lambert(x):
    return special.lambertw(x).real + special.expn(2, x) + special.exp1(x)


def airy_function(x):
    ai, aip, bi, bip = special.airy(x)
    return ai * bi + aip


def zeta_and_binomials(x):
    return special.zeta(x, 1.0) + special.binom(5.5, x) + special.beta(x, 2.0) + special.poch(x, 2)


def normal_quantile(p):
    return special.ndtri(p) + special.ndtr(p) + special.log_ndtr(p)


def voigt(x):
    return special.voigt_profile(x, 0.7, 0.3) * 2 + special.dawsn(x)


def hypergeometric(x):
    return special.hyp2f1(0.5, 1.0, 1.5, x) + special.hyp1f1(1.0, 2.0, x)


def fresnel_and_struve(x):
    s, c = special.fresnel(x)
    return s * c + special.struve(0, x) + special.sici(x)[0] + special.shichi(x)[1]


def spherical(x):
    return special.spherical_jn(2, x) + special.sinc(x) + special.exprel(x) + special.cosm1(x)


def boxcox(lam):
    x = np.array([0.5, 1.2, 3.0])
    y = special.boxcox(x, lam)
    return -1.5 * np.log(np.var(y)) + (lam - 1) * np.log(x).sum()


def huber_and_softplus(x):
    return special.huber(1.0, x) + special.pseudo_huber(1.0, x) + np.logaddexp(0, x)


CASES = [
    (error_functions, 0.6),
    (gamma_functions, 1.7),
    (incomplete, 1.4, 2.1),
    (bessel_functions, 2.3),
    (drum_mode, 0.4),
    (logistic_loss, 0.7),
    (log_partition, np.array([0.1, -0.4, 0.9])),
    (entropy, np.array([0.3, 0.45, 0.25])),
    (legendre_series, 0.35),
    (orthogonal_polynomials, 0.6),
    (elliptic_integrals, 0.4),
    (pendulum_period, 0.9),
    (lambert, 0.8),
    (airy_function, 0.7),
    (zeta_and_binomials, 2.4),
    (normal_quantile, 0.3),
    (voigt, 0.5),
    (hypergeometric, 0.3),
    (fresnel_and_struve, 0.8),
    (spherical, 1.3),
    (boxcox, 0.4),
    (huber_and_softplus, 0.6),
]
