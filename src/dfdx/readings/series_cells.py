"""The cells of a series: the nodes of a graph and of what its derivatives need.

A node without a recurrence of its own gets its *rate*, the derivative along the
line, built by its own forward rule; the nodes of the rate become cells too. They
are needed one order less, so even a rule that always asks for another function
(gamma, digamma, trigamma, …) ends, and interning closes the circle of sin and cos.

Coefficient k of a derivative is made of coefficient k + 1 of its operand, so a
cell that contains a rate lags behind: in sweep s it computes coefficient s - lag.
"""

from math import inf

from ..contraction import Contraction
from ..errors import NoRule
from ..graph import Constant, Node, Variable, as_node, constant, ordered
from ..pointwise import Pointwise
from ..primitive import Parts
from ..rules.arithmetic import add, divide, multiply, negative, power, reciprocal, square, subtract
from ..rules.choice import choose
from ..rules.elementary import log
from .series_rules import (
    direct_rule,
    followed,
    integrated,
    integrated_parts,
    is_bilinear,
    rate,
    shifted,
)

MOST = 200_000  # cells beyond those of the graph itself: more means that the rules never close


class Cell:
    """A node with its series and the rule for the next coefficient.

    `need` is the highest order that is wanted, `degree` bounds the coefficients
    that are not zero, `source` holds the cells that are followed or integrated,
    `origin` is the node of the user's graph whose derivative needs this cell.
    """

    __slots__ = (
        "degree",
        "lag",
        "need",
        "node",
        "operands",
        "origin",
        "rule",
        "series",
        "shape",
        "source",
        "zero",
    )

    def __init__(self, node, need, operands, origin):
        self.node = node
        self.shape = node.shape
        self.need = need
        self.operands = operands
        self.origin = origin
        self.rule = direct_rule(node.op, operands)
        self.degree = _degree(node.op, operands, self.rule)
        self.lag = max((x.lag for x in operands), default=0) + (node.op is rate)
        self.source = ()
        self.series = []
        self.zero = 0.0


def _degree(op, operands, rule):
    """A bound for the degree of the series as a polynomial in t; inf where there is none."""
    if not operands:
        return 1 if type(op) is Variable else 0
    degrees = [x.degree for x in operands]
    if op is rate:
        return max(0, degrees[0] - 1)
    if type(op) is Pointwise:
        if op in (add, subtract, negative):
            return max(degrees)
        if op is multiply:
            return sum(degrees)
        if op is square:
            return 2 * degrees[0]
        if op is divide:
            return inf if degrees[1] else degrees[0]
        if op is choose:
            return max(degrees[1:])
        if op is power and type(operands[1].node.op) is Constant:
            n = operands[1].node.op.value
            if _is_whole(n) and n >= 0:
                return int(n) * degrees[0] if n else 0
        varying = [d for d, p in zip(degrees, op.partials, strict=True) if not _is_zero(p)]
        return inf if any(varying) else 0
    if is_bilinear(op) or isinstance(op, Contraction):
        return sum(degrees)
    return max(degrees) if rule else inf if any(degrees) else 0


def _is_zero(partial):
    return type(partial) is int and partial == 0


class Expansion:
    """The cells that the outputs need up to an order, in the order of one sweep."""

    def __init__(self, outputs, order, fixed):
        self.order = order
        self.given = {}  # the first two coefficients of each input
        self.cells = {}
        self.simple = dict(fixed)
        self.folded = set(fixed)
        self.due = [[] for _ in range(order + 1)]
        self.outputs = self.simplified(outputs)
        self.due[order] = [(node, None) for node in self.outputs]
        self._expand()
        self.sweep = tuple(_in_sweep_order(self.cells.values()))

    def simplified(self, outputs):
        """The nodes with whole numbers added up, so that J(n + 1 - 1, x) is J(n, x) again."""
        for node in ordered(outputs, self.folded):
            self.simple[node] = _simple(node, [self.simple[a] for a in node.args])
        return [self.simple[node] for node in outputs]

    def _expand(self):
        seen = set()
        limit = None
        for need in range(self.order, -1, -1):
            for node, origin in self._due(need, seen):
                cell = Cell(node, need, [self.cells[a] for a in node.args], origin)
                self.cells[node] = cell
                if need and cell.degree and cell.operands:
                    self._continue(cell)
                if limit is not None and len(self.cells) > limit:
                    raise NoRule(
                        f"a series of order {self.order} needs more than {MOST} derivatives of "
                        f"{cell.origin.op!r}: its rules do not close; ask for a lower order"
                    )
            limit = limit or len(self.cells) + MOST
        for cell in self.cells.values():
            cell.source = [self.cells[node] for node in cell.source]

    def _due(self, need, seen):
        """The new nodes that are needed up to this order, operands first."""
        waiting = self.due[need]
        while waiting:
            outputs, self.due[need] = waiting, []
            for output, origin in outputs:
                for node in ordered([output], seen):
                    yield node, origin
            waiting = self.due[need]

    def _continue(self, cell):
        """Say what the coefficients from the first on are made of."""
        node = cell.node
        origin = node if cell.origin is None else cell.origin
        other = _another_way(cell)
        if other is not None:
            cell.rule = followed
            cell.source = self.simplified([other])
            self.due[cell.need].append((cell.source[0], cell.origin))
        elif cell.rule is None or (node.op is power and cell.operands[1].degree):
            slopes = self._rates(cell)
            if slopes is None:
                cell.degree = 0
                return
            cell.rule = integrated_parts if type(slopes) is Parts else integrated
            parts = slopes if type(slopes) is Parts else [slopes]
            cell.source = self.simplified([as_node(s) for s in parts])
            self.due[cell.need - 1].extend((s, origin) for s in cell.source)

    def _rates(self, cell):
        """The rate of a cell's node, by the rule of its primitive; None where it is zero."""
        node = cell.node
        rates = [
            Node(rate, (a,), a.shape) if x.degree else None
            for a, x in zip(node.args, cell.operands, strict=True)
        ]
        if node.op is power:
            x, n = node.args
            slope = rates[1] * log(x)
            return node * (slope if rates[0] is None else slope + n * rates[0] / x)
        return node.op.push(node, node.args, rates)


def _another_way(cell):
    """A graph for the same function whose cells all have recurrences, or None."""
    op, args = cell.node.op, cell.node.args
    if op is power and type(args[1].op) is Constant:
        return _whole_power(args[0], args[1].op.value)
    if isinstance(op, Contraction) and op.arity > 2:
        return op.pairwise(*args)
    return None


def _whole_power(x, n):
    """x^n by repeated products, which also holds at x = 0; None where n is no whole number."""
    if getattr(n, "shape", ()):
        exponents = set(n.ravel().tolist())
        if len(exponents) > 64 or not all(_is_whole(float(k)) and k >= 0 for k in exponents):
            return None
        return sum(constant((n == k) * 1.0) * _whole_power(x, k) for k in sorted(exponents))
    if not _is_whole(n):
        return None
    if n < 0:
        return reciprocal(_whole_power(x, -n))
    result, base, left = None, x, int(n)
    while left:
        if left % 2:
            result = base if result is None else result * base
        left //= 2
        base = square(base) if left else base
    return constant(1.0) if result is None else result


def _is_whole(n):
    return type(n) in (int, float) and n % 1 == 0 and abs(n) < 2**53


def _simple(node, args):
    """The node on simplified operands; a sum, difference or product of whole numbers is done."""
    op = node.op
    if op in (add, subtract, multiply, negative) and all(
        type(a.op) is Constant and _is_whole(a.op.value) for a in args
    ):
        return constant(op(*[a.op.value for a in args]))
    return node if all(map(_is, args, node.args)) else op(*args)


def _is(a, b):
    return a is b


def _in_sweep_order(cells):
    """The cells in an order in which each finds, in one sweep, what it needs from that sweep."""
    done = set()
    order = []
    for start in cells:
        stack = [(start, False)]
        while stack:
            cell, ready = stack.pop()
            if ready:
                order.append(cell)
            elif cell not in done:
                done.add(cell)
                stack.append((cell, True))
                stack.extend((x, False) for x in _before(cell) if x not in done)
    return order


def _before(cell):
    """What must come before the cell in the same sweep."""
    if cell.rule is shifted:
        return cell.operands
    ahead = 0 if cell.rule is followed else 1
    return [x for x in cell.operands if x.lag == cell.lag] + [
        x for x in cell.source if x.lag == cell.lag + ahead
    ]
