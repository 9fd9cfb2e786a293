"""What the options promise, kept for every case of the suite: a side, bounds, a budget."""

import warnings
from contextlib import suppress
from random import Random

import pytest
from benchmarks.black_boxes.cases import CASES

from dfdx import NotDifferentiable, derivative
from dfdx.errors import NotConverged


def called(case, **options):
    """The real parts of the points at which the function was called."""
    points = []

    def box(x):
        points.append(x.real)
        return case.f(x)

    with warnings.catch_warnings(), suppress(NotDifferentiable, NotConverged):
        warnings.simplefilter("ignore")
        derivative(box, case.x, order=case.order, method="differences", **options)
    return points


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_other_side_is_never_called(side):
    for case in CASES:
        points = called(case, side=side)
        beyond = [p for p in points if (p > case.x if side == "left" else p < case.x)]
        assert not beyond, (case.name, beyond)


def test_bounds_are_kept():
    rng = Random(5)
    for case in CASES:
        w = (abs(case.x) or 1.0) * 10 ** rng.uniform(-6, 0)
        low, high = case.x - rng.choice((0, 0.1, 1)) * w, case.x + w
        points = called(case, bounds=(low, high))
        assert all(low <= p <= high for p in points), (case.name, low, high)


def test_a_budget_is_kept():
    rng = Random(6)
    for case in CASES:
        budget = rng.choice((5, 9, 16, 23, 40, 70))
        assert len(called(case, budget=budget)) <= budget, (case.name, budget)
