"""Graph to graph: tangent, adjoint and batch against the walks they stand for."""

import numpy as np
import pytest

from dfdx.contraction import contraction
from dfdx.graph import Graph, check, variable
from dfdx.rules.arithmetic import maximum
from dfdx.rules.elementary import atan2, exp, sin, tanh
from dfdx.structure import Concatenate, Put, RunningSum, reshape, take
from dfdx.transforms.adjoint import adjoint, gradient
from dfdx.transforms.batch import batch
from dfdx.transforms.tangent import slope, tangent
from dfdx.walk import run

rng = np.random.default_rng(11)


def small_network():
    w, x, b = variable("w", (3, 4)), variable("x", (4,)), variable("b")
    h = tanh(contraction("ij,j->i")(w, x) + b)
    y = contraction("i->")(h * h) + sin(b) * take(x, 1)
    return Graph([w, x, b], [y, h])


def moving():
    x, v = variable("x", (2, 3)), variable("v", (2,))
    a = RunningSum(1)(x * 2.0)
    p = Put((slice(None), 0))(a, v)
    c = Concatenate(0)(p, reshape(exp(x), (2, 3)))
    return Graph([x, v], [c, maximum(take(x, (0, slice(None))), take(p, (1, slice(None))))])


def scalars():
    x, y = variable("x"), variable("y")
    return Graph([x, y], [atan2(x, y) * x, x / y])


GRAPHS = [small_network(), moving(), scalars()]


def draw(nodes, size=None):
    lead = () if size is None else (size,)
    return [
        rng.normal(size=lead + n.shape) if lead + n.shape else float(rng.normal()) for n in nodes
    ]


@pytest.mark.parametrize("graph", GRAPHS)
def test_the_transposition_law(graph):
    xs, dxs, ws = draw(graph.inputs), draw(graph.inputs), draw(graph.outputs)
    n = len(graph.outputs)
    t, a = check(tangent(graph)), check(adjoint(graph))
    found = run(t, *xs, *dxs)
    for got, want in zip(found[:n], run(graph, *xs), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-15)
    left = sum(np.sum(w * d) for w, d in zip(ws, found[n:], strict=True))
    right = sum(np.sum(g * d) for g, d in zip(run(a, *xs, *ws), dxs, strict=True))
    assert left == pytest.approx(right, rel=1e-12)


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("which", ["all", "first", "last"])
def test_batch_is_a_loop(graph, which):
    flags = [which == "all" or (k == 0) == (which == "first") for k in range(len(graph.inputs))]
    mapped = check(batch(graph, 5, flags))
    points = [
        draw([x], 5)[0] if on else draw([x])[0] for x, on in zip(graph.inputs, flags, strict=True)
    ]
    got = run(mapped, *points)
    for k in range(5):
        one = [p[k] if on else p for p, on in zip(points, flags, strict=True)]
        for g, want in zip(got, run(graph, *one), strict=True):
            np.testing.assert_allclose(g[k], want, rtol=1e-13)


@pytest.mark.parametrize("graph", GRAPHS)
def test_transforms_compose(graph):
    twice = check(tangent(tangent(graph)))
    mixed = check(batch(adjoint(graph), 3))
    assert len(twice.inputs) == 4 * len(graph.inputs)
    found = run(mixed, *draw(graph.inputs, 3), *draw(graph.outputs, 3))
    assert [np.shape(f) for f in found] == [(3, *x.shape) for x in graph.inputs]


def test_slope_and_gradient_of_scalars():
    x, z = variable("x"), variable("z")
    g = Graph([x, z], [2 * z**3 * x**2])
    assert run(check(gradient(g)), 1.0, 2.0) == [32.0, 24.0]
    assert run(check(slope(g, 1)), 1.0, 2.0) == [24.0]
    assert run(slope(slope(g, 0), 0), 1.0, 2.0) == [32.0]
    assert run(slope(Graph([x], [x * 0 + 3]), 0), 1.0) == [0.0]
