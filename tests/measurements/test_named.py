"""Methods by name: right on clean data, better than differences on noisy data, bands where one is stated."""

import numpy as np
import pytest
from measurements.signals import SIGNALS, relative

from dfdx import derivative, sampled
from dfdx.measurements.noisy.kalman import Kalman
from dfdx.measurements.noisy.variation import _Problem, jumps
from dfdx.measurements.options import SMOOTHING

CLEAN = {"exact": 1e-6, "compact": 1e-4, "spline": 1e-3, "chebyshev": 1e-8}
NAMES = [*CLEAN, "smooth", *SMOOTHING]
STATED = ("exact", "compact", "chebyshev", "smooth", "kalman")


def _places(spacing, n, seed=0):
    rng = np.random.default_rng(seed)
    t = np.linspace(0, 1, n)
    return t if spacing == "even" else np.sort(t + rng.uniform(-0.3, 0.3, n) / n)


@pytest.mark.parametrize("spacing", ["even", "uneven"])
@pytest.mark.parametrize("method", CLEAN)
def test_clean_samples(method, spacing):
    t = _places(spacing, 80)
    s = sampled(np.sin(6 * t), t, method=method, noise=None if method == "chebyshev" else 0)
    at = np.linspace(t[0], t[-1], 333)
    for order, truth in ((0, np.sin(6 * at)), (1, 6 * np.cos(6 * at)), (2, -36 * np.sin(6 * at))):
        answer = derivative(s, order=order).estimate(at) if order else None
        value = answer.value if order else s(at)
        assert relative(value, truth) < CLEAN[method] * 50 ** max(order - 1, 0)
        if order and method in STATED:
            assert np.mean(np.abs(value - truth) <= answer.error) > 0.95


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize("method", ["smooth", *SMOOTHING])
def test_noisy_samples(method, name):
    f, slope = SIGNALS[name]
    held, better = [], []
    for seed in range(3):
        t = _places("even" if method == "savgol" else "uneven", 150, seed)
        y = f(t) + 0.05 * np.std(f(t)) * np.random.default_rng(seed).standard_normal(150)
        s = sampled(y, t, noise="auto", method=method)
        answer = derivative(s).estimate(t)
        held.append(np.mean(np.abs(answer.value - slope(t)) <= answer.error))
        better.append(relative(answer.value, slope(t)) / relative(np.gradient(y, t), slope(t)))
    assert np.mean(better) < 0.75
    if method in STATED:
        assert np.mean(held) > 0.75
    else:
        assert np.isnan(answer.error).all() and "states no error" in answer.notes[0]
    bent = derivative(s, order=2)(t)
    assert np.isfinite(bent).all()


def test_the_kalman_smoother_is_the_posterior_of_its_process():
    rng = np.random.default_rng(0)
    t = np.sort(rng.uniform(0, 1, 9))
    w = rng.uniform(0.5, 2, 9)
    k = Kalman(t, np.sin(5 * t) + 0.1 * rng.standard_normal(9), w, "auto")
    q = np.exp(k.log_q)

    def move(h):
        return np.array([[1, h, h * h / 2], [0, 1, h], [0, 0, 1]])

    def covariance(a, b):
        a, b, turned = min(a, b), max(a, b), a > b
        h = a
        own = q * np.array(
            [
                [h**5 / 20, h**4 / 8, h**3 / 6],
                [h**4 / 8, h**3 / 3, h * h / 2],
                [h**3 / 6, h * h / 2, h],
            ]
        )
        found = (k.broad * move(a) @ move(a).T + own) @ move(b - a).T
        return found.T if turned else found

    inside = np.array([[covariance(a, b)[0, 0] for b in k.t] for a in k.t]) + np.diag(1 / w)
    at = np.linspace(0, k.t[-1], 6)
    for order in range(3):
        across = np.array([[covariance(a, b)[order, 0] for b in k.t] for a in at])
        mean = across @ np.linalg.solve(inside, k.y)
        own = np.array([covariance(a, a)[order, order] for a in at])
        spread = own - (across * np.linalg.solve(inside, across.T).T).sum(axis=1)
        value, band = k.at(k.start + at * k.step, order)
        unit = k.size / k.step**order
        line = np.polyval(np.polyder(k.line, order), at) / k.step**order
        assert np.allclose(value, line + unit * mean, rtol=1e-4, atol=1e-5 * unit)
        assert np.allclose(band, 1.96 * unit * k.deviation * np.sqrt(spread), rtol=1e-2)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("penalty", [1e-3, 1e-1])
def test_the_total_variation_is_at_its_least(order, penalty):
    """Subgradient: Dᵀz = w (y − f) with z = λ sign(D f) at kinks and |z| ≤ λ elsewhere."""
    rng = np.random.default_rng(order)
    t = _places("uneven", 60)
    y, w = np.abs(t - 0.4) + 0.02 * rng.standard_normal(60), rng.uniform(0.5, 2, 60)
    d = jumps(t, order).toarray()
    problem = _Problem(jumps(t, order), y, w)
    penalty = penalty * problem.most
    f, _kinks = problem.solved(penalty)
    z = np.linalg.lstsq(d.T, w * (y - f), rcond=None)[0]
    assert np.abs(d.T @ z - w * (y - f)).max() < 1e-6
    assert np.abs(z).max() <= penalty * 1.001

    def cost(g):
        return 0.5 * (w * (y - g) ** 2).sum() + penalty * np.abs(d @ g).sum()

    assert cost(f) - (0.5 * (w * y * y).sum() - 0.5 * (w * f * f).sum()) < 1e-3 * cost(f)
    assert all(cost(f) <= cost(f + 1e-3 * rng.standard_normal(60)) for _ in range(20))


def test_a_kink_stays_a_kink():
    t = np.linspace(0, 1, 400)
    y = np.abs(t - 0.4) + 0.01 * np.random.default_rng(0).standard_normal(400)
    slope = np.sign(t - 0.4)
    found = {m: derivative(sampled(y, t, method=m))(t) for m in ("tv", "gcv", "kalman")}
    errors = {m: relative(v, slope) for m, v in found.items()}
    assert errors["tv"] < 0.7 * min(errors["gcv"], errors["kalman"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"robust": True}, "robust= does not go with exact samples"),
        ({"season": 0.5}, "season= does not go with exact samples"),
        ({"weights": np.ones(20)}, "weights= does not go with exact"),
        (
            {"noise": "auto", "periodic": True},
            "periodic= does not go with smooth samples: .*season=",
        ),
        ({"method": "gcv", "robust": True}, 'robust= does not go with method="gcv"'),
        ({"method": "spline", "noise": "auto"}, 'noise= does not go with method="spline"'),
        ({"method": "savgol", "weights": np.ones(20)}, "weights= does not go"),
        ({"method": "gcv", "noise": 0.1}, "noise= does not go"),
        (
            {"method": "tv", "noise": 0},
            'noise=0 says that the samples are exact; method="tv" smooths',
        ),
        ({"method": "compact", "periodic": True}, "periodic= does not go"),
        ({"method": "kalman", "season": 1.0}, "season= does not go"),
        ({"noise": np.ones(20), "weights": np.ones(20)}, "twice"),
    ],
)
def test_options_that_do_not_apply_are_refused(options, words):
    t = np.linspace(0, 1, 20)
    with pytest.raises(TypeError, match=words):
        sampled(np.sin(t), t, **options)


@pytest.mark.parametrize("method", [m for m in NAMES if m != "exact"])
def test_few_samples_and_missing_ones(method):
    t = np.linspace(0, 1, 60)
    with pytest.raises(ValueError, match=r"need|too few"):
        sampled([1.0], [0.0], method=method)
    if method != "spline":
        with pytest.raises(ValueError, match=r"need|too few"):
            sampled([1.0, 2.0], [0.0, 1.0], method=method)
    y = np.sin(6 * t)
    y[[10, 30]] = np.nan
    if method == "savgol":
        with pytest.raises(ValueError, match="equal steps"):
            sampled(y, t, method=method)
    else:
        assert relative(derivative(sampled(y, t, method=method))(t), 6 * np.cos(6 * t)) < 0.1
    flat = derivative(sampled(np.full(60, 3.0), t, method=method))(t)
    assert np.allclose(flat, 0.0, atol=1e-9)
    with pytest.raises(ValueError, match="outside"):
        derivative(sampled(np.sin(t), t, method=method))(2.0)


@pytest.mark.parametrize("method", [m for m in NAMES if m != "exact"])
@pytest.mark.parametrize("span", [1e-9, 1e9])
def test_the_unit_of_the_coordinates_does_not_matter(method, span):
    t = np.linspace(1, 2, 100)
    y = np.sin(6 * t)
    if method not in CLEAN:
        y = y + 0.02 * np.random.default_rng(0).standard_normal(100)
    here = sampled(y, t, method=method).derivative()
    there = sampled(y, span * t, method=method).derivative() * span
    assert relative(there, here) < 0.05
