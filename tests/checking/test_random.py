"""Random formulas: their own derivative is right, and an error of a millionth in one component is found."""

import math
import random

import pytest
from random_formulas import exact_value, random_graph, random_point

from dfdx import check
from dfdx.graph import Constant, Graph, as_node
from dfdx.transforms.adjoint import gradient
from dfdx.walk import run


def in_floats(graph):
    """The graph with operations on constants done, in floats, as Python does them; None where it raises."""
    new = {}
    for node in graph.nodes:
        args = [new.get(a) for a in node.args]
        try:
            is_constant = type(node.op) is Constant
            new[node] = float(node.op.value) if is_constant else node.op(*args) if args else node
        except (ArithmeticError, ValueError):
            return None
    return Graph(graph.inputs, [as_node(new[graph.outputs[0]])])


def cases(seeds):
    for seed in seeds:
        rng = random.Random(seed)
        graph = in_floats(random_graph(rng, rng.randrange(3, 14)))
        point = tuple(x + 1e-3 * rng.random() for x in random_point(rng))
        if graph is None:
            continue
        slopes = gradient(graph)
        truths = [
            exact_value(Graph(graph.inputs, [y]), point) for y in (*graph.outputs, *slopes.outputs)
        ]
        if None not in truths:
            yield graph, slopes, point


@pytest.mark.parametrize("traced", [True, False])
def test_right_is_right_and_a_millionth_is_found(traced):
    tried = 0
    for graph, slopes, point in cases(range(700, 1200)):

        def f(x, y, graph=graph):
            v = run(graph, x, y)[0]
            return v if traced else float(" " + repr(v))

        df = lambda x, y, slopes=slopes: [float(v) for v in run(slopes, x, y)]
        try:
            right, value = df(*point), f(*point)
        except (ArithmeticError, ValueError):
            continue
        if abs(value) > 1e100:
            continue
        assert check(f, df, point), check(f, df, point)
        k = max((0, 1), key=lambda j: abs(right[j]))  # many depend on one variable only
        seen = abs(right[k]) > 1e-9 * abs(value) and math.isfinite(right[k])
        planted = lambda x, y, df=df, k=k: [
            v * (1 + 1e-6 * (j == k)) for j, v in enumerate(df(x, y))
        ]
        if seen:
            tried += 1
            report = check(f, planted, point)
            assert not report and report.mistakes[0].component.endswith("xy"[k]), report
    assert tried > 60
