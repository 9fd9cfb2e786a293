"""`dfdx model.py:f`: functions in files, and what goes wrong in them."""

import sys

import pytest

MODEL = """
import math
import numpy as np

def square(x):
    return x * x

def with_math(x):
    return math.sin(x)

def with_numpy(x):
    return np.sin(x) * np.exp(-x)

def loop(x):
    for _ in range(30):
        x = x - 0.1 * x**2
    return x

def shifted(x, shift=1.0):
    return abs(x - shift)

def two(x, y):
    return x * y**2

def norm(v):
    return (v**2).sum()

def array(x):
    return np.array([x, x])

def nothing(x):
    return None

def talks(x):
    print("called")
    return x * x

def boom(x):
    if x > 0:
        raise RuntimeError("no luck")
    return x

def domain(x):
    return helper(x)

def helper(x):
    return math.sqrt(-1.0) + x

def leaves(x):
    sys.exit(3)

class Model:
    @staticmethod
    def cube(x):
        return x**3

number = 5
"""


@pytest.fixture
def path(model):
    return model("import sys\n" + MODEL)


def test_a_function_in_a_file(dfdx, path):
    ran = dfdx(f"{path}:square", "--at", "3")
    assert ran.code == 0 and "square(3)  = 9" in ran.out and "square′(3) = 6" in ran.out
    assert "⠒" in ran.out


@pytest.mark.parametrize(
    ("name", "at", "slope", "method"),
    [
        ("square", 3.0, 6.0, "exact"),
        ("with_numpy", 0.0, 1.0, "exact"),
        ("with_math", 0.0, 1.0, ""),
        ("Model.cube", 2.0, 12.0, "exact"),
    ],
)
def test_math_numpy_and_methods(dfdx, path, name, at, slope, method):
    found = dfdx(f"{path}:{name}", "--at", str(at), "--json").point
    assert abs(found["derivative"] - slope) <= found["error"] + 1e-15
    assert method in found["method"]


def test_a_loop_is_followed(dfdx, path):
    ran = dfdx(f"{path}:loop", "--at", "0.5", "--json", "--steps", "--h", "1e-6")
    point = ran.point
    assert point["steps"][-1]["slope"] == pytest.approx(point["derivative"], rel=1e-12)
    (quotient,) = point["quotients"]
    assert quotient["off"] == pytest.approx(quotient["truncation"] + quotient["roundoff"])


def test_a_default_need_not_be_given(dfdx, path):
    assert dfdx(f"{path}:shifted", "--at", "3", "--json").point["derivative"] == 1.0
    ran = dfdx(f"{path}:shifted", "--at", "x=3,shift=5", "--json")
    assert ran.point["derivative"] == -1.0
    assert dfdx(f"{path}:shifted", "--at", "x=3,shift=5", "--wrt", "shift", "--json").point[
        "derivative"
    ] == pytest.approx(1.0)


def test_the_line_of_a_kink_is_shown(dfdx, path):
    ran = dfdx(f"{path}:shifted", "--at", "1")
    assert ran.code == 1 and "-1 from the left, +1 from the right" in ran.out
    assert "abs(x - shift)" in ran.out and "model.py:" in ran.out


def test_a_gradient_of_a_function_in_a_file(dfdx, path):
    assert dfdx("gradient", f"{path}:two", "--at", "3,2", "--json").json["gradient"] == [4.0, 12.0]


def test_a_gradient_of_a_function_of_an_array(dfdx, path):
    ran = dfdx("gradient", f"{path}:norm", "--at", "1,2,3", "--along", "1,0,0", "--json")
    assert ran.code == 0 and ran.json["gradient"] == [2.0, 4.0, 6.0]
    assert ran.json["along"]["derivative"] == 2.0
    assert "v[2]" in ran.json["partials"]


def test_a_module(dfdx, model, monkeypatch, tmp_path):
    model("def f(x):\n    return x**4\n", "some_module_of_mine.py")
    monkeypatch.chdir(tmp_path)
    assert dfdx("some_module_of_mine:f", "--at", "1", "--json").point["derivative"] == 4.0


def test_imports_beside_the_file_work(dfdx, model):
    model("def g(x):\n    return 3 * x\n", "beside_it.py")
    path = model("from beside_it import g\n\ndef f(x):\n    return g(x)\n", "main_one.py")
    assert dfdx(f"{path}:f", "--at", "1", "--json").point["derivative"] == 3.0


def test_a_file_named_like_a_library(dfdx, model):
    path = model("def f(x):\n    return x\n", "json.py")
    assert dfdx(f"{path}:f", "--at", "1", "--json").point["derivative"] == 1.0
    assert not sys.modules["json"].__file__.startswith(path)


def test_the_picture_does_not_print_what_the_function_prints(dfdx, path):
    assert dfdx(f"{path}:talks", "--at", "1").out.count("called") < 10


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("{path}:nope", "there is no nope"),
        ("{path}:number", "is not a function"),
        ("{path}", "which function of"),
        ("{path}:", "named like model.py:f"),
        ("{folder}/modle.py:f", "did you mean {path}"),
        ("{folder}/none/model.py:f", "there is no folder"),
        ("no_such_module_at_all:f", "there is no module no_such_module_at_all"),
        ("not a module:f", "neither a Python file"),
        ("{path}:array", "an array of shape"),
        ("{path}:nothing", "is None"),
        ("{path}:two", "2 variables, x and y"),
    ],
)
def test_what_cannot_be_read(dfdx, path, target, said):
    folder = path.rpartition("/")[0]
    ran = dfdx(target.format(path=path, folder=folder), "--at", "1")
    assert ran.code == 2 and ran.out == "" and said.format(path=path) in ran.err


def test_the_functions_of_the_file_are_listed(dfdx, path):
    assert "square, with_math" in dfdx(f"{path}:nope", "--at", "1").err


@pytest.mark.parametrize(
    ("name", "error", "line"),
    [
        ("boom", "RuntimeError: no luck", 'raise RuntimeError("no luck")'),
        ("domain", "ValueError: ", "return math.sqrt(-1.0) + x"),
        ("leaves", "SystemExit: 3", "sys.exit(3)"),
    ],
)
def test_a_function_that_raises_shows_its_lines(dfdx, path, name, error, line):
    ran = dfdx(f"{path}:{name}", "--at", "1")
    assert ran.code == 1 and error in ran.err and line in ran.err
    assert "dfdx/" not in ran.err and "model.py:" in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1 +\n", "SyntaxError"),
        ("import no_such_thing\n", "No module named 'no_such_thing'"),
        ("raise ValueError('at import')\n", "ValueError: at import"),
        ("import sys\nsys.exit(1)\n", "SystemExit"),
    ],
)
def test_a_file_that_cannot_be_loaded(dfdx, model, text, said):
    ran = dfdx(f"{model(text)}:f", "--at", "1")
    assert ran.code == 2 and said in ran.err and "model.py" in ran.err


def test_no_steps_without_a_trace(dfdx, path):
    ran = dfdx(f"{path}:with_math", "--at", "1", "--steps")
    assert ran.code == 0 and ("no steps" in ran.out or "step by step" in ran.out)
