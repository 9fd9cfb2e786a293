"""Scattered points: bars that hold, in 1 to 4 dimensions, and nothing claimed where nothing is known."""

import numpy as np
import pytest

from dfdx import divergence, gradient, hessian, laplacian, partial, sampled


def _wave(p):
    return np.sin(3 * p[:, 0]) * np.exp(p[:, -1] * (p.shape[1] > 1))


def _slope(p):
    return 3 * np.cos(3 * p[:, 0]) * np.exp(p[:, -1] * (p.shape[1] > 1))


def _points(kind, n, rng):
    uniform = rng.uniform(-1, 1, (n, 2))
    if kind == "clusters":
        return np.concatenate([rng.normal(0, 0.05, (n // 2, 2)), uniform[: n // 2]])
    if kind == "disc":
        return uniform[np.hypot(*uniform.T) < 1]
    if kind == "twice":
        return np.concatenate([uniform, uniform[: n // 4]])
    return uniform * [1e-3, 1e4] if kind == "scales" else uniform


@pytest.mark.parametrize("noise", [0.0, 0.05])
@pytest.mark.parametrize("kind", ["uniform", "clusters", "disc", "twice", "scales"])
def test_the_bar_holds_in_the_plane(kind, noise):
    rng = np.random.default_rng(5)
    p = _points(kind, 2000, rng)
    unit = np.array([1e3, 1e-4]) if kind == "scales" else np.ones(2)
    y = _wave(p * unit) + noise * rng.standard_normal(len(p))
    answer = partial(sampled(y, p), 0).estimate(*p.T)
    truth = unit[0] * _slope(p * unit)
    assert np.mean(np.abs(answer.value - truth) <= answer.error) >= 0.95
    size = np.sqrt(np.mean(truth**2))
    assert np.sqrt(np.mean((answer.value - truth) ** 2)) <= (0.1 if noise else 1e-3) * size


@pytest.mark.parametrize(("dimensions", "n"), [(1, 300), (3, 3000), (4, 3000)])
@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_the_bar_holds_in_other_dimensions(dimensions, n, noise):
    rng = np.random.default_rng(dimensions)
    p = rng.uniform(-1, 1, (n, dimensions))
    y = np.sin(2 * p[:, 0]) + noise * rng.standard_normal(n)
    answer = partial(sampled(y, p), 0).estimate(*p.T)
    assert np.mean(np.abs(answer.value - 2 * np.cos(2 * p[:, 0])) <= answer.error) >= 0.9


def test_points_on_a_line_and_on_a_circle():
    t = np.linspace(0, 1, 200)
    with pytest.raises(ValueError, match="line or plane"):
        sampled(t, np.stack([t, 2 * t], axis=1))
    circle = np.stack([np.cos(6 * t), np.sin(6 * t)], axis=1)
    answer = partial(sampled(circle[:, 0] ** 2, circle), 0).estimate(*circle[5])
    assert answer.error == np.inf


def test_beyond_the_outermost_points_the_bar_is_wide():
    p = _points("disc", 2500, np.random.default_rng(5))
    corner = np.array([[0.93, 0.9], [-0.95, -0.95], [0.9, -0.92]])
    answer = partial(sampled(_wave(p), p), 0).estimate(*corner.T)
    assert (np.abs(answer.value - _slope(corner)) <= answer.error).all()
    assert (answer.error > 0.05).all()


def test_operators_of_scalars_and_vectors():
    rng = np.random.default_rng(1)
    p = rng.uniform(-1, 1, (3000, 2))
    a, b = 0.2, -0.3
    s = sampled(p[:, 0] ** 2 * p[:, 1], p)
    assert np.allclose(gradient(s)(a, b), [2 * a * b, a * a], atol=1e-9)
    assert np.allclose(hessian(s)(a, b), [[2 * b, 2 * a], [2 * a, 0]], atol=1e-8)
    assert laplacian(s)(a, b) == pytest.approx(2 * b, abs=1e-8)
    v = sampled(np.stack([p[:, 0] ** 2, p[:, 0] * p[:, 1]], axis=1), p)
    assert divergence(v)(a, b) == pytest.approx(3 * a, abs=1e-9)


def test_shared_fits_answer_like_fits_of_ones_own():
    rng = np.random.default_rng(2)
    p = rng.uniform(-1, 1, (3000, 2))
    s = sampled(_wave(p) + 0.1 * rng.standard_normal(3000), p)
    together, alone = partial(s, 0).estimate(*p.T), partial(s, 0).estimate(*p[:1].T)
    assert abs(together.value[0] - alone.value[0]) <= together.error[0]
    assert np.isfinite(together.error).all()
