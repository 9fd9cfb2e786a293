"""Likelihoods beside statsmodels and scikit-learn: the same maximum, the same standard errors."""

import warnings

import numpy as np
import statsmodels.api as sm
from scipy import stats

from dfdx import minimize, standard_errors

from ..report import Section
from .regression import digits


def logistic_regression():
    """A logit of 4 weights: ours and statsmodels'."""
    rng = np.random.default_rng(0)
    x = sm.add_constant(rng.standard_normal((500, 3)))
    y = (x @ [0.5, 1.0, -2.0, 0.3] + rng.logistic(size=500) > 0).astype(float)

    def nll(w):
        z = x @ w
        return np.sum(np.logaddexp(0.0, z) - y * z)

    found = minimize(nll)(np.zeros(4))
    theirs = sm.Logit(y, x).fit(disp=0, method="newton", tol=1e-12)
    return found.x, standard_errors(nll)(found.x), theirs.params, theirs.bse


def counts():
    """A Poisson regression."""
    rng = np.random.default_rng(1)
    x = sm.add_constant(rng.standard_normal((400, 2)))
    y = rng.poisson(np.exp(x @ [0.3, 0.5, -0.4]))

    def nll(w):
        return -np.sum(stats.poisson.logpmf(y, np.exp(x @ w)))

    found = minimize(nll)(np.zeros(3))
    theirs = sm.Poisson(y, x).fit(disp=0, method="newton", tol=1e-12)
    return found.x, standard_errors(nll)(found.x), theirs.params, theirs.bse


def negative_binomial():
    """A negative binomial regression with its dispersion, written with scipy.stats."""
    rng = np.random.default_rng(2)
    x = sm.add_constant(rng.standard_normal((400, 2)))
    mean = np.exp(x @ [0.8, 0.5, -0.4])
    y = rng.poisson(mean * rng.gamma(2.0, 0.5, 400))

    def nll(w, dispersion):
        size = 1 / dispersion
        mu = np.exp(x @ w)
        return -np.sum(stats.nbinom.logpmf(y, size, size / (size + mu)))

    found = minimize(nll, bounds=[None, (1e-6, None)])(np.zeros(3), 1.0)
    errors = standard_errors(nll)(*found.x)
    theirs = sm.NegativeBinomial(y, x).fit(disp=0, method="bfgs", maxiter=500, gtol=1e-9)
    return np.append(*found.x), np.append(*errors), theirs.params, theirs.bse


def gamma():
    """Shape and scale of a sample, beside scipy.stats' own fit; errors by Fisher's information."""
    from scipy.special import polygamma

    data = stats.gamma.rvs(2.5, scale=1.7, size=1000, random_state=3)

    def nll(shape, scale):
        return -np.sum(stats.gamma.logpdf(data, shape, scale=scale))

    found = minimize(nll, bounds=[(1e-6, None)] * 2)(1.0, 1.0)
    shape, _, scale = stats.gamma.fit(data, floc=0)
    information = 1000 * np.array([[polygamma(1, shape), 1 / scale], [1 / scale, shape / scale**2]])
    theirs = np.sqrt(np.diag(np.linalg.inv(information)))
    return found.x, standard_errors(nll)(*found.x), np.array([shape, scale]), theirs


def ridge():
    """The penalised logistic regression of scikit-learn, where it is installed."""
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(4)
    x = rng.standard_normal((500, 5))
    y = (x @ rng.standard_normal(5) + rng.logistic(size=500) > 0).astype(int)

    def loss(p):
        z = x @ p["w"] + p["b"]
        return np.sum(np.logaddexp(0.0, z) - y * z) + 0.5 * np.sum(p["w"] ** 2)

    found = minimize(loss)({"w": np.zeros(5), "b": 0.0})
    theirs = LogisticRegression(C=1.0, tol=1e-12, max_iter=10_000, solver="newton-cholesky").fit(
        x, y
    )
    ours = np.append(found.x["w"], found.x["b"])
    return ours, None, np.append(theirs.coef_[0], theirs.intercept_[0]), None


def section():
    rows = [("", "beside", "digits", "digits of the errors")]
    cases = [
        ("logistic regression", "statsmodels", logistic_regression),
        ("Poisson regression", "statsmodels", counts),
        ("negative binomial regression", "statsmodels", negative_binomial),
        ("gamma distribution", "scipy.stats", gamma),
        ("penalised logistic regression", "scikit-learn", ridge),
    ]
    for name, peer, case in cases:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                x, errors, theirs, their_errors = case()
        except ImportError:
            rows.append((name, f"{peer} (not installed)", "–", "–"))
            continue
        last = "–" if errors is None else f"{digits(errors, their_errors):.1f}"
        rows.append((name, peer, f"{digits(x, theirs):.1f}", last))
    return Section(
        "Likelihoods",
        "−log L as one writes it with NumPy and scipy.stats, by `minimize`, standard errors by "
        "`standard_errors` (the exact Hessian): digits that agree with the peer's optimum "
        "and its standard errors.",
        rows,
        "Where they agree to fewer than 9 digits it is the peer that stopped earlier: what is left "
        "of our gradient is below 1e-8.",
    )
