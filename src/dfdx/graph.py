"""The graph: a computation as nodes, each a primitive applied to earlier nodes.

Nodes are immutable and interned: the same primitive on the same operands is the
same object, so common subexpressions are shared as they are built and equality
is identity. A node carries no numbers; readings walk it to give them.
"""

from itertools import count
from weakref import WeakValueDictionary


class Operand:
    """What stands where a number would stand: a node or a traced value.

    The operators of Python are cards; `rules.operators` puts them here.
    """

    __slots__ = ()
    __array_priority__ = 1000.0
    __hash__ = object.__hash__

    @classmethod
    def apply(cls, op, args):
        """Apply the primitive `op` to operands of which at least one is of this class."""
        raise NotImplementedError


class Node(Operand):
    """A primitive applied to nodes; `shape` is the shape of its value (`()` for a scalar)."""

    __slots__ = ("__weakref__", "args", "op", "shape")

    def __new__(cls, op, args, shape):
        key = (op, *map(id, args))
        try:
            known = _interned.get(key)
        except TypeError:  # an index array in the primitive: not hashable, not shared
            known, key = None, None
        if known is not None:
            return known
        self = object.__new__(cls)
        self.op = op
        self.args = args
        self.shape = shape
        if key is not None:
            _interned[key] = self
        return self

    @classmethod
    def apply(cls, op, args):
        nodes = tuple(as_node(a) for a in args)
        return Node(op, nodes, op.shape(*(a.shape for a in nodes)))

    @property
    def ndim(self):
        return len(self.shape)

    def __bool__(self):
        raise TypeError("a node of a graph has no truth value; use dfdx.rules.choose for a branch")

    def __repr__(self):
        if isinstance(self.op, (Variable, Constant)):
            return repr(self.op)
        return f"{self.op!r}({', '.join('·' if a.args else repr(a) for a in self.args)})"


_interned = WeakValueDictionary()


class Leaf:
    """A primitive without operands."""

    __slots__ = ()
    arity = 0


class Variable(Leaf):
    """An input of a graph; every variable is fresh, whatever its name."""

    __slots__ = ("name", "serial")
    _serials = count()

    def __init__(self, name):
        self.name = name
        self.serial = next(self._serials)

    def __repr__(self):
        return self.name


class Constant(Leaf):
    """A number or array that the graph carries; numbers are equal when they are the same bits."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def _key(self):
        value = self.value
        if isinstance(value, Operand) or getattr(value, "shape", ()):
            return type(value), id(
                value
            )  # an array, a value of an outer trace: equal to itself alone
        return type(value), value, str(value)  # the text tells 0.0 from -0.0

    def __eq__(self, other):
        return isinstance(other, Constant) and self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def __repr__(self):
        return repr(self.value)


def variable(name="x", shape=()):
    """A fresh input node.

    >>> variable("x") is variable("x")
    False
    """
    return Node(Variable(name), (), tuple(shape))


def constant(value):
    """A node that carries a number or an array.

    >>> constant(2.0) is constant(2.0)
    True
    """
    return Node(Constant(value), (), getattr(value, "shape", ()))


def as_node(x):
    """x itself when it is a node, else a constant."""
    return x if type(x) is Node else constant(x)


def is_plain(graph):
    """True for a graph of scalars that rests on nothing but its inputs and plain numbers."""
    return not any(
        n.shape
        or (type(n.op) is Constant and isinstance(n.op.value, Operand))
        or getattr(n.op, "sampled", False)
        for n in graph.nodes
    )


def is_constant(x):
    """True for a node that carries a number."""
    return type(x.op) is Constant


class Graph:
    """Inputs and outputs; `nodes` lists everything between in an order where operands come first."""

    __slots__ = ("_nodes", "inputs", "outputs")

    def __init__(self, inputs, outputs):
        self.inputs = tuple(inputs)
        self.outputs = tuple(outputs)
        self._nodes = None

    @property
    def nodes(self):
        if self._nodes is None:
            self._nodes = tuple(ordered(self.outputs))
        return self._nodes

    def __len__(self):
        return len(self.nodes)

    def __repr__(self):
        names = ", ".join(repr(x) for x in self.inputs)
        return f"Graph(({names}) -> {len(self.outputs)} output(s), {len(self)} nodes)"


def ordered(outputs, seen=None):
    """Every node that the outputs need, operands first; a loop, so depth does not matter.

    Nodes in the set `seen`, and what stands behind them, are left out; the others are put in.

    >>> x = variable("x")
    >>> [repr(n) for n in ordered([x])]
    ['x']
    """
    seen = set() if seen is None else seen
    order = []
    stack = [(node, False) for node in reversed(outputs)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            if node.args:
                stack.append((node, True))
                stack.extend((a, False) for a in reversed(node.args) if a not in seen)
            else:
                order.append(node)
    return order


def check(graph):
    """Raise ValueError unless the graph is well formed: what every transform may rely on.

    Inputs are distinct variables; every operand is a node that comes before its
    user; no primitive has a wrong number of operands; every shape is what its
    primitive gives; every variable that is used is an input.
    """
    seen = set()
    inputs = set(graph.inputs)
    if len(inputs) != len(graph.inputs):
        raise ValueError("an input is listed twice")
    for x in graph.inputs:
        if type(x) is not Node or type(x.op) is not Variable:
            raise ValueError(f"input {x!r} is not a variable")
    for node in graph.nodes:
        if type(node) is not Node:
            raise ValueError(f"{node!r} is not a node")
        if node in seen:
            raise ValueError(f"{node!r} is listed twice")
        for a in node.args:
            if a not in seen:
                raise ValueError(f"{node!r} uses {a!r} before it is defined")
        if type(node.op) is Variable:
            if node not in inputs:
                raise ValueError(f"variable {node!r} is used but is not an input")
        elif type(node.op) is not Constant:
            if node.op.arity is not None and len(node.args) != node.op.arity:
                raise ValueError(
                    f"{node.op!r} takes {node.op.arity} operands, has {len(node.args)}"
                )
            shape = node.op.shape(*(a.shape for a in node.args))
            if shape != node.shape:
                raise ValueError(f"{node!r} has shape {node.shape}, its primitive gives {shape}")
        seen.add(node)
    return graph
