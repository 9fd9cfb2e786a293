"""The formula reading: text, LaTeX and MathML, which say the same and can be read back."""

import random
import xml.etree.ElementTree as xml

import pytest
from random_formulas import exact_value, random_graph, random_point

from dfdx.capture.formula import parse
from dfdx.capture.formula.names import special_tables
from dfdx.contraction import contraction
from dfdx.errors import FormulaError
from dfdx.graph import Graph, constant, variable
from dfdx.numbers import Known, golden, log_2, pi, root_two_pi, two_by_root_pi
from dfdx.pointwise import CARDS
from dfdx.readings.formula import latex, mathml, text
from dfdx.readings.formula.layout import LIMIT
from dfdx.rules.elementary import cos, sin
from dfdx.structure import Concatenate, RunningSum, reshape, take

special_tables()

SHOWN = {
    "x^2 sin x": ("x² · sin(x)", r"x^{2} \sin(x)"),
    "x^2 sin x + 1": ("x²·sin(x) + 1", r"x^{2} \sin(x) + 1"),
    "1/2x": ("1/2 · x", r"\frac{1}{2} x"),
    "1/2x + 1": ("(1/2)·x + 1", r"\frac{1}{2} x + 1"),
    "a/b/c": ("a/b / c", r"\frac{\frac{a}{b}}{c}"),
    "1/(2x)": ("1 / (2·x)", r"\frac{1}{2 x}"),
    "-x y": ("−x · y", "-x y"),
    "-x/2": ("−x / 2", r"-\frac{x}{2}"),
    "x(-y)": ("x · (−y)", "x (-y)"),
    "x - (y - z)": ("x − (y − z)", "x - (y - z)"),
    "x + (y + z)": ("x + (y + z)", "x + (y + z)"),
    "x + (-y)": ("x − y", "x - y"),
    "x - (-y)": ("x − (−y)", "x - (-y)"),
    "(-2)^x": ("(−2)ˣ", "(-2)^{x}"),
    "2^3^2": ("2^(3²)", "2^{3^{2}}"),
    "(x^2)^3": ("(x²)³", "(x^{2})^{3}"),
    "x^-1": ("x⁻¹", "x^{-1}"),
    "x^(n-1)": ("x^(n − 1)", "x^{n - 1}"),
    "x^½": ("x^(1/2)", r"x^{\frac{1}{2}}"),
    "(x/y)^2": ("(x/y)²", r"\left(\frac{x}{y}\right)^{2}"),
    "e^x": ("eˣ", "e^{x}"),
    "e^(-x²/2)": ("e^(−x²/2)", r"e^{-\frac{x^{2}}{2}}"),
    "(e^x)^2": ("(eˣ)²", "(e^{x})^{2}"),
    "sin^2 x": ("sin²(x)", r"\sin^{2}(x)"),
    "erf(x)^2": ("erf(x)²", r"\operatorname{erf}(x)^{2}"),
    "ln x": ("ln(x)", r"\ln(x)"),
    "arcsin x": ("arcsin(x)", r"\arcsin(x)"),
    "√x": ("√x", r"\sqrt{x}"),
    "√(x+1)": ("√(x + 1)", r"\sqrt{x + 1}"),
    "(√x)^2": ("(√x)²", r"\sqrt{x}^{2}"),
    "∛x": ("∛x", r"\sqrt[3]{x}"),
    "|x|": ("|x|", r"\left| x \right|"),
    "⌊x⌋": ("⌊x⌋", r"\left\lfloor x \right\rfloor"),
    "x mod 3 + 1": ("x mod 3 + 1", r"x \bmod 3 + 1"),
    "2*3": ("2 · 3", r"2 \cdot 3"),
    "1.5e-7x": ("1.5·10⁻⁷ · x", r"1.5 \cdot 10^{-7} x"),
    "π r^2": ("π · r²", r"\pi r^{2}"),
    "θ_1 + speed + v_max": (
        "θ₁ + speed + v_max",
        r"\theta_{1} + \mathrm{speed} + v_{\mathrm{max}}",
    ),
    "x1": ("x₁", "x_{1}"),
    "sin(x/2)": ("sin(x/2)", r"\sin\left(\frac{x}{2}\right)"),
    "max(x, y)": ("max(x, y)", r"\max(x, y)"),
    "J_0(x)": ("J₀(x)", "J_0(x)"),
    "J_2(x) + J_n(x)": ("J₂(x) + J_n(x)", "J_{2}(x) + J_{n}(x)"),
    "besselj(n-1, x)": ("jv(n − 1, x)", "J_{n - 1}(x)"),
    "Γ(x)": ("Γ(x)", r"\Gamma(x)"),
    "x!": ("x!", "x!"),
    "choose(x < 0, -x, choose(x == 1, 3, x))": (
        "{−x if x < 0, 3 if x = 1, x otherwise}",
        r"\begin{cases} -x & \text{if } x < 0 \\ 3 & \text{if } x = 1 \\ x & \text{otherwise} \end{cases}",
    ),
}


@pytest.mark.parametrize(("typed", "shown"), SHOWN.items())
def test_how_formulas_look(typed, shown):
    graph = parse(typed).graph
    assert (text(graph), latex(graph)) == shown
    root = xml.fromstring(mathml(graph).replace("&#xA0;", " "))
    assert root.tag.endswith("math") and len(root)


def elements(source):
    """The MathML without its frame."""
    return mathml(source).partition(">")[2].removesuffix("</math>")


def test_mathml():
    x = variable("x")
    assert elements(x**2 / 2) == (
        "<mfrac><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow><mn>2</mn></mfrac>"
    )
    assert elements(sin(x)) == (
        "<mi>sin</mi><mo>&#x2061;</mo><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>"
    )
    assert elements(variable("a<b")) == "<mi>a&lt;b</mi>"
    assert elements(-x) == "<mo>−</mo><mi>x</mi>"


def test_known_constants_have_their_names():
    x = variable("x")
    for known in (pi, log_2, two_by_root_pi, root_two_pi, golden):
        shown = text(x * constant(known))
        assert known.text in shown
        assert parse(text(x * constant(known), "ascii"))(2.0) == pytest.approx(2 * known, rel=1e-15)
        assert known.latex in latex(x * constant(known))
        xml.fromstring(mathml(x * constant(known)))
    odd = Known(2.5, "κ", r"\kappa", lambda mp: mp.mpf(2.5))
    assert text(constant(odd), "ascii") == "2.5"


def test_numbers():
    shown = {2: "2", 3.0: "3", -2.5: "−2.5", 1e22: "1·10²²", float("inf"): "∞", True: "1"}
    for number, wanted in shown.items():
        assert text(constant(number)) == wanted
    assert text(constant(1e-300), "ascii") == "1e-300"
    assert latex(constant(float("inf"))) == r"\infty"


@pytest.mark.parametrize("style", ["ascii", "unicode"])
@pytest.mark.parametrize("seed", range(200))
def test_random_graphs_can_be_read_back(seed, style):
    rng = random.Random(seed)
    graph = random_graph(rng, rng.choice([4, 6, 9, 14]))
    shown = text(graph, style)
    if style == "unicode" and "{" in shown:  # a choice is written in words
        return
    again = parse(shown, ["x", "y"]).graph
    for _ in range(2):
        point = random_point(rng)
        wanted, found = exact_value(graph, point), exact_value(again, point)
        assert (wanted is None) == (found is None), shown
        assert wanted is None or abs(found - wanted) <= 1e-13 * (1 + abs(wanted)), shown


WRITTEN_WITH_SIGNS = {"positive", "square", "reciprocal"}


@pytest.mark.parametrize("name", sorted(CARDS))
def test_every_card_can_be_read_back(name):
    card = CARDS[name]
    names = list("xyztuvw"[: card.arity])
    node = card(*map(variable, names))
    again = parse(text(node, "ascii"), names).graph.outputs[0]
    if name not in WRITTEN_WITH_SIGNS:
        assert again.op is card
        assert [a.op.name for a in again.args] == names
    assert latex(node) and text(node)
    xml.fromstring(mathml(node).replace("&#xA0;", " "))


def test_primitives_that_are_no_functions_of_numbers():
    x, y = variable("x", (3,)), variable("y", (3,))
    a, b = variable("A", (3, 3)), variable("B", (3, 3))
    shown = {
        contraction("i,i->")(x, y): "dot(x, y)",
        contraction("ab,bc->ac")(a, b): "matmul(A, B)",
        contraction("ij->ji")(a): "transpose(A)",
        contraction("ii->")(a): "trace(A)",
        contraction("i->")(x): "sum(x)",
        contraction("i->ij", {"j": 2})(x): "repeat(x)",
        contraction("ij,ij,i->j")(a, b, x): "contract[ij,ij,i→j](A, B, x)",
        take(x, 1): "x[1]",
        reshape(a, (9,)): "reshape(9,)(A)",
        Concatenate(0)(x, y): "concatenate[0](x, y)",
        RunningSum(0)(x): "cumsum[0](x)",
        x * constant_array([1.0, 2.0, 3.0]): "x · [1, 2, 3]",
        x * constant_array([1.0] * 3, (1, 3)): "x · array(1×3)",
    }
    for node, wanted in shown.items():
        assert text(node) == wanted
        assert text(node, "ascii").isascii()
        assert latex(node)
        xml.fromstring(mathml(node))


def constant_array(values, shape=(3,)):
    np = pytest.importorskip("numpy")
    return constant(np.reshape(values, shape))


def test_several_outputs():
    x, y = variable("x"), variable("y")
    graph = Graph([x, y], [x * y, sin(x)])
    assert text(graph) == "(x·y, sin(x))"
    assert latex(graph) == r"\left(x y, \sin(x)\right)"
    xml.fromstring(mathml(graph))


def test_shared_parts_get_names_where_the_formula_would_be_too_long():
    x = variable("x")
    node = x + 1
    for _ in range(20):
        node = node * sin(node)
    shown = text(node)
    assert " where u₁ = x + 1, u₂ = u₁ · sin(u₁), " in shown
    assert len(shown) < 1000
    assert text(node, limit=10**7).count("sin") > 10**6 - 2
    assert r"\text{where }" in latex(node)
    xml.fromstring(mathml(node).replace("&#xA0;", " "))
    u, v = variable("u"), variable("v_1")
    other = u + v
    for _ in range(20):
        other = other * sin(other)
    assert " where w₁ = u + v₁" in text(other)


def test_a_chain_that_is_too_long_is_cut():
    x = variable("x")
    node = x
    for _ in range(40_000):
        node = sin(node)
    shown = text(node)
    assert shown.startswith("sin(sin(") and shown.endswith(f"[{40_001 - LIMIT:,} more operations]")
    assert "(…)" in shown
    assert latex(node).endswith("more operations]}")
    xml.fromstring(mathml(node, limit=50).replace("&#xA0;", " "))
    shown = text(node, "ascii", limit=5)
    assert shown == "sin(sin(sin(sin(sin(...))))) [39,996 more operations]"
    with pytest.raises(FormulaError):
        parse(shown)


def test_style_is_checked():
    with pytest.raises(ValueError, match="style"):
        text(cos(variable("x")), style="html")
