"""Pictures of measurements: on the axes given, with names and units, and a clear word without matplotlib."""

import sys

import numpy as np
import pytest

from dfdx import derivative, sampled

T = np.linspace(0, 2, 41)
GRID = sampled(np.sin(T)[:, None] * np.cos(T[:21]), (T, T[:21]))


@pytest.fixture
def ax():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    yield pyplot.subplots()[1]
    pyplot.close("all")


def test_samples_and_derivative(ax):
    rng = np.random.default_rng(0)
    s = sampled(np.sin(T) + 0.01 * rng.standard_normal(41), T, noise="auto")
    assert s.plot(ax=ax) is ax and ax.get_ylabel() == "y"
    dots, curve = ax.lines
    assert np.array_equal(dots.get_xdata(), T)
    assert np.allclose(curve.get_ydata(), np.sin(curve.get_xdata()), atol=0.02)
    other = derivative(s).plot()
    assert other is not ax and other.get_ylabel() == "dy/dx"
    (band,) = other.collections
    curve = other.lines[0]
    assert np.allclose(curve.get_ydata(), np.cos(curve.get_xdata()), atol=0.1)
    assert band.get_paths()[0].contains_point((1.0, float(np.cos(1.0))))
    low, high = other.get_ylim()
    assert low < np.cos(2.0) and high > 1.0
    other.figure.draw_without_rendering()


def test_dates_names_and_several_quantities(ax):
    pandas = pytest.importorskip("pandas")
    days = pandas.date_range("2024-01-01", periods=41, freq="D", name="day")
    frame = pandas.DataFrame({"a": np.sin(T), "b": np.cos(T)}, index=days)
    derivative(sampled(frame, unit="D"), order=2).plot(ax=ax)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["a", "b"]
    assert ax.get_ylabel() == "d² y / d day² [1/day²]" and ax.get_xlabel() == "day"
    ax.figure.draw_without_rendering()
    s = sampled(frame["a"][::-1], unit="h")
    s.plot(ax=ax)
    assert ax.get_ylabel() == "a"
    ax.figure.draw_without_rendering()


def test_units(ax):
    pint = pytest.importorskip("pint")
    units = pint.UnitRegistry()
    derivative(sampled(np.sin(T) * units.meter, T * units.second)).plot(ax=ax)
    assert ax.get_ylabel() == "dy/dx [m/s]" and ax.get_xlabel() == "x [s]"


def test_a_map_with_its_gradient(ax):
    assert GRID.plot(ax=ax) is ax
    arrows = ax.collections[-1]
    assert np.allclose(np.sign(arrows.U), np.sign(np.cos(arrows.X) * np.cos(arrows.Y)))
    assert ax.get_xlabel() == "x" and ax.get_ylabel() == "z"
    with pytest.raises(TypeError, match="two coordinates"):
        sampled(np.zeros((4, 4, 4)), (T[:4],) * 3).plot(ax=ax)


def test_without_matplotlib(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    s = sampled(np.sin(T), T)
    for drawn in (s.plot, derivative(s).plot, GRID.plot):
        with pytest.raises(ImportError, match=r"pip install 'dfdx\[plot\]'"):
            drawn()
