"""Contour lines lie where the function has the height, go all the way round, and leave gaps at jumps."""

import math
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dfdx.explain.contours import Heights, even, fewest_digits, nested
from dfdx.explain.window import safe

numbers = some.floats(-3, 3).map(lambda v: round(v, 3))


def spread(a, b, n):
    return [a + (b - a) * k / n for k in range(n + 1)]


def grid(f, n=30, half=2.0):
    return Heights(safe(f), spread(-half, half, n), spread(-half, half, n))


def ends(pieces):
    return list(chain.from_iterable(pieces))


@given(numbers, numbers, numbers, some.floats(-5, 5))
def test_the_lines_of_a_plane_are_exact(a, b, c, level):
    def f(x, y):
        return a * x + b * y + c

    for x, y in ends(grid(f, 7).contour(level)):
        assert abs(f(x, y) - level) <= 1e-12 * (1 + abs(level))


@given(numbers, numbers, numbers, numbers, numbers, some.floats(-5, 5))
def test_the_lines_of_a_quadratic_lie_within_the_error_of_linear_interpolation(
    a, b, c, d, e, level
):
    def f(x, y):
        return a * x * x + b * x * y + c * y * y + d * x + e * y

    h = 4 / 30
    bound = h * h / 8 * 2 * max(abs(a), abs(c))  # along a side: h^2/8 max|f''|
    for x, y in ends(grid(f).contour(level)):
        assert abs(f(x, y) - level) <= bound + 1e-12


@pytest.mark.parametrize("n", [40, 80])
def test_a_curved_land_is_followed_ever_closer(n):
    def f(x, y):
        return math.sin(2 * x) * math.cos(y) + 0.1 * x

    found = [abs(f(x, y) - 0.3) for x, y in ends(grid(f, n).contour(0.3))]
    assert len(found) > n and max(found) <= (4 / n) ** 2 / 8 * 4.0


def test_a_line_is_closed_or_ends_at_the_edge():
    """Every end of a piece belongs to a second piece, but at the edge of the grid."""
    for f in (lambda x, y: x * y, lambda x, y: x * x + 2 * y * y, lambda x, y: math.sin(3 * x * y)):
        count = {}
        for end in ends(grid(f, 25).contour(0.21)):
            count[end] = count.get(end, 0) + 1
        assert count
        for (x, y), times in count.items():
            assert times == 2 or max(abs(x), abs(y)) > 2 - 1e-9


def test_no_line_along_a_pole_or_a_jump():
    pole = grid(lambda x, y: 1 / (x - 0.013))
    assert all(abs(1 / (x - 0.013) - 1.5) < 0.5 for x, y in ends(pole.contour(1.5)))
    assert ends(pole.contour(1.5))
    assert grid(lambda x, y: float(x > 0.1) + float(y > 0.3)).contour(0.5) == []


def test_where_it_is_undefined_there_are_no_lines():
    half = grid(lambda x, y: math.sqrt(x) + y)
    assert half.known and all(x >= 0 for x, _ in ends(half.contour(0.7)))
    assert ends(half.contour(0.7))
    nothing = grid(lambda x, y: math.nan)
    assert nothing.known == [] and nothing.contour(0.0) == []


@given(some.lists(some.floats(-1e6, 1e6), min_size=30, max_size=60), some.integers(3, 9))
def test_nested_levels_rise_and_lie_among_the_heights(known, count):
    known = sorted(known)
    found = nested(known, count)
    assert found == sorted(set(found)) and len(found) <= count
    assert all(known[0] < v < known[-1] for v in found)


def test_nested_levels_see_a_valley_at_any_height_of_its_walls():
    """The share of the area within each line is the same for f and for exp f."""
    land = [0.001 * k * k for k in range(1, 101)]
    for g in (lambda v: v, math.exp, math.log):
        known = [g(v) for v in land]
        for k, level in enumerate(nested(known, 5)):
            inside = sum(v < level for v in known) / len(known)
            assert abs(inside - ((k + 1) / 6) ** 2) < 0.1


def test_levels_of_a_plain_are_none():
    assert nested([2.0] * 9, 5) == [] and nested([], 5) == []
    assert even([2.0] * 9, 2.0, 5) == [] and even([], 2.0, 5) == []


@given(some.floats(-100, 100), some.floats(0.01, 50))
def test_even_levels_have_one_step_and_pass_through_the_point(through, tall):
    known = [through - tall / 3 + tall * k / 50 for k in range(51)]
    found = even(known, through, 7)
    steps = [b - a for a, b in pairwise(found)]
    assert any(abs(v - through) < 1e-9 * tall for v in found) and 2 <= len(found) <= 9
    assert max(steps) - min(steps) < 1e-9 * max(1, abs(through))


@given(some.floats(-1e9, 1e9), some.floats(1e-6, 1e3))
def test_few_digits_stay_between(value, room):
    assert value - room < fewest_digits(value, value - room, value + room) < value + room
