"""statsmodels: links, norms, generators and log-likelihoods with their scores and Hessians."""

import numpy as np
import statsmodels.api as sm
from statsmodels.discrete import count_model, discrete_model
from statsmodels.distributions.copula import transforms
from statsmodels.genmod.families import links, varfuncs
from statsmodels.othermod.betareg import BetaModel
from statsmodels.robust import norms

from .pair import Pair


def link_functions():
    found = {
        "Logit": links.Logit(), "Probit": links.Probit(), "Log": links.Log(), "Sqrt": links.Sqrt(),
        "Identity": links.Identity(), "Power 1.7": links.Power(1.7), "InversePower": links.InversePower(),
        "InverseSquared": links.InverseSquared(), "CLogLog": links.CLogLog(), "LogLog": links.LogLog(),
        "Cauchy": links.Cauchy(), "NegativeBinomial": links.NegativeBinomial(alpha=0.8),
        "LogC": links.LogC(),
    }  # fmt: skip
    for name, link in found.items():
        yield Pair(f"link {name}", link, link.deriv, 0.3, 0.8)
        yield Pair(f"link {name} deriv", link.deriv, link.deriv2, 0.3, 0.8)
        z = [float(np.ravel(link(p))[0]) for p in (0.3, 0.8)]
        yield Pair(f"link {name} inverse", link.inverse, link.inverse_deriv, *z)
        yield Pair(f"link {name} inverse_deriv", link.inverse_deriv, link.inverse_deriv2, *z)


def variances():
    found = {
        "constant": varfuncs.constant, "mu": varfuncs.mu, "mu_squared": varfuncs.mu_squared,
        "mu_cubed": varfuncs.mu_cubed, "binary": varfuncs.binary, "nbinom": varfuncs.nbinom,
        "Power 1.5": varfuncs.Power(1.5),
    }  # fmt: skip
    for name, v in found.items():
        yield Pair(f"variance {name}", v, lambda x, v=v: v.deriv(np.array([x]))[0], 0.3, 0.8)


def robust_norms():
    for kind in (
        "LeastSquares",
        "HuberT",
        "RamsayE",
        "AndrewWave",
        "TrimmedMean",
        "Hampel",
        "TukeyBiweight",
        "TukeyQuartic",
        "StudentT",
    ):
        if not hasattr(norms, kind):
            continue
        n = getattr(norms, kind)() if kind != "StudentT" else norms.StudentT(df=4)
        points = (0.7, -1.3, 2.6)
        yield Pair(f"norm {kind} rho", n.rho, n.psi, *points)
        yield Pair(f"norm {kind} psi", n.psi, n.psi_deriv, *points)


def copula_generators():
    for kind, theta in (("TransfFrank", 1.7), ("TransfClayton", 1.7), ("TransfGumbel", 1.7)):
        t = getattr(transforms, kind)()
        at = lambda name, t=t, theta=theta: lambda x: getattr(t, name)(x, theta)
        yield Pair(f"{kind}", at("evaluate"), at("deriv"), 0.3, 0.8)
        yield Pair(f"{kind} deriv", at("deriv"), at("deriv2"), 0.3, 0.8)


def models():
    """Models of data, as `name: (model, parameters)`."""
    rng = np.random.default_rng(2)
    n = 40
    x = sm.add_constant(rng.normal(size=(n, 2)))
    b = np.array([0.3, -0.5, 0.4])
    eta = x @ b
    yes = (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(float)
    count = rng.poisson(np.exp(eta)).astype(float)
    real = eta + rng.normal(size=n)
    positive = rng.gamma(2.0, np.exp(eta) / 2)
    share = np.clip(rng.beta(2, 3, size=n), 0.05, 0.95)
    three = rng.integers(0, 3, size=n)
    p = b + 0.1
    f = sm.families
    discrete = discrete_model
    return {
        "OLS": (sm.OLS(real, x), p),
        "Logit": (sm.Logit(yes, x), p),
        "Probit": (sm.Probit(yes, x), p),
        "Poisson": (sm.Poisson(count, x), p),
        "MNLogit": (sm.MNLogit(three, x), np.linspace(-0.4, 0.5, 6)),
        "NegativeBinomial": (discrete.NegativeBinomial(count, x), np.append(p, 0.6)),
        "NegativeBinomial nb1": (discrete.NegativeBinomial(count, x, loglike_method="nb1"), np.append(p, 0.6)),
        "NegativeBinomial geometric": (discrete.NegativeBinomial(count, x, loglike_method="geometric"), p),
        "NegativeBinomialP": (discrete.NegativeBinomialP(count, x), np.append(p, 0.6)),
        "GeneralizedPoisson": (discrete.GeneralizedPoisson(count, x), np.append(p, 0.2)),
        "ZeroInflatedPoisson": (count_model.ZeroInflatedPoisson(count, x), np.append(-0.8, p)),
        "BetaModel": (BetaModel(share, x), np.append(p, 1.2)),
        "PHReg": (sm.PHReg(positive, x[:, 1:]), p[1:]),
        "GLM Gaussian": (sm.GLM(real, x, family=f.Gaussian()), p),
        "GLM Binomial": (sm.GLM(yes, x, family=f.Binomial()), p),
        "GLM Binomial probit": (sm.GLM(yes, x, family=f.Binomial(links.Probit())), p),
        "GLM Binomial cloglog": (sm.GLM(yes, x, family=f.Binomial(links.CLogLog())), p),
        "GLM Poisson": (sm.GLM(count, x, family=f.Poisson()), p),
        "GLM Gamma log": (sm.GLM(positive, x, family=f.Gamma(links.Log())), p),
        "GLM InverseGaussian log": (sm.GLM(positive, x, family=f.InverseGaussian(links.Log())), p),
        "GLM NegativeBinomial": (sm.GLM(count, x, family=f.NegativeBinomial(alpha=0.7)), p),
        "GLM offset": (sm.GLM(count, x, family=f.Poisson(), offset=0.1 * real), p),
        "GLM Gaussian log": (sm.GLM(positive, x, family=f.Gaussian(links.Log())), p),
    }  # fmt: skip


def likelihoods():
    for name, (model, p) in models().items():
        scale = {"scale": 1.0} if name.startswith("GLM") else {}
        loglike = lambda b, m=model, s=scale: m.loglike(b, **s)
        score = lambda b, m=model, s=scale: m.score(b, **s)
        yield Pair(f"{name} loglike", loglike, score, p, operator="gradient")
        if name in ("OLS", "MNLogit"):
            continue  # their Hessian has another scale, or another order
        curvature = lambda b, m=model, s=scale: m.hessian(b, **s)
        if name.startswith("GLM"):
            curvature = lambda b, m=model: m.hessian(b, scale=1.0, observed=True)
        yield Pair(f"{name} score", score, curvature, p, operator="jacobian")
        if name == "GLM Binomial probit":
            continue  # quantiles of scipy.stats inside: second differences take long
        yield Pair(f"{name} hessian", loglike, curvature, p, operator="hessian")


def pairs():
    for family in (link_functions, variances, robust_norms, copula_generators, likelihoods):
        yield from family()
