"""The right source is found, or none: by position, and because it compiles to the same code."""

import __future__

import ast
import compileall
import importlib
import linecache
import math
import shutil
import statistics
import traceback

import mpmath
import pytest
from constructs import exactly, module_from, typed

from dfdx import derivative
from dfdx.capture.source import same_code, syntax

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


@pytest.mark.parametrize("how", ["files", "zip", "compiled"])
def test_modules_of_a_package(tmp_path, monkeypatch, how):
    """Relative imports, a class in another module; from files, from an archive, without source."""
    parts = {
        "__init__.py": "from .model import Model, loss\nfrom . import tools as t\n",
        "tools.py": "from math import exp\nSCALE = 3.0\ndef grow(x): return SCALE * exp(x)\n",
        "model.py": "import math\nfrom .tools import grow\nclass Model:\n"
        "    def __init__(self, a): self.a = math.sin(a)\n"
        "    def value(self): return grow(self.a)\n"
        "def loss(x): return math.log(grow(x)) * grow(2 * x)\n",
    }
    name = f"package_{how}"
    folder = tmp_path / name
    folder.mkdir()
    for part, text in parts.items():
        (folder / part).write_text(text)
    if how == "zip":
        shutil.make_archive(str(tmp_path / "archive"), "zip", tmp_path, name)
        shutil.rmtree(folder)
        tmp_path /= "archive.zip"
    elif how == "compiled":
        compileall.compile_dir(folder, quiet=1, legacy=True)
        for part in parts:
            (folder / part).unlink()
    monkeypatch.syspath_prepend(str(tmp_path))
    package = importlib.import_module(name)
    found = exactly(
        package.loss, 0.7, lambda x: mpmath.log(3 * mpmath.exp(x)) * 3 * mpmath.exp(2 * x)
    )
    assert found.method == "exact (reverse sweep)"
    if how != "compiled":  # the methods of objects are followed where they have a source
        f = lambda x: package.Model(x).value() + package.t.grow(x)
        exactly(f, 0.7, lambda x: 3 * mpmath.exp(mpmath.sin(x)) + 3 * mpmath.exp(x))
