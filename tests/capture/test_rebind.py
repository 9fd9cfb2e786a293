"""Functions without source are followed too: through the names that they look up."""

import math

import mpmath
from constructs import exactly

from dfdx import derivative


def sourceless(text, **space):
    """Functions made by exec: instructions without text."""
    space = {"math": math, "__name__": "__main__", **space}
    exec(text, space)
    return space


def test_made_by_exec():
    f = sourceless("def f(x):\n    return math.sin(x) * math.exp(x) + math.pi")["f"]
    exactly(f, 0.7, lambda x: mpmath.sin(x) * mpmath.exp(x))


def test_made_by_eval():
    exactly(eval("lambda x: math.sqrt(x) + abs(-x)"), 0.7, lambda x: mpmath.sqrt(x) + x)


def test_names_imported_one_by_one():
    f = sourceless(
        "from math import *\nfrom math import sin as s\ndef f(x): return s(x) + cos(x) * gamma(x)"
    )["f"]
    exactly(f, 0.7, lambda x: mpmath.sin(x) + mpmath.cos(x) * mpmath.gamma(x))


def test_functions_that_call_each_other():
    space = sourceless(
        "def f(x, n=5): return math.sin(x) if n == 0 else x * g(x, n - 1)\n"
        "def g(x, n): return f(x, n) + math.exp(x)\n"
    )
    true = lambda x: _true_of_f(x, 5)
    exactly(space["f"], 0.7, true)


def _true_of_f(x, n):
    return mpmath.sin(x) if n == 0 else x * (_true_of_f(x, n - 1) + mpmath.exp(x))


def test_nested_functions_and_defaults():
    f = sourceless(
        "def f(x, log=math.log, *, root=math.sqrt):\n"
        "    def inner(t):\n"
        "        return [math.sin(k * t) for k in (1, 2)]\n"
        "    return sum(inner(x)) + log(x) + root(x) + max(x, 0.1) + float(x)\n"
    )["f"]
    exactly(
        f,
        0.7,
        lambda x: mpmath.sin(x) + mpmath.sin(2 * x) + mpmath.log(x) + mpmath.sqrt(x) + 2 * x,
    )


def test_a_closure_without_source():
    f = sourceless(
        "def make(k, g):\n    def f(x): return k * g(x)\n    return f\nf = make(3.0, math.exp)"
    )["f"]
    exactly(f, 0.7, lambda x: 3 * mpmath.exp(x))


def test_globals_are_looked_up_when_used():
    space = sourceless("def f(x): return a * math.sin(x)", a=2.0)
    assert derivative(space["f"], 0.0) == 2
    space["a"] = 5.0
    assert derivative(space["f"], 0.0) == 5
    space["math"] = type("Other", (), {"sin": staticmethod(lambda x: 7 * x)})
    assert derivative(space["f"], 0.0) == 35


def test_classes_without_source():
    space = sourceless(
        "class Square:\n"
        "    def __init__(self, x): self.x = x\n"
        "    def area(self): return math.pow(self.x, 2)\n"
        "def f(x): return float(isinstance(Square(x), Square)) * x**2\n"
    )
    exactly(space["f"], 0.7, lambda x: x**2)


def test_stores_into_globals_fall_to_samples():
    f = sourceless("def f(x):\n    global y\n    y = math.sin(x)\n    return y\n")["f"]
    found = derivative(f).estimate(0.7)
    assert found.method == "differences"
    assert abs(found.value - math.cos(0.7)) < 1e-9


def test_eval_of_text():
    def f(x):
        a = 2.0
        return eval(
            "a * math.sin(x) + sum(math.cos(k * x) for k in (1, 2))", {**globals(), **locals()}
        )

    exactly(f, 0.7, lambda x: 2 * mpmath.sin(x) + mpmath.cos(x) + mpmath.cos(2 * x))
    exactly(lambda x: eval("math.sin(x)"), 0.7, mpmath.sin)
    exactly(lambda t: eval("sin(x)", {"sin": math.sin}, {"x": t}), 0.7, mpmath.sin)
