"""Ways down a function: on a map, on the curve, by the step; they fit, and end where the search ended."""

import math
import re

import numpy as np
import pytest

from dfdx.descent.minimum import History, Minimum
from dfdx.explain.ways import box_round, ways


def search(points, f, name="walk", slope=1.0):
    """A Minimum whose history are the points."""
    history = History.of(len(points[0]))
    for p in points:
        history.add(p, f(*p), slope)
    x = np.array(points[-1], dtype=float)
    return Minimum(
        x,
        f(*points[-1]),
        x,
        reason="",
        method=name,
        converged=True,
        history=history,
        f=lambda v: f(*v),
    )


def bowl(x, y):
    return x * x + 4 * y * y


def spiral(turns=3.0, n=40):
    return [
        (2 * (1 - k / n) * math.cos(turns * k / n), (1 - k / n) * math.sin(turns * k / n))
        for k in range(n + 1)
    ]


@pytest.mark.parametrize("style", ["braille", "ascii"])
@pytest.mark.parametrize("width", [40, 79, 100])
def test_a_map_fits_and_marks_both_ends(width, style):
    lines = ways([search(spiral(), bowl)], width=width, height=12, style=style)
    assert max(map(len, lines)) <= width
    dots = "o*" if style == "ascii" else "○●"
    assert all(any(dot in line for line in lines[:12]) for dot in dots)
    assert style == "braille" or "".join(lines).isascii()


def test_several_searches_have_letters_of_their_own():
    three = [
        search(spiral(k), bowl, name) for k, name in ((1, "gradient"), (2, "golden"), (3, "g"))
    ]
    legend = ways(three)[-2]
    letters = re.findall(r"(\S) (gradient|golden|g)\b", legend)
    assert len({letter for letter, _ in letters}) == 3 and len(letters) == 3


def test_one_variable_is_shown_on_its_curve():
    def f(x):
        return (x - 1) ** 2

    lines = ways([search([(3.0,), (2.0,), (1.0,)], f, "newton")], height=10, names=["u"])
    text = "\n".join(lines)
    assert "○" in text and "●" in text and "n" in "".join(lines[:10])
    assert lines[-1].strip() == "the curve is f(u), the letters are the steps"
    rows = {mark: k for k, line in enumerate(lines[:10]) for mark in "○●n" if mark in line}
    assert rows["○"] < rows["n"] < rows["●"]  # downhill


def test_more_variables_are_shown_by_the_step():
    def f(*x):
        return sum(v * v for v in x)

    fast = search([(0.5**k,) * 4 for k in range(20)], f, "fast")
    slow = search([(0.9**k,) * 4 for k in range(200)], f, "slow")
    lines = ways([fast, slow], height=10)
    assert "f after each step" in lines[-1] and "10" in "".join(lines)
    assert sum(line.count("●") for line in lines[:10]) == 2
    assert "after each step" in ways([search([(0.5**k,) * 4 for k in range(900)], f), fast])[-1]


def test_what_ran_far_away_does_not_make_the_rest_a_dot():
    near = [(-1.2, 1.0), (0.0, 0.1), (1.0, 1.0)]
    far = [(-1.2, 1.0), (1e6, -1e7), (-1e30, 1e31)]
    a, b, c, d = box_round([_path(near), _path(far)], [(1.0, 1.0), (-1.2, 1.0)], 70, 20)
    assert a < -1.2 and b > 1.0 and b - a < 20 and d - c < 20
    lines = ways([search(near, bowl, "good"), search(far, bowl, "bad")])
    assert max(map(len, lines)) <= 78 and "●" in "".join(lines)


def _path(points):
    from dfdx.explain.landscape import Path

    return Path(points, "p", "path")


def test_both_axes_have_one_scale_where_that_can_be():
    a, b, c, d = box_round([_path(spiral())], [(0.0, 0.0)], 70, 20)
    assert (b - a) / 140 == pytest.approx((d - c) / 80)
    long = [(1000.0, 0.0), (0.0, 0.1)]
    a, b, c, d = box_round([_path(long)], [(0.0, 0.1)], 70, 20)
    assert b - a > 900 and d - c < 300


def test_a_search_that_never_moved_has_a_picture():
    assert "●" in "".join(ways([search([(1.0, 2.0)], bowl)]))
    assert "●" in "".join(ways([search([(0.0,)], lambda x: x * x)]))
    assert "●" in "".join(ways([search([(0.0,) * 5], lambda *x: 1.0)]))
    assert ways([]) == []


def test_undefined_places_are_no_trouble():
    def f(x, y):
        return math.log(x) + y * y

    lines = ways([search([(1.0, 1.0), (0.1, 0.0), (-2.0, 0.0)], lambda x, y: abs(x) + y)], f=f)
    assert len(lines) > 10
    assert ways([search([(1.0,), (2.0,)], lambda x: x)], f=lambda x: math.nan) == []
