"""`dfdx gradient`: partials, gradient, steepest ascent, directional derivative."""

import math

import pytest


def test_the_main_job(dfdx):
    ran = dfdx("gradient", "2 z^3 x^2", "--at", "x=1,z=2", "--along", "3,4")
    assert ran.code == 0 and ran.err == ""
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert lines[0] == "read as f(x, z) = 2 · z³ · x²"
    assert "f(1, 2) = 16" in lines
    assert any(line.startswith("∂f/∂x = 32 ±") for line in lines)
    assert any(line.startswith("∂f/∂z = 24 ±") for line in lines)
    assert any(line.startswith("∇f = (32, 24) exact") for line in lines)
    assert any(line.startswith("length = 40") for line in lines)
    assert any(line.startswith("steepest = (0.8, 0.6) 36.87°") for line in lines)
    assert any(line.startswith("along (3, 4) = 38.4 ±") for line in lines)


def test_json_has_it_all(dfdx):
    found = dfdx(
        "gradient", "2 z^3 x^2", "--at", "x=1,z=2", "--along", "3,4", "--steps", "--json"
    ).json
    assert found["partials"] == {"x": 32.0, "z": 24.0}
    assert found["gradient"] == [32.0, 24.0] and found["length"] == 40.0
    assert found["steepest"] == [0.8, 0.6] and found["value"] == 16.0
    assert found["along"]["derivative"] == pytest.approx(38.4, abs=found["along"]["error"])
    assert found["along"]["unit"] == [0.6, 0.8]
    assert set(found["errors"]) == set(found["formulas"]) == {"x", "z"}
    assert [s["name"] for s in found["steps"]["backward"]][-2:] == ["x", "z"]


def test_values_in_order_or_by_name(dfdx):
    one = dfdx("gradient", "x y^2", "--at", "3,2", "--json").json
    two = dfdx("gradient", "x y^2", "--at", "y=2,x=3", "--json").json
    assert one["gradient"] == two["gradient"] == [4.0, 12.0]


def test_a_direction_by_name(dfdx):
    found = dfdx("gradient", "x y^2", "--at", "3,2", "--along", "y=5", "--json").json
    assert found["along"]["derivative"] == 12.0


def test_formulas_without_a_point(dfdx):
    ran = dfdx("gradient", "x y^2")
    assert ran.code == 0 and "∂f/∂x = y²" in ran.out and "∂f/∂y = 2 · x · y" in ran.out


def test_a_critical_point_has_no_steepest_direction(dfdx):
    ran = dfdx("gradient", "x^2 + y^2", "--at", "0,0")
    assert ran.code == 0 and "the gradient is zero here" in ran.out


def test_one_variable_has_a_gradient_too(dfdx):
    assert dfdx("gradient", "sin x", "--at", "0", "--json").json["gradient"] == [1.0]


def test_on_a_kink_the_shortest_gradient(dfdx):
    ran = dfdx("gradient", "|x| + y^2", "--at", "0,1")
    assert ran.code == 0 and "note: on a kink" in ran.out


def test_along_a_kink_there_are_two_slopes(dfdx):
    ran = dfdx("gradient", "|x| + y", "--at", "0,1", "--along", "1,0")
    assert ran.code == 1 and "does not exist" in ran.out and "ahead" in ran.out


def test_where_the_formula_has_no_value(dfdx):
    ran = dfdx("gradient", "ln(x y)", "--at", "1,-1")
    assert ran.code == 1 and "is not defined" in ran.out and "x · y = -1" in ran.out


def test_steps_go_forward_and_back(dfdx):
    out = dfdx("gradient", "sin(x y)", "--at", "1,2", "--steps").out
    assert "chain rule, the derivative of sin(u) is cos(u)" in out
    assert "∂f/∂x = y·∂f/∂u₁ = 2·(−0.4161468) = −0.8322937" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x y", "--at", "1"], "1 value was given for the 2 variables x, y"),
        (["x y", "--at", "x=1"], "y needs a value"),
        (["x y", "--at", "x=1,q=2"], "q does not occur"),
        (["x y", "--at", "1,2", "--along", "1"], "the variables are x, y"),
        (["x y", "--at", "1,2", "--along", "0,0"], "points nowhere"),
        (["x y", "--at", "1,2", "--along", "q=1"], "in order, or each by name"),
        (["x y", "--at", "x=1,2,y=3"], "one point"),
        (["x y", "--at", "1,y=3"], "all by name"),
        (["x y", "--along", "1,2"], "add --at"),
    ],
    ids=" ".join,
)
def test_bad_words(dfdx, words, said):
    ran = dfdx("gradient", *words)
    assert ran.code == 2 and ran.out == "" and said in ran.err


def test_the_error_is_a_bound(dfdx):
    mpmath = pytest.importorskip("mpmath")
    found = dfdx(
        "gradient", "exp(x sin y) / (x + y)", "--at", "1.3,0.7", "--along", "1,1", "--json"
    ).json
    with mpmath.workdps(40):
        x, y = mpmath.mpf(1.3), mpmath.mpf(0.7)

        def f(x, y):
            return mpmath.exp(x * mpmath.sin(y)) / (x + y)

        truth = [mpmath.diff(f, (x, y), n) for n in ((1, 0), (0, 1))]
        for value, error, true in zip(
            found["gradient"], found["errors"].values(), truth, strict=True
        ):
            assert abs(value - true) <= error
        along = sum(truth) / mpmath.sqrt(2)
        assert abs(found["along"]["derivative"] - along) <= found["along"]["error"]
    assert math.isclose(found["length"], math.hypot(*found["gradient"]))


def test_a_map_shows_which_way_is_up(dfdx, model):
    out = dfdx("gradient", "x + y", "--at", "1,2").out
    assert "●" in out and "↗" in out and "straight uphill, 1.414214" in out
    path = model("def f(p):\n    return p[0] * p[1]\n")
    assert "straight uphill" in dfdx("gradient", f"{path}:f", "--at", "1,2").out
    for words in (["x + y", "--plain"], ["x + y + z"], ["ln(x y)"], ["x + y", "--json"]):
        at = "1,-2,1" if "z" in words[0] else "1,-2"
        assert "uphill" not in dfdx("gradient", *words, "--at", at).out


def test_a_slow_function_gets_no_map(dfdx, model):
    path = model("import time\ndef f(x, y):\n    time.sleep(0.003)\n    return x * y\n")
    assert "no picture" in dfdx("gradient", f"{path}:f", "--at", "1,2").out
