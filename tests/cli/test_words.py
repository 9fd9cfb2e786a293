"""The words of the command line: options, points, directions, and what cannot be understood."""

import math

import pytest

from dfdx.cli.words import Usage, number, points, read, separated


def test_a_minus_in_front_is_no_option():
    options = read(["-x^2", "--at", "-pi/2"])
    assert (options.formula, options.at) == ("-x^2", "-pi/2")


def test_values_after_an_equal_sign_or_a_space():
    assert read(["x", "--at=1"]).at == read(["x", "--at", "1"]).at == "1"


def test_a_formula_may_be_typed_without_quotes():
    assert read(["x^2", "sin", "x", "--at", "3"]).formula == "x^2 sin x"


def test_after_two_dashes_all_is_formula():
    assert read(["--at", "3", "--", "--x"]).formula == "--x"


@pytest.mark.parametrize("word", ["gradient", "derivative"])
def test_the_command_stands_first(word):
    assert read([word, "x"]).command == word


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x", "--sted"], "--steps"),
        (["x", "--att", "3"], "--at"),
        (["x", "--at"], "needs a value"),
        (["x", "--order", "two", "--at", "1"], "whole number"),
        (["x", "--order", "0", "--at", "1"], "1 to 64"),
        (["x", "--order", "1.5", "--at", "1"], "whole number"),
        (["x", "--side", "up", "--at", "1"], "left or right"),
        (["x", "--steps"], "add --at"),
        (["x", "--h", "1e-3"], "add --at"),
        (["x", "--steps", "--order", "2", "--at", "1"], "first derivative"),
        (["x", "--along", "1", "--at", "1"], "dfdx gradient"),
        (["gradient", "x", "--order", "2", "--at", "1"], "dfdx derivative"),
        (["gradient", "x", "--h", "1e-2", "--at", "1"], "dfdx derivative"),
        (["--at", "3"], "a formula is missing"),
        (["gradient"], "a formula is missing"),
        (["x", "--json=yes"], "takes no value"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_understood_says_what_to_write(words, said):
    with pytest.raises(Usage, match=said):
        read(words)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0),
        ("-1e-3", -1e-3),
        ("pi/2", math.pi / 2),
        ("sqrt 2", math.sqrt(2)),
        ("2^10", 1024.0),
    ],
)
def test_a_number_may_be_a_formula(text, value):
    assert number(text, "--at") == value


@pytest.mark.parametrize("text", ["", "three", "x", "1/0", "ln(-1)", "1 +", "sin"])
def test_what_is_no_number(text):
    with pytest.raises(Usage, match="--at"):
        number(text, "--at")


def test_commas_inside_brackets_do_not_separate():
    assert separated("max(1, 2), [3,4] ,5") == ["max(1, 2)", "[3,4]", "5"]


@pytest.mark.parametrize(
    ("text", "bare", "named"),
    [
        ("1, 2", [1.0, 2.0], {}),
        ("max(1,2)", [2.0], {}),
        ("x=1,z=2", [], {"x": [1.0], "z": [2.0]}),
        ("x=1,2,3,a=4", [], {"x": [1.0, 2.0, 3.0], "a": [4.0]}),
        ("0:1:0.1", [k / 10 for k in range(11)], {}),
        ("1:0:-0.5", [1.0, 0.5, 0.0], {}),
        ("0:10", [float(k) for k in range(11)], {}),
        ("x=0:1:1,a=2", [], {"x": [0.0, 1.0], "a": [2.0]}),
        ("θ=1", [], {"theta": [1.0]}),
    ],
)
def test_points(text, bare, named):
    assert points(text) == (bare, named)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0:1:-1", "never arrives"),
        ("0:1:0", "never arrives"),
        ("0:1:1e-9", "more than 10,000"),
        ("1:2:3:4", "first:last:step"),
        ("x=1,x=2", "given twice"),
        ("1+=2", "not the name"),
        ("1,,2", "a number is missing"),
        ("x=", "a number is missing"),
    ],
)
def test_points_that_make_no_sense(text, said):
    with pytest.raises(Usage, match=said):
        points(text)
