"""Bounds: every way to write them is the same box."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from scipy.optimize import Bounds

from dfdx.calculus.box import box
from dfdx.calculus.flat import Flat

INF = np.inf


@dataclass
class Pair:
    a: float
    b: np.ndarray


def ends(point, bounds, **options):
    point = point if isinstance(point, tuple) else (point,)
    return box(Flat(lambda *p: 0.0, point, {}), bounds, **options)


@pytest.mark.parametrize(
    ("point", "bounds", "low", "high"),
    [
        (0.5, (0, 1), [0], [1]),
        (0.5, (None, 1), [-INF], [1]),
        ((0.5, 0.5), [(0, 1), None], [0, -INF], [1, INF]),
        (np.zeros(3), (-1, None), [-1] * 3, [INF] * 3),
        (np.zeros(3), [(-1, 1), None, (0, 0)], [-1, -INF, 0], [1, INF, 0]),
        (np.zeros(3), ([-1, -2, -3], [1, 2, 3]), [-1, -2, -3], [1, 2, 3]),
        (np.zeros((2, 2)), [[(-1, 1), (0, 1)], [(0, 2), None]], [-1, 0, 0, -INF], [1, 1, 2, INF]),
        (np.zeros(2), Bounds([-1, -2], 5), [-1, -2], [5, 5]),
        ({"a": 0.0, "b": np.zeros(2)}, {"b": (0, [1, 2])}, [-INF, 0, 0], [INF, 1, 2]),
        ({"a": 0.0, "b": [0.0, 1.0]}, {"a": (0, 1), "b": [(0, 0), (1, 1)]}, [0, 0, 1], [1, 0, 1]),
        (Pair(0.0, np.zeros(2)), Pair((0, 1), None), [0, -INF, -INF], [1, INF, INF]),
        ((0.5, np.zeros(1)), [(0, 1), (0, 1)], [0, 0], [1, 1]),
    ],
)
def test_the_box(point, bounds, low, high):
    found = ends(point, bounds)
    assert_array_equal(found[0], low)
    assert_array_equal(found[1], high)


def test_two_ends():
    found = ends((0.5, 0.5), ([0, -INF], [1, 2]), ends=True)
    assert_array_equal(found[0], [0, -INF])
    assert_array_equal(found[1], [1, 2])
    named = ends({"a": 0.0, "b": np.zeros(2)}, ({"a": -1}, {"b": 3}), ends=True)
    assert_array_equal(named[0], [-1, -INF, -INF])
    assert_array_equal(named[1], [INF, 3, 3])


def test_nothing_bounded_is_no_box():
    assert ends(np.zeros(2), None) is None
    assert ends(np.zeros(2), (None, None)) is None


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"c": (0, 1)}, "names 'c'"),
        ({"a": (2, 1)}, "contradict"),
        ({"a": (1, 2)}, "outside its bounds"),
        ({"a": "low"}, "pair"),
        ({"b": (0, [1, 2, 3])}, "3 bounds were given for 2"),
        ({"b": [(0, 1)] * 3}, "3 pairs for 2"),
        (7, "structure of the parameters"),
    ],
)
def test_what_is_no_box(bounds, said):
    with pytest.raises(ValueError, match=said):
        ends({"a": 0.0, "b": np.zeros(2)}, bounds)
