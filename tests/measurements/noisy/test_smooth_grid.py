"""Noisy grids: modes, evidence, bands that hold, gaps, and what cannot be."""

import numpy as np
import pytest

from dfdx import AccuracyWarning, gradient, hessian, laplacian, partial, sampled
from dfdx.measurements.noisy.modes import Modes
from dfdx.measurements.noisy.waves import Waves


def _axis(spacing, n, rng):
    if spacing == "even":
        return np.linspace(0, 2, n)
    if spacing == "crowded":
        return np.geomspace(1e-3, 1, n)
    return np.sort(rng.uniform(0, 1, n))


def _field(rng, dimensions, waves):
    """A sum of random plane waves: `f(mesh, orders)` is its partial derivative."""
    k = 2 * waves * rng.standard_normal((8, dimensions))
    phase, size = rng.uniform(0, 2 * np.pi, 8), rng.standard_normal(8)

    def f(mesh, orders):
        angle = np.tensordot(k, np.array(mesh), 1)
        angle = angle + np.reshape(
            phase + 0.5 * np.pi * sum(orders), (-1,) + (1,) * np.ndim(mesh[0])
        )
        return np.tensordot(size * np.prod(k ** np.array(orders), axis=1), np.cos(angle), 1)

    return f


def _noisy(shape, noise, seed, waves=2):
    rng = np.random.default_rng(seed)
    axes = [np.sort(rng.uniform(0, 1, n)) if seed % 2 else np.linspace(0, 1, n) for n in shape]
    mesh = np.meshgrid(*axes, indexing="ij")
    f = _field(rng, len(shape), waves)
    clean = f(mesh, (0,) * len(shape))
    return axes, mesh, f, clean + noise * clean.std() * rng.standard_normal(shape)


@pytest.mark.parametrize("spacing", ["even", "uneven", "crowded"])
@pytest.mark.parametrize(("n", "m"), [(4, 3), (30, 3), (30, 5), (200, 4), (500, 5)])
def test_modes_make_samples_and_roughness_diagonal(n, m, spacing):
    t = _axis(spacing, n, np.random.default_rng(n))
    modes = Modes(t, m)
    gram = modes.values.T @ modes.values
    assert np.abs(gram - np.diag(modes.seen)).max() < 1e-6
    assert (np.diff(modes.rough[: m + 4]) >= 0).all() and not modes.rough[:m].any()
    s = (t - t[0]) / (t[-1] - t[0])
    for k in range(m):  # polynomials are among them
        left = s**k - modes.values[:, :m] @ (modes.values[:, :m].T @ s**k)
        assert np.abs(left).max() < 1e-9
    slopes, step = modes.at(t[1:], 1, m + 2), 1e-3 * np.diff(t)
    below = modes.at(t[1:] - step, 0, m + 2)
    assert np.allclose(
        slopes, (modes.at(t[1:], 0, m + 2) - below) / step[:, None], rtol=0.1, atol=1.0
    )


def test_the_evidence_is_that_of_a_normal_law_and_its_slope_is_right():
    rng = np.random.default_rng(0)
    y = rng.standard_normal((7, 8))
    modes = [Modes(np.linspace(0, 1, n), 3) for n in y.shape]
    waves = Waves(modes, y, 3)
    logs = np.array([-3.0, -4.0])
    functions = np.kron(modes[0].values, modes[1].values)
    bends = [np.exp(r) * one.rough ** (1 / 3) for r, one in zip(logs, modes, strict=True)]
    p = np.add.outer(*bends).ravel() ** 3
    free = p == 0
    inside = functions[:, ~free] / p[~free] @ functions[:, ~free].T + np.eye(y.size)
    apart = np.linalg.svd(functions[:, free])[0][:, free.sum() :]  # restricted likelihood
    seen, spread = apart.T @ y.ravel(), apart.T @ inside @ apart
    variance = seen @ np.linalg.solve(spread, seen) / len(seen)
    expected = -0.5 * (len(seen) * np.log(2 * np.pi * variance) + len(seen))
    expected -= 0.5 * np.linalg.slogdet(spread)[1] + waves.price
    found, slopes, noise = waves.evidence(logs)
    assert found == pytest.approx(expected, abs=1e-6) and noise == pytest.approx(variance, 1e-6)
    for k, e in enumerate(1e-4 * np.eye(2)):
        rise = waves.evidence(logs + e)[0] - waves.evidence(logs - e)[0]
        assert slopes[k] == pytest.approx(rise / 2e-4, abs=1e-4)


@pytest.mark.parametrize("shape", [(40, 30), (12, 14, 16)])
def test_bands_hold_and_neighbours_are_beaten(shape):
    held, better = [], []
    for seed in range(6):
        for noise in (0.01, 0.2):
            axes, mesh, f, y = _noisy(shape, noise, seed)
            s = sampled(y, tuple(axes), noise="auto")
            for axis in range(len(shape)):
                orders = tuple(int(k == axis) for k in range(len(shape)))
                answer, truth = partial(s, axis).estimate(*mesh), f(mesh, orders)
                held.append(np.mean(np.abs(answer.value - truth) <= answer.error))
                plain = np.gradient(y, axes[axis], axis=axis, edge_order=2)
                better.append(np.std(answer.value - truth) / np.std(plain - truth))
    assert np.mean(held) > 0.95 and np.quantile(held, 0.1) > 0.85
    assert max(better) < 1.0 and np.exp(np.mean(np.log(better))) < 0.3


def test_all_operators_and_places_between():
    _, _, f, _ = _noisy((30, 40), 0.0, 2)
    axes, mesh, f, y = _noisy((30, 40), 0.02, 2)
    s = sampled(y, tuple(axes), noise="auto")
    rng = np.random.default_rng(5)
    at = [rng.uniform(a[0], a[-1], 50) for a in axes]
    lattice, scattered = s(*mesh), s(*at)
    assert np.std(lattice - f(mesh, (0, 0))) < 0.02 * np.std(y)
    assert np.allclose(scattered, f(at, (0, 0)), atol=0.1 * np.std(y))
    one = [float(a[7]) for a in at]
    assert s(*one) == pytest.approx(scattered[7], rel=1e-9)
    truth = [f(one, (1, 0)), f(one, (0, 1))]
    answer = gradient(s).estimate(*one)
    assert (np.abs(answer.value - truth) <= 2 * answer.error).all()
    bent = hessian(s).estimate(*one)
    for (i, j), orders in {(0, 0): (2, 0), (0, 1): (1, 1), (1, 1): (0, 2)}.items():
        assert abs(bent.value[i, j] - f(one, orders)) <= 2 * bent.error[i, j]
    assert laplacian(s)(*one) == pytest.approx(np.trace(bent.value))
    inner = gradient(lambda p, q: s(p, q) ** 2)(*one)
    assert np.allclose(inner, 2 * s(*one) * gradient(s)(*one))


def test_the_noise_is_found_or_given():
    axes, mesh, _, y = _noisy((40, 40), 0.1, 4)
    clean = _noisy((40, 40), 0.0, 4)[3]
    truth = 0.1 * clean.std()
    assert sampled(y, tuple(axes), noise="auto").engines[0].noise == pytest.approx(truth, rel=0.1)
    told = sampled(y, tuple(axes), noise=truth)
    assert told.engines[0].noise == pytest.approx(truth)
    assert np.std(told(*mesh) - clean) < 0.5 * truth


@pytest.mark.parametrize("kind", ["here and there", "a hole", "a row"])
def test_gaps_are_filled_and_the_band_knows(kind):
    held, wider = [], []
    for seed in (0, 2, 4):
        axes, mesh, f, y = _noisy((30, 34), 0.05, seed)
        if kind == "a row":
            y[11] = np.nan
        elif kind == "a hole":
            y[9:17, 12:20] = np.nan
        else:
            y[np.random.default_rng(seed).random(y.shape) < 0.3] = np.nan
        s = sampled(y, tuple(axes), noise="auto")
        answer, truth = partial(s, 0).estimate(*mesh), f(mesh, (1, 0))
        held.append(np.mean(np.abs(answer.value - truth) <= answer.error))
        wider.append(answer.error[np.isnan(y)].mean() / answer.error[6:-6, 6:-6].min())
    assert np.mean(held) > 0.93 and min(wider) > 1.0


def test_numbers_of_any_size_and_flat_grids():
    axes, mesh, _f, y = _noisy((20, 20), 0.05, 0)
    s = sampled(y, tuple(axes), noise="auto")
    big = sampled(1e150 * y + 1e151, tuple(1e-30 * a for a in axes), noise="auto")
    small = partial(s, 0).estimate(*mesh)
    large = partial(big, 0).estimate(*(1e-30 * m for m in mesh))
    assert np.allclose(large.value, 1e180 * small.value, rtol=1e-3, atol=1e177)
    assert np.allclose(large.error, 1e180 * small.error, rtol=1e-2)
    flat = gradient(sampled(np.full((6, 7), 3.0), (np.arange(6.0), np.arange(7.0)), noise="auto"))
    assert np.allclose(flat(2.0, 3.0), 0.0, atol=1e-9)


def test_noise_on_a_grid_that_is_said_to_be_exact_is_told():
    axes, _, _, y = _noisy((40, 40), 0.01, 0)
    with pytest.warns(AccuracyWarning, match='noise="auto"'):
        gradient(sampled(y, tuple(axes)))(0.5, 0.5)
    gradient(sampled(y, tuple(axes), noise=0))(0.5, 0.5)
    clean = _noisy((40, 40), 0.0, 0)[3]
    gradient(sampled(clean, tuple(axes)))(0.5, 0.5)


@pytest.mark.parametrize(
    ("change", "options", "error", "words"),
    [
        (lambda y: y, {"noise": "loud"}, ValueError, "auto"),
        (lambda y: y, {"noise": -1.0}, ValueError, "standard deviation"),
        (lambda y: y, {"noise": np.ones((9, 9))}, TypeError, "one standard deviation"),
        (lambda y: y, {"noise": "auto", "robust": True}, TypeError, "robust"),
        (lambda y: y, {"noise": "auto", "method": "gcv"}, TypeError, "method"),
        (lambda y: y[:3], {"noise": "auto"}, ValueError, "too few to tell"),
        (lambda y: np.full_like(y, np.nan), {"noise": "auto"}, ValueError, "0 of the samples"),
        (lambda y: y / 0.0, {"noise": "auto"}, ValueError, "infinite"),
    ],
)
def test_bad_grids(change, options, error, words):
    with np.errstate(divide="ignore"):
        y = change(np.ones((9, 9)))
    with pytest.raises(error, match=words):
        sampled(y, tuple(np.arange(float(n)) for n in y.shape), **options)
