"""The picture: it fits, it shows the curve, the tangent and the point, and nothing makes it fall over."""

import math
from math import copysign, exp, inf, nan, sin, sqrt, tan

import pytest

from dfdx.explain.canvas import ASCII, Canvas
from dfdx.explain.frame import ticks
from dfdx.explain.picture import curve, picture
from dfdx.explain.window import safe, stretch


def dots(lines):
    return sum(bin(ord(c) - 0x2800).count("1") for c in "".join(lines) if 0x2800 < ord(c) < 0x2900)


CURVES = {
    "parabola": (lambda x: x * x, 1.0, (2.0, 2.0)),
    "wave": (sin, 1000.0, (math.cos(1000.0),) * 2),
    "pole": (lambda x: 1 / x, 0.5, (-4.0, -4.0)),
    "many poles": (tan, 1.0, (3.4, 3.4)),
    "steep": (lambda x: x**10, 3.0, (196830.0,) * 2),
    "edge of the domain": (sqrt, 0.0, (nan, inf)),
    "vertical": (lambda x: copysign(abs(x) ** (1 / 3), x), 0.0, (inf, inf)),
    "corner": (abs, 0.0, (-1.0, 1.0)),
    "stairs": (lambda x: float(math.floor(x)), 2.0, (nan, 0.0)),
    "constant": (lambda x: 5.0, 2.0, (0.0, 0.0)),
    "zero": (lambda x: 0.0, 0.0, (0.0, 0.0)),
    "line": (lambda x: 3 * x + 1, 0.0, (3.0, 3.0)),
    "oscillating": (lambda x: sin(1 / x), 0.01, (-8623.0,) * 2),
    "overflowing": (exp, 700.0, (exp(700.0),) * 2),
    "tiny": (lambda x: x * 1e-200, 1e-100, (1e-200,) * 2),
    "offset": (lambda x: x + 1e15, 3.0, (1.0, 1.0)),
    "undefined here": (lambda x: 1 / x, 0.0, (nan, nan)),
    "narrow": (lambda x: math.tanh(1e6 * x), 0.0, (1e6, 1e6)),
    "far": (lambda x: x * x, 1e8, (2e8, 2e8)),
}


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("width", [40, 79, 120])
@pytest.mark.parametrize("style", ["braille", "ascii"])
def test_it_fits_and_shows_the_point(name, width, style):
    f, x, slopes = CURVES[name]
    lines = picture(f, x, slopes, width=width, height=10, style=style)
    assert len(lines) == 13
    assert max(map(len, lines)) <= width
    body = lines[:10]
    if style == "braille":
        assert dots(body) > 8
    else:
        assert "".join(lines).isascii()
    mark = "●" if style == "braille" else "o"
    assert any(mark in line for line in body) != (name == "undefined here")


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (lambda x: nan, 0.0),
        (lambda x: inf, 0.0),
        (lambda x: 1 / 0, 0.0),
        (lambda x: 1j, 0.0),
        (sin, nan),
        (sin, inf),
        (lambda x: 1e308 * copysign(1, x), 0.5),
        (lambda x: x, 1e308),
    ],
)
def test_what_cannot_be_drawn_draws_nothing_or_something(f, x):
    lines = picture(f, x, (nan, nan))
    assert isinstance(lines, list) and len(lines) in (0, 15)


def test_colours_only_where_wanted():
    assert "\x1b" not in "".join(picture(abs, 1.0, (1.0, 1.0)))
    assert "\x1b[36m" in "".join(picture(abs, 1.0, (1.0, 1.0), colour=True))


def test_a_jump_leaves_a_gap_and_a_steep_stretch_does_not():
    stairs = curve(lambda x: float(math.floor(x)), 0.1, 2.9, 100)
    assert sum(y != y for _, y in stairs) == 2
    steep = curve(lambda x: math.tanh(1e3 * x), -1.0, 1.01, 100)
    assert not any(y != y for _, y in steep)


def test_the_curve_reaches_the_edge_of_its_domain():
    points = curve(safe(sqrt), -1.0, 1.07, 50)
    first = next((x, y) for x, y in points if y == y)
    assert abs(first[0]) < 1e-6


@pytest.mark.parametrize("name", ["parabola", "wave", "pole", "steep", "narrow", "oscillating"])
def test_the_tangent_touches_visibly(name):
    """Near the point curve and tangent are together, at the edges they are apart."""
    f, x, (slope, _) = CURVES[name]
    a, b = stretch(safe(f), x, lambda p: f(x) + slope * (p - x))
    tall = max(f(a + (b - a) * k / 50) for k in range(51)) - min(
        f(a + (b - a) * k / 50) for k in range(51)
    )
    near = abs(f(x + (b - a) / 20) - f(x) - slope * (b - a) / 20)
    assert a < x < b and near < 0.25 * tall


@pytest.mark.parametrize(
    ("low", "high"),
    [(-1.0, 1.0), (0.0, 1e-9), (1e6 - 4, 1e6 + 4), (-3e12, 4e12), (0.1, 0.4), (-1e-3, 7.0)],
)
def test_ticks_are_round_and_tell_apart(low, high):
    found = ticks(low, high, 5)
    assert 2 <= len(found) <= 6
    assert all(low <= value <= high for value, _ in found)
    assert len({shown for _, shown in found}) == len(found)
    for value, shown in found:
        assert float(shown) == pytest.approx(value, rel=1e-9, abs=1e-12 * (high - low))


def test_a_canvas_ignores_what_is_outside():
    canvas = Canvas(4, 2, ASCII)
    canvas.line(0, (-10.0, -10.0), (20.0, 20.0))
    canvas.mark(99, 99, "o")
    assert all(len("".join(t for t, _ in canvas.row(y))) == 4 for y in range(2))
