"""The map: it fits, paths end in the marked cell, the arrow stands across the lines."""

import math
import re
import runpy

import pytest
from house import ROOT
from hypothesis import given
from hypothesis import strategies as some

from dfdx.explain.contours import nested
from dfdx.explain.landscape import Path, box_of, landscape
from dfdx.explain.steepest import steepest_map
from dfdx.explain.window import safe

BOX = (-2.0, 2.0, -1.0, 3.0)


def valley(x, y):
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def drawn(f=valley, box=BOX, **more):
    return landscape(safe(f), box, lambda known: nested(known, 6), **more)


def cells(lines, mark):
    return [(line.index(mark), k) for k, line in enumerate(lines) if mark in line]


@pytest.mark.parametrize("width", [40, 79, 100])
@pytest.mark.parametrize("style", ["braille", "ascii"])
def test_it_fits(width, style):
    lines = drawn(width=width, height=15, style=style)
    assert len(lines) in (18, 19) and max(map(len, lines)) <= width
    assert style == "braille" or "".join(lines).isascii()


points = some.tuples(some.floats(-1.9, 1.9), some.floats(-0.9, 2.9))


@given(some.lists(points, min_size=1, max_size=6), some.sampled_from(["braille", "ascii"]))
def test_a_path_ends_in_the_marked_cell(way, style):
    """Where the mark stands, read back through the axes, the path ends (within a cell)."""
    lines = drawn(paths=[Path(way, "p", "path")], width=60, height=20, style=style)[:20]
    (x, y) = way[-1]
    ((column, row),) = cells(lines, "*" if style == "ascii" else "●")
    margin = max(line.find(c) for line in lines for c in "│┤|+" if 0 <= line.find(c) < 6)
    across, down = 60 - margin - 2, 20
    cell = (column - margin - 1) / across * 4 - 2, 3 - row / down * 4
    assert abs(cell[0] + 2 / across - x) <= 4 / across * 1.1
    assert abs(cell[1] - 2 / down - y) <= 4 / down * 1.1
    assert len(cells(lines, "o" if style == "ascii" else "○")) <= 1  # the end may stand on it


def test_paths_have_letters_without_colours_and_hues_with_them():
    paths = [Path([(-1, 1), (0, 0)], "a", "first"), Path([(1, 2), (0, 2)], "b", "second")]
    calm = "\n".join(drawn(paths=paths))
    assert "\x1b" not in calm and "aaa" in calm and "bbb" in calm and "a first   b second" in calm
    bright = "\n".join(drawn(paths=paths, colour=True))
    assert re.search("\x1b\\[1;31m[⠀-⣿]", bright) and re.search("\x1b\\[1;32m[⠀-⣿]", bright)
    plain = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in bright.splitlines()]
    assert max(map(len, plain)) <= 78


def test_a_path_that_runs_away_leaves_the_map():
    far = [(0.0, 0.0), (1e3, 1e5), (-1e300, 1e300), (math.inf, 0.0), (0.5, 0.5)]
    lines = drawn(paths=[Path(far, "p", "path")])
    assert max(map(len, lines)) <= 78 and "●" in "".join(lines)


@pytest.mark.parametrize(
    "f", [lambda x, y: 5.0, lambda x, y: math.log(-1), lambda x, y: 1e308 * x * y]
)
def test_what_has_no_lines_is_told(f):
    assert len(drawn(f)) >= 21


LANDS = {
    "bowl": (lambda x, y: x * x + y * y, (1.0, 2.0), (2.0, 4.0)),
    "valley": (valley, (-1.2, 1.0), (-215.6, -88.0)),
    "waves": (lambda x, y: math.sin(9 * x) * y, (0.3, 1.0), (9 * math.cos(2.7), math.sin(2.7))),
    "far": (lambda x, y: x * x + y, (1e6, 2.0), (2e6, 1.0)),
    "edge": (lambda x, y: math.log(x) + y, (0.01, 2.0), (100.0, 1.0)),
}


@pytest.mark.parametrize("name", LANDS)
def test_the_arrow_points_uphill_from_the_point(name):
    f, point, slope = LANDS[name]
    lines = steepest_map(safe(f), point, slope, names=("x", "y"))
    assert max(map(len, lines)) <= 78
    (spot,), (tip,) = cells(lines[:16], "●"), [c for a in "→↗↑↖←↙↓↘" for c in cells(lines[:16], a)]
    way = (tip[0] - spot[0]) / 2, spot[1] - tip[1]  # a character is twice as tall as it is wide
    cosine = (way[0] * slope[0] + way[1] * slope[1]) / math.hypot(*way) / math.hypot(*slope)
    assert cosine > 0.97


def test_both_axes_have_one_scale():
    a, b, c, d = box_of((1.0, 2.0), 3.0, 70, 16)
    assert (a + b) / 2 == pytest.approx(1) and (c, d) == (-1, 5)
    assert (b - a) / (70 * 2) == pytest.approx((d - c) / (16 * 4))


def test_on_level_ground_there_is_no_arrow():
    lines = steepest_map(safe(lambda x, y: x * x + y * y), (0.0, 0.0), (0.0, 0.0), names=("x", "y"))
    assert "●" in "".join(lines) and "uphill" not in "".join(lines)


def test_what_cannot_be_drawn_draws_nothing():
    assert steepest_map(lambda x, y: math.nan, (0, 0), (1, 1), names=("x", "y")) == []
    assert steepest_map(lambda x, y: x, (1e308, 0), (math.inf, 1), names=("x", "y")) == []
    huge = steepest_map(safe(lambda x, y: x + y), (1e308, 1e308), (1.0, 1.0), names=("x", "y"))
    assert isinstance(huge, list)


def test_the_example_walks_downhill(capsys):
    places = runpy.run_path(str(ROOT / "examples" / "landscape.py"), run_name="__main__")
    ends = [places[name][-1] for name in ("straight", "carried")]
    heights = [places["height"](*end) for end in (*ends, places["start"])]
    assert heights[1] < heights[0] < heights[2]
    out = capsys.readouterr().out
    assert "s straight down   m with momentum   ○ start   ● end" in out and "height 0.28" in out
