"""`dfdx FORMULA`: what it says about one derivative."""

import math

import pytest

from dfdx.capture.formula import parse


def test_the_main_job(dfdx):
    ran = dfdx("x^2 sin x", "--at", "3")
    assert ran.code == 0 and ran.err == ""
    lines = ran.out.splitlines()
    assert lines[0] == "read as f(x) = x² · sin(x)"
    assert lines[2].startswith("f(3) ") and "1.27008007253880" in lines[2]
    assert lines[3].startswith("f′(3) ") and "-8.0632124210448" in lines[3]
    assert "±" in lines[3] and "exact" in lines[3]
    assert lines[4].startswith("f′(x) ") and "cos(x)" in lines[4]
    assert lines[5].startswith("tangent ") and "y = 1.27008 − 8.063212·(x − 3)" in lines[5]
    assert lines[-1].strip().endswith("the point")
    assert any(0x2800 < ord(c) <= 0x28FF for c in ran.out)
    assert max(map(len, lines)) <= 80


def test_the_answer_comes_before_the_picture(dfdx):
    out = dfdx("x^2 sin x", "--at", "3", "--steps", "--h", "1e-4").out
    places = [
        out.index(word) for word in ("f(3)", "tangent", "quotient", "step by step", "⠒ tangent")
    ]
    assert places == sorted(places)


def test_plain_is_ascii_without_picture(dfdx):
    ran = dfdx("sqrt(x) + pi x^2", "--at", "2", "--plain", "--steps", "--h", "1e-3")
    assert ran.out.isascii() and "the point" not in ran.out
    assert "f'(2)" in ran.out and "+/-" in ran.out


def test_what_plain_says_can_be_typed_again(dfdx):
    answer = dfdx("x^2 e^(-x/2) + |x| sqrt(x) + x^x + log_2 x", "--json").json
    f, df = parse(answer["typed"]), parse(answer["formula_typed"])
    for x in (0.3, 1.0, 2.5):
        g = parse("x^2 e^(-x/2) + |x| sqrt(x) + x^x + log_2 x")
        assert f(x) == pytest.approx(g(x), rel=1e-14)
        slope = dfdx(g.text, "--at", repr(x), "--json").point["derivative"]
        assert df(x) == pytest.approx(slope, rel=1e-12)


@pytest.mark.parametrize(
    ("formula", "at", "value", "slope"),
    [
        ("x^2", "3", 9.0, 6.0),
        ("x^3 + x^2", "-2", -4.0, 8.0),
        ("sin x", "pi/2", 1.0, 6.123233995736766e-17),
        ("exp(-x^2)", "0", 1.0, 0.0),
        ("5", "3", 5.0, 0.0),
        ("t^2", "4", 16.0, 8.0),
        ("1/x", "1e-3", 1000.0, -1e6),
        ("θ sin θ", "0", 0.0, 0.0),
    ],
)
def test_values_and_slopes(dfdx, formula, at, value, slope):
    ran = dfdx(formula, "--at", at, "--json")
    assert ran.code == 0
    assert ran.point["value"] == pytest.approx(value, rel=1e-15)
    assert ran.point["derivative"] == pytest.approx(slope, rel=1e-15)
    assert abs(ran.point["derivative"] - slope) <= ran.point["error"] + 1e-300


@pytest.mark.parametrize(("order", "name"), [(2, "f″(1)"), (3, "f‴(1)"), (5, "f⁽⁵⁾(1)")])
def test_higher_orders(dfdx, order, name):
    ran = dfdx("e^(2x)", "--at", "1", "--order", str(order))
    assert ran.code == 0 and name in ran.out
    found = dfdx("e^(2x)", "--at", "1", "--order", str(order), "--json").point
    assert found["derivative"] == pytest.approx(2**order * math.exp(2), rel=1e-14)


def test_without_a_point_only_the_formula(dfdx):
    ran = dfdx("x^2 sin x")
    assert ran.code == 0 and "f′(x) = " in ran.out and "the point" not in ran.out


def test_several_points_make_a_table(dfdx):
    ran = dfdx("|x|", "--at", "-1,0,1")
    assert ran.code == 1
    rows = [line.split() for line in ran.out.splitlines() if line.strip()[:1] in tuple("-01")]
    assert [row[0] for row in rows] == ["-1", "0", "1"]
    assert rows[0][2] == "-1" and rows[2][2] == "1"
    assert "does not exist" in ran.out


def test_a_range(dfdx):
    found = dfdx("x^2", "--at", "0:1:0.1", "--json").json["points"]
    assert [p["at"] for p in found] == [k / 10 for k in range(11)]


def test_other_variables_are_held_fixed(dfdx):
    ran = dfdx("a x^2", "--at", "x=3,a=2", "--wrt", "x")
    assert ran.code == 0 and "∂f/∂x(3, 2) = 12" in ran.out
    assert dfdx("a x^2", "--at", "x=3,a=2", "--wrt", "a", "--json").point["derivative"] == 9.0
    many = dfdx("a x^2", "--at", "x=1,2,3,a=2", "--json").json
    assert [p["derivative"] for p in many["points"]] == [4.0, 8.0, 12.0]


def test_one_side(dfdx):
    for side, slope in (("left", -1.0), ("right", 1.0)):
        ran = dfdx("abs(x)", "--at", "0", "--side", side)
        assert ran.code == 0 and f"from the {side}" in ran.out
        assert dfdx("abs(x)", "--at", "0", "--side", side, "--json").point["derivative"] == slope


@pytest.mark.parametrize(
    ("formula", "at", "left", "right"),
    [
        ("abs(x)", "0", -1.0, 1.0),
        ("floor x", "2", "inf", 0.0),
        ("cbrt x", "0", "inf", "inf"),
        ("sqrt x", "0", None, "inf"),
        ("max(x, 2x)", "0", 1.0, 2.0),
        ("|x| + x^2", "0", -1.0, 1.0),
        ("|x| + x sin x", "0", -1.0, 1.0),
        ("|x - 1| (x + 2)", "1", -3.0, 3.0),
    ],
)
def test_where_it_does_not_exist(dfdx, formula, at, left, right):
    ran = dfdx(formula, "--at", at)
    assert ran.code == 1 and "does not exist" in ran.out and "from the left" in ran.out
    found = dfdx(formula, "--at", at, "--json").point
    assert found["exists"] is False and found["derivative"] is None
    assert (found["left"], found["right"]) == (pytest.approx(left), pytest.approx(right))


def test_both_sides_are_said(dfdx):
    out = dfdx("abs(x)", "--at", "0").out
    assert "-1 from the left, +1 from the right" in out and "--side right" in out


@pytest.mark.parametrize("formula", ["x |x|", "x^2 + |x|^3"])
def test_a_kink_that_is_none(dfdx, formula):
    found = dfdx(formula, "--at", "0", "--json").point
    assert found["exists"] and found["derivative"] == 0.0


@pytest.mark.parametrize(
    ("formula", "at", "said"),
    [
        ("1/x", "0", "1 / x divides by zero"),
        ("ln(x - 3)", "2", "where x − 3 = -1"),
        ("exp(x)", "1000", "too large"),
        ("sqrt(x)", "-1", "no real value"),
        ("x^0.5", "-1", "no real value"),
    ],
)
def test_where_the_formula_has_no_value(dfdx, formula, at, said):
    ran = dfdx(formula, "--at", at)
    assert ran.code == 1 and "is not defined" in ran.out and said in ran.out
    found = dfdx(formula, "--at", at, "--json").point
    assert found["value"] is None and not found["exists"] and "not defined" in found["message"]


@pytest.mark.parametrize("at", ["nan", "inf"])
def test_points_that_are_no_numbers(dfdx, at):
    ran = dfdx("x^2", "--at", at)
    assert ran.code == 1 and "Traceback" not in ran.out + ran.err
    assert dfdx("x^2", "--at", at, "--json").json["points"]


def test_the_tangent_touches(dfdx):
    tangent = dfdx("x^3", "--at", "2", "--json").point["tangent"]
    assert tangent == {"slope": 12.0, "value": 8.0, "at": 2.0}
    assert "y = 8 + 12·(x − 2)   or   y = 12·x − 16" in dfdx("x^3", "--at", "2").out


def test_the_difference_quotient(dfdx):
    ran = dfdx("x^2", "--at", "3", "--h", "1e-1,1e-4,1e-12", "--plain")
    assert ran.code == 0
    rows = [
        line.split()
        for line in ran.out.splitlines()
        if line.strip().endswith(("-14", "-11", "533"))
    ]
    assert [row[0] for row in rows] == ["0.1", "0.0001", "1e-12"]
    assert rows[1][1].startswith("6.0001") and rows[1][3] == "+0.0001"


def test_steps_end_with_the_derivative(dfdx):
    ran = dfdx("x^2 sin x", "--at", "3", "--steps")
    assert "product rule" in ran.out and "the derivative of sin(u) is cos(u)" in ran.out
    assert "u₂·u₁′ + u₁·u₂′" in ran.out and "+ 9·(−0.9899925) = −8.063212" in ran.out


@pytest.mark.parametrize(
    ("formula", "said"), [("x", "x itself: its slope is 1"), ("7", "a constant")]
)
def test_steps_of_nearly_nothing(dfdx, formula, said):
    assert said in dfdx(formula, "--at", "3", "--steps").out


def test_a_curve_without_a_slope_is_still_drawn(dfdx):
    assert "●" in dfdx("floor x", "--at", "2").out
    assert "● the point" in dfdx("1/x", "--at", "0").out


def test_the_error_for_every_step(dfdx):
    ran = dfdx("sin x", "--at", "1", "--h", "all")
    assert ran.code == 0 and "best h: predicted 2.1e-08" in ran.out and "10⁻⁸ ┤" in ran.out
    point = dfdx("sin x", "--at", "1", "--h", "all", "--json").point
    curve = point["error_curve"]
    assert len(curve["h"]) == len(curve["error"]) > 60 and curve["best"] < 1e-7
    plain = dfdx("x^2", "--at", "1", "--h", "all", "--plain")
    assert plain.out.isascii() and "┤" not in plain.out
    assert "does not exist" in dfdx("abs x", "--at", "0", "--h", "all").out
