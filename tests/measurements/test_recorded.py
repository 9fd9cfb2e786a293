"""Functions made of measurements: every operator, and what the bands become."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from dfdx import (
    derivative,
    directional_derivative,
    gradient,
    hessian,
    laplacian,
    partial,
    sampled,
    tangent,
    taylor,
)

T = np.linspace(0, 3, 61)
WAVE = sampled(np.sin(T), T)
X, Z = np.linspace(0, 1, 25), np.linspace(0, 2, 31)
HILL = sampled(np.sin(X)[:, None] * np.exp(Z), (X, Z))


def test_operators_of_one_variable():
    assert_allclose(hessian(WAVE)(1.0), -np.sin(1.0), rtol=1e-9)
    assert_allclose(laplacian(WAVE)(1.0), -np.sin(1.0), rtol=1e-9)
    assert_allclose(tangent(WAVE, 1.0)(1.5), np.sin(1) + 0.5 * np.cos(1), rtol=1e-12)
    assert_allclose(
        taylor(WAVE, 1.0, order=2).coefficients, [np.sin(1), np.cos(1), -np.sin(1) / 2], rtol=1e-9
    )
    assert_allclose(directional_derivative(WAVE, 1.0, along=-2.0), -np.cos(1.0), rtol=1e-12)
    assert_allclose(hessian(derivative(WAVE))(1.0), -np.cos(1.0), rtol=1e-6)


def test_operators_of_a_field():
    plane = tangent(HILL, 0.5, 1.0)
    assert_allclose(plane.slope, [np.cos(0.5) * np.e, np.sin(0.5) * np.e], rtol=1e-9)
    assert_allclose(partial(partial(HILL, 0), 1)(0.5, 1.0), np.cos(0.5) * np.e, rtol=1e-8)


def test_a_place_is_also_an_array():
    place = np.array([0.5, 1.0])
    assert HILL(place) == HILL(0.5, 1.0)
    assert_allclose(gradient(HILL)(place), gradient(HILL)(0.5, 1.0))
    assert_allclose(
        gradient(lambda p: HILL(p) ** 2)(place), 2 * HILL(place) * gradient(HILL)(place)
    )
    with pytest.raises(TypeError, match="2 coordinates make a place"):
        gradient(HILL)(np.ones(3))


@pytest.mark.parametrize("place", [-0.3, 6.2, 6.283, 7.0, 40.0])
def test_a_period_goes_on(place):
    t = np.arange(32) * (2 * np.pi / 32)
    assert_allclose(
        derivative(sampled(np.sin(t), t, periodic=True))(place), np.cos(place), atol=1e-13
    )
    uneven = np.sort(np.random.default_rng(0).uniform(0, 2 * np.pi, 90))
    again = sampled(np.sin(uneven), uneven, periodic=2 * np.pi)
    assert_allclose(derivative(again)(place), np.cos(place), atol=1e-6)


def test_bands_go_through_functions():
    rng = np.random.default_rng(1)
    t = np.linspace(0, 6, 200)
    held, wide = [], []
    for _ in range(6):
        s = sampled(np.sin(t) + 0.05 * rng.standard_normal(200), t, noise="auto")
        for place in (1.0, 2.5, 4.0):
            answer = derivative(lambda u, s=s: s(u) ** 2).estimate(place)
            held.append(abs(answer.value - np.sin(2 * place)) <= answer.error)
            wide.append(answer.error)
            assert any("from measurements" in note for note in answer.notes)
    assert np.mean(held) >= 0.9
    assert np.median(wide) < 1.0
    exact = gradient(lambda x, z: HILL(x, z) ** 2).estimate(0.5, 1.0)
    truth = 2 * np.sin(0.5) * np.e**2 * np.array([np.cos(0.5), np.sin(0.5)])
    assert (np.abs(exact.value - truth) <= exact.error).all()
    assert (exact.error < 1e-8).all()
