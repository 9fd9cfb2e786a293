"""Right derivatives are found right, wrong ones wrong; and the report says what is wrong."""

import cmath
import math
import random
from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
from scipy import optimize, sparse, special, stats

import dfdx
from dfdx import check
from dfdx.testing import assert_derivative

A = np.random.default_rng(7).normal(size=(2, 3))
S = np.random.default_rng(8).normal(size=(3, 3))


def layer(v):
    return np.tanh(A @ v)


def layer_jacobian(v):
    return (1 - np.tanh(A @ v) ** 2)[:, None] * A


def square_layer(v):
    return np.tanh(S @ v)


def square_jacobian(v):
    return (1 - np.tanh(S @ v) ** 2)[:, None] * S


def opaque(f):
    """The same values by a way that no trace can follow."""

    def hidden(*args):
        y = f(*args)
        return (
            float(f"y{y:.17g}"[1:])
            if np.ndim(y) == 0
            else np.array([float(f"y{v:.17g}"[1:]) for v in y])
        )

    return hidden


V = np.array([0.3, -1.2, 0.7])


@dataclass
class Beam:
    length: float
    width: np.ndarray


RIGHT = {
    "derivative": (math.sin, math.cos, 1.0, 2.0, -0.3),
    "gradient, several numbers": (lambda x, y: x * y**2, lambda x, y: (y**2, 2 * x * y), (1.5, 3.0)),
    "gradient, as a list": (lambda x, y: x * y**2, lambda x, y: [y**2, 2 * x * y], 1.5, 3.0),
    "gradient, array": (optimize.rosen, optimize.rosen_der, V, 2 * V, np.ones(3), np.zeros(3)),
    "gradient, dict": (
        lambda p: p["a"] ** 2 * np.sum(p["b"]),
        lambda p: {"a": 2 * p["a"] * np.sum(p["b"]), "b": np.full(3, p["a"] ** 2)},
        {"a": 1.5, "b": V},
    ),
    "gradient, dataclass": (
        lambda b: b.length**2 * b.width.sum(),
        lambda b: Beam(2 * b.length * b.width.sum(), np.full(3, b.length**2)),
        Beam(2.0, V),
    ),
    "gradient by the first argument, the rest is data": (
        lambda x, data: ((x - data) ** 2).sum(),
        lambda x, data: 2 * (x - data),
        (V, np.arange(3.0)),
    ),
    "jacobian": (layer, layer_jacobian, V),
    "jacobian, square": (square_layer, square_jacobian, V),
    "jacobian of a curve": (lambda t: [math.cos(t), math.sin(t)], lambda t: [-math.sin(t), math.cos(t)], 0.7),
    "hessian": (optimize.rosen, optimize.rosen_hess, V),
    "hessian, several numbers": (lambda x, y: x * y**2, lambda x, y: [[0, 2 * y], [2 * y, 2 * x]], (1.5, 3.0)),
    "element by element": (np.sin, np.cos, np.linspace(0, 1, 5)),
    "a function of numbers at an array of points": (math.sin, math.cos, np.linspace(0, 1, 5)),
    "vjp": (layer, lambda v, w: w @ layer_jacobian(v), V),
    "jvp": (layer, lambda v, u: layer_jacobian(v) @ u, V),
    "jvp, square": (square_layer, lambda v, u: square_jacobian(v) @ u, V),
    "hessp": (optimize.rosen, optimize.rosen_hess_prod, V),
    "vjp of a function of numbers": (math.sin, lambda x, w: w * math.cos(x), 0.7),
    "gradient at a minimum": (lambda v: ((v - 1) ** 2).sum() / 2, lambda v: v - 1, np.ones(4) * (1 + 1e-9)),
    "a derivative that cancels": (lambda x: (1 - math.cos(x)) / x**2, lambda x: math.sin(x) / x**2 - 2 * (1 - math.cos(x)) / x**3, 0.1),
    "no trace": (opaque(math.sin), math.cos, 1.0, 40.0),
    "no trace, gradient": (opaque(optimize.rosen), optimize.rosen_der, V),
    "single precision": (lambda x: x * x / 3, lambda x: np.float32(2) * np.float32(x) / np.float32(3), 1.3),
    "a sparse Jacobian": (lambda v: v**3, lambda v: sparse.diags_array(3 * v**2), V),
    "beside a kink": (lambda v: np.abs(v).sum(), np.sign, V),
    "inverse": (special.ndtri, lambda p: 1 / stats.norm.pdf(special.ndtri(p)), 0.1, 0.6),
    "row instead of vector": (optimize.rosen, lambda v: optimize.rosen_der(v)[None, :], V),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_right_ones_are_right(name):
    f, df, *points = RIGHT[name]
    report = check(f, df, *points)
    assert report, report
    assert str(report).startswith("right:") and report.right and not report.mistakes
    assert assert_derivative(f, df, *points).kind == report.kind
    kind = name.split(",")[0].split(" ")[0]
    assert (
        report.kind == kind
        or kind not in {"gradient", "jacobian", "hessian", "vjp", "jvp", "hessp"}
        or (name == "jacobian of a curve")
    )


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("seed", range(3))
def test_planted_errors_are_found(name, seed):
    """One random component, off by a millionth of its size."""
    f, df, *points = RIGHT[name]
    rng = random.Random(f"{name} {seed}")
    coarse = {
        "single precision": 1e-3,
        "gradient at a minimum": 1e-3,
        "a derivative that cancels": 0.5,
    }
    share = coarse.get(name, 1e-6)  # these have fewer digits

    def planted(*args):
        answer = df(*args)
        if hasattr(answer, "toarray"):
            answer = answer.toarray()
        leaves, rebuild = dfdx.trees.flatten(answer, dfdx.trees.alone)
        leaves = [np.array(v, dtype=float) for v in leaves]
        places = [(k, i) for k, v in enumerate(leaves) for i in range(v.size) if v.ravel()[i]]
        if places:
            k, i = random.Random(chosen).choice(places)
            leaves[k].reshape(-1)[i] *= 1 + share
        return rebuild([v if v.shape else float(v) for v in leaves])

    chosen = rng.random()
    kind = check(f, df, *points).kind
    report = check(f, planted, *points, kind=kind)
    assert not report
    assert any(r.state == "wrong" for r in report.results)
    off = [abs(m.off / m.expected) for m in report.mistakes]
    assert off and min(abs(o / share - 1) for o in off) < 0.2
    assert all(m.component in str(report) or len(report.mistakes) > 5 for m in report.mistakes)


HINTS = {
    "the sign": (lambda x: math.cos(x), lambda x: math.sin(x), [0.7], "the sign is wrong"),
    "twice": (lambda v: v @ v / 2, lambda v: 2 * v, [V], "twice what it should be"),
    "half": (lambda v: v @ v, lambda v: v, [V], "half of what it should be"),
    "mean": (lambda v: (v**2).mean(), lambda v: 2 * v, [V], "a sum where a mean is meant"),
    "degrees": (lambda x: math.sin(math.radians(x)), lambda x: math.cos(math.radians(x)), [30.0], "degrees where"),
    "log10": (math.log10, lambda x: 1 / x, [3.0], "log10 and ln are mixed up"),
    "swapped": (lambda x, y: x * y**2, lambda x, y: (2 * x * y, y**2), [(1.5, 2.0)], "∂f/∂x and ∂f/∂y are swapped"),
    "transposed": (square_layer, lambda v: square_jacobian(v).T, [V], "the Jacobian is transposed"),
    "transposed shape": (layer, lambda v: layer_jacobian(v).T, [V], r"transposed: its shape is value × argument, \(2, 3\)"),
    "chain rule": (lambda x: math.sin(x**2), lambda x: math.cos(x**2), [1.3], "inner function x² is missing"),
    "product rule": (lambda x: x**2 * math.sin(x), lambda x: x**2 * math.cos(x), [1.3], "comes through x² in x² · sin.x. is missing .the product rule"),
    "quotient rule": (lambda x: math.sin(x) / x, lambda x: math.cos(x) / x + math.sin(x) / x**2, [1.3], "has the wrong sign .the quotient rule"),
    "argument order": (lambda x, y: x * y**3, lambda y, x: (y**3, 3 * x * y**2), [(1.5, 2.0), (2.0, 0.7)], "two arguments in the other order"),
    "one triangle": (lambda x, y: x**3 * y**2, lambda x, y: [[6 * x * y**2, 6 * x**2 * y], [0, 2 * x**3]], [(1.5, 2.0)], "one triangle is missing"),
    "diagonal only": (optimize.rosen, lambda v: np.diag(np.diag(optimize.rosen_hess(v))), [V], "only the diagonal"),
    "log f": (lambda v: np.exp(np.sin(v).sum()) * v[0], lambda v: np.cos(v) + np.array([1 / v[0], 0, 0]), [V], "derivative of log f"),
    "zero": (math.sin, lambda x: 0.0, [1.0], "df gives 0 everywhere"),
    "reverse": (lambda v: v @ np.array([1.0, 2.0, 4.0]), lambda v: np.array([4.0, 2.0, 1.0]), [V], "swapped|reverse order"),
    "shifted": (optimize.rosen, lambda v: np.roll(optimize.rosen_der(v), 1), [V], "shifted by one place"),
    "a difference quotient": (math.exp, lambda x: (math.exp(x + 1e-5) - math.exp(x)) / 1e-5, [1.0], "agrees to 5 digits: a difference quotient"),
}  # fmt: skip


@pytest.mark.parametrize("name", HINTS)
def test_the_usual_mistakes_are_named(name):
    f, df, points, words = HINTS[name]
    report = check(f, df, *points)
    assert not report
    with pytest.raises(AssertionError, match=words):
        assert_derivative(f, df, *points)


def test_wrong_in_words():
    nan = check(math.log, lambda x: math.nan, 2.0)
    assert not nan and "df gives nan where the derivative is a number" in str(nan)
    shape = check(optimize.rosen, lambda v: v[:2], V)
    assert "an array of shape (3,) is expected, not an array of shape (2,)" in str(shape)
    keys = check(lambda p: p["a"] ** 2, lambda p: {"b": 1.0}, {"a": 1.0})
    assert "a dict with the keys ['a'] is expected" in str(keys)
    kink = check(abs, lambda x: 1.0, 0.0)
    assert not kink and "slope -1 from the left, +1 from the right" in str(kink)
    assert kink.results[0].state == "no derivative"
    relu = lambda v: np.maximum(v, 0).sum()
    assert check(relu, lambda v: (v > 0).astype(float), np.array([1.0, 0.0]))
    at_kink = check(relu, lambda v: (v >= 0).astype(float), np.array([1.0, 0.0]))
    assert not at_kink and "on a kink of max: it has no derivative there" in str(at_kink)
    complex_one = check(lambda x: x**2, lambda x: 2j * x, 1.0)
    assert "complex numbers were given" in str(complex_one)
    words = check(lambda x: x**2, lambda x: "2x", 1.0)
    assert "the text '2x' was given" in str(words)
    mixed = check(lambda v: np.cumsum(v), lambda v: np.ones(3), V)
    assert "depends on argument 0, too: its derivative is a matrix" in str(mixed)


def test_the_report_can_be_taken_apart():
    f = lambda x, y: x**2 * y
    report = check(f, lambda x, y: (x * y, x**2), (3.0, 5.0), (1.0, 0.0))
    assert [r.state for r in report.results] == ["wrong", "right"]
    (mistake,) = report.mistakes
    assert (mistake.component, mistake.given, mistake.expected) == ("∂f/∂x", 15.0, 30.0)
    assert mistake.off == -15.0 and report.kind == "gradient"
    assert "point 1 of 2, x = 3.0, y = 5.0" in str(report) and "right at 1 of 2 points" in str(
        report
    )
    assert repr(report) == "<wrong: df as the gradient of f>"


def test_errors_of_the_caller_are_raised():
    with pytest.raises(TypeError, match="at least one point"):
        check(math.sin, math.cos)
    with pytest.raises(TypeError, match="f is a int"):
        check(3, math.cos, 1.0)
    with pytest.raises(ValueError, match="kind is one of"):
        check(math.sin, math.cos, 1.0, kind="slope")
    with pytest.raises(TypeError, match="give every point as a tuple"):
        check(lambda x, y: x * y, lambda x, y: (y, x), 1.0, 2.0, 3.0)
    with pytest.raises(ZeroDivisionError):
        check(lambda x: 1 / x, lambda x: -1 / x**2, 0.0)
    with pytest.raises(KeyError):
        check(math.sin, lambda x: {}["slope"], 1.0)
    wrong_product = lambda v, w: square_jacobian(v) @ w + 1
    with pytest.raises(ValueError, match='kind="vjp"'):
        check(square_layer, wrong_product, V)


def test_options():
    assert check(lambda x: x**4, lambda x: 12 * x**2, 2.0, order=2)
    assert not check(lambda x: x**4, lambda x: 4 * x**3, 2.0, order=2)
    rough = lambda x: (math.exp(x + 1e-5) - math.exp(x)) / 1e-5
    assert not check(math.exp, rough, 1.0) and check(math.exp, rough, 1.0, rtol=1e-4)
    assert check(lambda x, y: x * y**2, lambda x, y: 2 * x * y, (1.5, 2.0), wrt=1)
    assert not check(square_layer, lambda v, w: square_jacobian(v) @ w, V, kind="vjp")
    assert check(partial(math.pow, 2.0), lambda x: 2.0**x * math.log(2), 1.5)


def test_nothing_of_the_callers_is_changed():
    point = {"a": V.copy()}
    check(lambda p: (p["a"] ** 2).sum(), lambda p: {"a": 2 * p["a"]}, point)
    assert np.array_equal(point["a"], V)


def test_noise_is_understood():
    rng = np.random.default_rng(3)
    noisy = lambda x: math.sin(x) + 1e-9 * float(rng.standard_normal())
    assert check(noisy, math.cos, 0.7)
    assert not check(noisy, lambda x: math.cos(x) + 1e-2, 0.7)
    shaky = lambda x: math.cos(x) * (1 + 1e-7 * float(rng.standard_normal()))  # df is noisy, too
    assert check(math.sin, shaky, 0.7)


def test_derivatives_that_scipy_publishes_are_right():
    """No false alarm, over distributions and special functions, with their own rounding."""
    pairs = [
        (stats.norm.cdf, stats.norm.pdf), (stats.norm.logpdf, lambda x: -x),
        (special.erf, lambda x: 2 / math.sqrt(math.pi) * np.exp(-x * x)), (special.gammaln, special.digamma),
        (special.digamma, partial(special.polygamma, 1)), (special.j0, lambda x: -special.j1(x)),
        (special.expit, lambda x: special.expit(x) * special.expit(-x)), (special.dawsn, lambda x: 1 - 2 * x * special.dawsn(x)),
        (partial(special.jv, 1.5), partial(special.jvp, 1.5)), (stats.gamma(2.5).cdf, stats.gamma(2.5).pdf),
    ]  # fmt: skip
    for f, df in pairs:
        assert check(f, df, 0.3, 1.7, 4.1), check(f, df, 0.3, 1.7, 4.1)


def frank(t, theta):
    """The generator of Frank's copula: −log((e^(−θt) − 1) / (e^(−θ) − 1))."""
    return -math.log((math.exp(-theta * t) - 1) / (math.exp(-theta) - 1))


def test_the_mistakes_that_were_found_in_a_library():
    """statsmodels 0.14: a sign in Frank's generator, (−1)^(1+θ) in Gumbel's second derivative."""
    theta = 1.7
    slope = lambda t: theta * math.exp(-theta * t) / (math.exp(-theta * t) - 1)
    as_there = check(partial(frank, theta=theta), lambda t: -slope(t), 0.3, 0.8)
    assert not as_there and "the sign is wrong" in str(as_there)
    assert check(partial(frank, theta=theta), slope, 0.3, 0.8)

    first = lambda t: -theta * (-math.log(t)) ** (theta - 1) / t  # of Gumbel's (−log t)^θ
    bent = lambda t: (-1) ** (1 + theta) * theta * cmath.log(t) ** (theta - 2) / t**2
    assert "complex numbers were given" in str(check(first, bent, 0.3))


def test_against_statsmodels_itself():
    transforms = pytest.importorskip("statsmodels.distributions.copula.transforms")
    t = transforms.TransfFrank()
    report = check(lambda x: t.evaluate(x, 1.7), lambda x: t.deriv(x, 1.7), 0.3, 0.8)
    assert not report and "the sign is wrong" in str(report)
    g = transforms.TransfGumbel()
    assert not check(lambda x: g.deriv(x, 1.7), lambda x: g.deriv2(x, 1.7), 0.3)
    c = transforms.TransfClayton()
    assert check(lambda x: c.evaluate(x, 1.7), lambda x: c.deriv(x, 1.7), 0.3, 0.8)


def test_functions_that_write_into_their_arguments():
    def f(v):
        v *= 2.0
        return (v**2).sum()

    def df(v):
        v *= 8.0
        return v

    point = V.copy()
    assert check(f, df, point) and np.array_equal(point, V)
    assert not check(f, lambda v: 2 * df(v), point) and np.array_equal(point, V)


def test_forms_of_code_in_the_wild():
    class Model:
        def __init__(self, a):
            self.a = a

        def loss(self, v):
            return [self.a * float(v @ v)][0]

        def slope(self, v):
            return (2 * self.a * v).tolist()

    m = Model(3.0)
    assert check(m.loss, m.slope, V)
    assert check(
        lambda v: np.array([v @ v]), lambda v: 2 * v, V
    )  # a value of shape (1,), as SciPy allows
    assert check(
        lambda p: p[0] ** 2 * p[1], lambda p: np.array([2 * p[0] * p[1], p[0] ** 2]), [1.5, 2.0]
    )
    assert check(lambda x: x**3, lambda x: 3 * x**2, 2)
    assert check(lambda x, n=3: x**n, lambda x, n=3: n * x ** (n - 1), 2.0)
    assert check(math.atan2, lambda y, x: (x / (x * x + y * y), -y / (x * x + y * y)), (0.3, 0.4))
    assert check(np.hypot, lambda x, y: (x / np.hypot(x, y), y / np.hypot(x, y)), 0.3, 0.4)
    assert check(
        dfdx.formula("x^2 sin x"), lambda x: 2 * x * math.sin(x) + x * x * math.cos(x), 0.7
    )
    assert check(dfdx.derivative(math.sin), lambda x: -math.sin(x), 0.7)
    two = lambda a, b: a @ b
    assert check(two, lambda a, b: (b, a), (V, 2 * V))
    curve = lambda t: {"x": math.cos(t), "y": np.array([t, t * t])}
    assert check(curve, lambda t: {"x": -math.sin(t), "y": np.array([1.0, 2 * t])}, 0.7)
    big = np.linspace(-1, 1, 400)
    assert check(lambda v: np.sum(v**4) / 4, lambda v: v**3, big)
    assert not check(
        lambda v: np.sum(v**4) / 4, lambda v: v**3 * (1 + 1e-6 * (np.arange(400) == 77)), big
    )


def test_a_warning_of_the_check_itself_is_none():
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check(lambda v: v @ v, lambda v: np.array([0.0, np.inf, 1.0]), V)
        check(lambda v: v @ v * 1e200, lambda v: -2e200 * v, V)
