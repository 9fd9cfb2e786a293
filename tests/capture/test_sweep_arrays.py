"""The sweeps over arrays: both say the same for every shape and layout, and kinks are still seen."""

import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dfdx import derivative, gradient
from dfdx.capture.trace import Call
from dfdx.methods import exact
from dfdx.methods.gradients import gradient_at
from dfdx.methods.ladder import Sampling

FIXED = np.arange(12.0).reshape(3, 4) / 7 - 0.8
PLACES = np.array([3, 0, 0])
FUNCTIONS = {  # of an array x of shape (n, 4)
    "layer": lambda x: np.tanh(x @ FIXED.T + FIXED[0, :3]) @ FIXED,
    "constant first": lambda x: FIXED @ x.T + FIXED.T[:, :1].T @ x.T,
    "rectifier": lambda x: np.maximum(x - 0.1234, 0) * np.minimum(0.3, x),
    "largest, kept": lambda x: x - x.max(axis=1, keepdims=True),
    "smallest, gone": lambda x: np.min(x * x, axis=-1) ** 2,
    "sums, kept": lambda x: x / (1 + (x * x).sum(axis=0, keepdims=True)),
    "all sums, kept": lambda x: x * np.sum(x, axis=(0, 1), keepdims=True),
    "mean, kept": lambda x: (x - np.mean(x, axis=1, keepdims=True)) ** 4,
    "quotient": lambda x: x[:, :1] / (3 + x) - (2 + x) / (2 + x[:, 3]).reshape(-1, 1),
    "scaled": lambda x: 2 / (3 + x) + x / 4 - 1 / (x[:1] + 5),
    "chosen": lambda x: np.where(x > 0.2, x * x, np.clip(x, -0.31, 0.17)),
    "overlapping": lambda x: x[:, 1:] * x[:, :-1] + x[:, 1:3].sum(axis=1)[:, None],
    "places": lambda x: x[:, PLACES] * FIXED[0, :3],
    "far out": lambda x: np.tanh(9 * x),
    "reshaped": lambda x: (x.T.reshape(x.shape) * x).reshape(-1),
}
LAYOUTS = {
    "rows": lambda x: x,
    "columns": np.asfortranarray,
    "a view": lambda x: np.repeat(x, 2, axis=0)[::2],
    "backwards": lambda x: x[::-1, ::-1],
}
each_function = pytest.mark.parametrize("f", FUNCTIONS.values(), ids=FUNCTIONS)


def point(rows, layout, seed):
    rng = np.random.default_rng(seed)
    return LAYOUTS[layout](rng.normal(size=(rows, 4))), rng


@each_function
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 5), st.sampled_from(sorted(LAYOUTS)), st.integers(0, 2**16))
def test_reverse_is_forward_transposed(f, rows, layout, seed):
    if not rows and f in (FUNCTIONS["smallest, gone"], FUNCTIONS["scaled"]):
        rows = 1
    x, rng = point(rows, layout, seed)
    before = x.copy()
    w = rng.normal(size=f(x).shape)
    v = rng.normal(size=x.shape)
    found = gradient(lambda x: np.sum(f(x) * w))(x)
    assert found.shape == x.shape
    assert found.flags.writeable
    np.testing.assert_array_equal(x, before)
    (ahead,) = exact.forward(Call(f, (x,), {}, (0,)).trace(), [v])
    size = np.sum(np.abs(found * v)) + 1e-30
    assert abs(np.sum(found * v) - np.sum(w * ahead)) <= 1e-12 * size


@each_function
def test_the_derivative_of_the_gradient_is_symmetric(f):
    x, rng = point(3, "rows", 5)
    weights, v, w = rng.normal(size=f(x).shape), rng.normal(size=x.shape), rng.normal(size=x.shape)
    slope = gradient(lambda x: np.sum(f(x) * weights))

    def along(v, w):
        return derivative(lambda s: np.sum(slope(x + s * v) * w))(0.0)

    assert along(v, w) == pytest.approx(along(w, v), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("f", "x", "expected"),
    [
        (lambda x: np.sum(np.maximum(x, 0)), [-1.0, 0.0, 2.0], [0.0, 0.0, 1.0]),
        (lambda x: np.sum(np.maximum(0.5, x)), [0.5, 1.0], [0.0, 1.0]),
        (lambda x: np.sum(np.minimum(x, 2)), [2.0, 1.0], [0.0, 1.0]),
        (lambda x: np.max(x), [3.0, 3.0, 1.0], [0.5, 0.5, 0.0]),
        (lambda x: np.sum(np.clip(x, 0.0, 1.0)), [0.0, 0.5, 2.0], [0.0, 1.0, 0.0]),
        (lambda x: np.sum(np.abs(x)), [0.0, -2.0], [0.0, -1.0]),
        (lambda x: np.sum(x.reshape(1, -1).max(axis=1, keepdims=True)), [4.0, 4.0], [0.5, 0.5]),
    ],
)
def test_ties_are_kinks(f, x, expected):
    found = gradient(f).estimate(np.array(x))
    np.testing.assert_allclose(found.value, expected, atol=1e-6)
    assert any("kink" in note for note in found.notes)


def test_a_row_without_a_number_hides_no_tie():
    x = np.array([[np.nan, 1.0, 2.0], [3.0, 3.0, 1.0]])
    t = Call(lambda x: np.max(x, axis=1), (x,), {}, (0,)).trace()
    assert [edge.name for edge in t.tape.edges] == ["max"]


def test_what_the_function_changes_later_is_not_seen():
    fixed = np.array([1.0, 2.0])

    def f(x):
        y = np.sum(x * fixed + fixed / x)
        fixed[:] = 7.0
        return y

    x = np.array([0.5, 4.0])
    t = Call(f, (x,), {}, (0,)).trace()
    np.testing.assert_allclose(exact.backward(t, [1.0])[0], [1.0 - 1 / 0.25, 2.0 - 2 / 16])


@pytest.mark.parametrize("f", [lambda x: np.sum(x * x), lambda x: np.sum(np.where(x > 0, x, 0.0))])
def test_a_gradient_leaves_no_garbage(f):
    x = np.array([1.0, 2.0])
    g = gradient(f)
    g(x)
    gc.collect()
    gc.disable()
    try:
        g(x)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_value_comes_with_the_gradient():
    x = np.array([1.0, 2.0])
    for sampling in (Sampling(), Sampling("differences")):
        answer = gradient_at(Call(lambda x: np.sum(x**3), (x,), {}, (0,)), sampling)
        assert answer.values[0] == pytest.approx(9.0)
