"""SciPy and NumPy: distributions, special functions, polynomials, interpolants."""

import numpy as np
from numpy.polynomial import Chebyshev, Hermite, HermiteE, Laguerre, Legendre, Polynomial
from scipy import interpolate, optimize, special, stats

from .pair import Pair

DISTRIBUTIONS = {
    "alpha": (3.57,), "anglit": (), "arcsine": (), "argus": (1.0,), "beta": (2.31, 0.627),
    "betaprime": (5.0, 6.0), "bradford": (0.299,), "burr": (10.5, 4.3), "burr12": (10.0, 4.0),
    "cauchy": (), "chi": (78.0,), "chi2": (5.0,), "cosine": (), "dgamma": (1.1,), "dweibull": (2.07,),
    "erlang": (3,), "expon": (), "exponnorm": (1.5,), "exponpow": (2.7,), "exponweib": (2.9, 1.95),
    "f": (29.0, 18.0), "fatiguelife": (29.0,), "fisk": (3.09,), "foldcauchy": (4.72,),
    "foldnorm": (1.95,), "gamma": (1.99,), "genexpon": (9.1, 16.2, 3.28), "genextreme": (-0.1,),
    "gengamma": (4.4, 3.1), "genhalflogistic": (0.773,), "genlogistic": (0.412,), "gennorm": (1.3,),
    "genpareto": (0.1,), "gilbrat": None, "gompertz": (0.947,), "gumbel_l": (), "gumbel_r": (),
    "halfcauchy": (), "halfgennorm": (0.675,), "halflogistic": (), "halfnorm": (), "hypsecant": (),
    "invgamma": (4.07,), "invgauss": (0.145,), "invweibull": (10.6,), "johnsonsb": (4.32, 3.18),
    "johnsonsu": (2.55, 2.25), "laplace": (), "laplace_asymmetric": (2.0,), "levy": (),
    "logistic": (), "loggamma": (0.414,), "loglaplace": (3.25,), "lognorm": (0.954,),
    "loguniform": (0.01, 1.25), "lomax": (1.88,), "maxwell": (), "mielke": (10.4, 4.6),
    "moyal": (), "nakagami": (4.97,), "norm": (), "pareto": (2.62,), "powerlaw": (1.66,),
    "powerlognorm": (2.14, 0.446), "powernorm": (4.45,), "rayleigh": (), "rdist": (3.2,),
    "semicircular": (), "t": (2.74,), "triang": (0.158,), "truncexpon": (4.69,),
    "uniform": (), "wald": (), "weibull_max": (2.87,), "weibull_min": (1.79,), "wrapcauchy": (0.03,),
}  # fmt: skip


def distributions():
    """The slope of the distribution function is the density."""
    for name, shapes in DISTRIBUTIONS.items():
        law = getattr(stats, name, None)
        if law is None or shapes is None:
            continue
        points = [float(law.ppf(p, *shapes)) for p in (0.2, 0.65)]
        f = lambda x, law=law, shapes=shapes: law.cdf(x, *shapes)
        slope = lambda x, law=law, shapes=shapes: law.pdf(x, *shapes)
        yield Pair(f"stats.{name}.cdf", f, slope, *points)


def special_functions():
    """Functions of scipy.special with the derivative that SciPy has, or that a table has."""
    s = special
    tables = {
        "erf": (s.erf, lambda x: 2 / np.sqrt(np.pi) * np.exp(-x * x)),
        "erfc": (s.erfc, lambda x: -2 / np.sqrt(np.pi) * np.exp(-x * x)),
        "gammaln": (s.gammaln, s.digamma),
        "gamma": (s.gamma, lambda x: s.gamma(x) * s.digamma(x)),
        "digamma": (s.digamma, lambda x: s.polygamma(1, x)),
        "polygamma": (lambda x: s.polygamma(2, x), lambda x: s.polygamma(3, x)),
        "expi": (s.expi, lambda x: np.exp(x) / x),
        "exp1": (s.exp1, lambda x: -np.exp(-x) / x),
        "expn": (lambda x: s.expn(3, x), lambda x: -s.expn(2, x)),
        "sine integral": (lambda x: s.sici(x)[0], lambda x: np.sin(x) / x),
        "cosine integral": (lambda x: s.sici(x)[1], lambda x: np.cos(x) / x),
        "fresnel": (lambda x: s.fresnel(x)[0], lambda x: np.sin(np.pi * x * x / 2)),
        "dawsn": (s.dawsn, lambda x: 1 - 2 * x * s.dawsn(x)),
        "ndtr": (s.ndtr, stats.norm.pdf),
        "log_ndtr": (s.log_ndtr, lambda x: np.exp(stats.norm.logpdf(x) - s.log_ndtr(x))),
        "expit": (s.expit, lambda x: s.expit(x) * s.expit(-x)),
        "log_expit": (s.log_expit, lambda x: s.expit(-x)),
        "jv": (lambda x: s.jv(1.5, x), lambda x: s.jvp(1.5, x)),
        "yv": (lambda x: s.yv(1.5, x), lambda x: s.yvp(1.5, x)),
        "iv": (lambda x: s.iv(1.5, x), lambda x: s.ivp(1.5, x)),
        "kv": (lambda x: s.kv(1.5, x), lambda x: s.kvp(1.5, x)),
        "j0": (s.j0, lambda x: -s.j1(x)),
        "spherical_jn": (lambda x: s.spherical_jn(2, x), lambda x: s.spherical_jn(2, x, True)),
        "spherical_yn": (lambda x: s.spherical_yn(2, x), lambda x: s.spherical_yn(2, x, True)),
        "spherical_in": (lambda x: s.spherical_in(2, x), lambda x: s.spherical_in(2, x, True)),
        "spherical_kn": (lambda x: s.spherical_kn(2, x), lambda x: s.spherical_kn(2, x, True)),
        "airy Ai": (lambda x: s.airy(x)[0], lambda x: s.airy(x)[1]),
        "airy Bi": (lambda x: s.airy(x)[2], lambda x: s.airy(x)[3]),
        "gammainc": (lambda x: s.gammainc(2.5, x), lambda x: stats.gamma.pdf(x, 2.5)),
        "betainc": (lambda x: s.betainc(2.0, 3.5, x / 4), lambda x: stats.beta.pdf(x / 4, 2.0, 3.5) / 4),
        "chdtr": (lambda x: s.chdtr(3.0, x), lambda x: stats.chi2.pdf(x, 3.0)),
        "stdtr": (lambda x: s.stdtr(4.0, x), lambda x: stats.t.pdf(x, 4.0)),
        "fdtr": (lambda x: s.fdtr(3.0, 7.0, x), lambda x: stats.f.pdf(x, 3.0, 7.0)),
        "boxcox": (lambda x: s.boxcox(x, 0.3), lambda x: x**-0.7),
        "inv_boxcox": (lambda x: s.inv_boxcox(x, 0.3), lambda x: (0.3 * x + 1) ** (1 / 0.3 - 1)),
        "eval_legendre": (lambda x: s.eval_legendre(4, x / 2), lambda x: Legendre.basis(4).deriv()(x / 2) / 2),
        "eval_chebyt": (lambda x: s.eval_chebyt(5, x / 2), lambda x: 2.5 * s.eval_chebyu(4, x / 2)),
        "eval_hermite": (lambda x: s.eval_hermite(4, x), lambda x: 8 * s.eval_hermite(3, x)),
        "eval_laguerre": (lambda x: s.eval_laguerre(3, x), lambda x: -s.eval_genlaguerre(2, 1, x)),
        "hyp1f1": (lambda x: s.hyp1f1(1.5, 2.5, x), lambda x: 0.6 * s.hyp1f1(2.5, 3.5, x)),
        "struve": (lambda x: s.struve(0, x), lambda x: 2 / np.pi - s.struve(1, x)),
        "xlogy": (lambda x: s.xlogy(x, x), lambda x: np.log(x) + 1),
        "entr": (s.entr, lambda x: -np.log(x) - 1),
        "lambertw": (lambda x: s.lambertw(x).real, lambda x: s.lambertw(x).real / (x * (1 + s.lambertw(x).real))),
        "huber": (lambda x: s.huber(1.0, x), lambda x: np.clip(x, -1, 1)),
    }  # fmt: skip
    for name, (f, slope) in tables.items():
        yield Pair(f"special.{name}", f, slope, 0.7, 1.6)


def polynomials():
    c = [0.5, -1.0, 2.0, 0.3, -0.7]
    for kind in (Polynomial, Chebyshev, Legendre, Laguerre, Hermite, HermiteE):
        p = kind(c, domain=[-1, 1], window=[-1, 1])
        yield Pair(f"numpy {kind.__name__}", p, p.deriv(), 0.3, 0.9)
        q = kind(c, domain=[0, 5])
        yield Pair(f"numpy {kind.__name__} on [0, 5]", q, q.deriv(), 0.3, 2.9)
    p = np.poly1d(c)
    yield Pair("numpy poly1d", p, p.deriv(), 0.3, 0.9)


def interpolants():
    t = np.array([0.0, 0.7, 1.5, 2.2, 3.1, 4.0])
    y = np.array([0.3, 1.1, 0.4, 0.9, 2.0, 1.2])
    found = {
        "CubicSpline": interpolate.CubicSpline(t, y),
        "CubicSpline natural": interpolate.CubicSpline(t, y, bc_type="natural"),
        "CubicSpline clamped": interpolate.CubicSpline(t, y, bc_type="clamped"),
        "PchipInterpolator": interpolate.PchipInterpolator(t, y),
        "Akima1DInterpolator": interpolate.Akima1DInterpolator(t, y),
        "CubicHermiteSpline": interpolate.CubicHermiteSpline(t, y, np.ones(6)),
        "make_interp_spline": interpolate.make_interp_spline(t, y, k=3),
        "make_interp_spline 5": interpolate.make_interp_spline(t, y, k=5),
        "InterpolatedUnivariateSpline": interpolate.InterpolatedUnivariateSpline(t, y),
        "UnivariateSpline": interpolate.UnivariateSpline(t, y, s=0.1),
        "PPoly": interpolate.PPoly(
            np.array([[1.0, 0.5], [-1.0, 0.2], [0.3, 0.7]]), [0.0, 2.0, 4.0]
        ),
        "BPoly": interpolate.BPoly(
            np.array([[1.0, 0.5], [-1.0, 0.2], [0.3, 0.7]]), [0.0, 2.0, 4.0]
        ),
    }
    for name, s in found.items():
        yield Pair(f"interpolate.{name}", s, s.derivative(), 1.1, 2.9)
    for kind in (interpolate.KroghInterpolator, interpolate.BarycentricInterpolator):
        k = kind(t, y)
        yield Pair(f"interpolate.{kind.__name__}", k, lambda x, k=k: k.derivative(x), 1.1, 2.9)
    b = interpolate.RectBivariateSpline(t, t, np.outer(y, y))
    yield Pair(
        "interpolate.RectBivariateSpline",
        lambda x: b(x, 1.2)[0, 0],
        lambda x: b(x, 1.2, dx=1)[0, 0],
        1.1,
    )


def test_functions():
    for n in (2, 3, 6):
        x = np.linspace(-1, 1.3, n)
        yield Pair(f"rosen {n}", optimize.rosen, optimize.rosen_der, x, operator="gradient")
        yield Pair(
            f"rosen_der {n}", optimize.rosen_der, optimize.rosen_hess, x, operator="jacobian"
        )
        if n < 6:
            yield Pair(
                f"rosen_hess {n}", optimize.rosen, optimize.rosen_hess, x, operator="hessian"
            )


def pairs():
    for family in (distributions, special_functions, polynomials, interpolants, test_functions):
        yield from family()
