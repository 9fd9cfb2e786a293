"""What smoothing promises: bands, outliers, seasons, correlated noise."""

import warnings

import numpy as np
import pytest
from measurements.signals import SIGNALS, noise_of, relative

from dfdx import derivative, sampled
from dfdx.errors import AccuracyWarning


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize("n", [60, 300])
@pytest.mark.parametrize("level", [0.02, 0.1])
def test_the_band_holds_and_the_curve_is_found(name, n, level):
    f, slope = SIGNALS[name]
    held, wrong = [], []
    for seed in range(3):
        rng = np.random.default_rng([seed, n, int(1000 * level)])
        t = np.sort(rng.uniform(0, 1, n)) if seed else np.linspace(0, 1, n)
        y = f(t) + level * np.std(f(t)) * rng.standard_normal(n)
        answer = derivative(sampled(y, t, noise="auto")).estimate(t)
        held.append(np.mean(np.abs(answer.value - slope(t)) <= answer.error))
        wrong.append(relative(answer.value, slope(t)))
    assert np.mean(held) >= 0.8
    assert np.median(wrong) < 5 * level**0.7


def test_a_known_noise_a_given_one_for_each_and_weights_agree():
    rng = np.random.default_rng(3)
    t = np.linspace(0, 1, 200)
    sigma = np.where(t < 0.5, 0.01, 0.1)
    y = np.sin(6 * t) + sigma * rng.standard_normal(200)
    each = derivative(sampled(y, t, noise=sigma)).estimate(t)
    weighted = derivative(sampled(y, t, noise="auto", weights=sigma**-2.0)).estimate(t)
    with pytest.warns(AccuracyWarning, match="not the same everywhere"):
        plain = derivative(sampled(y, t, noise="auto")).estimate(t)
    truth = 6 * np.cos(6 * t)
    for answer in (each, weighted):
        assert relative(answer.value, truth) < relative(plain.value, truth)
        assert np.mean(np.abs(answer.value - truth) <= answer.error) > 0.85
    early, late = answer.error[t < 0.4].mean(), answer.error[t > 0.6].mean()
    assert early < 0.5 * late
    with pytest.warns(AccuracyWarning, match="not the same everywhere"):
        assert derivative(sampled(y, t, noise=0.05)).estimate(0.5).error > 0


def test_several_measurements_at_one_time():
    rng = np.random.default_rng(9)
    t = np.repeat(np.linspace(0, 1, 150), 2)
    y = np.sin(6 * t) + 0.02 * rng.standard_normal(300)
    answer = derivative(sampled(y, t, noise="auto")).estimate(t)
    assert relative(answer.value, 6 * np.cos(6 * t)) < 0.1
    assert np.mean(np.abs(answer.value - 6 * np.cos(6 * t)) <= answer.error) > 0.85


def test_outliers_are_tamed():
    rng = np.random.default_rng(4)
    t = np.linspace(0, 1, 300)
    y = np.sin(6 * t) + 0.03 * rng.standard_normal(300)
    bad = rng.random(300) < 0.1
    y[bad] += 5 * rng.standard_normal(bad.sum())
    truth = 6 * np.cos(6 * t)
    robust = derivative(sampled(y, t, noise="auto", robust=True)).estimate(t)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        plain = derivative(sampled(y, t, noise="auto")).estimate(t)
    assert any("robust=True" in str(warning.message) for warning in told)
    assert relative(robust.value, truth) < 0.1
    assert relative(robust.value, truth) < 0.5 * relative(plain.value, truth)
    assert np.mean(np.abs(robust.value - truth) <= robust.error) > 0.85


@pytest.mark.parametrize("rho", [0.5, 0.8])
def test_correlated_noise_is_found_and_its_band_holds(rho):
    t = np.linspace(0, 1, 800)
    y = np.sin(9 * t) + 0.05 * noise_of(np.random.default_rng(5), 800, rho)
    answer = derivative(sampled(y, t, noise="auto")).estimate(t)
    assert any("correlated" in note for note in answer.notes)
    assert np.mean(np.abs(answer.value - 9 * np.cos(9 * t)) <= answer.error) > 0.85


def test_a_season_and_the_trend_beside_it():
    rng = np.random.default_rng(6)
    t = np.sort(rng.uniform(0, 10, 600))
    y = np.tanh(t - 5) + (1 + 0.1 * t) * np.sin(2 * np.pi * t) + 0.1 * rng.standard_normal(600)
    s = sampled(y, t, noise="auto", season=1.0)
    truth = (
        1 / np.cosh(t - 5) ** 2
        + 0.1 * np.sin(2 * np.pi * t)
        + (1 + 0.1 * t) * 2 * np.pi * np.cos(2 * np.pi * t)
    )
    answer = derivative(s).estimate(t)
    assert relative(answer.value, truth) < 0.06
    assert np.mean(np.abs(answer.value - truth) <= answer.error) > 0.9
    trend = derivative(s.trend).estimate(t)
    assert relative(trend.value, 1 / np.cosh(t - 5) ** 2) < 0.4
    assert np.mean(np.abs(trend.value - 1 / np.cosh(t - 5) ** 2) <= trend.error) > 0.9


def test_long_records_are_read_once():
    rng = np.random.default_rng(7)
    t = np.linspace(0, 1, 60_000)
    y = np.sin(30 * t) + 0.1 * rng.standard_normal(len(t))
    at = np.linspace(0, 1, 500)
    answer = derivative(sampled(y, t, noise="auto")).estimate(at)
    assert relative(answer.value, 30 * np.cos(30 * at)) < 0.02
    assert np.mean(np.abs(answer.value - 30 * np.cos(30 * at)) <= answer.error) > 0.9


def test_a_fast_wave_in_a_long_record_is_not_taken_for_noise():
    rng = np.random.default_rng(8)
    t = np.linspace(0, 1, 40_000)
    y = np.sin(9000 * t) + 0.1 * rng.standard_normal(len(t))
    at = np.linspace(0.1, 0.9, 300)
    answer = derivative(sampled(y, t, noise="auto")).estimate(at)
    assert relative(answer.value, 9000 * np.cos(9000 * at)) < 0.2


@pytest.mark.parametrize("order", [2, 3])
def test_bands_of_higher_derivatives_hold(order):
    held = []
    for seed, rate in enumerate((5.0, 12.0, 20.0)):
        rng = np.random.default_rng([order, seed])
        t = np.linspace(0, 1, 300)
        y = np.sin(rate * t + 1) + 0.03 * rng.standard_normal(300)
        truth = rate**order * np.sin(rate * t + 1 + order * np.pi / 2)
        answer = derivative(sampled(y, t, noise="auto"), order=order).estimate(t)
        held.append(np.mean(np.abs(answer.value - truth) <= answer.error))
        assert relative(answer.value, truth) < 0.4
    assert np.mean(held) > 0.85


def _waves(n, seed):
    """A sum of random waves and its slope, with noise of a twentieth of it."""
    rng = np.random.default_rng(seed)
    rates, turned = 2 * np.pi * rng.uniform(0.3, 5, 3), rng.uniform(0, 7, 3)
    t = np.linspace(0, 1, n)
    angle = np.outer(t, rates) + turned
    y, slope = np.sin(angle).sum(axis=1), (rates * np.cos(angle)).sum(axis=1)
    return t, y + 0.05 * np.std(y) * rng.standard_normal(n), slope


@pytest.mark.parametrize("n", [50, 200, 5000])
def test_the_band_holds_on_random_waves(n):
    held = []
    for seed in range(5):
        t, y, slope = _waves(n, [n, seed])
        answer = derivative(sampled(y, t, noise="auto")).estimate(t)
        held.append(np.mean(np.abs(answer.value - slope) <= answer.error))
        assert relative(answer.value, slope) < 0.25
    assert np.mean(held) > 0.85


def test_a_fast_pure_wave_of_few_samples_is_not_taken_for_noise():
    t = np.linspace(0, 1, 20)
    y = np.sin(12 * np.pi * t) + 0.01 * np.random.default_rng(0).standard_normal(20)
    answer = derivative(sampled(y, t, noise="auto")).estimate(t)
    assert relative(answer.value, 12 * np.pi * np.cos(12 * np.pi * t)) < 0.35


def test_a_narrow_peak_is_not_taken_for_correlated_noise():
    t = np.linspace(0, 1, 100)
    for seed in range(3):
        rng = np.random.default_rng([0, seed, 100, 200])
        f = np.exp(-(((t - 0.3) / 0.03) ** 2)) + 0.5 * np.exp(-(((t - 0.7) / 0.1) ** 2))
        y = f + 0.2 * np.std(f) * rng.standard_normal(100)
        answer = derivative(sampled(y, t, noise="auto")).estimate(t)
        assert not any("correlated" in note for note in answer.notes)


def test_a_scale_and_a_line_are_carried_through():
    t, y, _ = _waves(150, 1)
    plain = derivative(sampled(y, t, noise="auto")).estimate(t)
    for factor, line, pace, start in (
        (-3.0, 7.0, 1.0, 0.0),
        (1e-200, 0.0, 1.0, 0.0),
        (1e250, 0.0, 1.0, 0.0),
        (1.0, 0.0, 86400.0, 1.7e9),
        (2.0, 1.0, 1e-9, 0.0),
    ):
        moved = start + pace * t
        turned = derivative(sampled(factor * (y + line * t), moved, noise="auto")).estimate(moved)
        expected = (factor / pace) * (plain.value + line)
        size = np.abs(expected).max()
        assert np.allclose(turned.value / size, expected / size, atol=1e-3)
        assert np.allclose(turned.error / size, abs(factor / pace) / size * plain.error, rtol=0.03)


def test_columns_are_read_as_each_alone():
    columns = np.stack([_waves(120, seed)[1] for seed in range(5)], axis=1)
    columns[7:20, 2] = np.nan
    t = np.linspace(0, 1, 120)
    together = derivative(sampled(columns, t, noise="auto")).estimate(t)
    for k, column in enumerate(columns.T):
        alone = derivative(sampled(column, t, noise="auto")).estimate(t)
        assert np.allclose(together.value[:, k], alone.value, rtol=1e-6, atol=1e-6)
        assert np.allclose(together.error[:, k], alone.error, rtol=1e-6)


def test_a_missing_sample_is_one_left_out():
    t, y, _ = _waves(120, 3)
    gaps = np.random.default_rng(0).random(120) < 0.3
    gaps[[0, -1]] = False
    missing = derivative(sampled(np.where(gaps, np.nan, y), t, noise="auto")).estimate(t)
    without = derivative(sampled(y[~gaps], t[~gaps], noise="auto")).estimate(t)
    assert np.array_equal(missing.value, without.value)


@pytest.mark.parametrize("n", [20, 400])
def test_without_noise_the_answer_is_exact(n):
    t = np.linspace(0, 1, n)
    for y, slope in (
        (np.full(n, 3.0), 0 * t),
        (2 * t + 1, 2 + 0 * t),
        (t**3, 3 * t**2),
        (np.exp(t), np.exp(t)),
    ):
        answer = derivative(sampled(y, t, noise="auto")).estimate(t)
        assert np.allclose(answer.value, slope, atol=1e-6)
        assert np.mean(np.abs(answer.value - slope) <= answer.error) > 0.9


def test_rounding_coarser_than_the_noise_is_told():
    t = np.linspace(0, 1, 400)
    s = sampled(np.round(3 * np.sin(5 * t)), t, noise="auto")
    with pytest.warns(AccuracyWarning, match="multiples of 1,"):
        derivative(s)(t)


def test_few_outliers_are_told():
    t, y, _ = _waves(300, 4)
    y[[50, 180]] += 6.0
    with pytest.warns(AccuracyWarning, match="are far from the curve"):
        derivative(sampled(y, t, noise="auto"))(t)


@pytest.mark.parametrize("n", [6, 7, 10, 15])
def test_the_fewest_samples(n):
    held = []
    for seed in range(8):
        t = np.linspace(0, 1, n)
        y = np.sin(3 * t) + 0.02 * np.random.default_rng([n, seed]).standard_normal(n)
        answer = derivative(sampled(y, t, noise="auto")).estimate(t)
        held.append(np.mean(np.abs(answer.value - 3 * np.cos(3 * t)) <= answer.error))
    assert np.mean(held) > 0.7
