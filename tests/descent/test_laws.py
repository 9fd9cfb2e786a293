"""Laws of the methods, on functions whose answer is known."""

from collections import namedtuple
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dfdx import descend, find_rate
from dfdx.calculus.flat import flatten
from dfdx.descent import BFGS, LBFGS, Adam, Momentum, cosine, one_cycle, warm_up
from dfdx.descent.family import NAMED, method_of
from dfdx.descent.search import Line, wolfe

RULES = [name for name, kind in NAMED.items() if hasattr(kind, "change")]
SEARCHED = [
    name
    for name, kind in NAMED.items()
    if hasattr(kind, "search") and not hasattr(kind, "residuals")
]


def quadratic(n, condition, seed):
    """A convex quadratic, its Hessian and its minimum."""
    random = np.random.default_rng(seed)
    basis, _ = np.linalg.qr(random.standard_normal((n, n)))
    hessian = basis * np.geomspace(1, condition, n) @ basis.T
    center = random.standard_normal(n)
    return lambda x: 0.5 * (x - center) @ hessian @ (x - center), hessian, center


@given(st.integers(1, 8), st.floats(1, 50), st.integers(0, 99))
@settings(max_examples=20)
def test_conjugate_gradients_need_n_steps(n, condition, seed):
    f, _, center = quadratic(n, condition, seed)
    found = descend(f, center + 1.0, method="conjugate", steps=n)
    assert_allclose(found.x, center, atol=1e-5)


@given(st.integers(1, 8), st.floats(1, 1e6), st.integers(0, 99))
@settings(max_examples=20)
def test_newton_needs_one_step(n, condition, seed):
    f, _, center = quadratic(n, condition, seed)
    found = descend(f, center + 1.0, method="newton", steps=1)
    assert_allclose(found.x, center, atol=1e-8)


@given(st.integers(2, 6), st.integers(0, 99))
@settings(max_examples=20)
def test_a_secant_step_is_remembered_exactly(n, seed):
    random = np.random.default_rng(seed)
    full, few = BFGS(), LBFGS(pairs=5)
    kept, rows = full.start(n), few.start(n)
    for _ in range(3):
        moved = random.standard_normal(n)
        turned = moved + 0.3 * random.standard_normal(n)
        if moved @ turned <= 0.1:
            continue
        for method, memory in ((full, kept), (few, rows)):
            method.learn(memory, moved, turned, None, None)
            assert_allclose(
                method.direction(None, turned, memory, None), -moved, rtol=1e-8, atol=1e-10
            )


def test_bfgs_knows_the_hessian_in_the_end():
    f, hessian, center = quadratic(4, 10, 0)
    method = BFGS()
    for state in descend(f, method=method, tol=1e-12).steps(center + 1):
        last = state
    assert_allclose(last.memory["inverse"], np.linalg.inv(hessian), rtol=0.05, atol=0.02)


@given(
    st.lists(st.floats(-5, 5).filter(lambda x: abs(x) > 1e-2), min_size=1, max_size=5),
    st.floats(1e-4, 1),
)
def test_the_first_step_of_adam_is_the_rate(start, rate):
    found = descend(lambda x: (x**2).sum(), np.array(start), method="adam", rate=rate, steps=1)
    states = list(
        descend(lambda x: (x**2).sum(), method="adam", rate=rate, steps=1).steps(np.array(start))
    )
    assert_allclose(np.abs(states[1].x - start), rate, rtol=1e-5)
    assert found.history.length[1] == pytest.approx(rate * len(start) ** 0.5, rel=1e-5)


def test_rules_are_the_textbook():
    f, hessian, center = quadratic(3, 5, 1)
    start, rate = center + 1.0, 0.05

    def slope(x):
        return hessian @ (x - center)

    x, v = start.copy(), np.zeros(3)
    ball = list(descend(f, method=Momentum(keep=0.8), rate=rate, steps=5).steps(start))
    for state in ball:
        assert_allclose(state.x, x, rtol=1e-12)
        v = 0.8 * v - rate * slope(x)
        x = x + v
    y, v = start.copy(), np.zeros(3)  # Sutskever's form: the gradient is taken at y + 0.9 v
    for state in descend(f, method="nesterov", rate=rate, steps=5).steps(start):
        assert_allclose(state.x, y + 0.9 * v, rtol=1e-12)
        v = 0.9 * v - rate * slope(y + 0.9 * v)
        y = y + v
    x, s = start.copy(), np.zeros(3)
    for state in descend(f, method="adagrad", rate=rate, steps=5).steps(start):
        assert_allclose(state.x, x, rtol=1e-7)
        s = s + slope(x) ** 2
        x = x - rate * slope(x) / np.sqrt(s)
    x, s = start.copy(), np.zeros(3)
    for state in descend(f, method="rmsprop", rate=rate, steps=5).steps(start):
        assert_allclose(state.x, x, rtol=1e-6)
        s = 0.9 * s + 0.1 * slope(x) ** 2
        x = x - rate * slope(x) / np.sqrt(s)


def test_decay_pulls_to_zero():
    def second(method):
        walk = descend(lambda x: (x**2).sum(), method=method, rate=0.1, steps=1)
        return list(walk.steps(np.ones(2)))[1].x

    plain, decayed = second("adam"), second("adamw")
    assert_allclose(plain - decayed, 0.1 * 0.01)


Pair = namedtuple("Pair", "u v")


@dataclass
class Record:
    u: float
    v: np.ndarray


def energy(u, v):
    return (u - 1) ** 2 + 3 * ((v - 2 * u) ** 2).sum() + v[0] ** 4


FORMS = [
    (lambda p: energy(p["u"], p["v"]), {"u": 0.5, "v": np.array([1.0, -1.0])}),
    (lambda p: energy(*p), Pair(0.5, np.array([1.0, -1.0]))),
    (lambda p: energy(p.u, p.v), Record(0.5, np.array([1.0, -1.0]))),
    (lambda p: energy(p[0], p[1]), [0.5, np.array([1.0, -1.0])]),
    (
        lambda p: energy(p["deep"][0]["u"], p["v"]),
        {"deep": [{"u": 0.5}], "v": np.array([1.0, -1.0])},
    ),
]


@pytest.mark.parametrize("method", [*RULES, *SEARCHED])
def test_the_structure_does_not_matter(method):
    options = {"rate": 0.01} if method in RULES and method != "gradient" else {}
    found = [descend(f, start, method=method, steps=20, **options) for f, start in FORMS]
    for other in found[1:]:
        assert_array_equal(flatten(other.x)[0], flatten(found[0].x)[0])
    for other, (_, start) in zip(found, FORMS, strict=True):
        assert type(other.x) is type(start) and type(other.gradient) is type(start)
    two = descend(energy, 0.5, np.array([1.0, -1.0]), method=method, steps=20, **options)
    assert_array_equal(flatten(two.x)[0], flatten(found[0].x)[0])


@pytest.mark.parametrize("method", [*RULES, *SEARCHED])
def test_stepping_is_running(method):
    f, _, center = quadratic(3, 10, 2)
    options = {"method": method, "steps": 15}
    if method in RULES and method != "gradient":
        options["rate"] = 0.02
    found = descend(f, center + 1, **options)
    states = list(descend(f, **options).steps(center + 1))
    assert found.steps == states[-1].step
    assert_array_equal(found.history.value, [s.value for s in states])
    assert_array_equal(found.history.slope, [s.slope for s in states])
    assert_array_equal(found.history.points, [s.x for s in states])
    best = min(states, key=lambda s: s.value)
    assert_array_equal(found.x, best.x)
    assert found.value == f(found.x)


def test_the_law():
    f, _, center = quadratic(3, 10, 3)
    one, two = descend(f, center + 1, method="bfgs"), descend(f, method="bfgs")(center + 1)
    assert_array_equal(one.x, two.x)
    fixed = descend(lambda x, a: (x - a) ** 2)(0.0, a=2.0)
    assert fixed.x == pytest.approx(2.0)
    assert descend(lambda x, a: (x - a) ** 2, 0.0, 5.0, method="newton").value == pytest.approx(0.0)


def test_the_scale_of_f_and_x_does_not_matter():
    f, _, center = quadratic(3, 10, 4)
    for method in ("gradient", "bfgs", "l-bfgs", "conjugate", "newton"):
        for scale in (1e-8, 1e8):
            found = descend(lambda x, s=scale: s * f(x), center + 1, method=method)
            assert found.converged
            assert_allclose(found.x, center, atol=1e-6)


def test_least_squares():
    t = np.linspace(0, 3, 12)
    y = 2 * np.exp(-t) + 0.01 * np.cos(9 * t)

    def residuals(p):
        return p["a"] * np.exp(-p["k"] * t) - y

    found = [
        descend(residuals, {"a": 1.0, "k": 0.3}, method=m)
        for m in ("gauss-newton", "levenberg-marquardt")
    ]
    whole = descend(
        lambda p: 0.5 * (residuals(p) ** 2).sum(), {"a": 1.0, "k": 0.3}, method="newton"
    )
    for one in found:
        assert one.converged and one.value == pytest.approx(whole.value, rel=1e-9)
        assert one.x["k"] == pytest.approx(whole.x["k"], rel=1e-5)


def test_a_callback_may_stop():
    seen = []

    def watch(state):
        seen.append(state)
        if state.step == 3:
            raise StopIteration

    found = descend(lambda x: x**4, 2.0, rate=0.01, callback=watch)
    assert found.steps == 3 and not found.converged and "callback" in found.reason
    assert found.x == seen[-1].point


def test_the_domain_is_respected():
    """A step that leaves the domain is shortened."""
    import math

    for method in ("gradient", "bfgs", "newton", "conjugate"):
        found = descend(lambda x: x - math.log(x), 0.05, method=method)
        assert found.converged and found.x == pytest.approx(1.0, abs=1e-6)


@given(st.floats(0.01, 100), st.floats(0.1, 10), st.floats(1e-3, 1e3))
def test_wolfe_holds(curvature, distance, first):
    def look(x):
        return float(np.cosh(curvature * (x[0] - 1)) / curvature), np.sinh(curvature * (x - 1))

    x = np.array([1 - min(distance, 100 / curvature)])
    value, g = look(x)
    with np.errstate(all="ignore"):
        found = wolfe(Line(look, x, value, g, -g / abs(g[0])), first)
    line = Line(look, x, value, g, -g / abs(g[0]))
    assert found.value <= value + 1e-4 * found.t * line.slope
    assert abs(found.slope) <= 0.9 * abs(line.slope) or found.t < 1e-12


def test_schedules():
    values = [cosine(100, warm=10)(k) for k in range(101)]
    assert values[9] == 1.0 and values[100] == pytest.approx(0.0)
    assert all(a >= b for a, b in pairwise(values[9:]))
    cycle = [one_cycle(100)(k) for k in range(101)]
    assert max(cycle) == cycle[30] == pytest.approx(1.0) and cycle[100] < 1e-3
    assert [warm_up(2, then=lambda k: 10.0 + k)(k) for k in range(4)] == [0.5, 1.0, 10.0, 11.0]
    rates = descend(
        lambda x: x**2, 1.0, rate=0.1, schedule=lambda k: 1 / (k + 1), steps=3
    ).history.rate
    assert_allclose(rates[1:], [0.1, 0.05, 0.1 / 3])
    assert_allclose(descend(lambda x: x**2, 1.0, rate=lambda k: 0.1, steps=3).history.rate[1:], 0.1)


@given(st.floats(1e-3, 1e3), st.floats(-10, 10).filter(lambda x: abs(x) > 0.1))
@settings(max_examples=20)
def test_a_rate_is_found(curvature, start):
    rate = find_rate(lambda x: 0.5 * curvature * x**2, start)
    assert rate * curvature == pytest.approx(1.0, rel=1e-3)
    assert descend(lambda x: 0.5 * curvature * x**2, start, rate=rate, method="gradient").converged


def test_options_are_told():
    def f(x):
        return x**2

    for words, options in [
        ("did you mean 'momentum'", {"method": "momentun"}),
        ("no rate", {"method": "bfgs", "rate": 0.1}),
        ("not both", {"rate": 0.1, "search": "armijo"}),
        ("by a rate", {"method": "adam", "search": "armijo"}),
        ("rate is a positive", {"rate": 0.0}),
        ("rate is a positive", {"rate": float("nan")}),
        ("tol is between", {"tol": -1.0}),
        ("steps is not negative", {"steps": -1}),
        ("search is", {"search": "golden"}),
        ("schedule is a function", {"schedule": "cosin"}),
    ]:
        with pytest.raises(ValueError, match=words):
            descend(f, 1.0, **options)
    with pytest.raises(TypeError, match="no option 'step'"):
        descend(f, 1.0, step=3)
    with pytest.raises(TypeError, match="one number"):
        descend(lambda x: x, np.ones(2))
    with pytest.raises(TypeError, match="rate is a number"):
        descend(f, 1.0, rate="big")


def test_methods_by_name():
    assert method_of("Conjugate Gradient") == method_of("cg") == method_of("conjugate")
    assert method_of("LBFGS") == method_of("l_bfgs") == method_of("L-BFGS")
    assert method_of(Adam) == Adam()
    assert method_of("Levenberg-Marquardt") == method_of("lm")
