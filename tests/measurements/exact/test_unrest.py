"""Noise that differentiation amplifies is told; curves that are hardly resolved are no noise."""

import warnings

import numpy as np
import pytest

from dfdx import AccuracyWarning, derivative, sampled
from dfdx.measurements.exact.unrest import noise_level


def _warns(y, t, **options):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        derivative(sampled(y, t, **options))(t)
    return any(issubclass(w.category, AccuracyWarning) for w in seen)


CURVES = [
    lambda t: np.sin(9 * t),
    lambda t: np.exp(-6 * t),
    lambda t: np.tanh((t - 0.4) / 0.1),
    lambda t: 1 / (1 + 25 * (2 * t - 1) ** 2),
    lambda t: np.exp(-(((t - 0.6) / 0.08) ** 2)),
    lambda t: t**3 - t,
]


@pytest.mark.parametrize("sigma", [0.003, 0.02])
def test_the_level_is_found(sigma):
    rng = np.random.default_rng(4)
    t = np.sort(rng.uniform(0, 1, 500))
    for f in CURVES:
        level, certain = noise_level(t, f(t) + sigma * rng.standard_normal(500))
        assert certain and 0.7 * sigma < level < 1.4 * sigma


def test_noise_is_told_for_every_curve_and_spacing():
    rng = np.random.default_rng(5)
    even = np.linspace(0, 1, 200)
    for t in (even, 0.5 - 0.5 * np.cos(np.pi * even), np.sort(rng.uniform(0, 1, 200))):
        assert all(_warns(f(t) + 0.02 * rng.standard_normal(200), t) for f in CURVES)
        assert not any(_warns(f(t), t) for f in CURVES)
        assert not any(_warns(f(t).astype(np.float32).astype(float), t) for f in CURVES)


def test_few_clean_samples_are_no_noise():
    rng = np.random.default_rng(6)
    told = [
        _warns(f(t), t)
        for n in (4, 5, 6, 8, 11, 15, 20)
        for f in CURVES
        for t in (np.linspace(0, 1, n), np.sort(rng.uniform(0, 1, n)))
    ]
    assert np.mean(told) <= 0.03


def test_few_digits_are_told_where_they_matter():
    t = np.linspace(0, 1, 2001)
    assert _warns(np.round(np.sin(9 * t), 3), t)
    coarse = t[::100]
    assert not _warns(np.round(np.sin(9 * coarse), 3), coarse)


def test_noise_on_a_period_is_told():
    t = np.arange(64) / 64
    noise = 0.02 * np.random.default_rng(7).standard_normal(64)
    assert _warns(np.sin(2 * np.pi * t) + noise, t, periodic=1.0)
    assert not _warns(np.sin(2 * np.pi * t), t, periodic=1.0)
