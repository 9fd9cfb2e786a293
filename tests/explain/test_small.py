"""Digits, records, general formulas, the part that has no value."""

import math
import random

import pytest

from dfdx.capture.formula import parse
from dfdx.explain.digits import full, short, upward
from dfdx.explain.record import Record
from dfdx.explain.undefined import culprit, sentence
from dfdx.readings.formula import text
from dfdx.transforms.simplify import simplify
from dfdx.transforms.tangent import slope
from dfdx.walk import run


def test_all_digits_come_back():
    rng = random.Random(2)
    for _ in range(500):
        value = rng.uniform(-1, 1) * 10.0 ** rng.randint(-20, 20)
        assert float(full(value)) == value
        error = abs(value) * 10.0 ** -rng.randint(1, 18)
        assert abs(float(full(value, error)) - value) <= error
        assert float(upward(error)) >= error and float(upward(error)) <= 2.01 * error


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (6.0, "6"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e22, "1e+22"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
    ],
)
def test_full(value, shown):
    assert full(value) == shown


def test_short_never_has_more_than_seven_digits():
    assert (
        short(math.pi) == "3.141593"
        and short(1e-20) == "1e-20"
        and short(123456789.0) == "1.234568e8"
    )


def test_records_need_all_their_fields():
    class Pair(Record):
        __slots__ = ("a", "b")

    with pytest.raises(TypeError, match="a, b"):
        Pair(1)
    with pytest.raises(TypeError):
        Pair(1, 2, 3)
    assert repr(Pair(1, b=2)) == "Pair(a=1, b=2)"


@pytest.mark.parametrize("formula", ["x^x", "2^sin(x)", "(1 + x^2)^(x/2)"])
def test_a_general_formula_has_no_guards_and_the_same_values(formula):
    graph = simplify(slope(parse(formula).graph))
    shown = simplify(graph, guards=False)
    assert "choose" not in text(shown, "ascii")
    assert run(shown, 1.3) == pytest.approx(run(graph, 1.3))


def test_cases_that_the_user_wrote_stay():
    graph = parse("choose(x > 0, x^2, -x)").graph
    assert "choose" in text(simplify(graph, guards=False), "ascii")


@pytest.mark.parametrize(
    ("formula", "x", "part"),
    [
        ("1 + ln(x - 3)", 2.0, "ln(x − 3)"),
        ("1/(x - 1)^2", 1.0, "1 / (x − 1)²"),
        ("exp(exp(x))", 10.0, None),
    ],
)
def test_the_part_that_has_no_value(formula, x, part):
    graph = parse(formula).graph
    node, _, error = culprit(graph, [x])
    assert part is None or text(node) == part
    assert isinstance(error, (ArithmeticError, ValueError))
    assert sentence(graph, [x])


def test_where_all_is_well():
    assert culprit(parse("1/x").graph, [1.0]) is None and sentence(parse("1/x").graph, [1.0]) == ""
