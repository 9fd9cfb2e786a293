"""Exact grids: bars that hold to the corners and on short axes; what is not known is said."""

from itertools import product

import numpy as np
import pytest

from dfdx import hessian, partial, sampled


def _truth(points, orders):
    x = points[:, 0]
    value = [np.sin(2 * x), 2 * np.cos(2 * x), -4 * np.sin(2 * x)][orders[0]]
    for k, order in enumerate(orders[1:], 1):
        value = value * (-0.5) ** order * np.exp(-0.5 * points[:, k])
    return value


@pytest.mark.parametrize("even", [True, False])
@pytest.mark.parametrize("shape", [(40,), (40, 30), (5, 30), (4, 6), (20, 15, 18), (9, 10, 8, 9)])
def test_the_bar_holds_inside_at_edges_and_in_corners(shape, even):
    rng = np.random.default_rng(0)
    axes = [
        np.linspace(0, 2, n) if even else np.sort(np.r_[0, 2, rng.uniform(0, 2, n - 2)])
        for n in shape
    ]
    mesh = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(shape))
    s = sampled(_truth(mesh, (0,) * len(shape)).reshape(shape), tuple(axes))
    places = rng.uniform(0, 2, (400, len(shape)))
    places[:50] = 2 * np.round(places[:50] / 2)
    places[50:120, -1] = 2.0
    for orders in product(range(3), repeat=len(shape)):
        if sum(orders) <= 2:
            value, error = s.read(tuple(places.T), orders)
            assert np.mean(np.abs(value - _truth(places, orders)) <= error) >= 0.95


def test_too_few_samples_along_an_axis():
    x = np.linspace(0, 1, 9)
    two = sampled(np.outer([1.0, 2.0], x), (np.array([0.0, 1.0]), x))
    answer = partial(two, 0).estimate(0.5, 0.5)
    assert answer.value == pytest.approx(0.5) and np.isnan(answer.error)
    with pytest.raises(ValueError, match="order 2 along axis 0 needs 3 samples, not 2"):
        hessian(two)(0.5, 0.5)


def test_missing_values_are_refused_in_words():
    heights = np.ones((6, 7))
    heights[2, 3] = np.nan
    with pytest.raises(ValueError, match=r"1 values on the grid are missing.*scattered"):
        sampled(heights, (np.arange(6.0), np.arange(7.0)))
