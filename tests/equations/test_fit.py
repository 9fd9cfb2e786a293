"""Fits: the parameters of curve_fit and of closed forms, with their errors, told in words."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import optimize

from dfdx import fit, gradient, jacobian

RNG = np.random.default_rng(1)
X = np.linspace(0, 4, 60)
Y = 2.5 * np.exp(-1.3 * X) + 0.5 + 0.02 * RNG.standard_normal(60)


def decay(x, a, b, c):
    return a * np.exp(-b * x) + c


SIGMA = 0.02 + X / 50
MATRIX = 0.02**2 * 0.5 ** abs(np.subtract.outer(range(60), range(60)))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"sigma": SIGMA},
        {"sigma": SIGMA, "absolute_sigma": True},
        {"sigma": MATRIX, "absolute_sigma": True},
    ],
)
def test_what_curve_fit_finds(options):
    found = fit(decay, X, Y, **options)(1.0, 1.0, 0.0)
    best, covariance = optimize.curve_fit(decay, X, Y, [1, 1, 0], **options)
    assert found.converged
    assert_allclose(found.x, best, rtol=1e-6)
    assert_allclose(found.covariance, covariance, rtol=1e-4)
    assert_allclose(found.standard_errors, np.sqrt(np.diag(covariance)), rtol=1e-4)
    assert_allclose(np.diag(found.correlation), 1)


def test_a_line_has_its_closed_form():
    """Weighted linear least squares, where everything is known."""
    weights = 1 + X
    design = np.stack([np.ones_like(X), X], axis=1)
    normal = design.T @ (weights[:, None] * design)
    beta = np.linalg.solve(normal, design.T @ (weights * Y))
    found = fit(lambda x, a, b: a + b * x, X, Y, weights=weights)(0.0, 0.0)
    assert_allclose(found.x, beta, rtol=1e-12)
    chi2 = np.sum(weights * (Y - design @ beta) ** 2)
    assert_allclose([found.chi2, found.dof], [chi2, 58])
    assert_allclose(found.covariance, np.linalg.inv(normal) * chi2 / 58, rtol=1e-10)
    assert_allclose(found.residuals, Y - design @ beta, atol=1e-12)
    from scipy.stats import t

    low, high = found.band(X, 0.9)
    half = t.ppf(0.95, 58) * np.sqrt(np.einsum("ij,jk,ik->i", design, found.covariance, design))
    assert_allclose((high - low) / 2, half, rtol=1e-10)
    assert_allclose((high + low) / 2, found(X))
    low, high = found.band(2.0, prediction=True)
    assert high - low > 2 * half.max()


def test_every_order_of_arguments():
    best = fit(decay, X, Y)(1.0, 1.0, 0.0).x
    whole = fit(lambda x, p: decay(x, p["a"], p["b"], p["c"]), X, Y)({"a": 1, "b": 1, "c": 0})
    assert_allclose(list(whole.x.values()), best, rtol=1e-8)
    assert list(whole.standard_errors) == ["a", "b", "c"]
    first = fit(lambda p, x: decay(x, *p), X, Y, wrt=0)(np.array([1.0, 1.0, 0.0]))
    assert_allclose(first.x, best, rtol=1e-8)
    named = fit(lambda a, b, x, c: decay(x, a, b, c), X, Y, wrt=("a", "b"))(1, 1, c=best[2])
    assert_allclose(named.x, best[:2], rtol=1e-6)
    held = fit(decay, X, Y)(1, 1, c=best[2])
    assert_allclose(held.x, best[:2], rtol=1e-6)
    scalar = fit(lambda x, a, b, c: a * math.exp(-b * x) + c, list(X), list(Y))(1, 1, 0)
    assert_allclose(scalar.x, best, rtol=1e-8)
    assert_allclose(scalar(1.0), decay(1.0, *best))
    now = fit(decay, X, Y, 1.0, 1.0, 0.0)
    assert_allclose(now.x, best)


def test_several_independent_variables():
    found = fit(lambda x, a, b: a * x[0] + b * x[1], (X, X**2), X - 3 * X**2)(0.0, 0.0)
    assert_allclose(found.x, [1, -3])
    assert_allclose(found((np.array([2.0]), np.array([4.0]))), [-10])


def test_residuals_alone():
    found = fit(lambda p, x, y: decay(x, *p) - y)(np.array([1.0, 1.0, 0.0]), x=X, y=Y)
    assert_allclose(found.x, fit(decay, X, Y)(1.0, 1.0, 0.0).x, rtol=1e-8)
    with pytest.raises(TypeError, match="no curve"):
        found(1.0)


def test_missing_data_are_left_out_and_told():
    holes = Y.copy()
    holes[[3, 40]] = np.nan
    keep = ~np.isnan(holes)
    found = fit(decay, X, holes)(1.0, 1.0, 0.0)
    assert_allclose(found.x, fit(decay, X[keep], Y[keep])(1.0, 1.0, 0.0).x, rtol=1e-9)
    assert any("2 data were missing" in note for note in found.notes)
    assert np.isnan(found.residuals[3])
    at = X.copy()
    at[7] = np.nan
    assert fit(decay, at, Y)(1.0, 1.0, 0.0).dof == 56
    with pytest.raises(ValueError, match="missing"):
        fit(decay, X, holes, missing="raise")


@pytest.mark.parametrize("loss", ["soft_l1", "huber", "cauchy", "arctan"])
def test_robust_losses(loss):
    wild = Y.copy()
    wild[10] += 3
    found = fit(decay, X, wild, loss=loss, f_scale=0.03)(1.0, 1.0, 0.0)
    clean = fit(decay, X, Y)(1.0, 1.0, 0.0)
    assert found.converged
    assert np.all(np.abs(found.x - clean.x) < 3 * clean.standard_errors)
    assert_allclose(found.standard_errors, clean.standard_errors, rtol=0.6)


def test_bounds():
    for bounds in ([(None, None), (0, 1), (None, None)], ([-9, 0, -9], [9, 1, 9]), {"b": (0, 1)}):
        found = fit(decay, X, Y, bounds=bounds)(1.0, 0.5, 0.0)
        assert found.converged
        assert found.x[1] == 1.0
        assert np.isnan(found.standard_errors[1])
        assert any("b at a bound" in note for note in found.notes)
    with pytest.raises(ValueError, match="outside"):
        fit(decay, X, Y, bounds=([0, 0, 0], [1, 1, 1]))(2.0, 0.5, 0.5)


def test_what_cannot_be_told_apart():
    found = fit(lambda x, a, b, c, d: a * b * np.exp(-c * x) + d, X, Y)(1.0, 1.0, 1.0, 0.0)
    assert any("a and b cannot be told apart" in note for note in found.notes)
    assert np.isinf(found.standard_errors[:2]).all()
    assert np.isfinite(found.standard_errors[2:]).all()
    unused = fit(lambda x, a, b, c, d: decay(x, a, b, c), X, Y)(1.0, 1.0, 0.0, 7.0)
    assert any("d has no influence" in note for note in unused.notes)
    assert unused.x[3] == 7.0
    low, high = unused.band(X)
    assert np.isfinite(high - low).all()


def test_as_many_parameters_as_data():
    found = fit(lambda x, a, b: a + b * x, [0.0, 1.0], [1.0, 3.0])(0.0, 0.0)
    assert_allclose(found.x, [1, 2])
    assert found.dof == 0
    assert any("as many parameters as data" in note for note in found.notes)
    with pytest.raises(ValueError, match="2 data cannot determine 3"):
        fit(decay, X[:2], Y[:2])(1.0, 1.0, 1.0)


def test_a_start_too_far_away():
    with pytest.raises(ValueError, match="does not change with any parameter"):
        fit(lambda x, m: np.exp(-((x - m) ** 2) * 50), X, Y)(500.0)
    with pytest.raises(ValueError, match="datum"):
        fit(decay, X, Y)(1.0, -500.0, 0.0)


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ([], [], "no data"),
        (X, Y + np.inf, "infinite"),
        (X, Y * np.nan, "no data"),
        (X, Y[:50], "60 values for 50 data"),
    ],
)
def test_data_that_cannot_be(x, y, said):
    with pytest.raises(ValueError, match=said):
        fit(decay, x, y)(1.0, 1.0, 1.0)


def test_options_that_cannot_be():
    for options, said in (
        ({"loss": "cubic"}, "no loss"),
        ({"sigma": 1.0, "weights": 1.0}, "the same"),
        ({"sigma": -1.0}, "positive"),
        ({"weights": -1.0}, "negative"),
        ({"absolute_sigma": True}, "needs sigma"),
        ({"method": "lm", "loss": "huber"}, "takes no"),
        ({"f_scale": 0}, "f_scale"),
        ({"sigma": np.ones(3)}, "3 numbers for 60"),
        ({"sigma": -MATRIX}, "covariance matrix"),
    ):
        with pytest.raises(ValueError, match=said):
            fit(decay, X, Y, **options)
    with pytest.raises(TypeError, match="complex"):
        fit(decay, X, Y + 0j)
    with pytest.raises(TypeError, match="two things"):
        fit(decay, X)
    with pytest.raises(TypeError, match="no option"):
        fit(decay, X, Y, p0=[1, 1, 1])
    with pytest.raises(ValueError, match="b is nan"):
        fit(decay, X, Y)(1.0, math.nan, 0.0)


def test_a_perfect_fit():
    found = fit(decay, X, decay(X, 2.0, 1.0, 0.5))(1.0, 0.5, 0.0)
    assert found.converged
    assert_allclose(found.x, [2, 1, 0.5], rtol=1e-12)
    assert_allclose(found.r2, 1)


def test_the_table():
    text = str(fit(decay, X, Y)(1.0, 1.0, 0.0))
    for word in ("fit of 3 parameters to 60 data", "standard error", "dof = 57", "R2"):
        assert word in text


def test_nothing_of_the_users_is_changed():
    start = {"a": np.array([1.0, 1.0]), "c": 0}
    y = Y.copy()
    fit(lambda x, p: p["a"][0] * np.exp(-p["a"][1] * x) + p["c"], X, y)(start)
    assert start["a"][0] == 1.0
    assert np.array_equal(y, Y)


def test_the_fit_moves_with_the_data():
    """The slope by one datum, against fits of changed data; linear in the scale by a closed form."""
    by_scale = jacobian(lambda k: fit(decay, X, k * Y)(1.0, 1.0, 0.0).x)(1.0)
    best = fit(decay, X, Y)(1.0, 1.0, 0.0).x
    assert_allclose(by_scale, [best[0], 0, best[2]], atol=1e-9)
    by_data = gradient(lambda y: fit(decay, X, y)(1.0, 1.0, 0.0).x[1])(Y)
    h = 1e-4
    for k in (0, 17):
        moved = [fit(decay, X, Y + s * h * np.eye(60)[k])(1.0, 1.0, 0.0).x[1] for s in (1, -1)]
        assert_allclose(by_data[k], (moved[0] - moved[1]) / (2 * h), rtol=1e-4)


def test_the_picture():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    ax = fit(decay, X, Y)(1.0, 1.0, 0.0).plot()
    assert len(ax.lines) == 2
    assert len(ax.collections) == 1
    ax = fit(lambda x, a: a * x[0], (X, X), Y)(1.0).plot()
    assert len(ax.lines) == 2
