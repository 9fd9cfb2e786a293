"""B-splines: a partition of one, slopes of one another, polynomials in every cell."""

import numpy as np
import pytest

from dfdx.measurements.noisy.basis import Basis
from dfdx.measurements.noisy.moments import Places, Points, wider
from dfdx.measurements.noisy.views import View


def _dense(basis, t, order=0):
    cell, rows = basis.rows(t, order)
    full = np.zeros((len(t), basis.size))
    for k in range(basis.m + 1):
        full[np.arange(len(t)), cell + k] = rows[:, k]
    return full


@pytest.mark.parametrize("m", [1, 2, 3, 4])
@pytest.mark.parametrize("edges", [np.linspace(0, 1, 6), np.array([0.0, 0.1, 0.5, 0.6, 2.0])])
def test_rows(m, edges):
    basis = Basis(edges, m)
    t = np.random.default_rng(m).uniform(edges[0], edges[-1], 40)
    assert np.allclose(_dense(basis, t).sum(axis=1), 1.0)
    coefficients = np.random.default_rng(7).standard_normal(basis.size)
    h = 1e-5
    for order in range(m):
        ahead, behind = _dense(basis, t + h, order), _dense(basis, t - h, order)
        smooth = basis.cell(t + h) == basis.cell(t - h)
        slope = ((ahead - behind) @ coefficients / (2 * h))[smooth]
        found = (_dense(basis, t, order + 1) @ coefficients)[smooth]
        assert np.allclose(found, slope, rtol=1e-5, atol=1e-4)
    assert not _dense(basis, t, m + 1).any()


def test_moments_of_wide_cells_follow_from_narrow_ones():
    rng = np.random.default_rng(1)
    t = np.sort(rng.uniform(0, 3, 500))
    points = Points(Places(t, rng.uniform(0.5, 2, 500)), rng.standard_normal((500, 2)))
    for seen in (points.seen_in, points.places.seen_in):
        assert np.allclose(wider(seen(64)), seen(16), atol=1e-11)


@pytest.mark.parametrize("m", [2, 3, 4])
def test_normal_equations_from_moments(m):
    rng = np.random.default_rng(m)
    t = np.sort(rng.uniform(0, 3, 80))
    points = Points(Places(t, rng.uniform(0.5, 2, 80)), rng.standard_normal((80, 2)))
    view = View(points.places, (3, 12, 48))
    level = view.level(12, m)
    full = _dense(level.basis, t)
    dense = full.T @ (points.places.w[:, None] * full)
    for k in range(m + 1):
        assert np.allclose(level.bands[k, : level.basis.size - k], np.diag(dense, -k), atol=1e-10)
    right = view.record(points).right(12, m)
    assert np.allclose(right, full.T @ (points.places.w[:, None] * points.y), atol=1e-10)
