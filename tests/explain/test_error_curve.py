"""The error-versus-h study: its two parts add up, its laws hold, its best step is the best."""

import math

import numpy as np
import pytest

import dfdx
from dfdx import error_curve
from dfdx.differences import Stencil, backward, central, forward
from dfdx.explain.loglog import plotted


def opaque(x):
    """exp, by a way that no trace can follow."""
    return float(f"y{math.exp(x):.17g}"[1:])


CASES = {
    "the difference quotient": (math.sin, 1.0, forward(1)),
    "backward": (math.exp, 0.3, backward(1, 2)),
    "central": (lambda x: math.exp(x) * math.sin(x), 1.0, central(1)),
    "second derivative": (math.exp, 0.5, central(2, 4)),
    "uneven places": (lambda x: 1 / (1 + x * x), 0.7, Stencil((-1, 0, 0.5, 2), 2)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_parts_and_the_laws(name):
    f, x, stencil = CASES[name]
    curve = error_curve(f, x, stencil=stencil)
    good = ~np.isnan(curve.truncation)
    assert good.mean() > 0.9
    np.testing.assert_array_equal(curve.error[good], (curve.truncation + curve.roundoff)[good])
    small = good & (curve.h < 0.01) & (abs(curve.truncation) > 1e-12)
    law = curve.predicted[0]
    assert np.all(abs(curve.truncation[small]) / law[small] == pytest.approx(1.0, abs=0.2))
    tiny = good & (curve.h < 1e-3) & (curve.h > 1e-13)
    assert np.all(abs(curve.roundoff[tiny]) <= 30 * curve.predicted[1][tiny])
    assert curve.least < 1e-4 and curve.estimate.shape == curve.h.shape == curve.error.shape
    at_best = stencil(f, x, curve.best) - curve.derivative
    assert abs(at_best) < 100 * max(curve.least, 1e-16)


def test_known_numbers_of_the_first_lesson():
    """sin at 1: the best step is 2 √(ε / |tan 1|…), about 2e-8, and costs half of the digits."""
    curve = error_curve(math.sin, 1.0)
    assert curve.best == pytest.approx(2 * math.sqrt(2.0**-53), rel=1e-12)
    assert 1e-9 < curve.seen < 1e-7 and 1e-11 < curve.least < 1e-8
    assert curve.derivative == math.cos(1.0) and curve.stencil == forward(1)
    assert str(curve).startswith("sin′(x) = [sin(x + h) − sin(x)] / h − h/2 sin″(x) + …")


def test_order_and_steps():
    curve = error_curve(math.exp, 0.0, order=3, steps=[0.1, 0.01])
    assert curve.stencil == forward(3) and len(curve.h) == 2
    assert abs(curve.error[1]) < abs(curve.error[0])
    branch = error_curve(lambda x: x**2 if x < 1 else 2 * x - 1, 0.95, steps=[0.1, 0.01])
    assert branch.truncation[0] == pytest.approx((1.1 - 0.9025) / 0.1 - 1.9, rel=1e-9)


def test_nothing_to_truncate():
    curve = error_curve(lambda x: x * x, 1.0, stencil=central(1))
    assert math.isnan(curve.best) and "there is no truncation" in str(curve)


def test_a_function_that_cannot_be_traced():
    curve = error_curve(opaque, 0.5)
    assert np.isnan(curve.truncation).all()
    assert curve.least < 1e-7 and 1e-9 < curve.seen < 1e-7


def test_outside_of_the_domain_there_is_no_estimate():
    curve = error_curve(math.sqrt, 0.5, stencil=central(1), steps=[0.75, 0.1])
    assert math.isnan(curve.estimate[0]) and curve.error[1] != 0


def test_errors():
    with pytest.raises(ValueError, match="numbers above 0"):
        error_curve(math.sin, 1.0, steps=[0.1, -0.1])
    with pytest.raises(ValueError, match="all steps are lost"):
        error_curve(math.sin, 1.0, steps=[1e-30])
    with pytest.raises(TypeError, match=r"formula of dfdx\.differences"):
        error_curve(math.sin, 1.0, stencil="central")
    with pytest.raises(ValueError, match="gives derivative 1, not 2"):
        error_curve(math.sin, 1.0, 2, central(1))
    with pytest.raises(dfdx.NotDifferentiable):
        error_curve(abs, 0.0)


@pytest.mark.parametrize("style", ["braille", "ascii"])
def test_the_picture(style):
    curve = error_curve(math.sin, 1.0)
    lines = curve.picture(60, 10, style)
    assert len(lines) == 13 and max(map(len, lines)) <= 62
    assert ("▲" if style == "braille" else "^") in lines[9]
    if style == "ascii":
        assert "\n".join(lines).isascii() and curve.text(style="ascii").splitlines()[0].isascii()
    assert plotted([1.0, 2.0], [0.0, math.nan], [], math.nan) == []


def test_plot():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    ax = error_curve(math.sin, 1.0).plot()
    assert ax.get_xscale() == ax.get_yscale() == "log" and len(ax.lines) == 4


def test_plot_without_matplotlib(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"dfdx\[plot\]"):
        error_curve(math.sin, 1.0, steps=[0.1]).plot()
