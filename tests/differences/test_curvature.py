"""Hessians from samples."""

import math

import numpy as np
import pytest
from differences.programs import cases

import dfdx
from dfdx import hessian, laplacian
from dfdx.differences.curvature import hessian as sampled
from dfdx.differences.table import Flat
from dfdx.errors import NotConverged, NotDifferentiable


def mixed(x):
    return np.prod(np.cos(0.1 * x)) + np.exp(-x @ x / len(x)) * np.sum(x**3)


@pytest.mark.parametrize("complex_step", [False, True])
def test_random_programs_are_within_their_errors(complex_step):
    entries = missed = 0
    for f, x, _, _ in cases(40, first=500, most=5):
        g = one_of(f)
        exact = np.array(hessian(g)(x))
        if not np.isfinite(exact).all():
            continue
        try:
            found = sampled(Flat.of(g), x, complex_step=complex_step)
        except (NotConverged, NotDifferentiable):
            continue
        off = np.abs(found.value - exact)
        missed += int((off > found.error + 1e-15 * np.abs(exact).max()).sum())
        entries += off.size
        assert (found.value == found.value.T).all()
    assert entries > 200
    assert missed <= 1


def one_of(f):
    return lambda x: f(x)[0]


def test_a_hundred_numbers():
    x = np.random.default_rng(1).standard_normal(100)
    calls = []

    def f(p):
        calls.append(1)
        return mixed(p)

    found = sampled(Flat.of(f), x)
    exact = np.array(hessian(mixed)(x))
    assert found.evaluations == len(calls) <= 30_000  # numdifftools: 300,001
    assert np.linalg.norm(found.value - exact) <= 1e-12 * np.linalg.norm(exact)


def test_code_that_takes_floats_alone():
    def f(x, y):
        return math.sin(float(x) * float(y)) + math.exp(float(x))

    found = hessian(f, method="differences").estimate(0.7, 1.2)
    exact = hessian(f)(0.7, 1.2)
    assert found.value == pytest.approx(exact, rel=1e-9)
    assert (np.abs(found.value - exact) <= found.error).all()


def test_structures_and_laplacian():
    def f(p):
        return float(p["a"]) ** 2 * math.sin(float(p["b"][0])) + float(p["b"][1]) ** 3

    at = {"a": 1.5, "b": np.array([0.4, 2.0])}
    found = hessian(f, method="differences")(at)
    assert found["a"]["a"] == pytest.approx(2 * math.sin(0.4), rel=1e-10)
    assert found["a"]["b"] == pytest.approx([3 * math.cos(0.4), 0.0], rel=1e-9, abs=1e-9)
    assert found["b"]["b"][1, 1] == pytest.approx(12.0, rel=1e-10)

    def field(x, y):
        return math.exp(float(x)) * math.sin(float(y)) + float(x) ** 4

    heat = laplacian(field, method="differences").estimate(0.5, 1.0)
    assert abs(heat.value - 3.0) <= heat.error < 1e-8
    assert heat.evaluations < 60


def test_a_fixed_step():
    found = hessian(lambda x: math.sin(float(x[0])) * float(x[1]), method="differences", step=1e-3)
    e = found.estimate(np.array([1.0, 2.0]))
    exact = np.array([[-2 * math.sin(1), math.cos(1)], [math.cos(1), 0.0]])
    assert (np.abs(e.value - exact) <= e.error + 1e-12).all()


def test_a_kink_of_the_first_derivative_is_told():
    def f(x, y):
        return abs(float(x)) + float(y) ** 2

    with pytest.raises(NotDifferentiable, match="along x"):
        hessian(f, method="differences")(0.0, 1.0)


@pytest.mark.parametrize("method", [None, "differences"])
def test_a_second_derivative_needs_a_first(method):
    with pytest.raises(NotDifferentiable, match="slope -1 from the left"):
        dfdx.derivative(lambda x: abs(x) + x * x, 0.0, order=2, method=method)
    assert dfdx.derivative(lambda x: abs(x) ** 3, 0.0, order=2, method=method) == pytest.approx(
        0.0, abs=1e-12
    )
