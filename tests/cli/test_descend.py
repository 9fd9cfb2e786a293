"""`dfdx descend`: a table of methods, why each ended, the ways on a map."""

import math
import re

import pytest

VALLEY = "(1-x)^2 + 100 (y-x^2)^2"


def rows(ran):
    """The table as {method: cells}."""
    lines = ran.out.splitlines()
    head = next(k for k, line in enumerate(lines) if line.startswith("method"))
    found = {}
    for line in lines[head + 1 :]:
        if not line.strip():
            break
        name, *cells = line.split()
        found[name] = cells
    return found


def test_the_main_job(dfdx):
    ran = dfdx("descend", VALLEY, "--from", "-1.2,1", "--method", "gd,momentum,adam,lbfgs")
    assert ran.code == 0 and ran.err == ""
    lines = ran.out.splitlines()
    assert lines[0] == "read as f(x, y) = (1 − x)² + 100·(y − x²)²"
    assert lines[1] == "begins at f(-1.2, 1) = 24.199999999999996"
    table = rows(ran)
    assert list(table) == ["gd", "momentum", "adam", "lbfgs"]
    assert table["lbfgs"][-2:] == ["1,", "1"] and float(table["lbfgs"][2]) < 1e-12
    assert "lbfgs" in ran.out and "minimum: the gradient is" in ran.out
    assert "○" in ran.out and "●" in ran.out and "lines: f(x, y) = " in ran.out
    assert max(map(len, lines)) <= 80


def test_plain_is_ascii_and_has_no_picture(dfdx):
    ran = dfdx("descend", VALLEY, "--from", "x=-1.2,y=1", "--plain", "--steps", "20")
    assert ran.code == 0 and ran.out.isascii()
    assert "|grad f|" in ran.out and "lines:" not in ran.out


def test_json_has_it_all(dfdx):
    found = dfdx("descend", VALLEY, "--from", "-1.2,1", "--method", "newton,bfgs", "--json").json
    assert found["start"] == {"x": -1.2, "y": 1.0} and found["value"] == pytest.approx(24.2)
    for search, name in zip(found["searches"], ["newton", "bfgs"], strict=True):
        assert search["method"] == name and search["converged"] is True
        assert search["x"] == pytest.approx({"x": 1.0, "y": 1.0}, abs=1e-6)
        assert search["points"][0] == [-1.2, 1.0] and len(search["points"]) == search["steps"] + 1
        assert len(search["values"]) == search["steps"] + 1
        assert search["value"] == pytest.approx(min(search["values"]))
        assert search["slope"] == pytest.approx(math.hypot(*search["gradient"].values()))


def test_a_rate_for_all_or_one_each(dfdx):
    words = [
        "descend",
        "x^2 + y^2",
        "--from",
        "1,2",
        "--method",
        "gradient,adam,bfgs",
        "--steps",
        "3",
    ]
    one = dfdx(*words, "--rate", "0.25", "--json").json["searches"]
    assert one[0]["points"][1] == [0.5, 1.0]
    own = dfdx(*words, "--rate", "gradient=0.5,adam=0.1", "--json").json["searches"]
    assert own[0]["points"][1] == [0.0, 0.0]
    assert own[1]["points"][1] == pytest.approx(
        [0.9, 1.9], abs=1e-6
    )  # the first step of Adam is the rate
    assert all(search["steps"] <= 3 for search in own)


def test_one_variable_and_many(dfdx):
    ran = dfdx("descend", "x^4 - 3x^2 + x", "--from", "2", "--method", "bfgs")
    assert ran.code == 0 and "the curve is f(x), the letters are the steps" in ran.out
    ran = dfdx("descend", "x^2 + y^2 + z^2 + t^2", "--from", "1,2,3,4", "--method", "bfgs")
    assert ran.code == 0 and "f after each step" in ran.out
    assert float(rows(ran)["bfgs"][2]) < 1e-12


def test_functions_in_files(dfdx, model):
    path = model(
        "import numpy as np\ndef f(x, y=2.0):\n    return (x - y) ** 2\n"
        "def g(p):\n    return (p[0] - 1) ** 2 + 3 * (p[1] + 2) ** 2\n"
        "def broken(x, y):\n    return x * y + undefined\n"
        "def vector(x, y):\n    return np.array([x, y])\n"
    )
    assert dfdx("descend", f"{path}:f", "--from", "0", "--json").json["searches"][-1]["x"] == {
        "x": pytest.approx(2.0)
    }
    both = dfdx("descend", f"{path}:g", "--from", "0,0", "--method", "bfgs", "--json").json
    assert both["searches"][0]["x"] == pytest.approx({"p[0]": 1.0, "p[1]": -2.0})
    assert "lines: g(p[0], p[1]) = " in dfdx("descend", f"{path}:g", "--from", "0,0").out
    ran = dfdx("descend", f"{path}:broken", "--from", "1,2")
    assert ran.code == 1 and "undefined" in ran.err and "model.py:7" in ran.err
    ran = dfdx("descend", f"{path}:vector", "--from", "1,2")
    assert ran.code == 2 and "one number" in ran.err


def test_what_goes_wrong_is_told(dfdx):
    ran = dfdx("descend", "x^2 + y^2", "--from", "1,2", "--rate", "3", "--method", "gd")
    assert ran.code == 0 and "not a minimum: the step is too large" in ran.out
    assert "--rate" in ran.out and "rate=" not in ran.out  # what to type here, not in Python
    ran = dfdx("descend", "x^2 - y^2", "--from", "0,0", "--method", "gd,bfgs")
    assert "gd, bfgs\n" in ran.out and ran.out.count("saddle point") == 1
    ran = dfdx("descend", "ln x + y^2", "--from", "-3,1")
    assert ran.code == 1 and "is not defined: ln(x) has no real value where x = -3" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([""], "a formula is missing: dfdx descend"),
        (["x^2"], "where does it begin? --from x=1"),
        (["x^2", "--at", "3"], "--from, not by --at"),
        (["x y", "--from", "1"], "--from x=1,y=2"),
        (["x y", "--from", "x=1,q=2"], "q does not occur"),
        (["x y", "--from", "x=1,2,y=3"], "begins at one point"),
        (["x^2", "--from", "nan"], "x is nan; begin at a number"),
        (["x^2", "--from", "a"], "in --from: a is not a number"),
        (["x^2", "--from", "1", "--method", "adma"], "did you mean 'adam'?"),
        (["x^2", "--from", "1", "--method", "adam,"], "a method is missing"),
        (["x^2", "--from", "1", "--rate", "-1"], "--rate is a positive number"),
        (["x^2", "--from", "1", "--rate", "bfgs=1"], "these do: gradient, momentum, adam"),
        (["x^2", "--from", "1", "--rate", "1", "--method", "newton"], "by itself"),
        (["x^2", "--from", "1", "--schedule", "never"], "schedule"),
        (["x^2", "--from", "1", "--steps", "ten"], "--steps 500"),
        (["x^2", "--from", "1", "--steps"], "--steps needs a value"),
        (["x^2", "--from", "1", "--tol", "3"], "--tol"),
        (["x^2", "--from", "1", "--side", "left"], "--side belongs to"),
        (["x^2", "--form", "1"], "did you mean --from?"),
    ],
    ids=" ".join,
)
def test_bad_words(dfdx, words, said):
    ran = dfdx("descend", *words)
    assert ran.code == 2 and ran.out == "" and said in ran.err
    assert "Traceback" not in ran.err


def test_steps_stays_a_flag_elsewhere(dfdx):
    assert "step by step" in dfdx("x^2", "--at", "3", "--steps").out
    assert dfdx("x^2", "--at", "3", "--from", "2").code == 2


def test_colours_only_in_a_terminal_that_has_them(dfdx, monkeypatch):
    import sys

    ran = dfdx("descend", "x^2 + y^2", "--from", "1,2")
    assert "\x1b" not in ran.out
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda self: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    bright = dfdx("descend", "x^2 + y^2", "--from", "1,2").out
    assert re.search("\x1b\\[1;31mg gradient", bright)
    assert max(len(re.sub("\x1b\\[[0-9;]*m", "", line)) for line in bright.splitlines()) <= 80


def test_what_takes_too_long_is_stopped_and_told(dfdx, monkeypatch):
    from dfdx.cli import descents

    monkeypatch.setattr(descents, "_PATIENCE", 0.0)
    ran = dfdx("descend", VALLEY, "--from", "-1.2,1", "--method", "adam")
    assert ran.code == 0 and "stopped after 0 seconds; --steps N lets it go on" in ran.out
    assert "stopped after" not in dfdx("descend", VALLEY, "--from", "-1.2,1", "--steps", "5").out
