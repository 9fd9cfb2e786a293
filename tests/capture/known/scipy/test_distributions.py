"""Distributions of scipy.stats in argument and parameters: densities, distribution functions, quantiles."""

import mpmath as mp
import numpy as np
import pytest
from scipy import stats
from trials import refused, right

from dfdx import gradient

X = np.array([0.4, 1.3, 2.1])
CONTINUOUS = {  # name -> (a point, parameters)
    "norm": (0.4, ()), "expon": (0.4, ()), "uniform": (0.4, ()), "gamma": (0.7, (2.3,)),
    "beta": (0.3, (2.1, 3.2)), "t": (0.8, (4.5,)), "chi2": (1.7, (3.4,)), "f": (1.2, (3.5, 7.2)),
    "lognorm": (1.4, (0.7,)), "weibull_min": (0.9, (1.7,)), "pareto": (1.6, (2.5,)),
    "laplace": (0.4, ()), "logistic": (0.4, ()), "cauchy": (0.4, ()), "gumbel_r": (0.4, ()),
    "gumbel_l": (0.4, ()), "rayleigh": (0.9, ()), "maxwell": (0.9, ()), "halfnorm": (0.9, ()),
    "invgamma": (0.8, (2.4,)), "genextreme": (0.4, (0.2,)), "genpareto": (0.4, (0.2,)),
    "triang": (0.3, (0.6,)), "powerlaw": (0.4, (1.6,)), "exponnorm": (0.6, (1.3,)),
    "skewnorm": (0.4, (1.4,)), "loggamma": (0.3, (1.4,)), "invgauss": (0.6, (0.8,)),
    "fisk": (0.8, (2.3,)), "lomax": (0.8, (2.3,)), "erlang": (1.2, (3,)), "chi": (1.2, (2.6,)),
    "gengamma": (1.1, (2.1, 1.4)), "exponweib": (1.1, (2.1, 1.4)), "burr12": (0.8, (2.1, 1.4)),
    "nakagami": (0.8, (1.4,)), "rice": (0.8, (1.1,)), "vonmises": (0.4, (1.6,)),
    "truncnorm": (0.3, (-1.1, 1.4)), "arcsine": (0.3, ()), "hypsecant": (0.3, ()),
}  # fmt: skip
KINDS = ("pdf", "logpdf", "cdf", "sf")


def trial(name, kind):
    """The function of the argument, the parameters, location and scale."""
    method = getattr(getattr(stats, name), kind)

    def f(x, *rest):
        *shapes, loc, scale = rest
        return method(x * scale + loc, *shapes, loc=loc, scale=scale) + method(
            x, *shapes, loc=0.1 * loc, scale=1.1
        )

    if name == "erlang":
        return lambda x, loc, scale: f(x, 3, loc, scale)
    return f


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", CONTINUOUS)
def test_continuous(name, kind):
    x, shapes = CONTINUOUS[name]
    shapes = () if name == "erlang" else shapes
    f = trial(name, kind)
    if name in _UNKNOWN and kind in _UNKNOWN[name]:
        point = [x, *shapes, 0.05, 1.2]
        assert "differences" in gradient(f).estimate(*point).method
    else:
        right(f, x, *shapes, 0.05, 1.2, rtol=1e-7, second=kind == "logpdf")


_UNKNOWN = {"vonmises": ("cdf", "sf")}  # from samples of that one function


OTHERS = {
    "likelihood": (lambda m, s: np.sum(stats.norm.logpdf(X, m, s)), 0.8, 1.3),
    "keywords": (lambda m, s: stats.norm(loc=m, scale=s).logpdf(X), 0.8, 1.3),
    "frozen": (lambda x: stats.gamma(2.3, scale=1.4).cdf(x), 0.8),
    "frozen of an array": (lambda a: stats.gamma(a).logpdf(X), X),
    "frozen, moments": (lambda a: [stats.gamma(a).mean(), stats.gamma(a).std()], 2.3),
    "moments": (lambda a, b: (stats.beta.mean(a, b), stats.beta.var(a, b)), 2.1, 3.2),
    "entropy": (lambda s: stats.norm(0, s).entropy(), 1.3),
    "quantiles": (lambda q, m, s: stats.norm.ppf(q, m, s), 0.3, 0.4, 1.3),
    "quantiles of gamma": (lambda q, a: stats.gamma.ppf(q, a), 0.3, 2.4),
    "quantiles above": (lambda q: stats.t.isf(q, 4.5), 0.3),
    "interval": (lambda s: stats.norm.interval(0.9, loc=0.2, scale=s), 1.3),
    "median": (lambda s: stats.expon(scale=s).median(), 1.3),
    "logcdf": (lambda x: stats.norm.logcdf(x) + stats.norm.logsf(x), 0.7),
    "far tail": (lambda x: stats.norm.logcdf(x), -30.0),
    "expectation": (lambda m: stats.norm(m, 1.2).expect(lambda t: t**4), 0.3),
    "samples": (lambda m, s: stats.norm.rvs(m, s, size=4, random_state=3), 0.3, 1.2),
    "outside": (lambda x: stats.expon.cdf(x) + stats.uniform.pdf(0.3 * x), X - 0.9),
    "poisson": (lambda m: stats.poisson.logpmf([0, 2, 5], m), 1.7),
    "poisson cdf": (lambda m: (stats.poisson.cdf(3, m), stats.poisson.sf(3, m)), 1.7),
    "binomial": (lambda p: stats.binom.logpmf([0, 3, 5], 5, p), 0.4),
    "binomial cdf": (lambda p: stats.binom.cdf(2, 5, p), 0.4),
    "bernoulli": (lambda p: stats.bernoulli.pmf([0, 1], p), 0.4),
    "geometric": (lambda p: (stats.geom.pmf(3, p), stats.geom.cdf(3, p)), 0.4),
    "negative binomial": (lambda n, p: stats.nbinom.logpmf(3, n, p), 2.5, 0.4),
    "discrete, frozen": (lambda m: stats.poisson(m).pmf([1, 2]), 1.7),
    "mixture": (
        lambda w, m: np.sum(np.log(w * stats.norm.pdf(X, m, 1) + (1 - w) * stats.norm.pdf(X, 2, 0.5))),
        0.4,
        0.2,
    ),
    "rv_histogram": (
        lambda x: stats.rv_histogram(([1.0, 3.0, 2.0], [0.0, 1.0, 2.0, 3.0])).cdf(x),
        1.3,
    ),
    "multivariate normal": (
        lambda x, m, c: stats.multivariate_normal.logpdf(x, m, c @ c.T + np.eye(2)),
        X[:2],
        X[1:],
        np.array([[1.0, 0.3], [0.2, 2.0]]),
    ),
    "multivariate normal, frozen": (
        lambda x: stats.multivariate_normal([0.1, 0.2], [[1.0, 0.3], [0.3, 2.0]]).pdf(x),
        X[:2],
    ),
    "multivariate t": (lambda x: stats.multivariate_t.logpdf(x, [0.1, 0.2], np.eye(2), 4), X[:2]),
    "dirichlet": (lambda a: stats.dirichlet.logpdf([0.2, 0.3, 0.5], a), X),
    "multinomial": (lambda p: stats.multinomial.logpmf([1, 2, 1], 4, [p, 0.5 - p, 0.5]), 0.2),
    "wishart": (lambda s: stats.wishart.logpdf(np.eye(2) + 0.2, 4, s * np.eye(2)), 1.3),
    "kernel density": (lambda x: stats.gaussian_kde([0.2, 0.5, 1.4, 1.9])(x), X),
    "kernel density of data": (lambda d: stats.gaussian_kde(d)([0.3, 1.1]), np.append(X, 0.9)),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_others(name):
    f, *point = OTHERS[name]
    right(f, *point, rtol=1e-7)


def test_digits_against_mpmath():
    g = gradient(lambda x, a: stats.gamma.cdf(x, a)).estimate(1.3, 2.3)
    wanted = [
        mp.diff(lambda x: mp.gammainc(2.3, 0, x, regularized=True), 1.3),
        mp.diff(lambda a: mp.gammainc(a, 0, 1.3, regularized=True), 2.3),
    ]
    np.testing.assert_allclose(g.value, np.array(wanted, dtype=float), rtol=1e-12)
    assert "exact" in g.method


REFUSED = {
    "counts": (lambda k: stats.poisson.pmf(k, 1.3), 2.0),
    "the edge of a quantile": (lambda q: stats.norm.ppf(q), 1.0),
    "samples of a shape": (lambda a: stats.gamma.rvs(a, random_state=1), 2.3),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    refused(*REFUSED[name])
