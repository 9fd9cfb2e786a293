"""The chain rule, step by step, with the numbers.

Every node of the graph is a step: which rule it uses, the local slopes, its value,
its slope so far. The numbers come from the same walk and the same cards as the
derivative itself, so the steps cannot tell another story than the answer.
"""

from math import nan

from ..errors import NoRule
from ..graph import Constant, Node, Variable, variable
from ..pointwise import Pointwise
from ..primitive import add_up
from ..walk import evaluate, reached_from
from .naming import partial_node, rules_of
from .record import Record

_FAILED = (ArithmeticError, ValueError, NoRule)


class Step(Record):
    """One node: what it computes, by which rule it is differentiated, and its slope so far.

    name      u_1, u_2, …; the last one is f
    node      what it computes, in the names of earlier steps
    value     its value
    rules     the rules used, as `naming.rules_of` gives them
    locals    one Local for each operand that varies
    slope     the derivative of this step (None in the steps of a gradient)
    """

    __slots__ = ("locals", "name", "node", "rules", "slope", "value")


class Local(Record):
    """How a step changes with one operand: the partial as node and number, and the operand's slope."""

    __slots__ = ("node", "operand", "slope", "value")


class Back(Record):
    """How f changes with one step or variable: the sum of its shares, one per step that uses it."""

    __slots__ = ("name", "shares", "value")


class Share(Record):
    """The part that goes through one user: the user's own slope of f times the local slope."""

    __slots__ = ("local", "outer", "through", "value")


def steps(graph, point, wrt=0):
    """The steps of the derivative of a graph with one output, with respect to one input.

    >>> from dfdx.graph import Graph
    >>> x = variable("x")
    >>> [(s.name, s.slope) for s in steps(Graph([x], [(x * x) ** 2]), [3.0])]
    [('u_1', 6.0), ('f', 108.0)]
    """
    values = evaluate(graph, point)
    slopes = dict.fromkeys(graph.inputs)
    slopes[graph.inputs[wrt]] = 1.0
    moving = reached_from(graph, [graph.inputs[wrt]])
    shown = _names(graph)
    found = []
    for node in graph.nodes:
        if not node.args:
            slopes.setdefault(node, None)
            continue
        tangents = [slopes[x] for x in node.args]
        slopes[node] = _slope(node, values, tangents) if node in moving else None
        found.append(_step(node, shown, values, moving, slopes))
    return found


def gradient_steps(graph, point):
    """`(forward, backward)`: the steps with their values, and how f changes with each, from f back.

    >>> from dfdx.graph import Graph
    >>> x, y = variable("x"), variable("y")
    >>> forward, backward = gradient_steps(Graph([x, y], [x * y + x]), [3.0, 5.0])
    >>> [(b.name, b.value) for b in backward]
    [('u_1', 1.0), ('x', 6.0), ('y', 3.0)]
    """
    values = evaluate(graph, point)
    moving = reached_from(graph, graph.inputs)
    shown = _names(graph)
    forward = [_step(n, shown, values, moving, None) for n in graph.nodes if n.args]
    output = graph.outputs[0]
    total = {output: 1.0}
    shares = {}
    backward = []
    for node in reversed(graph.nodes):
        if node not in moving:
            continue
        g = total.get(node)
        if node is not output and node.args:
            backward.append(Back(shown[node].op.name, tuple(shares.get(node, ())), _number(g)))
        if g is None or not node.args:
            continue
        for k, share in enumerate(_pulled(node, g, values, moving)):
            if share is None:
                continue
            x = node.args[k]
            total[x] = add_up(total.get(x), share)
            through = "f" if node is output else shown[node].op.name
            local = _local(node, k, shown, values, None)
            shares.setdefault(x, []).append(Share(local, _number(g), through, share))
    for x in graph.inputs:
        value = _number(total.get(x, 0.0))
        backward.append(Back(x.op.name, tuple(shares.get(x, ())), value))
    return forward, backward


def _names(graph):
    """What stands for each node in the steps after it: a variable with its name, or the number itself."""
    taken = {x.op.name.partition("_")[0] for x in graph.inputs}
    letter = next((c for c in "uvwpqrsabcdghkmn" if c not in taken), "node")
    shown, count = {}, 0
    for node in graph.nodes:
        if type(node.op) is Variable or type(node.op) is Constant:
            shown[node] = node
        elif node is not graph.outputs[0]:
            count += 1
            shown[node] = variable(f"{letter}_{count}", node.shape)
        else:
            shown[node] = variable("f", node.shape)
    return shown


def _step(node, shown, values, moving, slopes):
    varying = [x in moving for x in node.args]
    inner = [v and bool(x.args) for v, x in zip(varying, node.args, strict=True)]
    locals_ = [_local(node, k, shown, values, slopes) for k, v in enumerate(varying) if v]
    slope = None if slopes is None else _number(slopes[node])
    return Step(
        name=shown[node].op.name,
        node=Node.apply(node.op, [shown[x] for x in node.args]),
        value=values[node],
        rules=tuple(rules_of(node.op, varying, inner)),
        locals=tuple(p for p in locals_ if p.node is not None),
        slope=slope,
    )


def _local(node, k, shown, values, slopes):
    """The Local of operand k; its node is None where the step has no partials to show."""
    x = node.args[k]
    slope = None if slopes is None else _number(slopes[x])
    formula, value = None, nan
    if isinstance(node.op, Pointwise):
        try:
            formula = partial_node(node.op, k, [shown[a] for a in node.args])
            value = node.op.partial(k, values[node], [values[a] for a in node.args])
        except _FAILED:
            value = nan
    if type(formula) is int and formula == 0:
        formula = None
    return Local(formula, shown[x].op.name, slope, value)


def _slope(node, values, tangents):
    try:
        return node.op.push(values[node], [values[a] for a in node.args], tangents)
    except _FAILED:
        return nan


def _pulled(node, g, values, moving):
    wants = [a in moving for a in node.args]
    try:
        return node.op.pull(g, values[node], [values[a] for a in node.args], wants)
    except _FAILED:
        return [nan if w else None for w in wants]


def _number(slope):
    return 0.0 if slope is None else slope
