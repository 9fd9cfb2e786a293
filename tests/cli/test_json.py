"""--json: valid, complete, and the same numbers as the text."""

import pytest

POINT = {
    "at", "exists", "value", "derivative", "error", "method", "evaluations", "left", "right",
    "message", "notes",
}  # fmt: skip
TOP = {
    "command", "input", "name", "variables", "variable", "fixed", "order", "side", "read_as",
    "typed", "formula", "formula_typed", "points",
}  # fmt: skip
STEP = {"name", "formula", "value", "rules", "locals", "slope"}
QUOTIENT = {"h", "value", "off", "truncation", "roundoff"}


@pytest.mark.parametrize("formula", ["x^2 sin x", "abs(x - 3)", "ln(-x)", "5", "x^x"])
def test_it_has_the_same_keys_whatever_comes_out(dfdx, formula):
    found = dfdx(formula, "--at", "3", "--json").json
    assert set(found) == TOP
    assert {key for key in found["points"][0] if key != "tangent"} == POINT


def test_steps_and_quotients(dfdx):
    point = dfdx("x^2 sin x", "--at", "3", "--json", "--steps", "--h", "1e-3,1e-5").point
    assert all(set(step) == STEP for step in point["steps"])
    assert point["steps"][-1]["slope"] == pytest.approx(point["derivative"], rel=1e-14)
    assert all(set(q) == QUOTIENT for q in point["quotients"])
    assert [q["h"] for q in point["quotients"]] == [1e-3, 1e-5]


def test_infinities_are_words_and_nan_is_null(dfdx):
    point = dfdx("sqrt x", "--at", "0", "--json").point
    assert point["left"] is None and point["right"] == "inf"


def test_several_points(dfdx):
    found = dfdx("1/x", "--at", "-1,0,1", "--json")
    assert found.code == 1
    assert [p["exists"] for p in found.json["points"]] == [True, False, True]


def test_without_a_point(dfdx):
    assert dfdx("x^2", "--json").json["points"] == []
    assert dfdx("gradient", "x y", "--json").json["formulas"] == {"x": "y", "y": "x"}
