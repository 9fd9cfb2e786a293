"""Nested arguments and values: dicts, lists, tuples, named tuples, dataclasses, arrays."""

from collections import namedtuple
from dataclasses import dataclass

import numpy as np

import dfdx
from dfdx import gradient, hessian, jacobian, partial, tangent

Point = namedtuple("Point", "x y")


@dataclass(frozen=True)
class Model:
    weight: np.ndarray
    bias: float


def loss(m):
    return ((m.weight * m.weight).sum() + m.bias) * m.bias


def test_the_gradient_has_the_structure_of_the_argument():
    m = Model(np.array([[1.0, 2.0], [3.0, 4.0]]), 2.0)
    g = gradient(loss, m)
    assert type(g) is Model
    np.testing.assert_array_equal(g.weight, 4.0 * m.weight)
    assert g.bias == 34.0
    assert gradient(lambda p: p.x * p.y**2, Point(2, 3)) == Point(9.0, 12.0)
    assert gradient(lambda p: p[0] * p[1][0], [2, (3, 4)]) == [3.0, (2.0, 0.0)]
    assert gradient(lambda a, b: a["k"] * b, {"k": 2}, 3) == ({"k": 3.0}, 2.0)


def test_hessian_and_jacobian_of_structures():
    h = hessian(lambda p: p["a"] ** 2 * p["v"].sum(), {"a": 3.0, "v": np.array([1.0, 2.0])})
    assert h["a"]["a"] == 6.0
    np.testing.assert_array_equal(h["a"]["v"], [6.0, 6.0])
    np.testing.assert_array_equal(h["v"]["a"], [6.0, 6.0])
    np.testing.assert_array_equal(h["v"]["v"], np.zeros((2, 2)))
    j = jacobian(
        lambda p: {"s": p["a"] * p["v"], "t": p["a"]}, {"a": 3.0, "v": np.array([1.0, 2.0])}
    )
    np.testing.assert_array_equal(j["s"]["a"], [1.0, 2.0])
    np.testing.assert_array_equal(j["s"]["v"], [[3.0, 0.0], [0.0, 3.0]])
    assert j["t"]["a"] == 1.0
    np.testing.assert_array_equal(j["t"]["v"], [0.0, 0.0])


def test_jacobian_shapes_and_both_ways_of_sweeping():
    rng = np.random.default_rng(7)
    for m, n in [(2, 5), (5, 2), (30, 40), (40, 30), (25, 25)]:
        a = rng.normal(size=(m, n))
        f = lambda v, a=a: np.sin(a @ v) * 2
        v = rng.normal(size=n)
        want = 2 * np.cos(a @ v)[:, None] * a
        np.testing.assert_allclose(jacobian(f, v), want, rtol=1e-13, atol=1e-15)
    x = rng.normal(size=(2, 3))
    j = jacobian(lambda x: x.T * 2.0, x)
    assert j.shape == (3, 2, 2, 3)
    np.testing.assert_array_equal(j, 2.0 * np.einsum("il,jk->ijkl", np.eye(3), np.eye(2)))


def test_hessian_of_many_variables_is_exactly_symmetric():
    rng = np.random.default_rng(3)
    a = rng.normal(size=(30, 30))
    f = lambda v: np.exp(np.sin(a @ v)).sum() * v[0]
    h = hessian(f, rng.normal(size=30))
    np.testing.assert_array_equal(h, h.T)
    several = hessian(lambda x, y, z: x * y * z + x**3, 1, 2, 3)
    np.testing.assert_array_equal(several, [[6, 3, 2], [3, 0, 1], [2, 1, 0]])


def test_partials_by_name_and_place():
    f = lambda x, y, z=2.0: x**2 * y * z
    assert partial(f, "y")(3, 5) == 18.0
    assert partial(f, 1)(3, 5) == 18.0
    assert partial(f, -1)(3, 5) == 18.0
    assert partial(f, "z")(3, 5, 4) == 45.0
    assert partial(f, "z")(3, 5, z=4) == 45.0
    np.testing.assert_array_equal(
        partial(lambda v, s: (v * s).sum(), "v")(np.ones(3), 2.0), [2, 2, 2]
    )


def test_the_tangent_pushes_and_pulls():
    f = lambda x, v: {"a": x * v, "b": v.sum()}
    t = tangent(f, 2.0, np.array([1.0, 3.0]))
    w = {"a": np.array([1.0, -1.0]), "b": 2.0}
    pushed = t.push(0.5, np.array([0.1, 0.2]))
    pulled = t.pull(w)
    left = (w["a"] * pushed["a"]).sum() + w["b"] * pushed["b"]
    right = pulled[0] * 0.5 + (pulled[1] * [0.1, 0.2]).sum()
    np.testing.assert_allclose(left, right, rtol=1e-15)
    np.testing.assert_allclose(t(2.0, np.array([1.0, 3.0]))["a"], [2.0, 6.0])
    line = tangent(lambda x: x**2, 3)
    assert (line.value, line.slope, line(4), line.matrix) == (9.0, 6.0, 15.0, 6.0)


def test_fields():
    v = np.array([1.0, 2.0, 3.0])
    field = lambda p: np.stack([p[1] * p[2], p[0] ** 2, p[0] * p[1]])
    np.testing.assert_allclose(dfdx.curl(field, v), [1.0 - 0.0, 2.0 - 2.0, 2.0 - 3.0])
    assert dfdx.divergence(lambda p: p * p, v) == 12.0
    assert dfdx.laplacian(lambda p: (p * p).sum() * p[0], v) == 10.0
    for n in (1, 2, 4):
        assert dfdx.laplacian(lambda p: (p * p).sum(), np.ones(n)) == 2.0 * n
    assert dfdx.laplacian(lambda x: x**3, 2.0) == 12.0
    np.testing.assert_allclose(
        dfdx.curl(gradient(lambda p: p[0] * p[1] ** 2 * p[2]), v), 0.0, atol=1e-14
    )


def test_scalars_and_gradients_of_vectors_in_directions():
    f = lambda v: (v**3).sum()
    v = np.array([1.0, 2.0])
    assert dfdx.directional_derivative(f, v, along=np.array([3.0, 4.0])) == (3 * 3 + 12 * 4) / 5
    assert dfdx.directional_derivative(f, v, along=np.array([3.0, 4.0]), unit=False) == 57.0
    assert dfdx.directional_derivative(abs, 0.0, along=-1, side="right") == 1.0
