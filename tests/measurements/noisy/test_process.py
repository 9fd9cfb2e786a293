"""The evidence against a dense Gaussian process, and the process against its differential equation."""

import numpy as np
import pytest

from dfdx.measurements.noisy.basis import Basis
from dfdx.measurements.noisy.correlated import Correlated
from dfdx.measurements.noisy.evidence import Evidence
from dfdx.measurements.noisy.moments import Places, Points
from dfdx.measurements.noisy.precision import Precision
from dfdx.measurements.noisy.process import Prior, Process
from dfdx.measurements.noisy.views import View

PROCESSES = [
    Process(2),
    Process(3, 0.1),
    Process(3, 8.0),
    Process(4, 0.1),
    Process(4, 6.0),
    Process(4, 12.0, 0.1),
]


def _points(n=30, columns=1, seed=0):
    rng = np.random.default_rng(seed)
    t = np.sort(rng.uniform(0, 1, n))
    t[0], t[-1] = 0.0, 1.0
    waves = np.sin(np.outer(t, np.arange(6, 6 + columns)))
    return Points(Places(t, rng.uniform(0.5, 2, n)), waves + 0.1 * rng.standard_normal(waves.shape))


def _bend(process, u, v):
    """The covariance of the second derivative at u and v, for white noise of density 1."""
    w, z = process.rate, process.damping
    apart = np.abs(u - v)
    if process.m == 3:
        return np.exp(-w * apart) / (2 * w)
    if z == 1.0:
        return (1 + w * apart) * np.exp(-w * apart) / (4 * w**3)
    swing = w * np.sqrt(1 - z * z)
    turned = np.cos(swing * apart) + z * w / swing * np.sin(swing * apart)
    return np.exp(-z * w * apart) * turned / (4 * z * w**3)


def _dense(basis, t, order=0):
    cell, rows = basis.rows(t, order)
    full = np.zeros((len(t), basis.size))
    for k in range(rows.shape[1]):
        full[np.arange(len(t)), cell + k] = rows[:, k]
    return full


def _coefficients(basis, prior):
    """From (f and f′ at the left end, unit normal numbers) to the coefficients."""
    back = np.zeros((basis.size, basis.size))
    m = basis.m
    back[:2, :m] = basis.start[:2]
    back[2:m, :m] = prior.start
    for j in range(basis.cells):
        back[m + j, j : j + m + 1] = np.sqrt(prior.calm[j]) * prior.noise
    return np.linalg.inv(back)


@pytest.mark.parametrize("process", [p for p in PROCESSES if p.m > 2])
def test_the_second_derivative_is_the_stationary_process(process):
    basis = Basis(np.linspace(0, 1, 129), process.m)
    at = np.linspace(0.05, 0.95, 7)
    half = _dense(basis, at, 2) @ _coefficients(basis, Prior(basis, process))[:, 2:]
    truth = _bend(process, at[:, None], at)
    assert np.allclose(half @ half.T, truth, atol=0.04 * truth.max())


@pytest.mark.parametrize("process", PROCESSES)
def test_the_bands_and_the_determinant_of_the_prior(process):
    basis = Basis(np.linspace(0, 1, 13), process.m)
    prior = Prior(basis, process, np.linspace(-1, 1, 12))
    back = np.linalg.inv(_coefficients(basis, prior))
    dense = back[2:].T @ back[2:]
    for k, band in enumerate(prior.bands):
        assert np.allclose(band[: basis.size - k], np.diag(dense, -k), atol=1e-9 * dense.max())
    assert prior.log_determinant == pytest.approx(2 * np.linalg.slogdet(back)[1], abs=1e-6)


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize("cells", [24, 60])
def test_the_evidence_is_that_of_full_matrices(process, cells):
    points = _points()
    t, w, y = points.places.t, points.places.w, points.y[:, 0]
    view = View(points.places, (cells,))
    penalty = process.log_penalty(5 / cells, points.spacing)
    precision = view.level(cells, process.m).precision(process, penalty)
    assert precision.log_penalty == penalty
    height, variance, *_ = Evidence(view.record(points)).judge(precision, np.zeros(1, dtype=int))
    basis = precision.level.basis
    seen = _dense(basis, t) @ _coefficients(basis, precision.prior)
    line, bent = seen[:, :2], seen[:, 2:]
    inverse = np.linalg.inv(np.diag(1 / w) + np.exp(-penalty) * bent @ bent.T)
    fixed = line.T @ inverse @ line
    project = inverse - inverse @ line @ np.linalg.solve(fixed, line.T @ inverse)
    free = len(t) - 2
    assert variance[0] == pytest.approx(y @ project @ y / free, rel=1e-5)
    evidence = (
        -0.5 * free * (np.log(2 * np.pi * variance[0]) + 1)
        + 0.5 * np.linalg.slogdet(inverse)[1]
        - 0.5 * np.linalg.slogdet(fixed)[1]
    )
    assert height[0] + _expected(variance) == pytest.approx(evidence, abs=2e-3)


def _expected(variance):
    """What is said beforehand against such a noise."""
    return np.log1p((0.5 * np.log(variance[0] / 0.01) / 2.0) ** 2)


def test_correlated_noise_of_no_correlation_is_the_plain_one():
    t = np.linspace(0, 1, 50)
    y = np.random.default_rng(0).standard_normal((50, 2))
    points = Points(Places(t, np.random.default_rng(1).uniform(0.5, 2, 50)), y)
    plain, same = View(points.places, (16,)), Correlated(points.places, (16,), None, 1e-12)
    both = np.arange(2)
    answers = []
    for view in (plain, same):
        precision = view.level(16, 3).precision(Process(3, 2.0), -5.0)
        answers.append(Evidence(view.record(points)).judge(precision, both))
    assert np.allclose(answers[0][0], answers[1][0], rtol=1e-9)
    assert np.allclose(answers[0][2], answers[1][2], rtol=1e-7)


@pytest.mark.parametrize("process", PROCESSES)
def test_one_evidence_compares_coarse_and_fine_cells(process):
    t = np.linspace(0, 1, 200)
    noise = 0.1 * np.random.default_rng(2).standard_normal(200)
    points = Points(Places(t), np.sin(20 * t) + noise)
    view = View(points.places, (19, 76, 304))
    k = process.log_penalty(0.04, points.spacing)
    found = [
        Evidence(view.record(points)).judge(
            view.level(c, process.m).precision(process, k), np.zeros(1, dtype=int)
        )[0][0]
        for c in (76, 304)
    ]
    assert found[0] == pytest.approx(found[1], abs=1.0)


@pytest.mark.parametrize("process", PROCESSES)
def test_length_and_penalty_are_inverse(process):
    for length in (1e-3, 0.05, 2.0):
        penalty = process.log_penalty(length, 0.01)
        assert process.length(penalty, 0.01) == pytest.approx(length, rel=1e-9)


@pytest.mark.parametrize("process", PROCESSES)
def test_the_slope_of_the_evidence_by_the_calm(process):
    points = _points(60)
    view = View(points.places, (32,))
    level, evidence = view.level(32, process.m), Evidence(view.record(points))
    one = np.zeros(1, dtype=int)
    penalty = process.log_penalty(3 / 32, points.spacing)

    def height(logs):
        precision = Precision(level, Prior(level.basis, process, logs), penalty)
        found = evidence.judge(precision, one)
        return found[0][0] + _expected(found[1]), precision, found

    _, precision, found = height(np.zeros(32))
    slopes, _ = precision.calmer(found[2][:, 0], found[1][0])
    for cell in (0, 5, 20, 31):
        step = 1e-3 * (np.arange(32) == cell)
        assert slopes[cell] == pytest.approx(
            (height(step)[0] - height(-step)[0]) / 2e-3, abs=5e-4 + 1e-3 * abs(slopes[cell])
        )
