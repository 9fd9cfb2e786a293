"""Measurements along one axis: exact, periodic, dated, missing, wrong."""

import warnings

import numpy as np
import pytest
from measurements.signals import SIGNALS, relative

from dfdx import AccuracyWarning, derivative, sampled


def _places(spacing, n, rng):
    if spacing == "even":
        return np.linspace(0, 1, n)
    if spacing == "jitter":
        return np.linspace(0, 1, n) + rng.uniform(-0.3, 0.3, n) / n
    if spacing == "ends":
        return 0.5 - 0.5 * np.cos(np.pi * np.arange(n) / (n - 1))
    return np.sort(rng.uniform(0, 1, n))


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize("n", [65, 400])
@pytest.mark.parametrize("spacing", ["even", "jitter", "ends", "random"])
def test_exact_samples_beat_their_neighbours_and_know_their_error(name, n, spacing):
    f, slope = SIGNALS[name]
    t = _places(spacing, n, np.random.default_rng(n))
    answer = derivative(sampled(f(t), t, noise=0)).estimate(t)
    truth = slope(t)
    assert relative(answer.value, truth) <= 2 * relative(np.gradient(f(t), t, edge_order=2), truth)
    assert np.mean(np.abs(answer.value - truth) <= answer.error) >= 0.85


def test_values_and_higher_derivatives():
    t = np.linspace(0, 2, 101)
    s = sampled(np.sin(t), t)
    at = np.array([0.0, 0.123, 1.0, 2.0])
    for order, truth in enumerate([np.sin, np.cos, lambda x: -np.sin(x), lambda x: -np.cos(x)]):
        found = s(at) if order == 0 else derivative(s, order=order)(at)
        assert np.allclose(found, truth(at), atol=10.0 ** (2 * order - 13))
    assert isinstance(s(0.5), float)
    assert isinstance(derivative(s)(0.5), float)
    assert derivative(s, 0.5) == derivative(s)(0.5)
    assert derivative(derivative(s))(0.5) == derivative(s, order=2)(0.5)


def test_functions_made_of_measurements_are_differentiated():
    t = np.linspace(0, 2, 101)
    s = sampled(np.sin(t), t)
    assert derivative(lambda x: np.exp(s(x)))(1.0) == pytest.approx(
        np.exp(np.sin(1)) * np.cos(1), 1e-12
    )
    assert derivative(lambda x: s(x) ** 2, order=2)(1.0) == pytest.approx(2 * np.cos(2), 1e-9)


def test_a_period_by_value_and_by_true():
    for n in (32, 33):
        t = np.arange(n) * 2 * np.pi / n
        for periodic in (True, 2 * np.pi):
            s = sampled(np.exp(np.sin(t)), t, periodic=periodic)
            truth = np.cos(t) * np.exp(np.sin(t))
            assert np.abs(derivative(s)(t) - truth).max() <= 2e-14
            answer = derivative(s).estimate(t)
            assert (np.abs(answer.value - truth) <= answer.error).all()


def test_an_uneven_period():
    rng = np.random.default_rng(2)
    t = np.sort(rng.uniform(0, 2 * np.pi, 80))
    s = sampled(np.sin(t), t, periodic=2 * np.pi)
    assert np.allclose(derivative(s)(t), np.cos(t), atol=1e-9)


def test_missing_values_and_several_quantities():
    t = np.linspace(0, 1, 60)
    y = np.stack([np.sin(t), t**3], axis=1)
    y[7, 0] = np.nan
    y[20:23, 1] = np.nan
    found = derivative(sampled(y, t))(t)
    assert np.allclose(found, np.stack([np.cos(t), 3 * t**2], axis=1), atol=1e-9)


def test_time_runs_backwards():
    t = np.linspace(1, 0, 50)
    s = sampled(np.exp(t), t)
    assert s(0.25) == pytest.approx(np.exp(0.25), rel=1e-12)
    for order in (1, 2, 3):
        assert derivative(s, order=order)(0.25) == pytest.approx(np.exp(0.25), rel=1e-7)
        assert np.allclose(s.derivative(order), np.exp(t), rtol=1e-6)


def test_dates():
    days = np.datetime64("2020-01-01") + np.arange(40) * np.timedelta64(12, "h")
    hours = 12.0 * np.arange(40)
    s = sampled(hours**2, days, unit="h")
    assert derivative(s)(days[10]) == pytest.approx(2 * hours[10], rel=1e-9)
    assert derivative(sampled(hours, days, unit="D"))(days[3]) == pytest.approx(24.0)
    with pytest.raises(TypeError, match="dates"):
        derivative(s)(3.0)


def test_noise_that_differentiation_amplifies_is_told():
    rng = np.random.default_rng(1)
    t = np.linspace(0, 1, 200)
    y = np.sin(6 * t) + 0.01 * rng.standard_normal(200)
    with pytest.warns(AccuracyWarning, match='noise="auto"'):
        derivative(sampled(y, t))(t)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        derivative(sampled(y, t, noise=0))(t)
        derivative(sampled(np.sin(6 * t), t))(t)


def test_inputs_are_not_changed():
    t, y = np.linspace(1, 0, 30), np.arange(30.0)
    before = t.copy(), y.copy()
    for noise in (0, "auto"):
        derivative(sampled(y, t, noise=noise))(t)
    assert (t == before[0]).all() and (y == before[1]).all()


@pytest.mark.parametrize(
    ("y", "x", "options", "error", "words"),
    [
        ([1.0, 2.0, 3.0], [0.0, 2.0, 1.0], {}, ValueError, "not sorted.*argsort"),
        ([1.0, 2.0, 3.0], [0.0, 1.0, 1.0], {}, ValueError, "repeated"),
        ([1.0, 2.0], [0.0, 1.0, 2.0], {}, ValueError, "2 samples at 3 coordinates"),
        ([1.0], [0.0], {}, ValueError, "needs 2"),
        ([], [], {}, ValueError, "no samples"),
        ([np.nan, np.nan, 1.0], [0.0, 1.0, 2.0], {}, ValueError, "1 of the samples"),
        (["a", "b"], [0.0, 1.0], {}, TypeError, "real numbers"),
        ([1.0, np.inf, 2.0], [0.0, 1.0, 2.0], {}, ValueError, "infinite"),
        ([1.0, 2.0], [0.0, np.nan], {}, ValueError, "not finite"),
        ([1.0, 2.0], [0.0, 1.0], {"method": "magic"}, ValueError, "savgol"),
        ([1.0, 2.0, 3.0], None, {"noise": "auto"}, ValueError, "too few"),
        ([1.0, 2.0, 3.0], None, {"weights": [1, 0, 1], "noise": "auto"}, ValueError, "positive"),
        ([1.0, 2.0, 3.0], None, {"periodic": 1.0}, ValueError, "more than the period"),
        ([1.0, 2.0, 3.0], None, {"noise": "loud"}, ValueError, "auto"),
        ([1.0, 2.0, 3.0], None, {"noise": -1.0}, ValueError, "standard deviation"),
    ],
)
def test_bad_input(y, x, options, error, words):
    with pytest.raises(error, match=words):
        derivative(sampled(y, x, **options))(0.0)


def test_too_few_samples_for_the_order_and_numbers_whose_squares_vanish():
    with pytest.raises(ValueError, match="order 2 needs 3 samples"):
        derivative(sampled([0.0, 1.0], [0.0, 1.0]), order=2)(0.5)
    t = np.linspace(0, 1, 50)
    assert derivative(sampled(1e-200 * np.sin(6 * t), t))(0.5) == pytest.approx(
        6e-200 * np.cos(3), 1e-6
    )


@pytest.mark.parametrize("n", [60, 61, 65])
def test_the_bar_at_a_kink_is_wide(n):
    t = np.linspace(0, 1, n)
    answer = derivative(sampled(np.abs(t - 0.5), t)).estimate(0.5)
    assert answer.error > 0.1
    assert derivative(sampled(np.abs(t - 0.5), t)).estimate(0.9).error < 1e-9


def test_no_places_and_options_that_are_none():
    s = sampled(np.arange(20.0) ** 2, np.arange(20.0))
    assert derivative(s)(np.array([])).shape == (0,)
    with pytest.raises(TypeError, match="no option 'side'"):
        derivative(s, side="left")


def test_outside_is_refused():
    with pytest.raises(ValueError, match="outside the samples, which go from 0 to 2"):
        sampled([1.0, 2.0, 3.0], [0, 1, 2])(2.5)


@pytest.mark.parametrize("method", ["exact", "smooth", "spline", "gcv", "savgol"])
def test_methods_by_name(method):
    t = np.linspace(0, 1, 80)
    s = sampled(np.sin(6 * t), t, noise=0 if method == "exact" else None, method=method)
    assert relative(derivative(s)(t), 6 * np.cos(6 * t)) < 0.05
