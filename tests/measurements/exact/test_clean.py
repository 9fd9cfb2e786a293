"""Exact samples: as good as the best of splines and differences, bars that hold, kinks that are seen."""

import numpy as np
import pytest
from scipy.interpolate import make_interp_spline

from dfdx import derivative, sampled


def _places(spacing, n, rng):
    if spacing == "even":
        return np.linspace(0, 1, n)
    if spacing == "jitter":
        return np.linspace(0, 1, n) + rng.uniform(-0.3, 0.3, n) / n
    if spacing == "ends":
        return 0.5 - 0.5 * np.cos(np.pi * np.arange(n) / (n - 1))
    return np.sort(rng.uniform(0, 1, n))


SPACINGS = ["even", "jitter", "ends", "random"]
BELLS = {
    "lorentz": lambda t, k: (
        (-5.0) ** k * [1, 1, 2, 6, 24][k] * ((5 * (t - 0.6) - 1j) ** -(k + 1.0)).imag
    ),
    "wave": lambda t, k: 14.0**k * np.sin(14 * t + k * np.pi / 2),
    "decay": lambda t, k: (-6.0) ** k * np.exp(-6 * t),
    "logarithm": lambda t, k: (
        np.log(t + 0.3) if k == 0 else -((-1.0) ** k) * [1, 1, 2, 6][k - 1] / (t + 0.3) ** k
    ),
}


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("n", [24, 65, 257])
@pytest.mark.parametrize("name", BELLS)
def test_never_worse_than_twice_the_best_of_others(name, n, spacing):
    f = BELLS[name]
    t = _places(spacing, n, np.random.default_rng(n))
    y, truth = f(t, 0), f(t, 1)
    others = [make_interp_spline(t, y, k=k)(t, 1) for k in (3, 7)] + [np.gradient(y, t)]
    found = derivative(sampled(y, t, noise=0))(t)
    size = np.linalg.norm(truth)
    best = min(np.linalg.norm(other - truth) / size for other in others)
    assert np.linalg.norm(found - truth) / size <= 2 * best + 1e-14


@pytest.mark.parametrize("order", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("name", BELLS)
def test_bars_hold_for_every_order_and_between_the_samples(name, spacing, order):
    rng = np.random.default_rng(order)
    for n in (65, 150, 1025):
        t = _places(spacing, n, rng)
        at = np.sort(rng.uniform(t[0], t[-1], 300))
        s = sampled(BELLS[name](t, 0), t, noise=0)
        value, error = s._read(at, order)
        assert np.mean(np.abs(value - BELLS[name](at, order)) <= error) >= 0.95
        assert order > 1 or np.median(error) <= 1e-3 * np.abs(value).max()


@pytest.mark.parametrize("n", [60, 61, 65, 200])
@pytest.mark.parametrize("spacing", SPACINGS)
def test_the_bar_is_wide_at_kinks_and_jumps_and_narrow_beside(n, spacing):
    t = _places(spacing, n, np.random.default_rng(n))
    for y, truth in ((np.abs(t - 0.5), np.sign(t - 0.5)), (1.0 * (t > 0.5), 0 * t)):
        answer = derivative(sampled(y, t, noise=0)).estimate(t)
        wrong = np.abs(answer.value - truth)
        assert (wrong <= answer.error + 1e-12)[np.abs(t - 0.5) > 1.5 * np.diff(t).max()].all()
        step = np.searchsorted(t, 0.5)
        assert answer.error[step - 1 : step + 1].min() > 0.1
        assert np.median(answer.error) < 1e-9


def test_an_answer_does_not_depend_on_what_else_is_asked():
    rng = np.random.default_rng(0)
    t = np.sort(rng.uniform(0, 1, 80))
    slope = derivative(sampled(np.sin(9 * t), t))
    at = rng.uniform(t[0], t[-1], 40)
    assert np.array_equal(slope(at), [slope(v) for v in at])
    assert np.array_equal(slope.estimate(at).error, [slope.estimate(v).error for v in at])


def test_values_pass_through_the_samples():
    t = np.sort(np.random.default_rng(1).uniform(0, 1, 40))
    y = np.random.default_rng(2).standard_normal(40)
    assert np.allclose(sampled(y, t, noise=0)(t), y, rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("n", [2, 3, 4, 5, 8, 12])
def test_few_samples(n):
    t = np.linspace(0, 1, n)
    s = sampled(np.exp(t), t)
    answer = derivative(s).estimate(t)
    assert np.isnan(answer.error).all() == (n == 2)
    if n > 2:
        assert (np.abs(answer.value - np.exp(t)) <= answer.error).all()
        slopes = np.gradient(np.exp(t), t, edge_order=2)
        assert np.linalg.norm(answer.value - np.exp(t)) <= 1.01 * np.linalg.norm(slopes - np.exp(t))


def test_the_mirror_image_has_the_mirrored_slope():
    t = np.sort(np.random.default_rng(3).uniform(0, 1, 70))
    y = np.tanh((t - 0.4) / 0.05)
    there = derivative(sampled(y, t, noise=0))(t)
    back = derivative(sampled(y[::-1], -t[::-1], noise=0))(-t[::-1])[::-1]
    assert np.allclose(there, -back, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("n", [5, 6, 9, 17])
@pytest.mark.parametrize("degree", [1, 2, 3])
def test_polynomials_are_exact_and_known_to_be(n, degree):
    t = np.linspace(1, 3, n)
    answer = derivative(sampled(t**degree, t)).estimate(t)
    assert np.allclose(answer.value, degree * t ** (degree - 1), rtol=1e-12)
    assert answer.error.max() < 1e-10
