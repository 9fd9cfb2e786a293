"""Parameters as a vector: the same numbers, wherever the structure puts them."""

from collections import namedtuple
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dfdx import gradient, hessian
from dfdx.calculus.flat import Flat, flatten


@dataclass
class Line:
    slope: float
    offsets: np.ndarray


Pair = namedtuple("Pair", "first second")

numbers = st.floats(-3, 3)
structures = st.recursive(
    numbers | st.lists(numbers, min_size=1, max_size=4).map(np.array),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.sampled_from("abc"), inner, min_size=1)
        | st.builds(Pair, inner, inner)
        | st.builds(Line, numbers, inner)
    ),
    max_leaves=6,
)


@given(structures)
def test_there_and_back(params):
    vector, rebuild = flatten(params)
    again, _ = flatten(rebuild(vector))
    assert type(rebuild(vector)) is type(params)
    assert_array_equal(again, vector)


def energy(p, scale=1.0):
    return scale * (np.sum(p["W"] ** 3) + p["b"] * np.sum(p["W"][0]) + p["c"][0] * p["b"] ** 2)


POINT = {"W": np.arange(6.0).reshape(2, 3), "b": 2.0, "c": [3.0, 4]}


def test_derivatives_are_those_of_the_operators():
    flat = Flat(energy, (POINT,), {"scale": 2.0})
    value, slope = flat.value_and_gradient(flat.start)
    assert value == energy(POINT, 2.0)
    expected = gradient(energy)(POINT, scale=2.0)
    assert_array_equal(flat.pack(slope)["W"], expected["W"])
    assert_array_equal(slope, flatten(expected)[0])
    second = flat.hessian(flat.start)
    assert_array_equal(flat.rows(second)["b"]["W"], hessian(energy)(POINT, scale=2.0)["b"]["W"])
    for direction in np.random.default_rng(0).standard_normal((3, len(flat))):
        assert_allclose(flat.hessian_product(flat.start, direction), second @ direction, rtol=1e-12)


def test_values_and_their_jacobian():
    flat = Flat(lambda x, k: {"a": x[0] * x[1] * k, "b": k * x}, (np.array([1.0, 2.0]), 3.0), {})
    assert_array_equal(flat.values(flat.start), [6, 3, 6])
    assert_array_equal(flat.jacobian(flat.start), [[6, 3, 2], [3, 0, 1], [0, 3, 2]])


def test_the_linear_map_and_what_is_combined():
    flat = Flat(lambda x, k: {"a": x[0] * x[1] * k, "b": k * x**2}, (np.array([1.0, 2.0]), 3.0), {})
    values, matrix = flat.values_and_jacobian(flat.start)
    assert_array_equal(values, flat.values(flat.start))
    direction = np.array([0.3, -1.0, 2.0])
    assert_allclose(flat.pushed(flat.start)(direction), matrix @ direction, rtol=1e-14)
    half = flat.combined(lambda r: 0.5 * (r * r).sum())
    assert_allclose(half.gradient(flat.start), matrix.T @ values, rtol=1e-14)


def test_a_solver_pays_once_for_value_and_gradient():
    calls = []

    def f(x):
        calls.append(x)
        return (x * x).sum()

    flat = Flat(f, (np.ones(3),), {})
    flat.value_and_gradient(flat.start)  # the first one is verified by plain calls
    calls.clear()
    at = flat.start + 1
    flat.gradient(at), flat.number(at), flat.value_and_gradient(at)
    assert len(calls) == 1
    assert (flat.evaluations, flat.gradients) == (2, 2)


def test_names_and_what_is_not_used():
    flat = Flat(energy, (POINT,), {})
    assert flat.component(4) == "p['W'][1, 1]"
    assert flat.component(6) == "p['b']"
    assert flat.unused() == ["p['c'][1]"]


def test_nothing_of_the_users_is_changed():
    def greedy(x):
        x *= 2.0
        return (x * x).sum()

    start = np.ones(2)
    flat = Flat(greedy, (start,), {})
    vector = flat.start
    assert flat.number(vector) == 8.0
    flat.value_and_gradient(vector)
    assert_array_equal(vector, [1, 1])
    assert_array_equal(start, [1, 1])


def test_what_is_no_number():
    with pytest.raises(TypeError, match=r"point\['a'\]|params\['a'\]"):
        flatten({"a": "text"})
    with pytest.raises(TypeError, match="must return one number"):
        flat = Flat(lambda x: x, (np.ones(2),), {})
        flat.number(flat.start)
