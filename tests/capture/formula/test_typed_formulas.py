"""Typed formulas: what people write is read as they mean it, or refused with a place and a hint."""

import inspect
import math
import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfdx.capture.formula import LENGTH, Formula, canonical, parse
from dfdx.capture.formula.errors import pointed, width
from dfdx.errors import FormulaError
from dfdx.readings.formula import text
from dfdx.walk import run

READ = {
    # products and powers
    "x^2 sin x": "x^2 * sin(x)",
    "x**2": "x^2",
    "2x": "2 * x",
    "2 z^3 x^2": "2 * z^3 * x^2",
    "3(x+1)(x-1)": "3 * (x + 1) * (x - 1)",
    "xy": "x * y",
    "xyz": "x * y * z",
    "xy^2": "x * y^2",
    "ax": "a * x",
    "2^3^2": "2^(3^2)",
    "-x^2": "-x^2",
    "(-x)^2": "(-x)^2",
    "x^-1": "x^(-1)",
    "2^-x": "2^(-x)",
    "x^2y": "x^2 * y",
    "x^(n-1)": "x^(n - 1)",
    "1/2x": "1/2 * x",
    "1/2 x": "1/2 * x",
    "1/(2x)": "1 / (2*x)",
    "a/b/c": "a/b / c",
    "a/b*c": "a/b * c",
    "x - y - z": "x - y - z",
    "x - -y": "x - (-y)",
    "2*-3x": "2 * (-3) * x",
    "[x+1]{x-1}": "(x + 1) * (x - 1)",
    # functions
    "sin x": "sin(x)",
    "sin 2x": "sin(2*x)",
    "sin 2 x": "sin(2*x)",
    "sin xy": "sin(x*y)",
    "sin x²y": "sin(x^2*y)",
    "sin ωt": "sin(omega*t)",
    "sin ω t": "sin(omega*t)",
    "a sin omega t": "a * sin(omega*t)",
    "cos 2 π f t": "cos(2*pi*f*t)",
    "sin -2 k x": "sin(-2*k*x)",
    "x sin x": "x * sin(x)",
    "sin x * e^-x": "sin(x) * exp(-x)",
    "sin 2(x+1)": "sin(2*(x + 1))",
    "sin x cos x": "sin(x) * cos(x)",
    "sin x/2": "sin(x) / 2",
    "sin x^2": "sin(x^2)",
    "sin -x": "sin(-x)",
    "sin cos x": "sin(cos(x))",
    "sin^2 x": "sin(x)^2",
    "sin^2(x)": "sin(x)^2",
    "sin(x)^2": "sin(x)^2",
    "sin²x": "sin(x)^2",
    "sin(x)x": "sin(x) * x",
    "sin⁻¹ x": "asin(x)",
    "tan^-1(x)": "atan(x)",
    "cosh^-1 x": "acosh(x)",
    "sin^-2 x": "sin(x)^(-2)",
    "sinx": "sin(x)",
    "sin2x": "sin(2*x)",
    "xsinx": "x * sin(x)",
    "xlnx": "x * ln(x)",
    "lnx": "ln(x)",
    "LN(x) + Sin(x)": "ln(x) + sin(x)",
    "ln x": "ln(x)",
    "ln2": "ln(2)",
    "ln^2 x": "ln(x)^2",
    "log(x)": "ln(x)",
    "log10 x": "log10(x)",
    "lg x": "log10(x)",
    "log2(x)": "log2(x)",
    "log_2(x)": "log2(x)",
    "log₂ x": "log2(x)",
    "log_{10} x": "log10(x)",
    "log_b(x)": "ln(x) / ln(b)",
    "log(x, 10)": "log10(x)",
    "log(x, 3)": "ln(x) / ln(3)",
    "sqrt x": "sqrt(x)",
    "√x": "sqrt(x)",
    "√2x": "sqrt(2) * x",
    "√(x+1)": "sqrt(x + 1)",
    "√(x)²": "sqrt(x)^2",
    "∛x": "cbrt(x)",
    "|x|": "abs(x)",
    "|x-1| + |y|": "abs(x - 1) + abs(y)",
    "||x|-1|": "abs(abs(x) - 1)",
    "2|x||y|": "2 * abs(x) * abs(y)",
    "|x|y|z|": "abs(x) * y * abs(z)",
    "⌊x⌋ + ⌈x⌉": "floor(x) + ceil(x)",
    "arcsin x + asin x": "asin(x) + asin(x)",
    "arsinh x": "asinh(x)",
    "arccot x": "pi/2 - atan(x)",
    "sech x": "1 / cosh(x)",
    "max(x, y, 2)": "max(max(x, y), 2)",
    "min(x, y)": "min(x, y)",
    "sgn x": "sgn(x)",
    "atan2(y, x)": "atan2(y, x)",
    "hypot(x, y)": "hypot(x, y)",
    "x mod 3": "mod(x, 3)",
    "mod(x, 3)": "mod(x, 3)",
    "x % 3": "mod(x, 3)",
    "(-x) mod 3": "mod(-x, 3)",
    "x // 2": "floor_divide(x, 2)",
    "choose(x < 0, -x, x)": "choose(x < 0, -x, x)",
    "(x<3) x^2": "(x < 3) * x^2",
    "erf x": "erf(x)",
    "Γ(x)": "gamma(x)",
    "gamma(x)": "gamma(x)",
    "besselj(2, x)": "jv(2, x)",
    "J_0(x)": "j0(x)",
    "J_n(x)": "jv(n, x)",
    "x!": "x!",
    "(x+1)!": "(x + 1)!",
    "5!": "120",
    # e and π
    "e^x": "exp(x)",
    "e^-x": "exp(-x)",
    "e^-x^2": "exp(-x^2)",
    "e^sin x": "exp(sin(x))",
    "xe^x": "x * exp(x)",
    "e x": "e * x",
    "exp(-x^2/2)": "exp(-x^2/2)",
    "2πx": "2 * pi * x",
    "2pix": "2 * pi * x",
    "sin 30°": "sin(30*(pi/180))",
    "sin(30°)": "sin(30*(pi/180))",
    # numbers
    "1e-3": "0.001",
    "2e3x": "2000 * x",
    ".5": "0.5",
    "5.": "5",
    "½x": "1/2 * x",
    "2e": "2 * e",
    # signs of other keyboards
    "x²": "x^2",
    "x³": "x^3",
    "x⁻¹": "x^(-1)",
    "xⁿ": "x^n",
    "eˣ": "exp(x)",
    "x·y×z÷2": "x*y*z / 2",
    "x−1": "x - 1",
    "𝑥²": "x^2",
    "α + β": "alpha + beta",
    "αβ": "alpha * beta",
    "θ(x+1)": "theta * (x + 1)",
    "x₁ + x_2": "x_1 + x_2",
    "x_{12}": "x_12",
    "x1": "x1",
    "speed t": "speed * t",
    "v_max t": "v_max * t",
    "gamma x": "gamma * x",
    "y1 + y2": "y1 + y2",
}


@pytest.mark.parametrize(("typed", "meant"), READ.items())
def test_what_is_read(typed, meant):
    f = parse(typed)
    assert text(f.graph, "ascii") == meant
    assert text(parse(meant, f.variables).graph, "ascii") == meant


ORDER = {
    "x^2 sin x": ("x",),
    "2 z^3 x^2": ("x", "z"),
    "a x^2 + b x + c": ("x", "a", "b", "c"),
    "y t z x": ("x", "y", "z", "t"),
    "sin(ω t + φ)": ("t", "omega", "phi"),
    "x_10 + x_2 + x_1": ("x_1", "x_2", "x_10"),
    "2": (),
}


@pytest.mark.parametrize(("typed", "names"), ORDER.items())
def test_the_order_of_the_variables(typed, names):
    assert parse(typed).variables == names


REFUSED = [
    # typed, message, start and end of the place, hint
    ("", "empty", 0, 0, "x^2 sin x"),
    ("  ", "empty", 2, 2, ""),
    ("(x+1", "never closed", 0, 1, ") is missing"),
    ("x+1)", "nothing was opened", 3, 4, ""),
    ("(x+1]", ") was expected", 4, 5, ""),
    ("|x", "never closed", 0, 1, "abs(x)"),
    ("()", "nothing in these brackets", 1, 2, ""),
    ("x +", "missing at the end", 3, 3, ""),
    ("50%", "missing at the end", 3, 3, "0.5"),
    ("x */ 2", "missing before /", 3, 4, ""),
    ("*x", "missing before *", 0, 1, ""),
    ("x^^2", "missing before ^", 2, 3, ""),
    ("max(x,)", "missing before )", 6, 7, ""),
    ("sine(x)", 'unknown function "sine"', 0, 4, '"sin"'),
    ("sine x", '"sine" is not a function', 0, 4, '"sin"'),
    ("1 + coss(x)", 'unknown function "coss"', 4, 8, '"cos"'),
    ("xy(x+1)", 'unknown function "xy"', 0, 2, "xy*("),
    ("f(x)", 'unknown function "f"', 0, 1, "f*("),
    ("theta(x)", 'unknown function "theta"', 0, 5, ""),
    ("cost", '"cost" is not a function', 0, 4, "cos t"),
    ("sin", "sin needs an argument", 0, 3, "sin(x)"),
    ("sin * x", "sin needs an argument", 0, 3, "sin(x)"),
    ("sin()", "takes 1 argument, there is none", 0, 5, ""),
    ("sin(x, y)", "takes 1 argument, there are 2", 0, 9, ""),
    ("sin(3,5)", "takes 1 argument", 0, 8, "point"),
    ("atan2(x)", "takes 2 arguments, there is 1", 0, 8, "atan2(x, y)"),
    ("max x", "needs its arguments in brackets", 0, 3, "max(x, y)"),
    ("3,5", "comma", 1, 2, "3.5"),
    ("x, y", "comma", 1, 2, "max(x, y)"),
    ("(x, y)", "comma", 2, 3, ""),
    ("y = x^2", "right-hand side", 2, 3, "write x^2"),
    ("x; y", "semicolon", 1, 2, "comma"),
    ("f'", "prime", 1, 2, ""),
    ("'x'", "quote", 0, 1, ""),
    ("2 3", "two numbers in a row", 0, 3, "*"),
    ("1 000", "two numbers in a row", 0, 5, ""),
    ("x 2", "number behind a term", 2, 3, "x*2 or x^2"),
    ("(x)2", "number behind a term", 3, 4, ""),
    ("1.2.3", "two points", 0, 5, ""),
    ("1e999", "too large", 0, 5, ""),
    ("0x1F", "hexadecimal", 0, 3, ""),
    (".", "point without digits", 0, 1, "0.5"),
    ("x ? 1", "no meaning", 2, 3, ""),
    ("x ☃", "no meaning", 2, 3, ""),
    ("\\frac12", "LaTeX", 0, 1, "sqrt"),
    ("∞", "infinity", 0, 1, ""),
    ("1/inf", "not a number", 2, 5, ""),
    ("x ± 1", "two values", 2, 3, ""),
    ("∫x", "integrals", 0, 1, ""),
    ("d/dx x^2", 'differential "dx"', 2, 4, "only the function"),
    ("sin x (x+1)", "where does the argument of sin end", 6, 7, "sin(x)*("),
    ("sin x y", "where does the argument of sin end", 6, 7, "write sin(x)*y or sin(x*y)"),
    ("x^2 sin x e^-x", "where does the argument", 10, 11, "write sin(x)*e… or sin(x*e…)"),
    ("ln 2x y", "where does the argument", 6, 7, "ln(2x)*y"),
    ("sin x^2 (x+1)", "where does the argument", 8, 9, "sin(x^2)*(…)"),
    ("sin a b", "where does the argument", 6, 7, ""),
    ("√x²", "how far does √ reach", 2, 3, "√(x^2)"),
    ("log2x", "two ways", 0, 5, "log2(x) or log(2x)"),
    ("log12", "not a name", 0, 5, "log(12) or log_12(x)"),
    ("x2y", "two ways", 0, 3, "x^2*y"),
    ("xy2", "not a name", 0, 3, "xy^2"),
    ("abc", "one variable or a product", 0, 3, "a*b*c"),
    ("ln^-1 x", "power of -1", 0, 2, "1/ln(x)"),
    ("-x mod 3", "minus sign before mod", 0, 1, "(-x) mod y"),
    ("x < 3", "true or false", 2, 3, "choose("),
    ("(a < x < b)", "two comparisons", 7, 8, ""),
    ("x!!", "double factorial", 2, 3, ""),
    ("gamma + gamma(x)", "variable and a function", 8, 13, ""),
    ("x_", "subscript is missing", 1, 2, "x_1"),
    ("sin_2 x", "no subscript", 0, 5, "sin(x)"),
    ("(" * 101 + "x" + ")" * 101, "more than 100", 100, 101, "name a part"),
    ("x+" * 5000 + "x", "10,001 characters", LENGTH, LENGTH, ""),
]


@pytest.mark.parametrize(("typed", "message", "start", "end", "hint"), REFUSED)
def test_what_is_refused(typed, message, start, end, hint):
    with pytest.raises(FormulaError) as caught:
        parse(typed)
    first, *rest = str(caught.value).splitlines()
    assert message in first
    assert caught.value.place == (start, end)
    assert hint in (rest[-1] if rest else first)


def test_the_caret_stands_under_the_place():
    with pytest.raises(FormulaError) as caught:
        parse("x^2 sine(x)")
    assert str(caught.value) == (
        'unknown function "sine"\n    x^2 sine(x)\n        ^^^^\ndid you mean "sin"?'
    )


def test_the_caret_counts_columns():
    """A wide letter is two columns, an accent none; a tab is shown as one space."""
    assert pointed("日本 + ☃", 5, 6) == ["    日本 + ☃", "           ^"]
    assert pointed("x\t+ ?", 4, 5) == ["    x + ?", "        ^"]
    assert width("e\u0301") == 1


def test_a_long_formula_is_shown_around_the_place():
    with pytest.raises(FormulaError) as caught:
        parse("x + " * 200 + "? + " + "x + " * 200 + "x")
    line, carets = str(caught.value).splitlines()[1:3]
    assert len(line) < 80 and line[carets.index("^")] == "?"
    assert line.strip().startswith("…") and line.endswith("…")


@pytest.mark.parametrize("wrong", [None, 3, 2.5, b"x", ["x"], lambda x: x])
def test_only_text_is_a_formula(wrong):
    with pytest.raises(TypeError, match="a formula is a text"):
        parse(wrong)


def test_declared_variables():
    f = parse("x^2 y", ["y", "x", "t"])
    assert f.variables == ("y", "x", "t")
    assert f(3, 2, 99) == 12
    assert parse("abc x", variables="x, abc").variables == ("x", "abc")
    assert parse("xy + 1", ["xy"])(2) == 3  # a declared name is never a product
    assert parse("e^2", ["e"])(3) == 9
    assert parse("gamma(x+1)", ["x", "gamma"])(1, 2) == 4
    assert parse("speed(x+1)", ["x", "speed"])(1, 2) == 4
    assert parse("θ^2", ["θ"]).variables == ("theta",)
    with pytest.raises(FormulaError, match="not one of the variables"):
        parse("x + y", ["x"])
    with pytest.raises(FormulaError, match='did you mean "speed"'):
        parse("spead t", ["speed", "t"])
    with pytest.raises(ValueError, match="twice"):
        parse("x", ["x", "x"])
    with pytest.raises(ValueError, match="not the name"):
        parse("x", ["2x"])


def test_a_formula_is_a_function():
    f = parse("2 z^3 x^2")
    assert f(1, 2) == f(1, z=2) == f(z=2, x=1) == f(1.0, 2.0) == 16.0
    assert type(f(1, 2)) is float
    assert parse("θ + 1")(θ=1) == parse("θ + 1")(theta=1) == 2
    assert parse("7")() == 7
    assert isinstance(f, Formula) and callable(f)
    assert list(inspect.signature(f).parameters) == ["x", "z"]
    assert f.text == "2 z^3 x^2" and str(f) == f.read_as == "2 · z³ · x²"
    assert f._repr_latex_() == r"$\displaystyle 2 z^{3} x^{2}$"
    assert run(f.graph, 1.0, 2.0) == [16.0]
    again = pickle.loads(pickle.dumps(f))
    assert again.text == f.text and again.variables == f.variables and again(1, 2) == 16


@pytest.mark.parametrize(
    ("args", "named", "said"),
    [
        ((), {}, "x is missing, z is missing"),
        ((1,), {}, "z is missing"),
        ((1, 2, 3), {}, "3 values"),
        ((1, 2), {"x": 1}, "x is given twice"),
        ((1, 2), {"w": 1}, "w is not a variable"),
    ],
)
def test_a_formula_says_what_it_takes(args, named, said):
    with pytest.raises(TypeError, match=said):
        parse("2 z^3 x^2")(*args, **named)


def test_arrays_and_operators():
    np = pytest.importorskip("numpy")
    import dfdx

    f = parse("x^2 sin x")
    x = np.linspace(0.1, 3, 7)
    assert np.allclose(f(x), x**2 * np.sin(x))
    assert dfdx.derivative(f, 3.0) == pytest.approx(6 * math.sin(3) + 9 * math.cos(3), rel=1e-15)
    assert dfdx.gradient(parse("2 z^3 x^2"), 1.0, 2.0) == pytest.approx([32, 24])
    assert dfdx.derivative(dfdx.derivative(f))(1.0) == pytest.approx(
        2 * math.sin(1) + 4 * math.cos(1) - math.sin(1)
    )


def test_a_tower_of_powers_ends():
    with pytest.raises(OverflowError):
        parse("9^9^9^9")()


def test_names():
    assert canonical("θ₁") == "theta_1"
    assert canonical("my_var_2") == "my_var_2"
    for wrong in ("2x", "", "x y", "x+y"):
        with pytest.raises(ValueError):
            canonical(wrong)


PIECES = st.sampled_from(
    [
        *"xy2+-*/^(),|eπ ²⁻√°!<θ[].⌊⌋",
        "3.5",
        "sin ",
        "ln",
        "max(",
        "log_",
        "==",
        "mod ",
        "xy",
        "speed",
        "_1",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_line_of_formula_pieces_is_read_or_refused(line):
    try:
        f = parse(line)
    except FormulaError as error:
        start, end = error.place
        assert 0 <= start <= end <= len(line)
        return
    again = parse(text(f.graph, "ascii"), f.variables)
    assert again.variables == f.variables


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(line):
    try:
        parse(line)
    except FormulaError as error:
        assert str(error)


@pytest.mark.parametrize(
    "piece", ["x", "(", "-", "^", "x^", "|", "sin ", "√", "²", "!", "1", "x_1", "<", "ᵃ⁽"]
)
def test_long_input_ends(piece):
    try:
        parse((piece * LENGTH)[:LENGTH])
    except FormulaError as error:
        assert len(str(error)) < 400


def test_reading_a_formula_needs_no_numpy():
    script = (
        "from dfdx.capture.formula import parse\n"
        "from dfdx.readings.formula import text\n"
        "from dfdx.transforms.simplify import simplify\n"
        "from dfdx.transforms.tangent import slope\n"
        "f = parse('x^2 sin x'); print(text(simplify(slope(f.graph))), f(3))\n"
        "import sys\n"
        "assert not {'numpy', 'scipy', 'mpmath', 're', 'typing', 'inspect'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False,
        env={"PYTHONIOENCODING": "utf-8", "PYTHONPATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2·x·sin(x) + x²·cos(x) 1.27")
