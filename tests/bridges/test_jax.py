"""Functions of NumPy and SciPy under JAX's transformations, JAX functions in ours, JAX without a bridge."""

import math

import numpy as np
import pytest
from scipy import special

jax = pytest.importorskip("jax")
import jax.numpy as jnp  # noqa: E402

from dfdx import derivative, gradient, hessian, jacobian  # noqa: E402
from dfdx.bridges.jax import function, rule  # noqa: E402


def precision(double):
    """While this is entered, JAX computes in float64, or in float32."""
    if hasattr(jax, "enable_x64"):
        return jax.enable_x64(double)
    from jax.experimental import enable_x64

    return enable_x64(double)


@pytest.fixture(autouse=True)
def double():
    with precision(True):
        yield


X, Y = np.array([0.3, 0.7, 1.1]), np.array([1.0, 2.0, -3.0])


def bent(x, y):
    return np.sin(x) * y + special.jv(1, x)


def loss(x):
    return np.sum(bent(x, Y))


@pytest.mark.parametrize("wrapped", [lambda g: g, jax.jit], ids=["plain", "jit"])
def test_reverse_mode_of_any_order(wrapped):
    f = function(bent)
    assert np.allclose(wrapped(f)(X, Y), bent(X, Y))
    total = lambda x: f(x, Y).sum()
    assert np.allclose(wrapped(jax.grad(total))(X), gradient(loss)(X), rtol=1e-12)
    second = wrapped(jax.jacrev(jax.grad(total)))(jnp.asarray(X))
    assert np.allclose(second, hessian(loss)(X), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("wrapped", [lambda g: g, jax.jit], ids=["plain", "jit"])
def test_forward_mode_of_any_order(wrapped):
    f = function(bent, mode="forward")
    assert np.allclose(wrapped(jax.jacfwd(f))(X, Y), jacobian(bent, wrt=0)(X, Y), rtol=1e-12)
    second = wrapped(jax.jacfwd(jax.jacfwd(lambda x: f(x, Y).sum())))(X)
    assert np.allclose(second, hessian(loss)(X), rtol=1e-10, atol=1e-12)


def test_vmap_and_several_arguments():
    f = function(lambda x, y: math.sin(x) * y)
    slopes = jax.jit(jax.vmap(jax.grad(f, argnums=(0, 1))))(X, Y)
    assert np.allclose(slopes[0], np.cos(X) * Y) and np.allclose(slopes[1], np.sin(X))


def test_several_values():
    f = function(lambda x, y: (x @ y, x * 2.0))
    value, pull = jax.vjp(f, X, Y)
    assert isinstance(value, tuple) and np.allclose(value[1], 2 * X)
    dx, dy = pull((jnp.asarray(2.0), jnp.asarray(Y)))
    assert np.allclose(dx, 2 * Y + 2 * Y) and np.allclose(dy, 2 * X)


def test_what_is_no_float_is_held_fixed():
    power = function(lambda x, n, scale=1.0: scale * x**n)
    assert jax.grad(power)(2.0, 3) == 12 and jax.grad(power)(2.0, 3, scale=2.0) == 24
    assert jax.jit(jax.grad(power), static_argnums=1)(2.0, 3) == 12
    assert power(2, 3) == 8
    with pytest.raises(TypeError, match="static_argnums"):
        jax.jit(power)(2.0, 3)


def test_the_dtype_of_the_arguments_comes_back():
    x = jnp.asarray(X, dtype=jnp.float32)
    assert function(np.sin)(x).dtype == jnp.float32
    assert jax.grad(lambda x: function(np.sin)(x).sum())(x).dtype == jnp.float32


def test_the_shape_is_told_where_ones_do_not_tell_it():
    def late(x):
        return math.log(x - 2)

    with pytest.raises(ValueError, match=r"function\(f, shape=\(\)\)"):
        jax.grad(function(late))(5.0)
    assert jax.grad(function(late, shape=()))(5.0) == pytest.approx(1 / 3)
    with pytest.raises(Exception, match="returned shapes"):
        jax.block_until_ready(function(lambda x: x[x > 0.5])(X))


def test_refusals_are_clear():
    with pytest.raises(TypeError, match="needs a function"):
        function(3)
    with pytest.raises(ValueError, match="mode is"):
        function(np.sin, mode="both")
    with pytest.raises(TypeError, match="complex"):
        function(np.sin)(jnp.asarray(1j))
    with pytest.raises(TypeError, match="one array"):
        rule(lambda v: (v, v))(np.ones(2))


def test_a_kink_gives_the_shortest_derivative():
    slope = jax.grad(lambda x: function(lambda v: np.maximum(v, 0))(x).sum())(np.array([0.0, 1.0]))
    assert np.allclose(slope, [0, 1])


def test_a_function_of_jax_in_ours():
    def f(v):
        return jnp.sin(v) * v.sum()

    def whole(v):
        return jnp.exp(f(v)).sum()

    for inside in (rule(f), rule(jax.jit(f))):
        assert np.allclose(jacobian(inside)(X), jax.jacrev(f)(X), rtol=1e-12)
        found = gradient(lambda v, inside=inside: np.exp(inside(v)).sum()).estimate(X)
        assert found.method.startswith("exact")
        assert np.allclose(found.value, jax.grad(whole)(X), rtol=1e-12)
        second = hessian(lambda v, inside=inside: np.exp(inside(v)).sum())(X)
        assert np.allclose(second, jax.hessian(whole)(X), rtol=1e-11)


def test_it_computes_in_double_precision_whatever_jax_is_set_to():
    with precision(False):
        sine = rule(jnp.sin)
        found = [derivative(sine, order=k)(0.3) for k in (1, 2, 3)]
    assert found == pytest.approx([math.cos(0.3), -math.sin(0.3), -math.cos(0.3)], rel=1e-14)


NAIVE = {
    "sin": lambda v: jnp.sin(v).sum(),
    "a float": lambda v: float(jnp.sin(jnp.asarray(v)).sum()),
    "a product": lambda v: (v * jnp.ones(3)).sum() + np.sum(np.sin(v)) - np.sum(v),
    "half of it": lambda v: np.sin(v[0]) + jnp.sin(v[1]).item() + np.sin(v[2]),
    "stored": lambda v: (
        float(jnp.sin(jnp.zeros(3).at[1].set(v[1])).sum()) + np.sin(v[0]) + np.sin(v[2])
    ),
}


@pytest.mark.parametrize("name", NAIVE)
def test_jax_without_a_bridge_is_never_silently_wrong(name):
    found = gradient(NAIVE[name]).estimate(X)
    assert np.all(np.abs(found.value - np.cos(X)) <= np.maximum(found.error, 1e-15))
