"""What people hand over besides plain arrays: masks, gaps, time zones, units; and what cannot be read."""

import datetime as dt

import numpy as np
import pytest

from dfdx import derivative, gradient, hessian, laplacian, partial, sampled
from dfdx.compat import gradient as differences

T = np.linspace(0, 2, 41)
Y, SLOPE = np.sin(T), np.cos(T)
GAPS = np.arange(41) % 7 == 3
START = dt.datetime(2024, 1, 1)
DAYS = [START + dt.timedelta(days=k) for k in range(41)]


@pytest.mark.parametrize("noise", [0, "auto"])
def test_what_is_masked_is_missing(noise):
    wild = np.where(GAPS, 1e6, Y)
    found = sampled(np.ma.masked_array(wild, mask=GAPS), T, noise=noise).derivative()
    assert type(found) is np.ndarray and np.allclose(found, SLOPE, atol=1e-4)
    with pytest.raises(ValueError, match="number 3 is not finite"):
        sampled(Y, np.ma.masked_array(T, mask=GAPS))


def test_lists_with_holes_numbers_of_other_kinds_and_tuples():
    from decimal import Decimal
    from fractions import Fraction

    found = sampled([0, None, Fraction(4), Decimal(9), 16.0], (0, 1, 2, 3, 4)).derivative()
    assert np.allclose(found, [0, 2, 4, 6, 8])
    assert sampled([0.0, 1.0, 4.0], [0, 1, 2], noise=0).derivative().dtype == np.float64
    low = sampled(Y.astype(np.float32), T.astype(np.float32), noise=0).derivative()
    assert low.dtype == np.float64 and np.allclose(low, SLOPE, atol=1e-3)


@pytest.mark.parametrize(
    ("y", "x", "error", "words"),
    [
        (["a", "b"], [0, 1], TypeError, "measurements are real numbers, not text"),
        ([1.0, 2.0], ["a", "b"], TypeError, "coordinates are numbers or dates, not text"),
        ([1j, 2.0], [0, 1], TypeError, "not complex numbers"),
        ([1.0, "b"], None, TypeError, "not text"),
        ([1.0, object()], None, TypeError, "number 1 is <object"),
        (np.zeros((3, 2, 2)), [0, 1, 2], ValueError, "tuple of coordinates"),
        (np.zeros(3), np.zeros((3, 2, 2)), ValueError, "one number a sample"),
        (3.0, None, ValueError, "no samples"),
        ([np.nan, np.nan], [0, 1], ValueError, "0 of the samples are known"),
        ([1.0, 2.0], np.array(["2024-01-01", "NaT"], "M8[D]"), ValueError, "not finite"),
        ([[1.0, "x"], [2.0, 3.0]], (np.arange(2.0), np.arange(2.0)), TypeError, "real numbers"),
        (
            [1.0, 2.0],
            [DAYS[0], DAYS[1].replace(tzinfo=dt.UTC)],
            TypeError,
            "some dates have a time",
        ),
    ],
)
def test_what_cannot_be_read(y, x, error, words):
    with pytest.raises(error, match=words):
        sampled(y, x)


def test_dates_of_python_and_text_that_asks_for_one():
    for days in (DAYS, [d.date() for d in DAYS]):
        s = sampled(Y, days, unit="D")
        assert np.allclose(s.derivative(), SLOPE / 20, atol=1e-8)
        for at in (DAYS[4], "2024-01-05", np.datetime64("2024-01-05"), DAYS[4].date()):
            assert derivative(s)(at) == pytest.approx(np.cos(0.2) / 20, rel=1e-6)
    with pytest.raises(TypeError, match="ask at dates"):
        derivative(s)("soon")
    zoned = sampled(
        Y, [d.replace(tzinfo=dt.timezone(dt.timedelta(hours=2))) for d in DAYS], unit="D"
    )
    asked = dt.datetime(2024, 1, 4, 22, tzinfo=dt.UTC)
    assert derivative(zoned)(asked) == pytest.approx(np.cos(0.2) / 20, rel=1e-6)
    with pytest.raises(
        TypeError, match="the samples have a time zone; these dates are without one"
    ):
        derivative(zoned)(DAYS[4])
    with pytest.raises(TypeError, match="the samples have no time zone"):
        derivative(s)(asked)
    hours = sampled(Y, np.arange(41) * np.timedelta64(90, "m"), unit="h")
    assert np.allclose(hours.derivative(), SLOPE / 20 / 1.5, atol=1e-8)


def test_pandas_as_people_have_it():
    pandas = pytest.importorskip("pandas")
    series = pandas.Series(Y, index=T, name="q")
    holes = series.astype("Float64")
    holes[GAPS] = pandas.NA
    frame = pandas.DataFrame({"a": holes, "b": 2 * series})
    assert np.allclose(sampled(holes).derivative(), SLOPE, atol=1e-6)
    assert np.allclose(sampled(frame).derivative()["a"], SLOPE, atol=1e-6)
    assert np.allclose(
        sampled(pandas.Series([0, 1, 4, 9], dtype="Int64")).derivative(), [0, 2, 4, 6]
    )
    zoned = pandas.date_range("2024-03-20", periods=41, freq="h", tz="Europe/Berlin")
    hourly = pandas.Series(Y, index=zoned)
    found = sampled(hourly, unit="h").derivative()
    assert found.index.equals(zoned) and np.allclose(found, SLOPE / 20, atol=1e-8)
    slope = derivative(sampled(hourly, unit="h"))
    assert isinstance(slope(zoned[3]), float) and slope(zoned[3:5]).index.equals(zoned[3:5])
    for index in (
        pandas.timedelta_range(0, periods=41, freq="h"),
        zoned.tz_localize(None).to_period("h"),
    ):
        found = sampled(pandas.Series(Y, index=index), unit="h").derivative()
        assert found.index.equals(index) and np.allclose(found, SLOPE / 20, atol=1e-8)
    for wrong in (pandas.Series(["a", "b"]), pandas.Series(pandas.Categorical(["a", "b"]))):
        with pytest.raises(TypeError, match="real numbers"):
            sampled(wrong)
    with pytest.raises(TypeError, match="numbers or dates; number 0 is 'a'"):
        sampled(pandas.Series([1.0, 2.0], index=["a", "b"]))
    with pytest.raises(TypeError, match="real numbers; number 1 is 'x'"):
        sampled(pandas.DataFrame({"a": Y, "b": ["x"] * 41}))


def test_xarray_with_dates_and_elsewhere():
    xarray = pytest.importorskip("xarray")
    pytest.importorskip("pandas")
    import dfdx.measurements.accessor  # noqa: F401, registers itself

    array = xarray.DataArray(
        Y, coords={"time": np.array(DAYS, "M8[ns]")}, dims="time", name="T", attrs={"units": "K"}
    )
    for unit, size in (("D", 20), ("s", 20 * 86400)):
        found = sampled(array, unit=unit).derivative()
        assert found.attrs["units"] == f"K / {unit}" and np.allclose(size * found, SLOPE, atol=1e-6)
        assert array.dfdx.derivative("time", unit=unit).attrs["units"] == f"K / {unit}"
    elsewhere = derivative(sampled(array, unit="D"), order=2)(array.time[3:6])
    assert type(elsewhere) is xarray.DataArray and elsewhere.name == "T"
    assert elsewhere.attrs == {"units": "K / D**2"} and elsewhere.time.equals(array.time[3:6])
    assert (
        "units"
        not in sampled(xarray.DataArray(Y, dims="k", attrs={"units": "K"})).derivative().attrs
    )
    holes = array.where(~GAPS)
    assert np.allclose(20 * sampled(holes, unit="D").derivative(), SLOPE, atol=1e-6)


def test_units_on_grids_and_of_coordinates_alone():
    pint = pytest.importorskip("pint")
    units = pint.UnitRegistry()
    m, s = units.meter, units.second
    grid = sampled(np.outer(Y, T**2) * units.kelvin, (T * m, T * s))
    along, across = gradient(grid)(50 * units.centimeter, 1 * s)
    assert along.units == units.kelvin / m and across.units == units.kelvin / s
    assert along.magnitude == pytest.approx(np.cos(0.5)) and across.magnitude == pytest.approx(
        2 * np.sin(0.5)
    )
    assert partial(grid, 1).estimate(1 * m, 1 * s).error.units == units.kelvin / s
    assert hessian(grid)(1 * m, 1 * s)[0][1].units == units.kelvin / m / s
    both = sampled(np.outer(Y, T**2) * units.kelvin, (T * m, T * m))
    assert gradient(both)(1 * m, 1 * m).units == units.kelvin / m
    assert laplacian(both)(1 * m, 1 * m).units == units.kelvin / m**2
    with pytest.raises(pint.DimensionalityError):
        laplacian(grid)(1 * m, 1 * s)
    alone = sampled(Y, T * s)
    assert alone.derivative().units == 1 / s and derivative(alone, order=2)(1 * s).units == 1 / s**2
    assert differences(Y, 0.5 * s).units == 1 / s
    warm = sampled(units.Quantity(Y, units.degC), T * s).derivative()
    assert warm.units == units.delta_degC / s


def test_the_precision_of_tensors_is_kept():
    torch = pytest.importorskip("torch")
    for kind in (torch.float32, torch.bfloat16, torch.float64):
        t = torch.tensor(T)
        s = sampled(torch.tensor(Y, dtype=kind, requires_grad=True), t, noise=0)
        assert s.derivative().dtype == kind
        assert derivative(s)(t[3:5]).dtype == kind and derivative(s)(0.5).shape == ()


def test_the_precision_of_the_array_api_is_kept():
    strict = pytest.importorskip("array_api_strict")
    for kind in (strict.float32, strict.float64):
        s = sampled(strict.asarray(Y, dtype=kind), strict.asarray(T), noise=0)
        assert s.derivative().dtype == kind
        assert derivative(s)(strict.asarray([0.5, 0.6])).dtype == kind


@pytest.mark.parametrize("chunks", [7, 41])
def test_dask_is_read_whole(chunks):
    dask = pytest.importorskip("dask.array")
    lazy = dask.from_array(Y, chunks=chunks), dask.from_array(T, chunks=chunks)
    assert np.allclose(sampled(*lazy).derivative(), SLOPE, atol=1e-6)
