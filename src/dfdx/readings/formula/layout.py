"""What a graph looks like as a formula, whatever the notation.

Every operation becomes a `Piece`: its text and how tightly it binds, from which the
operation above decides about brackets. A notation (`text`, `latex`, `mathml`) is a
`Writer` that says how a sum, a fraction, a power is set. The walk is a loop over
the nodes; a formula that would be too long gets names for what occurs twice, and
is cut off where even that is too much.
"""

# ruff: noqa: SIM905 (a list of words reads best as words)

from ...graph import Constant, Graph, Variable, ordered
from ...pointwise import Pointwise
from ...primitive import Item
from .names import ORDERED

COMPARE, SUM, PRODUCT, POWER, ATOM = range(5)  # how tightly a piece binds
LIMIT = 2_000  # operations that are written out
COMPARISONS = {
    "less": "<", "less_equal": "≤", "greater": ">", "greater_equal": "≥", "equal": "=",
    "not_equal": "≠",
}  # fmt: skip


class Piece:
    """A written subexpression.

    `opposite` is the text without its leading minus sign, where it has one; `wide` is
    the text as it stands alone, with room around its products; `head` and `tail` are
    the name and the argument of a function, between which an exponent may stand;
    `quotient` marks a fraction written in a line.
    """

    __slots__ = ("cases", "head", "level", "opposite", "quotient", "tail", "text", "wide")

    def __init__(self, text, level=ATOM, opposite=None, wide=None, head=None, tail=None, cases=()):
        self.text = text
        self.level = level
        self.opposite = opposite
        self.wide = text if wide is None else wide
        self.head = head
        self.tail = tail
        self.cases = cases
        self.quotient = False


class Writer:
    """A notation. The methods here decide about brackets; subclasses set the signs."""

    def group(self, text):
        """The text in round brackets."""
        raise NotImplementedError

    def at_least(self, piece, level):
        """The text of a piece, in brackets where it binds more loosely than `level`."""
        return piece.text if piece.level >= level else self.group(piece.text)

    def right(self, piece, level):
        """The same behind a sign, where a minus sign in front needs brackets too."""
        tight = piece.level >= level and piece.opposite is None
        return piece.text if tight else self.group(piece.text)

    def add(self, a, b):
        left = self.at_least(a, SUM)
        if b.opposite is not None and b.level > SUM:
            return Piece(self.joined(left, "−", b.opposite), SUM)
        return Piece(self.joined(left, "+", self.right(b, PRODUCT)), SUM)

    def subtract(self, a, b):
        return Piece(self.joined(self.at_least(a, SUM), "−", self.right(b, PRODUCT)), SUM)

    def negative(self, a):
        text = self.right(a, PRODUCT)
        wide = a.wide if text == a.text else text
        return Piece(self.signed(text), PRODUCT, opposite=text, wide=self.signed(wide))

    def positive(self, a):
        return a

    def square(self, a):
        return self.power(a, self.number(2))

    def reciprocal(self, a):
        return self.divide(self.number(1), a)

    def absolute(self, a):
        return self.between("|", a, "|")

    def floor(self, a):
        return self.between("⌊", a, "⌋")

    def ceil(self, a):
        return self.between("⌈", a, "⌉")

    def sqrt(self, a):
        return self.root(a, 2)

    def cbrt(self, a):
        return self.root(a, 3)

    def exp(self, a):
        return self.power(self.variable("e"), a)

    def factorial(self, a):
        return Piece(self.marked(self.at_least(a, ATOM)), POWER)

    def choose(self, condition, yes, no):
        cases = ((yes, condition), *(no.cases or ((no, None),)))
        return self.cases(cases)

    def compare(self, sign, a, b):
        text = self.joined(self.at_least(a, SUM), sign, self.at_least(b, SUM))
        return Piece(text, COMPARE)

    def marked(self, text):
        """text! for a factorial."""
        return f"{text}!"

    def indexed(self, a, index):
        """a[index]."""
        return Piece(f"{self.at_least(a, ATOM)}[{index}]")

    def joined(self, a, sign, b):
        """a sign b, with the usual room around the sign."""
        raise NotImplementedError

    def signed(self, text):
        """−text."""
        raise NotImplementedError


DIRECT = frozenset(
    "add subtract multiply divide negative positive power square reciprocal absolute floor ceil sqrt"
    " cbrt exp choose remainder factorial".split()
)


def compose(node, parts, writer):
    """The piece for a node whose operands are written already."""
    op = node.op
    if type(op) is Constant:
        return writer.constant(op.value)
    if type(op) is Variable:
        return writer.variable(op.name)
    if isinstance(op, Pointwise):
        if op.name in DIRECT:
            return getattr(writer, op.name)(*parts)
        if op.name in COMPARISONS:
            return writer.compare(COMPARISONS[op.name], *parts)
    if op.name in ORDERED:
        return writer.ordered(op, ORDERED[op.name], *parts)
    if type(op) is Item:
        return writer.indexed(parts[0], str(op.index))
    if op.name.startswith("take["):
        return writer.indexed(parts[0], op.name[5:-1])
    return writer.call(op, parts)


def written(source, writer, limit=LIMIT):
    """The pieces of the outputs, the definitions `(name, piece)` they use, and how much is left out."""
    outputs = source.outputs if isinstance(source, Graph) else (source,)
    order = ordered(outputs)
    names, shown = _plan(order, outputs, limit)
    pieces, definitions = {}, []
    for node in order:
        if shown is not None and node not in shown:
            continue
        parts = [pieces[a] if a in pieces else writer.left_out() for a in node.args]
        piece = compose(node, parts, writer)
        if node in names:
            name = writer.variable(names[node])
            definitions.append((name, piece))
            piece = name
        pieces[node] = piece
    missing = 0 if shown is None else len(order) - len(shown)
    return [pieces[node] for node in outputs], definitions, missing


def _plan(order, outputs, limit):
    """Names for shared subexpressions and the set of nodes that are shown (None for all)."""
    if _length(order, outputs, ()) <= limit:
        return {}, None
    users = dict.fromkeys(order, 0)
    for node in order:
        for a in node.args:
            users[a] += 1
    sizes = _sizes(order, ())
    shared = [node for node in order if users[node] > 1 and sizes[node] > 2]
    names = _fresh_names(order, shared)
    if _length(order, (*outputs, *shared), names) <= limit:
        return names, None
    shown, queue = set(outputs), list(outputs)
    for node in queue:
        for a in node.args:
            if len(shown) < limit and a not in shown:
                shown.add(a)
                queue.append(a)
    return {node: name for node, name in names.items() if node in shown}, shown


def _sizes(order, named):
    """How many symbols each node takes when written out; a named one takes one."""
    sizes = {}
    for node in order:
        sizes[node] = min(1 + sum(1 if a in named else sizes[a] for a in node.args), 10**9)
    return sizes


def _length(order, written_out, named):
    sizes = _sizes(order, named)
    return sum(sizes[node] for node in written_out)


def _fresh_names(order, shared):
    """Names that no variable has: u_1, u_2 and so on."""
    taken = {node.op.name[:1] for node in order if type(node.op) is Variable}
    letter = next((c for c in "uvwpqrsabcdghkmnxyz" if c not in taken), "node")
    return {node: f"{letter}_{k}" for k, node in enumerate(shared, 1)}


def parts_of_name(name):
    """A variable's name as `(base, subscript)`: x_1 and x1 are x with a 1 below.

    >>> parts_of_name("x12"), parts_of_name("theta_max"), parts_of_name("speed")
    (('x', '12'), ('theta', 'max'), ('speed', ''))
    """
    base, _, below = name.partition("_")
    if not base:
        return name, ""
    digits = base[len(base.rstrip("0123456789")) :]
    if digits and not below and len(base) > len(digits):
        base, below = base[: -len(digits)], digits
    return base, below
