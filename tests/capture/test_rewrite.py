"""Rewriting: the right source is found or none, and what the user sees stays the user's."""

import __future__

import ast
import importlib.util
import linecache
import math
import sys
import threading
import traceback

import mpmath
import numpy as np
import pytest
from constructs import exactly, right

from dfdx import derivative, gradient
from dfdx.capture.calls import Following
from dfdx.capture.source import same_code, syntax


def module_from(path, text, name="written"):
    """A module made from text in a file."""
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def typed(text, name="<input-1>", space=None):
    """Functions typed in a cell whose lines are known to linecache, as notebooks do."""
    space = {"math": math, "__name__": "__main__"} if space is None else space
    linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
    exec(compile(text, name, "exec"), space)
    return space


# source
twins = [
    lambda x: math.sin(x) * 1,
    lambda x: math.sin(x) * 2,
    lambda x: math.cos(x),
    lambda y: math.sin(y) * 1,
]


@pytest.mark.parametrize("k, slope", [(0, 1), (1, 2)])
def test_lambdas_on_one_line_are_told_apart(k, slope):
    assert derivative(twins[k]).estimate(0.0).method.startswith("exact")
    assert derivative(twins[k], 0.0) == slope
    assert derivative(twins[2], math.pi / 2) == -1


@pytest.mark.parametrize("k", range(4))
def test_the_source_of_a_lambda_compiles_to_it(k):
    node = syntax(twins[k])
    assert isinstance(node, ast.Lambda)


def test_lambda_over_several_lines():
    f = lambda x: (
        math.sin(x)
        + math.cos(  # a comment (lambda x: 1)
            2 * x
        )
    )
    exactly(f, 0.7, lambda x: mpmath.sin(x) + mpmath.cos(2 * x))


def test_nested_functions_of_the_same_name():
    def outer(x):
        def f(t):
            def f(s):
                return math.sin(s) * 2

            return f(t) * 3

        return f(x) * 5

    exactly(outer, 0.7, lambda x: 30 * mpmath.sin(x))


def test_a_cell_that_is_run_again(tmp_path):
    first = typed("def f(x):\n    return math.sin(x)\n")["f"]
    assert derivative(first, 0.0) == 1
    second = typed("def f(x):\n    return math.sin(x) * 2\n")["f"]
    assert derivative(second, 0.0) == 2
    assert derivative(second).estimate(0.0).method.startswith("exact")
    assert derivative(first, 0.0) == 1  # its source is gone, not its instructions
    assert derivative(first).estimate(0.0).method.startswith("exact")


def test_a_file_that_was_changed_after_import(tmp_path):
    path = tmp_path / "written.py"
    module = module_from(path, "import math\ndef f(x):\n    return math.sin(x) + 0 * x\n")
    path.write_text("import math\ndef f(x):\n    return math.sin(x) - 7 * x\n")
    linecache.checkcache(str(path))
    assert syntax(module.f) is None
    assert derivative(module.f, 0.0) == 1
    assert derivative(module.f).estimate(0.0).method.startswith("exact")


@pytest.mark.parametrize(
    "then", ["x + math.sin(x) * 2.0", "x + math.sin(x) * 1", "x - math.sin(x)", "x + math.cos(x)"]
)
def test_a_change_of_any_kind_is_seen(tmp_path, then):
    path = tmp_path / "written.py"
    module = module_from(path, "import math\ndef f(x):\n    return x + math.sin(x) * 1.0\n")
    path.write_text(f"import math\ndef f(x):\n    return {then}\n")
    linecache.checkcache(str(path))
    assert syntax(module.f) is None


def test_lines_that_moved(tmp_path):
    path = tmp_path / "written.py"
    module = module_from(path, "import math\ndef f(x):\n    return math.sin(x)\n")
    path.write_text("import math\n# a line more\n\ndef f(x):\n    return math.sin(x)\n")
    linecache.checkcache(str(path))
    assert derivative(module.f, 0.0) == 1


def test_the_same_text_in_two_files(tmp_path):
    """Equal code objects are not the same: each keeps its own file."""
    text = "import math\ndef f(x):\n    return math.log(x)\n"
    for name in ("one.py", "two.py"):
        module = module_from(tmp_path / name, text)
        with pytest.raises(ValueError) as caught:
            derivative(module.f, -1.0)
        assert any(frame.filename.endswith(name) for frame in traceback.extract_tb(caught.tb))


def test_future_flags(tmp_path):
    text = "from __future__ import annotations\nimport math\ndef f(x: Nothing) -> Nowhere:\n    y: Unknown = math.sin(x)\n    def g(t: Missing): return t * 2\n    return g(y)\n"  # noqa: E501
    module = module_from(tmp_path / "written.py", text)
    assert module.f.__code__.co_flags & __future__.annotations.compiler_flag
    assert derivative(module.f, 0.0) == 2


class Hidden:
    __slots__ = ("_Hidden__b", "__a")

    def __init__(self, x):
        self.__a = math.sin(x)
        self.__b = math.exp(x)

    def value(self):
        def inner():
            return self.__a * (lambda: self.__b)()

        return inner() + self.__again(2)

    def __again(self, __k):
        return __k * math.fabs(self.__b)


def test_private_names():
    exactly(
        lambda x: Hidden(x).value(),
        0.7,
        lambda x: mpmath.sin(x) * mpmath.exp(x) + 2 * mpmath.exp(x),
    )


class Upper:
    def value(self, x):
        return math.sin(x)


class Lower(Upper):
    def value(self, x):
        inside = [super(Lower, self).value(x * k) for k in (1, 2)]
        return super().value(x) + sum(inside) + __class__.factor()

    @staticmethod
    def factor():
        return 2.0


def test_super_and_the_class_cell():
    exactly(lambda x: Lower().value(x), 0.7, lambda x: 2 * mpmath.sin(x) + mpmath.sin(2 * x))


def test_a_very_long_function():
    lines = ["def f(x):", "    y = x"]
    lines += [f"    y = y + math.sin(x * {k}) / {k + 1}" for k in range(3000)]
    f = typed("\n".join([*lines, "    return y", ""]), "<long>")["f"]
    with mpmath.workdps(30):
        true = 1 + mpmath.fsum(k * mpmath.cos(0.3 * mpmath.mpf(k)) / (k + 1) for k in range(3000))
    found = derivative(f).estimate(0.3)
    assert found.method.startswith("exact")
    assert abs(found.value - true) < 1e-8


def test_a_very_long_sum():
    text = "def f(x):\n    return " + " + ".join(["math.sin(x)"] * 1000) + "\n"
    f = typed(text, "<sum>")["f"]
    assert derivative(f, 0.0) == 1000


def test_a_syntax_tree_compiles_to_the_same_code():
    """All functions of a large module: their source is found, and it is theirs."""
    import statistics

    functions = [f for f in vars(statistics).values() if type(f) is type(typed)]
    assert len(functions) > 20
    own = [f for f in functions if f.__module__ == "statistics"]
    assert all(syntax(f) is not None for f in own)


def test_the_comparison_sees_constants():
    def code(text):
        return compile(text, "f", "eval")

    assert same_code(code("x + 1.0"), code("x + 1.0"))
    for other in ("x + 1", "x + True", "x - 1.0", "y + 1.0", "x + -0.0", "(lambda: x)() + 1.0"):
        assert not same_code(code("x + 1.0"), code(other))
    assert not same_code(code("x + 0.0"), code("x + -0.0"))
    assert not same_code(code("lambda: 1"), code("lambda: 2"))


# without source
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


@np.errstate(all="ignore")
def in_a_decorator_of_numpy(x):
    return math.sin(x)


@np.vectorize
def vectorized(t):
    return math.sin(t) if t > 0 else 0.0


def test_functions_within_those_of_a_library():
    exactly(in_a_decorator_of_numpy, 0.7, mpmath.sin)
    f = lambda x: vectorized(np.array([x, 2 * x])).sum() + vectorized(x)
    exactly(f, 0.7, lambda x: 2 * mpmath.sin(x) + mpmath.sin(2 * x))


# what the user sees
def failing(x):
    y = math.sin(x)
    return inner_failing(y)


def inner_failing(y):
    z = 2 * y
    raise LookupError(f"no {z > 0}")


def test_tracebacks_show_the_lines_of_the_user():
    with pytest.raises(LookupError) as caught:
        derivative(failing, 0.7)
    frames = traceback.extract_tb(caught.tb)
    k = next(i for i, f in enumerate(frames) if f.name == "failing")
    assert [f.name for f in frames[k:]] == ["failing", "inner_failing"]  # nothing of ours between
    assert [f.line for f in frames[k:]] == [
        "return inner_failing(y)",
        'raise LookupError(f"no {z > 0}")',
    ]
    assert all(f.filename == __file__ for f in frames[k:])


def test_errors_of_math_end_at_the_line_of_the_user():
    with pytest.raises(ValueError) as caught:
        derivative(lambda x: math.log(x) * 2, -1.0)
    lines = [f.line or "" for f in traceback.extract_tb(caught.tb)]
    assert any("math.log(x) * 2" in line for line in lines)


def test_a_debugger_stops_in_the_lines_of_the_user():
    seen = []

    def watch(frame, event, argument):
        if frame.f_code.co_filename == __file__ and frame.f_code.co_name in ("watched", "helper"):
            seen.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
        return watch

    def helper(t):
        return math.exp(t)

    def watched(x):
        y = math.sin(x)
        return helper(y)

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        with Following() as follow:
            follow(watched)(0.5)
    finally:
        sys.settrace(before)
    lines = [place for k, place in enumerate(seen) if k == 0 or seen[k - 1] != place]
    assert lines == [
        ("watched", 0),
        ("watched", 1),
        ("watched", 2),
        ("helper", 0),
        ("helper", 1),
        ("watched", 2),
    ]


def test_the_function_is_left_as_it_is():
    def f(x, scale=2.0):
        return scale * math.sin(x)

    f.note = "mine"
    code, before = f.__code__, dict(vars(f))
    derivative(f, 0.5)
    assert f.__code__ is code
    assert vars(f) == before
    assert f(0.5) == 2.0 * math.sin(0.5)
    assert "__dfdx" not in str(f.__code__.co_names + f.__code__.co_freevars)


def test_names_of_ours_are_not_seen():
    seen = []

    def f(x):
        y = math.sin(x)
        seen[:] = [locals().keys(), vars().keys(), dir()]
        return y

    with Following() as follow:
        follow(f)(0.5)
    assert [sorted(names) for names in seen] == [["seen", "x", "y"]] * 3


def test_qualified_names_inside():
    names = []

    def f(x):
        def g(t):
            return math.sin(t)

        class Local:
            def method(self):
                return 1.0

        names.append((g.__qualname__, Local.__qualname__, Local.method.__qualname__, g.__module__))
        return g(x)

    f(0.5)
    derivative(f, 0.5)
    assert len(set(names)) == 1


# depth, threads, time
def test_deep_recursion():
    def depth(x, n):
        return math.sin(x) if n == 0 else depth(x, n - 1) + 1

    right(derivative(lambda x: depth(x, 400), 0.7), mpmath.sin, 0.7)


class Tree:
    def __init__(self, depth, x):
        self.x = x
        self.left = Tree(depth - 1, x) if depth else None

    def total(self):
        return math.sin(self.x) + (self.left.total() if self.left else 0.0)


def test_deep_recursion_through_methods():
    f = lambda x: sum([Tree(100, x).total()])
    right(derivative(f, 0.7), lambda x: 101 * mpmath.sin(x), 0.7)


def test_threads():
    """Eight threads differentiate different functions at once, with the results of one after another."""
    text = "def f(x):\n    def g(t): return math.sin({k} * t) + helper(t)\n"
    text += "    return sum(map(g, [x, 2 * x]))\n"
    text += "def helper(t): return math.exp({k} * t)\n"
    spaces = [typed(text.format(k=k), f"<thread {k}>") for k in range(1, 9)]
    functions = [s["f"] for s in spaces]
    points = [0.1 * k for k in range(1, 20)]
    found = [None] * 8
    ready = threading.Barrier(8)

    def work(k):
        ready.wait()
        found[k] = [derivative(functions[k], x) for x in points]

    threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert found == [[derivative(f, x) for x in points] for f in functions]


def test_nothing_is_kept_after_the_trace():
    import gc
    import weakref

    class Big:
        def scaled(self, x):
            return math.sin(x) * 2

    def run():
        big = Big()
        f = lambda x: big.scaled(x) + (lambda t: math.exp(t))(x)
        assert abs(derivative(f, 0.0) - 3) < 1e-15
        return weakref.ref(big), weakref.ref(f)

    gone = run()
    gc.collect()
    assert [r() for r in gone] == [None, None]


def test_a_closure_that_outlives_its_trace():
    """What was made while one trace ran is called in another, and plainly."""
    made = {}

    def maker(k):
        if k not in made:
            made[k] = lambda t: math.sin(k * t) + math.exp(t)
        return made[k]

    f = lambda x: maker(2)(x)
    assert derivative(f, 0.0) == 3
    assert derivative(f, 0.0) == 3
    assert made[2](1.0) == math.sin(2.0) + math.exp(1.0)
    assert list(gradient(lambda x, y: made[2](x) * y, 0.0, 1.0)) == [3, 1]
