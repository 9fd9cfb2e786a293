"""Bad input: the message, the caret, the exit code, and the same as JSON."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("formula", "under"),
    [("x^2 + ", ""), ("sine(x)", "sine"), ("2 * (x + 1", "("), ("x # 1", "#"), ("x = 3", "=")],
)
def test_a_bad_formula_gets_a_caret(dfdx, formula, under):
    ran = dfdx(formula, "--at", "3")
    assert ran.code == 2 and ran.out == ""
    lines = ran.err.splitlines()
    caret = next(k for k, line in enumerate(lines) if set(line.strip()) == {"^"})
    if under:
        start = lines[caret].index("^")
        assert lines[caret - 1][start:].startswith(under[0])


def test_a_name_that_is_nearly_known_gets_a_suggestion(dfdx):
    assert "sin" in dfdx("sine(x)", "--at", "3").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x*y", "--at", "3"], "2 variables, x and y"),
        (["x*y", "--at", "x=1,y=2"], "--wrt x"),
        (["x*y", "--at", "x=1", "--wrt", "x"], "y needs a value"),
        (["x*y", "--at", "x=1,y=2", "--wrt", "z"], "the variables are x, y"),
        (["x*y", "--at", "x=1,y=2,3", "--wrt", "x"], "held fixed"),
        (["x^2", "--at", "y=3"], "y does not occur"),
        (["x^2", "--at", "three"], "--at"),
        (["x^2", "--at", "3", "--h", "0"], "--h is a step"),
        (["x^2", "--at", "3", "--h", "tiny"], "--h"),
        (["x^2", "--sted"], "--steps"),
        ([""], "a formula is missing"),
    ],
    ids=" ".join,
)
def test_bad_words(dfdx, words, said):
    ran = dfdx(*words)
    assert ran.code == 2 and ran.out == "" and said in ran.err
    assert ran.err.startswith("dfdx: ") and "Traceback" not in ran.err


def test_errors_as_json(dfdx):
    ran = dfdx("x^2 + ", "--at", "3", "--json")
    assert ran.code == 2 and ran.err == ""
    assert ran.json["error"]["kind"] == "formula" and "place" in ran.json["error"]
    assert dfdx("x y", "--at", "3", "--json").json["error"]["kind"] == "command"


def test_help_and_version(dfdx):
    help_ = dfdx("--help")
    assert help_.code == 0 and 'dfdx "x^2 sin x" --at 3' in help_.out and "exit code" in help_.out
    assert max(map(len, help_.out.splitlines())) <= 100
    assert dfdx("--version").out.split()[0] == "dfdx"
    assert dfdx().code == 2


def test_every_example_of_the_help_runs(dfdx):
    import shlex

    examples = [line for line in dfdx("--help").out.splitlines() if line.startswith("  dfdx ")]
    ran = 0
    for line in examples:
        words = shlex.split(line.split("   ")[0])[1:]
        if (
            words[0].isupper()
            or "FORMULA" in words
            or "FILE.py:NAME" in words
            or words[0] in ("data", "descend", "fit")  # test_data.py, test_descend.py, test_fit.py
            or "model.py" in line
        ):
            continue
        assert dfdx(*words).code == 0, line
        ran += 1
    assert ran >= 8


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_output(encoding):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "dfdx",
            "sqrt(θ) + x^2",
            "--at",
            "x=3,theta=2",
            "--wrt",
            "x",
            "--steps",
        ],
        capture_output=True,
        env={"PYTHONIOENCODING": encoding, "COLUMNS": "80", "PATH": ""},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode(encoding)
    assert ("f'" in text or "df/dx" in text) != (encoding == "utf-8")
    assert "the point" in text


def test_a_closed_pipe_is_no_error():
    done = subprocess.run(
        f'{sys.executable} -m dfdx "sin x" --at 0:5:0.001 | head -n 3',
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr and "read as" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sinn x", "--at", "1"], 'did you mean "sin"? write sin(x), or sin(n*x)'),
        (["sin x", "--at", "abc"], "abc is not a number"),
        (["ln(-1)", "--at", "1"], "ln(−1) is not a real number"),
        (["lambda x: x", "--at", "1"], "without lambda"),
        (["math:sinn", "--at", "1"], "did you mean sin or sinh?"),
        (["gradient", "x y", "--at", "1"], "1 value was given for the 2 variables x, y"),
    ],
)
def test_slips_are_answered_with_what_to_write(dfdx, words, said):
    ran = dfdx(*words)
    assert ran.code != 0 and said in ran.out + ran.err


def test_a_side_is_told_once(dfdx):
    assert dfdx("abs(x)", "--at", "0", "--side", "right").out.count("from the right") == 1
