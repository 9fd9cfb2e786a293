"""The steps tell the same story as the derivative: same numbers, rules by their names."""

import math
import random

import pytest

from dfdx import derivative
from dfdx.capture.formula import parse
from dfdx.capture.trace import Call
from dfdx.explain.steps import gradient_steps, steps
from dfdx.explain.told import MOST, back_data, gradient_lines, rule_texts, step_data, step_lines
from dfdx.methods.gradients import gradient_at
from dfdx.readings.formula import text
from dfdx.walk import run

FORMULAS = [
    "x^2",
    "x^3 + x^2",
    "x^2 sin x",
    "sin(x)/x",
    "exp(-x^2)",
    "ln(1 + x^2)",
    "sqrt(1 + x^4)",
    "x^x",
    "2^x x^2",
    "tan(x) + cot(x)",
    "arctan(3x) - 5",
    "1/(1 + e^(-x))",
    "sin(cos(sin x))",
    "(x - 1)(x - 2)(x + 3)",
    "|x| cosh x",
    "hypot(x, 3) atan2(x, 2)",
    "max(x, 1/x)",
    "x sin(1/x)",
    "log_2(x) log10(x)",
    "cbrt(x) - x/7 + pi x",
    "erf(x) x",
    "-x^2 / 2",
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("x", [0.3, 1.7])
def test_the_last_slope_is_the_derivative(formula, x):
    f = parse(formula)
    found = steps(f.graph, [x])
    assert found[-1].name == "f"
    assert found[-1].value == pytest.approx(f(x), rel=1e-15)
    assert found[-1].slope == pytest.approx(derivative(f, x), rel=1e-13)


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_step_is_its_locals_times_the_slopes_before(formula):
    for step in steps(parse(formula).graph, [0.8]):
        total = math.fsum(local.value * local.slope for local in step.locals)
        assert step.slope == pytest.approx(total, rel=1e-13, abs=1e-300)


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_written_local_slopes_have_the_values_beside_them(formula):
    """What stands in letters, computed with the values of the earlier steps, is what stands in numbers."""
    x = 0.8
    values = {"x": x}
    for step in steps(parse(formula).graph, [x]):
        for local in step.locals:
            if type(local.node) is int:
                assert local.value == local.node
                continue
            written = parse(text(local.node, "ascii"))
            value = written(*(values[name] for name in written.variables))
            assert value == pytest.approx(local.value, rel=1e-12)
        values[step.name] = step.value


@pytest.mark.parametrize(
    "formula", ["x y^2", "sin(x y) + x", "exp(x) / (x + y)", "x^y", "|x - y| y"]
)
def test_the_way_back_ends_with_the_partials(formula):
    f = parse(formula)
    point = [1.3, 0.7]
    forward, backward = gradient_steps(f.graph, point)
    truth = gradient_at(Call(f, tuple(point), {}, (0, 1))).value
    assert [b.name for b in backward[-2:]] == ["x", "y"]
    assert [b.value for b in backward[-2:]] == pytest.approx(truth, rel=1e-13)
    assert forward[-1].value == pytest.approx(run(f.graph, *point)[0])
    for back in backward:
        total = math.fsum(share.local.value * share.outer for share in back.shares)
        expected = total if back.shares else 1.0
        assert back.value == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize(
    ("formula", "rules"),
    [
        ("x + sin x", ["sum rule"]),
        ("x + 3", ["sum rule", "constant rule"]),
        ("x - sin x", ["difference rule"]),
        ("x sin x", ["product rule"]),
        ("3 x", ["constant multiple rule"]),
        ("x / sin x", ["quotient rule"]),
        ("1 / x", ["reciprocal rule"]),
        ("x / 3", ["constant multiple rule"]),
        ("x^3", ["power rule"]),
        ("(sin x)^3", ["chain rule", "power rule"]),
        ("2^x", ["exponential rule"]),
        ("x^x", ["power rule and exponential rule"]),
        ("-x", ["constant multiple rule"]),
        ("sin x", ["the derivative of sin(u) is cos(u)"]),
        ("sin(x^2)", ["chain rule", "the derivative of sin(u) is cos(u)"]),
        ("ln x", ["the derivative of ln(u) is 1 / u"]),
        ("atan2(x, 2)", ["the partial derivatives of atan2"]),
    ],
)
def test_rules_have_their_names(formula, rules):
    assert rule_texts(steps(parse(formula).graph, [0.5])[-1], "ascii") == rules


def test_what_does_not_vary_is_a_constant():
    f = parse("x sin a")
    first, last = steps(f.graph, [2.0, 1.0], wrt=f.variables.index("x"))
    assert rule_texts(first) == ["constant rule"] and first.slope == 0.0
    assert last.slope == pytest.approx(math.sin(1.0))


def test_names_do_not_collide_with_variables():
    names = {s.name for s in steps(parse("u_1 sin(u_1 + u)", "u_1 u").graph, [1.0, 2.0])}
    assert not names & {"u_1", "u"}


def test_where_a_local_slope_has_no_value():
    found = steps(parse("x sqrt x").graph, [0.0])
    assert math.isnan(found[0].slope) and "nan" in "\n".join(step_lines(found))
    assert step_data(found)[0]["slope"] is None


def test_a_long_function_is_cut_in_text_but_not_in_data():
    f = parse("x" + " + sin(x)^2 x" * 100)
    found = steps(f.graph, [1.0])
    assert len(step_data(found)) == len(found) > MOST
    lines = step_lines(found)
    assert len(lines) <= 2 * MOST + 1 and "more steps" in lines[-1]


def test_ascii_is_ascii():
    f = parse("x^2 y - sqrt(pi x)")
    assert "\n".join(step_lines(steps(f.graph, [1.0, 2.0]), "ascii")).isascii()
    found = gradient_steps(f.graph, [1.0, 2.0])
    assert "\n".join(gradient_lines(*found, ["x", "y"], "ascii")).isascii()
    assert back_data(found[1])[-1]["name"] == "y"


def test_records_do_not_change():
    step = steps(parse("x^2").graph, [1.0])[0]
    with pytest.raises(AttributeError, match="does not change"):
        step.slope = 2.0
    assert "slope=2.0" in repr(step)


def test_every_pointwise_card_has_steps():
    """Every card of one operand that has a rule can be told, at a point inside its domain."""
    from dfdx.graph import Graph, variable
    from dfdx.pointwise import CARDS
    from dfdx.rules import elementary, rounding  # noqa: F401 (they fill CARDS)

    rng = random.Random(1)
    told = 0
    for card in list(CARDS.values()):
        if card.arity != 1 or not callable(card.partials[0]):
            continue
        low, high = card.domain[0]
        x = rng.uniform(max(low, 0.2) + 0.05, min(high, 3.0) - 0.05)
        node = variable("x")
        try:
            value = card(x)
        except (ValueError, ArithmeticError):
            continue
        if not math.isfinite(value):
            continue
        lines = step_lines(steps(Graph([node], [card(node)]), [x]))
        assert len(lines) == 2, card.name
        told += 1
    assert told > 25
