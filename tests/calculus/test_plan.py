"""A gradient written once as plain Python: the gradient, and dropped as soon as f is another function."""

import numpy as np
import pytest
from benchmarks.optimisation.problems import problems
from numpy.testing import assert_array_equal

from dfdx import NotDifferentiable, gradient
from dfdx.calculus.flat import Flat


def warm(f, *start, times=5):
    """A Flat that has seen so many points, and the last of them."""
    flat = Flat(f, start, {})
    x = flat.start
    for _ in range(times):
        x = x + 1e-3
        flat.value_and_gradient(x)
    return flat, x


@pytest.mark.parametrize(
    "name, f, start", problems(12), ids=lambda p: p if isinstance(p, str) else ""
)
def test_it_gives_what_the_trace_gives(name, f, start):
    flat, x = warm(f, start)
    assert flat._plan is not None
    for _ in range(3):
        x = x + 0.01
        value, slope = flat.value_and_gradient(x)
        assert value == f(x)
        np.testing.assert_allclose(slope, gradient(f)(x), rtol=1e-12, atol=1e-13)


def test_structures_and_numbers():
    def f(p):
        return np.sum(p["w"] @ p["w"].T) * np.exp(-p["b"]) + p["b"] ** 2

    flat, x = warm(f, {"w": np.arange(6.0).reshape(2, 3), "b": 2.0})
    assert flat._plan is not None
    x = x + 1
    expected = gradient(f)(flat.pack(x))
    assert_array_equal(flat.pack(flat.gradient(x))["w"], expected["w"])


def test_f_is_called_as_it_is_written():
    seen = []

    def f(x):
        seen.append(x.copy())
        return np.sum(np.sin(x))

    flat, x = warm(f, np.ones(3))
    assert flat._plan is not None
    seen.clear()
    flat.value_and_gradient(x + 1)
    assert_array_equal(seen, [x + 1])


def test_a_function_that_changes_is_traced_again():
    scale = [1.0]

    def f(x):
        return scale[0] * np.sum(x**2)

    flat, x = warm(f, np.ones(3))
    assert flat._plan is not None
    scale[0] = 3.0
    assert_array_equal(flat.gradient(x + 1), 6 * (x + 1))


def test_noise_is_not_frozen():
    rng = np.random.default_rng(0)

    def f(x):
        return np.sum(x * rng.standard_normal(3))

    flat, x = warm(f, np.ones(3), times=8)
    slopes = [flat.gradient(x + k) for k in range(4)]
    assert len({tuple(s) for s in slopes}) == 4


@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.sum(np.abs(x)),
        lambda x: np.sum(np.maximum(x, 0)),
        lambda x: np.sum(x) if x[0] > 0 else np.sum(x**2),
        lambda x: np.sum(np.where(x > 0, x, x**2)),
        lambda x: np.max(x),
        lambda x: np.sum(np.sort(x)[:2]),
        lambda x: np.sum(np.floor(x) * x),
    ],
)
def test_what_is_decided_by_numbers_has_no_plan(f):
    flat, x = warm(f, np.array([1.0, -2.0, 0.5]))
    assert flat._plan is None
    for shift in (0.0, 3.0, -3.0):
        assert_array_equal(flat.gradient(x + shift), gradient(f)(x + shift))


def test_at_the_edge_of_the_domain_the_trace_is_asked():
    flat, x = warm(lambda x: np.sum(np.sqrt(x)), np.ones(2))
    assert flat._plan is not None
    with pytest.raises(NotDifferentiable, match="inf"):
        flat.gradient(0 * x)
