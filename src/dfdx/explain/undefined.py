"""Where a formula has no value: which part of it, and for which number."""

from ..graph import Constant, Variable
from ..readings.formula import text


def culprit(graph, point):
    """`(part, its numbers, the error)` of the first operation that has no value; None if all have.

    >>> from dfdx.graph import Graph, variable
    >>> from dfdx.rules.elementary import log
    >>> x = variable("x")
    >>> part, numbers, error = culprit(Graph([x], [1 + log(x - 3)]), [2.0])
    >>> text(part), numbers
    ('ln(x − 3)', [-1.0])
    """
    values = dict(zip(graph.inputs, point, strict=True))
    for node in graph.nodes:
        if type(node.op) is Constant:
            values[node] = node.op.value
        elif type(node.op) is not Variable:
            operands = [values[a] for a in node.args]
            try:
                values[node] = node.op(*operands)
            except (ArithmeticError, ValueError) as error:
                return node, operands, error
    return None


def sentence(graph, point, style="unicode"):
    """Why the graph has no value at the point, in words; empty if it has one."""
    found = culprit(graph, point)
    if found is None:
        return ""
    node, operands, error = found
    part = text(node, style)
    if isinstance(error, ZeroDivisionError):
        return f"{part} divides by zero"
    if isinstance(error, OverflowError):
        return f"{part} is too large for a number"
    if len(operands) == 1 and type(node.args[0].op) is not Constant:
        from .digits import short

        return f"{part} has no real value where {text(node.args[0], style)} = {short(operands[0])}"
    constant = all(type(a.op) is Constant for a in node.args)
    return f"{part} is not a real number" if constant else f"{part} has no real value here"
