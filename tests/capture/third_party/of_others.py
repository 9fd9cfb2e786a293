"""astropy's models with `fit_deriv`, scikit-learn's losses and kernels, lmfit's line shapes."""

import inspect

import numpy as np

from .pair import Pair


def _columns(parts, shape):
    return np.stack([np.broadcast_to(d, shape) for d in parts], axis=1)


def astropy_pairs():
    from astropy.modeling import Fittable1DModel, functional_models, polynomial, powerlaws

    x = np.array([0.11, 0.33, 0.57, 0.95])
    for module in (functional_models, powerlaws):
        for name, kind in list(vars(module).items()):
            if (
                not (inspect.isclass(kind) and issubclass(kind, Fittable1DModel))
                or kind is Fittable1DModel
            ):
                continue
            if getattr(kind, "fit_deriv", None) is None or kind.__module__ != module.__name__:
                continue
            values = [float(np.ravel(getattr(kind(), p).value)[0]) for p in kind().param_names]
            p = np.array(values) * 1.1 + 0.17
            f = lambda p, m=kind(): m.evaluate(x, *p)
            slope = lambda p, m=kind(): _columns(m.fit_deriv(x, *p), x.shape)
            yield Pair(f"astropy {name}", f, slope, p, operator="jacobian")
    for kind in (
        polynomial.Polynomial1D,
        polynomial.Chebyshev1D,
        polynomial.Legendre1D,
        polynomial.Hermite1D,
    ):
        m = kind(3)
        p = np.array([0.5, -1.0, 0.3, 0.2])
        if kind is polynomial.Polynomial1D:
            f = lambda p, m=m: m.evaluate(x, *p)
        else:
            f = lambda p, m=m: m.clenshaw(x, p)
        slope = lambda p, m=m: m.fit_deriv(x, *p)
        yield Pair(f"astropy {kind.__name__}", f, slope, p, operator="jacobian")


def kernel_pairs():
    from sklearn.gaussian_process import GaussianProcessRegressor, kernels

    x = np.random.default_rng(0).normal(size=(4, 2))
    k = kernels
    found = {
        "RBF": k.RBF(1.3), "RBF anisotropic": k.RBF([1.3, 0.7]), "Matern 0.5": k.Matern(1.3, nu=0.5),
        "Matern 1.5": k.Matern(1.3, nu=1.5), "Matern 2.5": k.Matern(1.3, nu=2.5),
        "RationalQuadratic": k.RationalQuadratic(1.3, 0.8), "ExpSineSquared": k.ExpSineSquared(1.3, 2.0),
        "DotProduct": k.DotProduct(0.7), "WhiteKernel": k.WhiteKernel(0.3),
        "ConstantKernel": k.ConstantKernel(1.4), "sum": k.RBF(1.3) + k.WhiteKernel(0.2),
        "product": k.ConstantKernel(2.0) * k.RBF(0.9), "power": k.RBF(1.3) ** 2,
    }  # fmt: skip
    for name, kernel in found.items():
        f = lambda t, kernel=kernel: kernel.clone_with_theta(t)(x)
        slope = lambda t, kernel=kernel: kernel.clone_with_theta(t)(x, eval_gradient=True)[1]
        yield Pair(f"sklearn kernel {name}", f, slope, kernel.theta + 0.1, operator="jacobian")
        if name in ("RBF", "sum", "product", "Matern 1.5", "RationalQuadratic"):
            g = GaussianProcessRegressor(kernel, optimizer=None, alpha=0.1).fit(x, x[:, 0] ** 2)
            f = lambda t, g=g: g.log_marginal_likelihood(t)
            slope = lambda t, g=g: g.log_marginal_likelihood(t, eval_gradient=True)[1]
            yield Pair(f"sklearn GP {name}", f, slope, kernel.theta + 0.1, operator="gradient")


def loss_pairs():
    from sklearn import _loss as losses
    from sklearn._loss import link

    y = np.array([0.2, 1.0, 0.6])
    raw = np.array([0.3, -0.4, 1.2])
    for name in (
        "HalfSquaredError",
        "HalfPoissonLoss",
        "HalfGammaLoss",
        "HalfTweedieLoss",
        "HalfBinomialLoss",
        "PinballLoss",
        "HuberLoss",
        "AbsoluteError",
    ):
        kind = getattr(losses, name)()
        target = (y > 0.5).astype(float) if name == "HalfBinomialLoss" else y
        f = lambda r, kind=kind, t=target: kind.loss(t, r).sum()
        slope = lambda r, kind=kind, t=target: kind.gradient(t, r)
        yield Pair(f"sklearn {name}", f, slope, raw, operator="gradient")
    for name in ("LogLink", "LogitLink", "IdentityLink", "HalfLogitLink"):
        m = getattr(link, name)()
        yield Pair(f"sklearn {name}", m.link, lambda p, name=name: _link_slope(name, p), 0.3, 0.8)


def _link_slope(name, p):
    return {
        "LogLink": 1 / p,
        "LogitLink": 1 / (p * (1 - p)),
        "IdentityLink": 1.0,
        "HalfLogitLink": 0.5 / (p * (1 - p)),
    }[name]


def metric_pairs():
    from sklearn import metrics

    y = np.array([0.5, 1.2, 2.2])
    p = np.array([0.7, 1.0, 2.5])
    yield Pair(
        "sklearn mean_squared_error",
        lambda p: metrics.mean_squared_error(y, p),
        lambda p: 2 * (p - y) / 3,
        p,
        operator="gradient",
    )
    yield Pair(
        "sklearn mean_poisson_deviance",
        lambda p: metrics.mean_poisson_deviance(y, p),
        lambda p: 2 * (1 - y / p) / 3,
        p,
        operator="gradient",
    )
    yield Pair(
        "sklearn mean_gamma_deviance",
        lambda p: metrics.mean_gamma_deviance(y, p),
        lambda p: 2 * (1 / p - y / p**2) / 3,
        p,
        operator="gradient",
    )


def line_shapes():
    from lmfit import lineshapes as l

    x, root = 0.8, np.sqrt(2 * np.pi)
    tables = {
        "gaussian sigma": (lambda s: l.gaussian(x, 1.5, 0.2, s), lambda s: 1.5 * np.exp(-0.18 / s**2) / root / s * (0.36 / s**3 - 1 / s)),
        "gaussian x": (lambda t: l.gaussian(t, 1.5, 0.2, 0.9), lambda t: -l.gaussian(t, 1.5, 0.2, 0.9) * (t - 0.2) / 0.81),
        "lorentzian x": (lambda t: l.lorentzian(t, 1.5, 0.2, 0.9), lambda t: -l.lorentzian(t, 1.5, 0.2, 0.9) * 2 * (t - 0.2) / (0.81 + (t - 0.2) ** 2)),
        "exponential decay": (lambda d: l.exponential(x, 2.0, d), lambda d: 2 * np.exp(-x / d) * x / d**2),
        "powerlaw": (lambda k: l.powerlaw(x, 2.0, k), lambda k: 2 * x**k * np.log(x)),
        "linear": (lambda a: l.linear(x, a, 0.5), lambda a: x),
        "parabolic": (lambda t: l.parabolic(t, 1.0, 2.0, 0.5), lambda t: 2 * t + 2),
        "sine": (lambda f: l.sine(x, 1.5, f, 0.3), lambda f: 1.5 * x * np.cos(x * f + 0.3)),
    }  # fmt: skip
    for name, (f, slope) in tables.items():
        yield Pair(f"lmfit {name}", f, slope, 0.7, 1.9)


def lmfit_models():
    from lmfit import models

    x = np.linspace(0, 2, 5)
    m = models.GaussianModel() + models.ConstantModel()
    f = lambda v: m.eval(x=x, amplitude=v[0], center=v[1], sigma=v[2], c=v[3])

    def slope(v):
        a, c, s, _ = v
        g = np.exp(-((x - c) ** 2) / (2 * s * s)) / (s * np.sqrt(2 * np.pi))
        return np.stack(
            [g, a * g * (x - c) / s**2, a * g * ((x - c) ** 2 / s**3 - 1 / s), np.ones(5)], axis=1
        )

    yield Pair(
        "lmfit Gaussian + Constant", f, slope, np.array([1.5, 0.8, 0.6, 0.1]), operator="jacobian"
    )


GROUPS = {
    "astropy": astropy_pairs,
    "sklearn.gaussian_process": kernel_pairs,
    "sklearn._loss": loss_pairs,
    "sklearn.metrics": metric_pairs,
    "lmfit": line_shapes,
    "lmfit.models": lmfit_models,
}


def pairs():
    for family in GROUPS.values():
        yield from family()
