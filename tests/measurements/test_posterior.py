"""The evidence against a dense Gaussian process, and what smoothing promises: bands, outliers, seasons."""

import numpy as np
import pytest
from measurements.signals import SIGNALS, noise_of, relative

from dfdx import derivative, sampled
from dfdx.measurements.moments import Points
from dfdx.measurements.process import Level
from dfdx.measurements.search import ladder


def _dense_evidence(level, log_penalty):
    """The same restricted likelihood from full matrices."""
    basis, points = level.basis, level.points
    cell, rows = basis.rows(points.t)
    b = np.zeros((points.count, basis.size))
    for k in range(level.m + 1):
        b[np.arange(points.count), cell + k] = rows[:, k]
    d = np.zeros((basis.cells, basis.size))
    for j, row in enumerate(basis.highest):
        d[j, j : j + level.m + 1] = row
    state = np.concatenate([basis.rows(np.array([basis.edges[0]]), k)[1] for k in range(level.m)])
    start = np.zeros((level.m, basis.size))
    start[:, : level.m + 1] = state
    back = np.linalg.inv(np.concatenate([start, d]))  # (state, jumps) -> coefficients
    free, jumps = b @ back[:, : level.m], b @ back[:, level.m :]
    scale = np.exp(-log_penalty) / basis.widths
    cover = np.eye(points.count) + (jumps * scale) @ jumps.T
    inverse = np.linalg.inv(cover)
    fixed = free.T @ inverse @ free
    project = inverse - inverse @ free @ np.linalg.solve(fixed, free.T @ inverse)
    n = points.count - level.m
    misfit = points.y @ project @ points.y
    return (
        -0.5 * n * (np.log(2 * np.pi * misfit / n) + 1)
        - 0.5 * np.linalg.slogdet(cover)[1]
        - 0.5 * np.linalg.slogdet(fixed)[1]
    )


@pytest.mark.parametrize("m", [2, 3, 4])
@pytest.mark.parametrize("cells", [6, 24, 60])
def test_the_evidence_is_that_of_the_process(m, cells):
    rng = np.random.default_rng(m)
    t = np.sort(rng.uniform(0, 1, 30))
    points = Points(t, np.sin(6 * t) + 0.1 * rng.standard_normal(30))
    level = Level(points.seen_in(cells), m)
    for length in (1.0, 3.0):
        log_penalty = level.log_penalty(length)
        assert level.fit(log_penalty).evidence == pytest.approx(
            _dense_evidence(level, log_penalty), abs=2e-3
        )


def test_correlated_noise_of_no_correlation_is_the_plain_one():
    from dfdx.measurements.correlated import Correlated

    rng = np.random.default_rng(0)
    points = Points(np.linspace(0, 1, 50), rng.standard_normal(50), rng.uniform(0.5, 2, 50))
    plain = Level(points.seen_in(16), 3).fit(-5.0)
    same = Level(Correlated(points, 1e-12, 16), 3).fit(-5.0)
    assert same.evidence == pytest.approx(plain.evidence, rel=1e-9)
    assert np.allclose(same.coefficients, plain.coefficients, rtol=1e-7)


def test_the_ladder_serves_all_lengths_and_one_evidence_compares_them():
    t = np.linspace(0, 1, 200)
    rungs = ladder(Points(t, np.sin(20 * t)))
    found = [Level(r, 3).fit(2 * 3 * np.log(0.012) - np.log(1 / 200)) for r in rungs[-2:]]
    assert found[0].evidence == pytest.approx(found[1].evidence, rel=2e-2)


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
    plain = derivative(sampled(y, t, noise="auto")).estimate(t)
    truth = 6 * np.cos(6 * t)
    for answer in (each, weighted):
        assert relative(answer.value, truth) < relative(plain.value, truth)
        assert np.mean(np.abs(answer.value - truth) <= answer.error) > 0.85
    early, late = answer.error[t < 0.4].mean(), answer.error[t > 0.6].mean()
    assert early < 0.5 * late
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
    plain = derivative(sampled(y, t, noise="auto")).estimate(t)
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
