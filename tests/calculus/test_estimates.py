"""Every operator tells how far its answer may be off, and the truth lies within."""

import math
import random

import mpmath
import numpy as np
import pytest
from random_formulas import exact_value, random_graph, random_point

import dfdx
from dfdx.errors import NotConverged, NotDifferentiable, NotTraceable
from dfdx.graph import Constant, Graph, as_node
from dfdx.transforms.tangent import slope
from dfdx.walk import run

UNDEFINED = (ArithmeticError, ValueError, NotDifferentiable, NotConverged, NotTraceable)


def truths(graph, point):
    """All first and second partial derivatives in 60 digits; None where one is not finite."""
    first = [slope(graph, k) for k in (0, 1)]
    second = [slope(g, k) for g in first for k in (0, 1)]
    found = [exact_value(g, point) for g in (graph, *first, *second)]
    return None if None in found else (found[1:3], found[3:])


def holds(value, error, truth):
    off = abs(mpmath.mpf(float(value)) - truth)
    return off <= mpmath.mpf(float(error)) + abs(truth) * mpmath.mpf(10) ** -35


def folded(graph):
    """The graph with operations on constants done, in floats, as Python does them; None where it raises."""
    new = {}
    for node in graph.nodes:
        args = [new.get(a) for a in node.args]
        if type(node.op) is Constant:
            new[node] = float(node.op.value)
        elif not node.args:
            new[node] = node
        else:
            try:
                new[node] = node.op(*args)
            except (ArithmeticError, ValueError):
                return None
    return Graph(graph.inputs, [as_node(new[graph.outputs[0]])])


def cases(count):
    for seed in range(count):
        rng = random.Random(seed)
        graph = random_graph(rng, rng.randrange(3, 14))
        graph = folded(graph)
        if graph is None:
            continue
        point = [x + 1e-3 * rng.random() for x in random_point(rng)]  # beside the breaks
        exact = truths(graph, point)
        if exact is not None:
            yield graph, point, exact


def test_random_formulas_lie_within_their_bars():
    held, known = [], 0
    for graph, point, (first, second) in cases(250):
        f = lambda x, y, graph=graph: run(graph, x, y)[0]
        pair = lambda x, y, f=f: [f(x, y), x - y]
        try:
            e = [
                dfdx.gradient(f).estimate(*point),
                dfdx.jacobian(pair).estimate(*point),
                dfdx.hessian(f).estimate(*point),
                dfdx.laplacian(f).estimate(*point),
                dfdx.divergence(pair).estimate(*point),
                dfdx.curl(pair).estimate(*point),
                dfdx.partial(f, 1).estimate(*point),
                dfdx.directional_derivative(f, along=(3, 4)).estimate(*point),
            ]
        except UNDEFINED:
            continue
        with mpmath.workdps(60):
            checks = [
                *zip(e[0].value, e[0].error, first, strict=True),
                *zip(e[1].value[0], e[1].error[0], first, strict=True),
                *zip(np.ravel(e[2].value), np.ravel(e[2].error), second, strict=True),
                (e[3].value, e[3].error, second[0] + second[3]),
                (e[4].value, e[4].error, first[0] - 1),
                (e[5].value, e[5].error, 1 - first[1]),
                (e[6].value, e[6].error, first[1]),
                (e[7].value, e[7].error, (3 * first[0] + 4 * first[1]) / 5),
            ]
            for value, error, truth in checks:
                if not math.isnan(float(error)):
                    known += 1
                    held.append(holds(value, error, truth))
    assert known > 1200
    assert all(held)


def test_higher_derivatives_are_right_to_the_last_digit_and_say_so():
    rng = random.Random(4)
    for k in range(80):
        graph = folded(random_graph(rng, 6))
        if graph is None:
            continue
        x, y = random_point(rng)
        order = 2 + k % 3
        truth = graph
        for _ in range(order):
            truth = slope(truth)
        truth = exact_value(truth, [x + 1e-3, y])
        if truth is None:
            continue
        try:
            e = dfdx.derivative(lambda x, g=graph, y=y: run(g, x, y)[0], order=order).estimate(
                x + 1e-3
            )
        except UNDEFINED:
            continue
        with mpmath.workdps(60):
            assert math.isnan(e.error) or holds(e.value, e.error, truth)
        assert not e.error > 1e-14 * abs(e.value) + 1e-300


def test_arrays_lie_within_their_bars():
    rng = np.random.default_rng(3)
    for _ in range(20):
        a, v = rng.normal(size=(3, 3)), rng.normal(size=3)
        e = dfdx.jacobian(lambda v, a=a: np.sin(a @ v) / (1 + v @ v)).estimate(v)
        h = dfdx.hessian(lambda v, a=a: np.exp(np.sin(a @ v)).sum()).estimate(v)
        with mpmath.workdps(40):
            am, vm = mpmath.matrix(a.tolist()), mpmath.matrix(v.tolist())
            u, size = am * vm, 1 + sum(x * x for x in vm)
            for i in range(3):
                for j in range(3):
                    first = mpmath.cos(u[i]) * am[i, j] / size
                    first -= mpmath.sin(u[i]) * 2 * vm[j] / size**2
                    assert holds(e.value[i, j], e.error[i, j], first)
                    bend = sum(
                        mpmath.exp(mpmath.sin(t))
                        * (mpmath.cos(t) ** 2 - mpmath.sin(t))
                        * am[k, i]
                        * am[k, j]
                        for k, t in enumerate(u)
                    )
                    assert holds(h.value[i, j], h.error[i, j], bend)
        assert np.all(e.error < 1e-13) and np.all(h.error < 1e-11)


def test_the_error_has_the_form_of_the_answer():
    e = dfdx.derivative(lambda t: {"x": math.cos(t), "v": np.array([t / 3, t * t])}).estimate(0.7)
    assert set(e.error) == {"x", "v"} and e.error["v"].shape == (2,)
    assert 0 < e.error["x"] < 1e-14 and 0 < e.error["v"][0] < 1e-14
    e = dfdx.hessian(lambda p: p["a"] ** 2 * math.exp(p["b"])).estimate({"a": 0.3, "b": 0.4})
    assert 0 < e.error["a"]["b"] < 1e-14
    e = dfdx.curl(lambda v: np.sin(v[::-1]) * v[0]).estimate(np.array([0.1, 0.2, 0.3]))
    assert e.error.shape == (3,)


def test_taylor_says_how_far_each_coefficient_is_off():
    e = dfdx.taylor(lambda x: math.exp(math.sin(x)), order=6).estimate(0.3)
    with mpmath.workdps(40):
        truth = mpmath.taylor(lambda x: mpmath.exp(mpmath.sin(x)), mpmath.mpf(0.3), 6)
        for c, error, t in zip(e.value.coefficients, e.error, truth, strict=True):
            assert holds(c, error, t)
    assert str(e.value) == str(dfdx.taylor(lambda x: math.exp(math.sin(x)), 0.3, order=6))
    assert all(0 < error < 1e-15 for error in e.error)


def test_on_a_kink_the_bound_is_unknown_and_a_note_says_why():
    e = dfdx.jacobian(lambda v: [abs(v[0] - 1.0) + v[1], v[1] / 3]).estimate(np.array([1.0, 2.0]))
    assert "break of abs" in e.notes[0]
    assert e.value[0][0] == 0.0 and 0 < e.error[1][1] < 1e-14


def test_what_is_held_fixed_counts_too():
    """√x is computed before y varies; its rounding is in the answer all the same."""
    fixed = lambda y, x: math.sqrt(x) / 7 * y
    for e in (
        dfdx.partial(fixed, "y").estimate(0.3, 0.7),
        dfdx.derivative(fixed).estimate(0.3, x=0.7),
        dfdx.jacobian(lambda y, x: [fixed(y, x)], wrt=0).estimate(0.3, 0.7),
    ):
        error = e.error if isinstance(e.error, float) else e.error[0]
        assert 5e-18 < error < 1e-15


@pytest.mark.parametrize("op", [dfdx.laplacian, dfdx.divergence, dfdx.curl])
def test_the_law_holds_for_fields(op):
    f = (lambda x, y: x**3 * y) if op is dfdx.laplacian else (lambda x, y: (x * x * y, x - y))
    assert op(f).estimate(2.0, 3.0).value == op(f)(2.0, 3.0) == op(f, 2.0, 3.0)
