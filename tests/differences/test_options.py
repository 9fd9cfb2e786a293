"""What can be asked of samples: bounds, accuracy, budget, noise, step, workers."""

import math
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from dfdx import derivative
from dfdx.differences.scalar import sampled
from dfdx.errors import NotConverged, NotDifferentiable


class Box:
    def __init__(self, f):
        self.f = f
        self.seen = []

    def __call__(self, x):
        self.seen.append(x)
        return self.f(x)


FUNCTIONS = [
    (math.sin, 1.0),
    (lambda x: x**3, 2.0),
    (abs, 0.0),
    (math.floor, 2.0),
    (lambda x: math.sin(1e4 * x), 0.3),
    (math.cbrt, 0.0),
    (math.sqrt, 0.0),
    (math.log, 1e-7),
]


@pytest.mark.parametrize(("f", "x"), FUNCTIONS)
def test_the_budget_is_never_exceeded(f, x):
    for budget in (1, 2, 3, 5, 6, 9, 10, 12, 15, 21, 22, 30, 37, 50, 64, 90):
        for side in (None, "right"):
            for order in (1, 2):
                box = Box(f)
                try:
                    found = sampled(box, x, order, budget=budget, side=side)
                except (NotConverged, NotDifferentiable):
                    pass
                else:
                    assert found.evaluations == len(box.seen)
                assert len(box.seen) <= budget


def test_a_small_budget_gives_a_wide_bar():
    bars = []
    for budget in (5, 12, 16, 20, 22):
        found = sampled(math.sin, 1.0, budget=budget)
        assert abs(found.value - math.cos(1.0)) <= found.error
        bars.append(found.error)
    assert bars[-1] < 1e-13 < bars[0]


def test_less_is_sampled_where_less_is_asked():
    counts = []
    for rtol in (1e-1, 1e-7, 1e-13):
        found = sampled(math.sin, 1.0, rtol=rtol, complex_step=False)
        assert abs(found.value - math.cos(1.0)) <= found.error <= rtol
        counts.append(found.evaluations)
    assert counts[0] == 5 < counts[1] < counts[2]


@pytest.mark.parametrize(
    "bounds", [(0.0, 2.0), (1.0, 2.0), (0.5, 1.0), (1 - 1e-9, 3.0), (1 - 1e-4, 1.0)]
)
def test_bounds(bounds):
    box = Box(math.sin)
    found = sampled(box, 1.0, bounds=bounds)
    assert all(bounds[0] <= x <= bounds[1] for x in box.seen if type(x) is float)
    assert abs(found.value - math.cos(1.0)) <= found.error <= 1e-8


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("side", [None, "left", "right"])
def test_a_fixed_step(order, side):
    want = [math.cos(1.0), -math.sin(1.0), -math.cos(1.0)][order - 1]
    for step in (1e-1, 1e-2, 1e-3):
        found = sampled(math.sin, 1.0, order, step=step, side=side)
        assert abs(found.value - want) <= found.error <= 10 * step
    central = sampled(math.sin, 1.0, step=0.125)
    assert central.value == (math.sin(1.125) - math.sin(0.875)) / 0.25


def test_a_fixed_step_sees_a_kink():
    assert sampled(abs, 0.0, step=1e-3).error >= 1.0


def cube(x):
    return x**3


def test_workers_change_nothing():
    want = sampled(cube, 2.0, complex_step=False)
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(1) as processes:
        for workers in (2, threads, processes):
            found = sampled(cube, 2.0, complex_step=False, workers=workers)
            assert (found.value, found.error, found.evaluations) == (
                want.value,
                want.error,
                want.evaluations,
            )
            assert sampled(cube, 2.0, workers=workers).value == sampled(cube, 2.0).value


def test_all_samples_of_a_window_are_handed_over_at_once():
    class Now:
        def __init__(self, value):
            self.value = value

        def result(self):
            events.append("asked")
            return self.value

    class Pool:
        def submit(self, f, *args):
            events.append("given")
            return Now(f(*args))

    events = []
    sampled(math.sin, 1.0, complex_step=False, workers=Pool())
    assert " ".join(events).count("given asked") == 2  # the probe, and one window


def test_the_options_of_derivative():
    found = derivative(math.sin, method="differences", budget=30, rtol=1e-9).estimate(1.0)
    assert abs(found.value - math.cos(1.0)) <= found.error
    assert 0 < found.noise < 1e-14
    assert 0 < found.reach < 2
    hidden = lambda x: float(repr(float(x))) ** 2
    assert derivative(hidden, bounds=(1.5, 9.0))(1.5) == pytest.approx(3.0, rel=1e-9)
    assert derivative(abs, 0.0, method="differences", side="left") == pytest.approx(-1.0)
    assert derivative(math.sin, 1.0, method="differences", step=0.125) == pytest.approx(
        0.5389, rel=1e-4
    )


def test_named_arguments_are_held():
    found = derivative(lambda x, a: a * math.sin(x), method="differences")(1.0, a=2.0)
    assert found == pytest.approx(2 * math.cos(1.0), rel=1e-14)


@pytest.mark.parametrize(
    "option",
    [
        {"bounds": 3},
        {"bounds": (2.0, 1.0)},
        {"rtol": 2.0},
        {"rtol": "small"},
        {"budget": 0},
        {"budget": 2.5},
        {"noise": -1.0},
        {"step": 0.0},
        {"step": math.inf},
        {"workers": 0},
        {"workers": "many"},
    ],
    ids=str,
)
def test_bad_options_are_named(option):
    with pytest.raises(ValueError, match=next(iter(option))):
        derivative(math.sin, method="differences", **option)


def test_exact_takes_no_samples():
    with pytest.raises(ValueError, match=r"budget.*exact"):
        derivative(math.sin, method="exact", budget=10)
