"""Arrays of other packages come back as what they are; each package is tested where it is installed."""

import numpy as np
import pytest

from dfdx import derivative, gradient, sampled
from dfdx.compat import gradient as differences

T = np.linspace(0, 2, 41)
Y = np.sin(T)


def _cases():
    """(times, values, options, the derivative at the known ones): even, uneven, periodic, missing."""
    uneven = np.sort(np.random.default_rng(0).uniform(0, 2, 60))
    turn = np.arange(32) * 2 * np.pi / 32
    missing = Y.copy()
    missing[7:9] = np.nan
    return {
        "even": (T, Y, {}, np.cos(T)),
        "uneven": (uneven, np.sin(uneven), {}, np.cos(uneven)),
        "periodic": (turn, np.sin(turn), {"periodic": True}, np.cos(turn)),
        "missing": (T, missing, {}, np.cos(T)),
    }


CASES = _cases()


@pytest.mark.parametrize("case", CASES)
def test_pandas(case):
    pandas = pytest.importorskip("pandas")
    t, y, options, truth = CASES[case]
    series = pandas.Series(y, index=pandas.Index(t, name="time"), name="height")
    s = sampled(series, **options)
    for found in (
        s.derivative(),
        derivative(s)(series.index),
        derivative(s).estimate(series.index).value,
    ):
        assert type(found) is pandas.Series
        assert found.name == "height" and found.index.equals(series.index)
        assert np.allclose(found, truth, atol=1e-6)
    assert type(derivative(s)(pandas.Index(t[3:5]))) is pandas.Series
    assert isinstance(derivative(s)(float(t[5])), float)
    frame = pandas.DataFrame({"a": y, "b": 2 * y}, index=t)
    found = sampled(frame, **options).derivative()
    assert list(found.columns) == ["a", "b"] and np.allclose(found["b"], 2 * truth, atol=1e-6)


def test_pandas_dates():
    pandas = pytest.importorskip("pandas")
    series = pandas.Series(
        np.arange(30.0) ** 2, index=pandas.date_range("2020", periods=30, freq="D")
    )
    found = sampled(series, unit="D").derivative()
    assert np.allclose(found, 2 * np.arange(30.0), atol=1e-8)
    assert found.index.equals(series.index)


@pytest.mark.parametrize("case", CASES)
def test_xarray(case):
    xarray = pytest.importorskip("xarray")
    t, y, options, truth = CASES[case]
    array = xarray.DataArray(
        y,
        coords={"x": ("x", t, {"units": "m"})},
        dims="x",
        name="T",
        attrs={"units": "K", "by": "us"},
    )
    found = sampled(array, **options).derivative()
    assert type(found) is xarray.DataArray and found.name == "T" and found.attrs["by"] == "us"
    assert found.attrs["units"] == "K / m" and found.coords["x"].equals(array.coords["x"])
    assert np.allclose(found, truth, atol=1e-6)
    grid = xarray.DataArray(
        np.sin(T)[:, None] * np.cos(T), coords={"x": T, "z": T}, dims=("x", "z")
    )
    assert np.allclose(
        gradient(sampled(grid))(0.5, 0.6), [np.cos(0.5) * np.cos(0.6), -np.sin(0.5) * np.sin(0.6)]
    )


def test_the_accessor_of_xarray_and_longitudes():
    xarray = pytest.importorskip("xarray")
    import dfdx.measurements.accessor  # noqa: F401, registers itself

    lon, lat = np.arange(0.0, 360.0, 7.5), np.linspace(-80, 80, 9)
    wave = np.sin(np.radians(lon))
    field = xarray.DataArray(
        wave * np.cos(np.radians(lat))[:, None],
        coords={"lat": lat, "lon": ("lon", lon, {"units": "degrees_east"})},
        dims=("lat", "lon"),
        name="h",
        attrs={"units": "m"},
    )
    found = field.dfdx.derivative("lon")
    truth = np.radians(np.cos(np.radians(lon))) * np.cos(np.radians(lat))[:, None]
    assert np.abs(found - truth).max() < 1e-14
    assert found.dims == field.dims and found.attrs["units"] == "m / degrees_east"
    across = field.dfdx.derivative("lat", order=2)
    assert np.allclose(across, -field * np.radians(1) ** 2, atol=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_pint(case):
    pint = pytest.importorskip("pint")
    units = pint.UnitRegistry()
    t, y, options, truth = CASES[case]
    s = sampled(y * units.meter, t * units.second, **options)
    found = derivative(s)(t * units.second)
    assert found.units == units.meter / units.second
    assert np.allclose(found.magnitude, truth, atol=1e-6)
    milli = derivative(s, order=2)(500 * units.millisecond)
    assert milli.units == units.meter / units.second**2
    assert milli.magnitude == pytest.approx(-np.sin(0.5), abs=1e-5)


@pytest.mark.parametrize("case", CASES)
def test_the_array_api(case):
    strict = pytest.importorskip("array_api_strict")
    t, y, options, truth = CASES[case]
    s = sampled(strict.asarray(y), strict.asarray(t), **options)
    found = s.derivative()
    assert type(found) is type(strict.asarray(y))
    assert np.allclose(np.from_dlpack(found), truth, atol=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_torch(case):
    torch = pytest.importorskip("torch")
    t, y, options, truth = CASES[case]
    s = sampled(torch.tensor(y), torch.tensor(t), **options)
    found = s.derivative()
    assert type(found) is torch.Tensor and found.dtype == torch.float64
    assert np.allclose(found.numpy(), truth, atol=1e-6)


def test_differences_of_the_arrays_people_have():
    f = np.random.default_rng(1).standard_normal(30)
    expected = np.gradient(f, 0.5)
    pandas, pint = pytest.importorskip("pandas"), pytest.importorskip("pint")
    series = differences(pandas.Series(f, name="q"), 0.5)
    assert series.name == "q" and np.array_equal(series, expected)
    units = pint.UnitRegistry()
    found = differences(f * units.kelvin, 0.5 * units.meter)
    assert found.units == units.kelvin / units.meter and np.array_equal(found.magnitude, expected)


@pytest.mark.parametrize("chunks", [(7, 9), (60, 70), (1, 70), (13, 1)])
@pytest.mark.parametrize("edge_order", [1, 2])
def test_blocks_give_the_same_bits(chunks, edge_order, tmp_path):
    rng = np.random.default_rng(0)
    f = rng.standard_normal((60, 70))
    steps = np.cumsum(rng.uniform(0.5, 2, 60)), np.linspace(0, 1, 70)
    expected = differences(
        f, *steps, edge_order=edge_order, out=(np.empty_like(f), np.empty_like(f))
    )
    dask = pytest.importorskip("dask.array")
    lazy = differences(dask.from_array(f, chunks=chunks), *steps, edge_order=edge_order)
    assert all(np.array_equal(a.compute(), b) for a, b in zip(lazy, expected, strict=True))
    zarr = pytest.importorskip("zarr")

    def stored(name):
        return zarr.create_array(tmp_path / name, shape=f.shape, chunks=chunks, dtype="f8")

    source, outs = stored("f"), (stored("a"), stored("b"))
    source[:] = f
    differences(source, *steps, edge_order=edge_order, out=outs)
    assert all(np.array_equal(a[:], b) for a, b in zip(outs, expected, strict=True))
    with pytest.raises(TypeError, match="out="):
        differences(source)
