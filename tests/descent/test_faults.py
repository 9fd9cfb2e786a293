"""A planted fault is named; a healthy search is left alone."""

import math
from itertools import count

import numpy as np
import pytest

from dfdx import gradient, rule
from dfdx.descent.descend import descend

SEEDS = range(3)


def said(found):
    """All that an answer says, and that it claims no minimum."""
    assert not found.converged, found
    return " ".join([found.reason, *found.notes])


def bowl(seed, n=3):
    """A random convex quadratic, its minimum and a start."""
    random = np.random.default_rng(seed)
    basis, _ = np.linalg.qr(random.standard_normal((n, n)))
    curvature = random.uniform(0.5, 5.0, n)
    center = random.standard_normal(n)

    def f(x):
        return 0.5 * curvature @ (basis @ (x - center)) ** 2

    return f, curvature.max(), center, center + random.standard_normal(n)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["gradient", "momentum", "nesterov"])
def test_a_step_that_is_too_large(seed, method):
    f, most, _, start = bowl(seed)
    factor = np.random.default_rng(seed).uniform(2.5, 30.0) * (2 if method == "momentum" else 1)
    found = descend(f, start, method=method, rate=factor / most)
    assert "step is too large" in said(found)
    assert found.value <= f(start)
    # what it proposes works
    better = float(said(found).split("try rate=")[1].split()[0])
    assert descend(f, start, method=method, rate=better).converged


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["adam", "rmsprop"])
def test_a_length_that_is_too_large(seed, method):
    f, _, _, start = bowl(seed)
    found = descend(
        f, start, method=method, rate=np.random.default_rng(seed).uniform(20, 200), steps=200
    )
    assert found.converged or "step is too large" in said(found)


def wrong_rule(seed):
    random = np.random.default_rng(seed)
    off, power = random.uniform(1.2, 3.0) * random.choice([-1, 1]), int(random.integers(2, 5))

    @rule(lambda y, x: off * power * x ** (power - 1))
    def powered(x):
        return x**power

    return powered


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["gradient", "bfgs", "adam"])
def test_a_wrong_gradient(seed, method):
    powered = wrong_rule(seed)

    def f(p):
        return (p["a"] - 1) ** 2 + powered(p["b"] - 2.0) ** 2 + p["a"] * p["b"] * 0.1

    found = descend(f, {"a": 2.0, "b": 4.0}, method=method, steps=100)
    assert "the rule of powered is wrong" in said(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_gradient_that_is_wrong_far_from_the_start(seed):
    edge = np.random.default_rng(seed).uniform(0.5, 1.5)

    @rule(pull=lambda g, y, x: g * np.where(x > edge, 2 * x, -3.0), push=lambda y, xs, dxs: None)
    def energy(x):
        return float((x * x).sum())

    found = descend(
        lambda x: energy(x), np.array([3.0, 2.5]), method="gradient", rate=0.1, steps=100
    )
    assert "rule of energy is wrong" in said(found)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "options",
    [{"method": "gradient", "rate": 0.1}, {}, {"method": "bfgs"}, {"method": "adam", "rate": 0.1}],
)
def test_a_kink(seed, options):
    random = np.random.default_rng(seed)
    a, b, slope = *random.standard_normal(2), random.uniform(0.5, 2)

    def f(p):
        return slope * abs(p["x"] - a) + 0.1 * (p["y"] - b) ** 2

    found = descend(f, {"x": a + random.uniform(1, 2), "y": 0.0}, steps=300, **options)
    if (
        abs(found.x["x"] - a) < 1e-13 and found.converged
    ):  # it stands on the kink, where the minimum is
        return
    assert "kink" in said(found) and "p['x']" in said(found)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "options", [{"rate": 0.5}, {"method": "momentum", "rate": 0.1}, {"method": "adam", "rate": 0.3}]
)
def test_no_number(seed, options):
    edge = np.random.default_rng(seed).uniform(0.1, 1.0)

    def f(p):
        return p["a"] ** 2 + np.sqrt(p["b"] - edge) + 2 * p["b"]

    found = descend(f, {"a": 1.0, "b": np.float64(edge + 2.0)}, **options)
    words = said(found)
    assert "nan" in words and "p['b']" in words
    assert math.isfinite(found.value) and found.value == f(found.x)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_number_out_of_the_blue(seed):
    after, calls = np.random.default_rng(seed).integers(5, 40), count()
    f, _, _, start = bowl(seed)

    def broken(x):
        return f(x) * (float("nan") if next(calls) > after else 1.0)

    for options in ({"rate": 0.01}, {}, {"method": "bfgs"}):
        calls = count()
        found = descend(broken, start, **options)
        if found.converged:
            continue  # it was done before
        assert "nan" in said(found)
        assert math.isfinite(found.value)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["gradient", "bfgs", "adam", "newton"])
def test_a_plateau(seed, method):
    random = np.random.default_rng(seed)
    a, far = random.standard_normal(), random.uniform(15, 30)

    def f(x):
        return 1 - math.exp(-((x - a) ** 2))

    found = descend(f, a + far, method=method, steps=100)
    assert abs(found.x - a) < 1e-3 or "plateau" in said(found)  # a long jump may find it


@pytest.mark.parametrize("seed", SEEDS)
def test_dead_units(seed):
    random = np.random.default_rng(seed)
    x, y = random.uniform(0.1, 1, (20, 3)), random.standard_normal(20)

    def f(p):
        return np.mean((np.maximum(x @ p["W"], 0) @ p["v"] - y) ** 2)

    words = said(descend(f, {"W": -np.abs(random.standard_normal((3, 4))) - 10.0, "v": np.ones(4)}))
    assert "plateau" in words or "does not depend" in words


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["gradient", "momentum"])
def test_bad_scaling(seed, method):
    random = np.random.default_rng(seed)
    steep = 10 ** random.uniform(8, 10)

    def f(p):
        return (
            steep * (p["mass"] - 1) ** 2
            + (p["length"] - p["mass"] - 2.0) ** 2
            + p["time"] ** 2 * 10
        )

    rate = {"rate": 0.3 / steep}
    words = said(
        descend(f, {"mass": 1.1, "length": 50.0, "time": 3.0}, method=method, steps=300, **rate)
    )
    assert "bad scaling" in words and "p['mass']" in words and "p['length']" in words


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"method": "bfgs"},
        {"method": "newton"},
        {"rate": 0.1},
        {"method": "adam", "rate": 0.1},
        {"method": "conjugate"},
    ],
)
@pytest.mark.parametrize("kind", ["line", "parabola", "cubic"])
def test_no_bottom(seed, options, kind):
    random = np.random.default_rng(seed)
    a, b = random.uniform(0.5, 2, 2)

    def f(p):
        down = {"line": -a * p["x"], "parabola": -a * p["x"] ** 2, "cubic": -a * p["x"] ** 3}[kind]
        return down + b * (p["y"] - 1) ** 2

    words = said(descend(f, {"x": 0.7, "y": 0.0}, steps=100, **options))
    assert "unbounded below" in words and "p['x']" in words


@pytest.mark.parametrize("seed", SEEDS)
def test_a_parameter_that_does_nothing(seed):
    random = np.random.default_rng(seed)
    names = list("abcdef")
    dead = names[int(random.integers(6))]

    def f(p):
        return sum((p[name] - 1) ** 2 for name in names if name != dead) + 0 * p[names[0]]

    for method in ("gradient", "bfgs", "adam"):
        found = descend(f, {name: random.standard_normal() for name in names}, method=method)
        assert any("does not depend on p" in note and repr(dead) in note for note in found.notes)
        assert sum("does not depend" in note for note in found.notes) == 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["gradient", "bfgs", "adam"])
def test_a_function_that_is_not_one(seed, method):
    f, _, _, start = bowl(seed)
    random = np.random.default_rng(seed)
    found = descend(
        lambda x: f(x) + 0.1 * random.standard_normal(), start, method=method, steps=100
    )
    assert "another value at each call" in said(found)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["gradient", "bfgs", "conjugate"])
def test_jitter(seed, method):
    f, _, _, start = bowl(seed)
    size = 10 ** np.random.default_rng(seed).uniform(-7, -5)

    @rule(
        pull=lambda g, y, x: g * gradient(f)(x), push=lambda y, xs, dxs: gradient(f)(xs[0]) @ dxs[0]
    )
    def jittery(
        x,
    ):  # as from an iteration that stops early; its derivative is that of what it approaches
        return f(x) + size * math.sin(1e11 * x.sum())

    found = descend(jittery, start, method=method, steps=200)
    assert found.value - 2 * size < 1e-3 and (found.converged or "noisy" in said(found))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["gradient", "bfgs", "adam", "conjugate"])
def test_a_saddle_and_a_maximum(seed, method):
    random = np.random.default_rng(seed)
    a, b = random.uniform(0.5, 2, 2)

    def saddle(p):
        return a * p["x"] ** 2 - b * p["y"] ** 2 + p["y"] ** 4

    words = said(descend(saddle, {"x": 0.0, "y": 0.0}, method=method))
    assert "saddle" in words and "p['y']" in words
    words = said(descend(saddle, {"x": 1.5, "y": 0.0}, method=method))
    assert "saddle" in words and "p['y']" in words
    assert "maximum" in said(descend(lambda x: np.cos(a * x).sum(), np.zeros(3), method=method))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["gradient", "momentum", "adam"])
def test_a_rate_that_is_too_small(seed, method):
    f, _, _, start = bowl(seed)
    rate = np.random.default_rng(seed).uniform(1e-7, 1e-6)
    words = said(descend(f, start, method=method, rate=rate, steps=200))
    assert "rate is too small" in words
