"""Periodic axes of grids: the seam is a place like any other."""

import numpy as np
import pytest

from dfdx import gradient, laplacian, partial, sampled


def _globe(longitudes):
    latitudes = np.linspace(-60, 60, 31)
    values = np.sin(np.radians(longitudes))[:, None] * np.cos(np.radians(latitudes))
    return values, (longitudes, latitudes)


@pytest.mark.parametrize("periodic", [(360.0, None), {0: 360.0}, {0: True}, (True, None)])
@pytest.mark.parametrize("start", [0.0, -180.0])
def test_longitudes(start, periodic):
    longitudes = start + np.arange(0, 360.0, 10)
    s = sampled(*_globe(longitudes), periodic=periodic)
    at = start + np.array([0.0, 3.0, 355.0, 360.0])
    turn = np.pi / 180
    answer = partial(s, 0).estimate(at, np.full(4, 20.0))
    truth = turn * np.cos(np.radians(at)) * np.cos(np.radians(20.0))
    assert np.allclose(answer.value, truth, rtol=1e-8, atol=1e-12)
    assert (np.abs(answer.value - truth) <= answer.error).all()
    assert answer.value[0] == pytest.approx(answer.value[3], rel=1e-12)


def test_a_sample_that_closes_the_circle_and_an_uneven_one():
    closed = sampled(*_globe(np.arange(0, 361.0, 10)), periodic={0: 360})
    opened = sampled(*_globe(np.arange(0, 360.0, 10)), periodic={0: 360})
    assert np.allclose(gradient(closed)(359.0, 10.0), gradient(opened)(359.0, 10.0), rtol=1e-12)
    uneven = np.sort(np.random.default_rng(0).uniform(0, 2 * np.pi, 60))
    torus = sampled(np.sin(uneven)[:, None] * np.cos(uneven), (uneven, uneven), periodic=2 * np.pi)
    corner = uneven[0]
    assert laplacian(torus)(corner, corner) == pytest.approx(
        -2 * np.sin(corner) * np.cos(corner), abs=1e-5
    )


def test_periods_that_are_none():
    values, axes = _globe(np.arange(0, 360.0, 10))
    with pytest.raises(ValueError, match="more than the period"):
        sampled(values, axes, periodic={0: 300.0})
    with pytest.raises(ValueError, match="no axis 5"):
        sampled(values, axes, periodic={5: 300.0})
    with pytest.raises(ValueError, match="3 periods for 2 axes"):
        sampled(values, axes, periodic=(1.0, 2.0, 3.0))
    with pytest.raises(ValueError, match="a period apart and differ"):
        sampled(values, axes, periodic={1: 120.0, 0: 350.0})


def test_a_period_goes_on_and_longitudes_are_known_by_their_name():
    values, (longitudes, latitudes) = _globe(np.arange(0, 360.0, 10))
    s = sampled(values, (longitudes, latitudes), periodic={0: 360})
    for at in (-90.0, 365.0, 1090.0):
        assert partial(s, 0)(at, 20.0) == pytest.approx(partial(s, 0)(at % 360, 20.0), rel=1e-12)
    xarray = pytest.importorskip("xarray")
    globe = xarray.DataArray(
        values, coords={"lon": longitudes, "lat": latitudes}, dims=("lon", "lat")
    )
    assert partial(sampled(globe), 0)(355.0, 20.0) == pytest.approx(partial(s, 0)(355.0, 20.0))
    ring = sampled(globe[:, 15])
    assert ring(357.0) == pytest.approx(ring(-3.0))
