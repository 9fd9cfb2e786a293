"""What the rules of differentiation are called.

Only names stand here. What a rule says stands on the card, and is read from it.
"""

from ..contraction import Contraction
from ..graph import Graph, as_node, variable
from ..implicit import Implicit
from ..pointwise import Pointwise
from ..rules import arithmetic as a
from ..transforms.simplify import simplify

SUM, CONSTANT, MULTIPLE = "sum rule", "constant rule", "constant multiple rule"
CHAIN = "chain rule"

# by card, and by which of the operands vary: both, only the first, only the second
BINARY = {
    a.add: (SUM, SUM, SUM),
    a.subtract: ("difference rule", "difference rule", "difference rule"),
    a.multiply: ("product rule", MULTIPLE, MULTIPLE),
    a.divide: ("quotient rule", MULTIPLE, "reciprocal rule"),
    a.power: ("power rule and exponential rule", "power rule", "exponential rule"),
}
UNARY = {
    a.negative: MULTIPLE,
    a.positive: "identity",
    a.square: "power rule",
    a.reciprocal: "reciprocal rule",
}
STRAIGHT = frozenset((a.add, a.subtract, a.multiply, a.divide, a.negative, a.positive))


def rules_of(op, varying, inner):
    """The names of the rules in one step, as (name, the card whose derivative is meant or None).

    `varying` says of each operand whether it varies, `inner` whether it is more than
    the variable itself: then the chain rule is at work.
    """
    if not any(varying):
        return [(CONSTANT, None)]
    if isinstance(op, Contraction):
        product = sum(varying) > 1
        return [("product rule" if product else "linear: the slope goes the same way", None)]
    if isinstance(op, Implicit):
        return [("implicit differentiation", None)]
    if not isinstance(op, Pointwise):
        return [("linear: the slope goes the same way", None)]
    names = [(CHAIN, None)] if any(inner) and op not in STRAIGHT else []
    if op in BINARY:
        names.append((BINARY[op][0 if all(varying) else 1 if varying[0] else 2], None))
        if op in (a.add, a.subtract) and not all(varying):
            names.append((CONSTANT, None))
    elif op in UNARY:
        names.append((UNARY[op], None))
    else:
        names.append(("derivative", op))
    return names


def partial_node(op, k, operands):
    """The partial of a card with respect to operand k as a simplified node; a plain 0, 1, -1 stays."""
    p = op.partial(k, op(*operands), operands)
    if type(p) is int:
        return p
    return simplify(Graph(operands, [as_node(p)]), guards=False).outputs[0]


def statement(op):
    """`(function, derivative)` of a card of one operand as nodes in u; None for other cards."""
    if op.arity != 1:
        return None
    u = variable("u")
    return op(u), as_node(partial_node(op, 0, [u]))
