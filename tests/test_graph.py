"""Graphs: interning, order, and the specification that `check` states."""

import pytest

from dfdx.graph import Graph, Node, check, constant, ordered, variable
from dfdx.rules.arithmetic import add, multiply
from dfdx.rules.elementary import sin
from dfdx.walk import evaluate, pull, push, reached_from, run


def test_equal_expressions_are_one_node():
    x, y = variable("x"), variable("y")
    assert sin(x) * y is sin(x) * y
    assert sin(x) is not sin(y)
    assert x * 2.0 is x * 2.0
    assert constant(0.0) is not constant(-0.0)
    assert constant(2) is not constant(2.0)
    assert constant(True) is not constant(1)


def test_operands_come_first_without_recursion():
    x = variable("x")
    y = x
    for _ in range(40_000):
        y = y + 1.0
    order = ordered([y])
    place = {node: k for k, node in enumerate(order)}
    assert all(place[a] < place[n] for n in order for a in n.args)
    graph = check(Graph([x], [y]))
    assert run(graph, 0.0) == [40_000.0]
    assert push(graph, evaluate(graph, [0.0]), [1.0]) == [1.0]
    assert pull(graph, evaluate(graph, [0.0]), [1.0]) == [1.0]


def broken():
    x, y = variable("x"), variable("y")
    wrong = object.__new__(Node)
    wrong.op, wrong.args, wrong.shape = multiply, (x,), ()
    shapely = object.__new__(Node)
    shapely.op, shapely.args, shapely.shape = add, (x, x), (3,)
    yield Graph([x, x], [x]), "listed twice"
    yield Graph([x], [x * y]), "not an input"
    yield Graph([sin(x)], [x]), "not a variable"
    yield Graph([x], [wrong]), "takes 2 operands, has 1"
    yield Graph([x], [shapely]), "its primitive gives"
    strange = Graph([x], [x])
    strange._nodes = (x, "node")
    yield strange, "is not a node"
    late = Graph([x], [sin(x)])
    late._nodes = (sin(x), x)
    yield late, "before it is defined"


@pytest.mark.parametrize(("graph", "says"), list(broken()))
def test_check_finds_what_is_wrong(graph, says):
    with pytest.raises(ValueError, match=says):
        check(graph)


def test_walks_only_go_where_asked():
    x, y = variable("x"), variable("y")
    z = sin(x) * y
    graph = Graph([x, y], [z])
    values = evaluate(graph, [0.5, 2.0])
    assert pull(graph, values, [1.0], [y]) == [values[sin(x)]]
    assert sin(x) not in reached_from(graph, [y])
    assert z in reached_from(graph, [y])
    assert push(graph, values, [None, 1.0]) == [values[sin(x)]]
    assert push(graph, values, [None, None]) == [None]


def test_a_node_has_no_truth_value():
    with pytest.raises(TypeError, match="no truth value"):
        bool(variable("x"))
