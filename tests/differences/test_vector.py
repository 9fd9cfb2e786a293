"""Gradients and Jacobians from samples: right, within their errors, and with few evaluations."""

import math
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from zlib import crc32

import numpy as np
import pytest
from differences.programs import cases

from dfdx import gradient, jacobian
from dfdx.differences.table import Flat
from dfdx.differences.vector import jacobian as sampled
from dfdx.differences.vector import slope
from dfdx.errors import NotConverged, NotDifferentiable


def counted(f):
    calls = []

    def g(x):
        calls.append(1)
        return f(x)

    return g, calls


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def waves(x):
    return np.sum(np.sin(x) * np.exp(-(x[::-1] ** 2))) + np.log(1 + x @ x)


@pytest.mark.parametrize("complex_step", [False, True])
def test_random_programs_are_within_their_errors(complex_step):
    entries = missed = 0
    digits = []
    for f, x, _, _ in cases(60):
        exact = np.array(jacobian(f)(x))
        if not np.isfinite(exact).all():
            continue
        try:
            found = sampled(Flat.of(f), x, complex_step=complex_step)
        except NotConverged:
            continue
        off = np.abs(found.value - exact)
        missed += int((off > found.error + 1e-15 * np.abs(exact)).sum())
        entries += off.size
        size = np.abs(exact).max(axis=1, keepdims=True) + 1e-300
        digits.extend((-np.log10(off / size + 1e-17)).ravel())
    assert entries > 300
    assert missed <= 1
    assert np.median(digits) > (15.5 if complex_step else 14.0)


@pytest.mark.parametrize("f", [rosenbrock, waves])
def test_a_hundred_numbers_that_may_be_complex(f):
    x = np.random.default_rng(3).standard_normal(100)
    g, calls = counted(f)
    found = sampled(Flat.of(g), x)
    assert found.evaluations == len(calls) <= 100 + 45
    assert found.value[0] == pytest.approx(np.array(gradient(f)(x)), rel=1e-13, abs=1e-13)
    assert "complex" in found.method


@pytest.mark.parametrize("f", [rosenbrock, waves])
def test_a_hundred_numbers_that_may_not(f):
    x = np.random.default_rng(3).standard_normal(100)
    found = sampled(Flat.of(lambda p: float(f(p))), x, complex_step=False)
    exact = np.array(gradient(f)(x))
    assert found.evaluations <= 1800
    assert np.linalg.norm(found.value[0] - exact) <= 1e-12 * np.linalg.norm(exact)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.sum(np.abs(x) ** 3),  # |z| of a complex z
        lambda x: np.sum(np.real(x) ** 2),
        lambda x: np.sum(x * np.conj(x)).real,
        lambda x: float(np.sum(x.real) ** 2),
    ],
)
def test_what_only_seems_to_take_complex_numbers_is_found_out(f):
    x = np.array([0.5, -1.5, 2.0])
    found = sampled(Flat.of(f), x)
    assert "complex" not in found.method
    exact = [np.array([3 * v * abs(v) for v in x]), 2 * x, 2 * x, np.full(3, 2 * x.sum())]
    assert any(np.allclose(found.value[0], e, rtol=1e-11) for e in exact)


def test_values_of_very_different_scales():
    def f(x):
        return np.array([1e-12 * math.sin(x[0]), 1e12 * math.exp(x[1]), math.sin(50 * x[0])])

    x = np.array([1.0, 2.0])
    found = sampled(Flat.of(f), x)
    exact = np.array([[1e-12 * math.cos(1), 0], [0, 1e12 * math.exp(2)], [50 * math.cos(50), 0]])
    assert (np.abs(found.value - exact) <= found.error).all()
    assert found.value[exact != 0] == pytest.approx(exact[exact != 0], rel=1e-12)


def test_noise_widens_the_error():
    def f(v):
        noise = np.random.default_rng(crc32(v.tobytes())).standard_normal()
        return float(np.sum(np.sin(v)) + 1e-6 * noise)

    x = np.linspace(-1, 2, 8)
    found = sampled(Flat.of(f), x, complex_step=False)
    assert any("noisy" in note for note in found.notes)
    off = np.abs(found.value[0] - np.cos(x))
    assert (off <= found.error[0]).all()
    assert off.max() < 1e-2


def test_a_fast_ripple_is_not_taken_for_noise():
    def f(x):
        return x[0] ** 2 + 1e-3 * math.sin(1e5 * x[0]) + x[1]

    x = np.array([1.3, 0.7])
    found = sampled(Flat.of(f), x)
    exact = 2.6 + 100 * math.cos(1.3e5)
    assert abs(found.value[0, 0] - exact) <= found.error[0, 0]


def test_a_kink_is_told_with_its_coordinate():
    def f(prices, weight):
        return abs(float(prices[1])) * weight + float(prices[0])

    with pytest.raises(
        NotDifferentiable, match=r"along prices\[1\]: f is not differentiable"
    ) as told:
        gradient(f, method="differences")(np.array([1.0, 0.0]), 2.0)
    assert (told.value.left, told.value.right) == pytest.approx((-2.0, 2.0), rel=1e-8)


def test_the_edge_of_the_domain():
    found = gradient(lambda x: math.log(x[0]) + x[1] ** 2, method="differences").estimate(
        np.array([1e-3, 2.0])
    )
    assert (np.abs(found.value - [1e3, 4.0]) <= found.error).all()
    assert found.value == pytest.approx([1e3, 4.0], rel=1e-9)


def test_bounds_are_kept_and_named_by_the_form_of_the_point():
    seen = []

    def f(p):
        seen.append((float(p["a"]), *map(float, p["b"])))
        return math.exp(float(p["a"])) * math.sqrt(float(p["b"][0])) + float(p["b"][1])

    point = {"a": 0.0, "b": np.array([0.25, 1.0])}
    low, high = {"a": 0.0, "b": np.array([0.0, -9.0])}, {"a": 5.0, "b": np.array([2.0, 9.0])}
    found = gradient(f, method="differences", bounds=(low, high))(point)
    assert found["a"] == pytest.approx(0.5, rel=1e-8)
    assert found["b"] == pytest.approx([1.0, 1.0], rel=1e-10)
    assert all(0 <= a <= 5 and 0 <= b <= 2 and -9 <= c <= 9 for a, b, c in seen)
    with pytest.raises(ValueError, match="outside the bounds"):
        gradient(f, method="differences", bounds=(0.5, 2.0))(point)
    with pytest.raises(ValueError, match="the bounds have 2 numbers"):
        gradient(f, method="differences", bounds=(np.zeros(2), np.ones(2)))(point)


def test_budget_step_and_rtol():
    def f(x):
        return math.sin(x[0]) * float(x[1])

    x = np.array([1.0, 2.0])
    exact = np.array([2 * math.cos(1), math.sin(1)])
    with pytest.raises(NotConverged, match="budget of 15"):
        gradient(f, method="differences", budget=15)(x)
    coarse = gradient(f, method="differences", rtol=1e-4).estimate(x)
    assert coarse.evaluations < gradient(f, method="differences").estimate(x).evaluations
    assert coarse.value == pytest.approx(exact, rel=1e-4)
    fixed = gradient(f, method="differences", step=1e-3).estimate(x)
    assert (np.abs(fixed.value - exact) <= fixed.error).all()
    assert fixed.value[0] == pytest.approx(
        (f(np.array([1.001, 2.0])) - f(np.array([0.999, 2.0]))) / 2e-3, rel=1e-12
    )


def test_workers_give_the_same():
    x = np.linspace(0.5, 2.0, 6)
    alone = gradient(np.linalg.norm, method="differences")(x)
    with ThreadPoolExecutor(4) as threads:
        assert gradient(np.linalg.norm, method="differences", workers=threads)(x) == pytest.approx(
            alone, rel=1e-12
        )
    with ProcessPoolExecutor(2) as processes:
        assert gradient(np.linalg.norm, method="differences", workers=processes)(
            x
        ) == pytest.approx(alone, rel=1e-12)
    assert gradient(np.linalg.norm, method="differences", workers=3)(x) == pytest.approx(
        alone, rel=1e-12
    )


def test_along_a_direction_all_values_share_the_samples():
    g, calls = counted(lambda x: np.array([x @ x, np.sin(x).sum(), np.exp(x[0])]))
    x, v = np.array([0.3, 1.2]), np.array([1.0, -2.0])
    found = slope(Flat.of(g), x, v)
    exact = [2 * x @ v, np.cos(x) @ v, math.exp(0.3)]
    assert found.value[:, 0] == pytest.approx(exact, rel=1e-12)
    assert found.evaluations == len(calls) < 60


def test_empty_and_constant():
    x = np.array([1.0, 2.0])
    assert sampled(Flat.of(lambda p: np.zeros(0)), x).value.shape == (0, 2)
    assert gradient(lambda p: 3.0, method="differences")(x).tolist() == [0.0, 0.0]


def test_the_point_is_not_changed():
    x = np.array([1.0, 2.0])

    def spoil(p):
        p[0] += 1.0
        return float(p @ p)

    assert gradient(spoil, method="differences")(x) == pytest.approx([4.0, 4.0], rel=1e-12)
    assert x.tolist() == [1.0, 2.0]
