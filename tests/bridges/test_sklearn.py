"""dfdx and scikit-learn: gradients for its optimizers, of its models, and inside estimators of one's own."""

import numpy as np
import pytest
from scipy import optimize

pytest.importorskip("sklearn")
from sklearn.base import BaseEstimator, RegressorMixin, clone
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import (
    RBF,
    ConstantKernel,
    Hyperparameter,
    Kernel,
    NormalizedKernelMixin,
    StationaryKernelMixin,
    WhiteKernel,
)
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from dfdx import gradient, jacobian

RNG = np.random.default_rng(0)
X = RNG.uniform(-3, 3, (40, 1))
Y = np.sin(X[:, 0]) + 0.1 * RNG.standard_normal(40)
KERNEL = ConstantKernel(1.0) * RBF(1.0) + WhiteKernel(0.1)


class Pinball(RegressorMixin, BaseEstimator):
    """A linear quantile by a smooth loss, as a user writes an estimator: only the loss is written."""

    def __init__(self, quantile=0.5, sharpness=20.0):
        self.quantile = quantile
        self.sharpness = sharpness

    def loss(self, weights, X, y):
        r = self.sharpness * (y - X @ weights[1:] - weights[0])
        above, below = np.logaddexp(0, r), np.logaddexp(0, -r)
        return np.mean(self.quantile * above + (1 - self.quantile) * below) / self.sharpness

    def fit(self, X, y):
        start = np.zeros(X.shape[1] + 1)
        found = optimize.minimize(
            self.loss, start, args=(X, y), jac=gradient(self.loss, wrt=0), tol=1e-8
        )
        self.weights_, self.slope_ = found.x, found.jac
        return self

    def predict(self, X):
        return X @ self.weights_[1:] + self.weights_[0]


def test_an_estimator_whose_fit_needs_only_its_loss():
    rng = np.random.default_rng(2)
    wide = rng.uniform(-1, 1, (400, 3))
    y = wide @ [1.0, -2.0, 0.5] + rng.standard_normal(400)
    for quantile in (0.2, 0.8):
        model = clone(Pinball(quantile)).fit(wide, y)
        assert np.linalg.norm(model.slope_) < 1e-6
        assert np.mean(y < model.predict(wide)) == pytest.approx(quantile, abs=0.03)
    search = GridSearchCV(
        make_pipeline(StandardScaler(), Pinball()), {"pinball__sharpness": [5.0, 20.0]}, cv=3
    )
    assert search.fit(wide, y).best_score_ > 0.5


def test_the_likelihood_of_a_gaussian_process_is_differentiated_exactly():
    model = GaussianProcessRegressor(KERNEL, optimizer=None).fit(X, Y)
    theta = KERNEL.theta + 0.1
    found = gradient(model.log_marginal_likelihood).estimate(theta)
    assert found.method.startswith("exact")
    assert np.allclose(
        found.value, model.log_marginal_likelihood(theta, eval_gradient=True)[1], rtol=1e-9
    )


def test_an_optimizer_of_ones_own():
    def optimizer(objective, theta, bounds):
        def f(theta):
            return objective(theta, eval_gradient=False)

        found = optimize.minimize(f, theta, jac=gradient(f), bounds=bounds)
        return found.x, found.fun

    ours = GaussianProcessRegressor(KERNEL, optimizer=optimizer).fit(X, Y)
    theirs = GaussianProcessRegressor(KERNEL).fit(X, Y)
    assert np.allclose(ours.kernel_.theta, theirs.kernel_.theta, atol=1e-3)


class Wave(StationaryKernelMixin, NormalizedKernelMixin, Kernel):
    """A kernel whose derivative by its parameters nobody wrote down."""

    def __init__(
        self, length=1.0, period=2.0, length_bounds=(1e-2, 1e2), period_bounds=(1e-1, 1e2)
    ):
        self.length, self.period = length, period
        self.length_bounds, self.period_bounds = length_bounds, period_bounds

    @property
    def hyperparameter_length(self):
        return Hyperparameter("length", "numeric", self.length_bounds)

    @property
    def hyperparameter_period(self):
        return Hyperparameter("period", "numeric", self.period_bounds)

    def values(self, theta, X, Y):
        length, period = np.exp(theta)
        far = np.sqrt(((X[:, None] - Y[None]) ** 2).sum(axis=-1) + 1e-300)
        return np.exp(-2 * (np.sin(np.pi * far / period) / length) ** 2)

    def __call__(self, X, Y=None, eval_gradient=False):
        X = np.atleast_2d(X)
        Y = X if Y is None else Y
        value = self.values(self.theta, X, Y)
        return (value, jacobian(self.values, wrt=0)(self.theta, X, Y)) if eval_gradient else value


def test_a_kernel_whose_gradient_nobody_wrote():
    from sklearn.gaussian_process.kernels import ExpSineSquared

    points = np.linspace(0, 4, 15)[:, None]
    value, slope = Wave(0.7, 2.3)(points, eval_gradient=True)
    truth, known = ExpSineSquared(0.7, 2.3)(points, eval_gradient=True)
    assert np.allclose(value, truth) and np.allclose(slope, known, atol=1e-12)
    points = np.linspace(0, 6, 40)[:, None]
    heard = np.exp(np.sin(np.pi * points[:, 0])) + 0.1 * RNG.standard_normal(40)
    model = GaussianProcessRegressor(Wave(1.0, 2.2), alpha=0.01, normalize_y=True).fit(
        points, heard
    )
    assert model.kernel_.period == pytest.approx(2.0, rel=1e-2)


def test_the_slope_of_a_prediction():
    model = GaussianProcessRegressor(KERNEL).fit(X, Y)
    found = gradient(lambda x: model.predict(x.reshape(1, -1))[0]).estimate(np.array([0.5]))
    assert found.method.startswith("exact") and abs(found.value[0] - np.cos(0.5)) < 0.2


def test_scipy_optimizers_take_the_gradient():
    found = optimize.minimize(
        lambda w, X, y: np.mean((y - np.sin(w[0] * X[:, 0]) * w[1]) ** 2),
        np.array([0.8, 0.8]),
        args=(X, Y),
        jac=gradient(lambda w, X, y: np.mean((y - np.sin(w[0] * X[:, 0]) * w[1]) ** 2), wrt=0),
    )
    assert found.success and np.allclose(found.x, [1, 1], atol=0.1)
