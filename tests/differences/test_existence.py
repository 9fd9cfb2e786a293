"""Derivatives that do not exist are told, by name, with both sides; those that look broken are found."""

import math

import pytest

from dfdx.differences.scalar import sampled
from dfdx.errors import NotDifferentiable

INF = math.inf
BROKEN = [
    (abs, 0.0, -1.0, 1.0, "a kink"),
    (lambda x: abs(x - 3) + x * x, 3.0, 5.0, 7.0, "a kink"),
    (
        lambda x: math.sin(x) + 1e-4 * abs(x - 1),
        1.0,
        math.cos(1) - 1e-4,
        math.cos(1) + 1e-4,
        "a kink",
    ),
    (lambda x: max(0.0, x - 2) * 1e6, 2.0, 0.0, 1e6, "a kink"),
    (lambda x: abs(x - 1e6), 1e6, -1.0, 1.0, "a kink"),
    (lambda x: abs(x - 1e-6), 1e-6, -1.0, 1.0, "a kink"),
    (math.floor, 2.0, None, None, "jumps"),
    (lambda x: math.cos(x) + (1e-6 if x >= 1 else 0.0), 1.0, None, None, "jumps"),
    (lambda x: math.sin(x) / x if x else 3.0, 0.0, None, None, "jumps"),
    (lambda x: abs(x) ** 0.5, 0.0, -INF, INF, "a cusp"),
    (lambda x: abs(x) ** (2 / 3), 0.0, -INF, INF, "a cusp"),
    (math.cbrt, 0.0, INF, INF, "a vertical tangent"),
    (lambda x: x * math.log(abs(x)) if x else 0.0, 0.0, -INF, -INF, "a vertical tangent"),
    (math.sqrt, 0.0, None, INF, "no values"),
    (lambda x: x * math.sin(1 / x) if x else 0.0, 0.0, None, None, "oscillates"),
    (lambda x: math.sin(1 / x) if x else 0.0, 0.0, None, None, "oscillates"),
]


@pytest.mark.parametrize(("f", "x", "left", "right", "name"), BROKEN)
def test_it_is_told(f, x, left, right, name):
    calls = []

    def counted(p):
        calls.append(p)
        return f(p)

    with pytest.raises(NotDifferentiable, match=name) as told:
        sampled(counted, x)
    for found, want in ((told.value.left, left), (told.value.right, right)):
        if want is not None:
            assert found == pytest.approx(want, rel=1e-8, abs=1e-8)
    assert len(calls) <= 130


LOOKS_BROKEN = [
    (lambda x: x * abs(x), 0.0, 0.0),
    (lambda x: x * x * math.sin(1 / x) if x else 0.0, 0.0, 0.0),
    (lambda x: abs(x) ** (4 / 3), 0.0, 0.0),
    (lambda x: abs(x) ** 1.5 + x, 0.0, 1.0),
    (lambda x: math.sin(x) / x if x else 1.0, 0.0, 0.0),
    (lambda x: x * x if x < 1 else 2 * x - 1, 1.0, 2.0),
    (lambda x: math.exp(-1 / x) if x > 0 else 0.0, 0.0, 0.0),
    (lambda x: max(0.0, x) ** 2, 0.0, 0.0),
]


@pytest.mark.parametrize(("f", "x", "want"), LOOKS_BROKEN)
def test_what_looks_broken_and_is_not(f, x, want):
    found = sampled(f, x)
    assert abs(found.value - want) <= found.error <= 1e-2


@pytest.mark.parametrize(("order", "slope"), [(2, 2.0), (3, 6.0)])
def test_a_kink_of_a_higher_derivative(order, slope):
    f = {2: lambda x: x * abs(x), 3: lambda x: abs(x) ** 3}[order]
    with pytest.raises(NotDifferentiable, match=f"not {order} times") as told:
        sampled(f, 0.0, order)
    assert (told.value.left, told.value.right) == pytest.approx((-slope, slope))


def test_one_side():
    for side, want in (("left", -1.0), ("right", 1.0)):
        found = sampled(lambda x: abs(x) * math.exp(x), 0.0, side=side)
        assert abs(found.value - want) <= found.error <= 1e-11
        assert getattr(found, side) == found.value
    with pytest.raises(NotDifferentiable):
        sampled(math.sqrt, 0.0, side="right")
    with pytest.raises(NotDifferentiable):
        sampled(math.sqrt, 0.0, side="left")


def test_the_edge_of_the_domain():
    def asserted(x):
        assert x >= 2, "too small"
        return x * math.log(x)

    found = sampled(asserted, 2.0)
    assert abs(found.value - 1 - math.log(2)) <= found.error <= 1e-10
    assert "no values on the left" in found.notes[0]
    for x in (2 + 1e-9, 2.001, 2.1):
        found = sampled(asserted, x)
        assert abs(found.value - 1 - math.log(x)) <= found.error <= 1e-8


def test_a_kink_near_the_edge_of_the_domain_is_seen():
    def f(x):
        if x < 0:
            raise ValueError("too small")
        return abs(x - 0.01) + x

    with pytest.raises(NotDifferentiable, match="a kink"):
        sampled(f, 0.01)
