"""Formulas with conditions, where one branch alone is computed: as Python's `a if c else b`.

`choose(x == 0, 1, sin(x)/x)` has a value at 0 although one of its branches has none.
What the condition found is written down where it is traced: the control flow rests on it.
"""

from ...graph import Constant
from ...primitive import shape_of
from ...rules.choice import COMPARISONS, choose, not_equal


def branching(graph):
    """True where a formula chooses between branches."""
    return any(node.op is choose for node in graph.nodes)


def evaluate(graph, inputs):
    """The output of the graph for the given inputs; of a choice between numbers one branch only."""
    values = dict(zip(graph.inputs, inputs, strict=True))
    (output,) = graph.outputs
    stack = [output]
    while stack:
        node = stack[-1]
        if node in values:
            stack.pop()
        elif type(node.op) is Constant:
            values[node] = node.op.value
        elif node.op is choose and node.args[0] not in values:
            stack.append(node.args[0])
        elif node.op is choose and not shape_of(values[node.args[0]]):
            condition, yes, no = node.args
            branch = yes if _truth(condition, values) else no
            if branch in values:
                values[node] = values[branch]
            else:
                stack.append(branch)
        else:
            missing = [a for a in node.args if a not in values]
            if missing:
                stack.extend(missing)
            else:
                values[node] = node.op(*[values[a] for a in node.args])
    return values[output]


def _truth(condition, values):
    """Whether a condition holds; where it is traced, that it did is written on the tape."""
    from ..traced import Traced, plain  # late: a formula alone is not traced

    found = values[condition]
    truth = bool(plain(found))
    if type(found) is Traced:
        if condition.op in COMPARISONS:
            a, b = (values[x] for x in condition.args)
            found.tape.guards.append((condition.op, a, b, truth))
        else:
            found.tape.guards.append((not_equal, found, 0.0, truth))
    return truth
