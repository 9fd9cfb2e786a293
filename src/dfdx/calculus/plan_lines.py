"""The lines of a plan: each node of a graph as one line of NumPy.

What rests on constants alone is computed when the line is written. Arrays that are recognised as
part of the batch are read from it: the same numbers, in another shape, or as one-hot rows.
"""

import re

import numpy as np

from ..choices import Weights
from ..contraction import Contraction
from ..einsum import plan as contracted
from ..graph import Constant
from ..indexing import is_basic
from ..pointwise import Pointwise
from ..rules.arithmetic import divide, multiply, negative
from ..rules.choice import choose, equal, greater
from ..rules.elementary import cosh, tanh
from ..selection import Ordered
from ..structure import Scatter, Take
from ..ufuncs import find

_ONES = (1, 1.0)
_NAME = re.compile(r"\b[bt]?v\d+\b")


class Lines:
    """The lines, the names they use (`known`), and what beside the text makes a plan what it is (`facts`)."""

    def __init__(self, graph, others):
        self.graph, self.others = graph, others
        self.names = {x: f"x{k}" for k, x in enumerate(graph.inputs)}
        self.constants = {}  # node -> value
        self.tanhs, self.left_out = _slopes_of_tanh(graph)
        self.ties = {}  # (operand, axis, which) -> the name of where the best elements are
        self.lines, self.known, self.facts = [], {"np": np, "count": np.count_nonzero}, []

    def add(self, node, decided):
        """The line of a node; where it is `decided` by numbers, with the look for a break."""
        if node in self.names or node in self.left_out:
            return
        op, args = node.op, node.args
        if type(op) is Constant:
            self._constant(node, op.value)
            return
        if all(a in self.constants for a in args) and not self._reads(op):
            self._constant(node, op.value(*[self.constants[a] for a in args]))
            return
        name = self.names[node] = f"v{len(self.names)}"
        if decided:
            self._broken(node, name)
            return
        self.lines.append(f"{name} = {self._value(node)}")

    def text(self, count):
        """The function of leaves, floats and others."""
        inputs = [self.names[x] for x in self.graph.inputs]
        value, *slopes = (self.names[y] for y in self.graph.outputs)
        head = ["def run(leaves, floats, others):", f"({', '.join(inputs[:count])},) = leaves"]
        if inputs[count:]:
            head.append(f"({', '.join(inputs[count:])},) = floats")
        if self.others:
            head.append(f"({', '.join(f'p{k}' for k in range(len(self.others)))},) = others")
        last = f"return {value}, [{', '.join(slopes)}]"
        return "\n    ".join([*head, *_needed(self.lines, last), last]) + "\n"

    def _name(self, value, fact):
        name = f"c{len(self.known)}"
        self.known[name] = value
        self.facts.append(fact)
        return name

    def _constant(self, node, value):
        found = self._part_of_batch(value)
        if found:
            self.names[node] = found
            return
        self.constants[node] = value
        self.names[node] = self._name(value, _fact(value))

    def _reads(self, op):
        """True where an index is part of the batch."""
        index = getattr(op, "index", None)
        parts = index if type(index) is tuple else (index,)
        return any(self._part_of_batch(p) for p in parts)

    def _part_of_batch(self, a):
        """How an array is read from the batch, or None where it is not in it."""
        if not isinstance(a, np.ndarray) or not a.size:
            return None
        for k, own in enumerate(self.others):
            text = None
            if a.size == own.size and np.array_equal(a.ravel(), own.ravel()):
                text = f"p{k}" if a.shape == own.shape else f"p{k}.reshape({a.shape})"
            elif own.dtype.kind != "b" and a.ndim == own.ndim + 1 and a.shape[:-1] == own.shape:
                places = np.arange(a.shape[-1])
                if np.array_equal(own[..., None] == places, a):
                    text = f"(p{k}[..., None] == {self._name(places, _fact(places))})"
            elif own.dtype.kind != "b" and a.dtype.kind == "i" and a.shape == own.shape:
                ahead = a - own  # places in the flattened array: row by row, so many columns
                if a.ndim == 1 and ahead[0] == 0 and a.size > 1 and _is_even(ahead):
                    text = f"(p{k} + {self._name(ahead, _fact(ahead))})"
            if text:
                return text if a.dtype == own.dtype else f"{text}.astype({a.dtype.str!r})"
        return None

    def _index(self, index):
        """An index as text."""
        if is_basic(index):
            return self._name(index, repr(index))
        parts = index if type(index) is tuple else (index,)
        texts = [self._part_of_batch(p) or self._name(p, _fact(p)) for p in parts]
        return f"({', '.join(texts)},)"

    def _args(self, node):
        return ", ".join(self.names[a] for a in node.args)

    def _call(self, function, node, fact=None):
        return f"{self._name(function, fact or repr(node.op))}({self._args(node)})"

    def _broken(self, node, name):
        """The value of what is decided by numbers, unless an element stands on a break."""
        op = node.op
        if isinstance(op, Ordered):
            (x,) = node.args
            kept = (*x.shape[: op.axis], 1, *x.shape[op.axis + 1 :])
            size = int(np.prod(kept))
            extreme = "maximum" if op.weights == "max" else "minimum"
            self.lines += [
                f"b{name} = np.{extreme}.reduce({self.names[x]}, {op.axis}, None, None, True)",
                f"t{name} = {self.names[x]} == b{name}",
                f"if count(t{name}) != {size}: return None",
                f"{name} = b{name}"
                if op.keep
                else f"{name} = b{name}.reshape({node.shape})"
                if node.shape
                else f"{name} = b{name}.item()",
            ]
            self.ties[x, op.axis, op.weights] = f"t{name}"
            return
        breaks = self._name(_on_break(op.breaks), f"breaks of {op!r}")
        self.lines += [
            f"if {breaks}({self._args(node)}): return None",
            f"{name} = {self._value(node)}",
        ]

    def _value(self, node):
        op, args = node.op, node.args
        if isinstance(op, Pointwise):
            return self._pointwise(node)
        if type(op) is Contraction and _is_product(op, args):
            return " * ".join(self.names[a] for a in args)
        if type(op) is Contraction:
            return self._call(contracted(op), node, f"{op.spec} {sorted(op.sizes.items())}")
        if type(op) is Weights and (*args, op.axis, op.weights) in self.ties:
            return self.ties[*args, op.axis, op.weights]
        if type(op) is Take and node.shape and args[0].shape:
            return f"{self.names[args[0]]}[{self._index(op.index)}]"
        if type(op) is Take and args[0].shape:
            return f"{self.names[args[0]]}[{self._index(op.index)}].item()"
        if type(op) is Scatter and node.shape:
            index = self._index(op.index)
            put = _scatter(op.target, is_basic(op.index) or _names_once(op.index, self.others))
            return f"{self._name(put, op.name)}({self.names[args[0]]}, {index})"
        if self._reads(op):
            raise Unwritten(op)
        return self._call(op.value, node)

    def _pointwise(self, node):
        op, args = node.op, node.args
        if not node.shape:
            return self._call(op.value, node)
        if node in self.tanhs:
            z, y = self.tanhs[node]
            return f"{self._name(_steep, 'slope of tanh')}({self.names[z]}, {self.names[y]})"
        a = [self.names[x] for x in args]
        if op is multiply:
            for k in (0, 1):
                if self._is_one(args[k]) and args[1 - k].shape == node.shape:
                    return a[1 - k]
            return f"{a[0]} * {a[1]}"
        if op is negative:
            return f"-{a[0]}"
        if op is divide:
            return f"{a[0]} / {a[1]}"
        if op is choose:
            side = self._strictly(args)
            if side is not None:
                return side
        return self._call(find(op), node)

    def _is_one(self, x):
        value = self.constants.get(x)
        return type(value) in (int, float) and value in _ONES

    def _strictly(self, args):
        """The slope of `maximum`: 1 where it is taken, and there is no tie, for that was looked for."""
        c, x, y = args
        if c.op is not greater or not self._is_one(x) or y.op is not choose:
            return None
        tied, half, zero = y.args
        same = tied.op is equal and set(tied.args) == set(c.args)
        if same and self.constants.get(half) == 0.5 and self.constants.get(zero) == 0:
            return self.names[c]
        return None


def _needed(lines, last):
    """The lines without those whose result nothing reads; a look for a break stays."""
    read, kept = set(_NAME.findall(last)), []
    for line in reversed(lines):
        target, equals, value = line.partition(" = ")
        if line.startswith("if ") or target in read:
            kept.append(line)
            read.update(_NAME.findall(value if equals else line))
    return kept[::-1]


def _is_even(a):
    step = int(a[1])
    return step > 0 and bool((np.diff(a) == step).all())


class Unwritten(Exception):
    """An operation that reads the batch in a way that cannot be written."""


def _fact(value):
    return (
        f"{value.dtype} {value.shape} {value.tobytes().hex()}"
        if hasattr(value, "dtype")
        else repr(value)
    )


def _slopes_of_tanh(graph):
    """The nodes 1/cosh² z for which tanh z is known, each with (z, tanh z), and what only they need."""
    users, known = {}, {}
    for node in graph.nodes:
        if node.op is tanh and node.shape:
            known[node.args[0]] = node
        for a in set(node.args):
            users.setdefault(a, []).append(node)
    found, left_out = {}, set()
    for node in graph.nodes:
        if node.op is not divide or node.args[0].op != Constant(1):
            continue
        square = node.args[1]
        if square.op is not multiply or square.args[0] is not square.args[1]:
            continue
        below = square.args[0]
        alone = users.get(below) == [square] and users[square] == [node]
        if alone and below.op is cosh and below.args[0] in known:
            found[node] = below.args[0], known[below.args[0]]
            left_out |= {below, square}
    return found, left_out


def _is_product(op, args):
    """True for a product of two operands that broadcasting alone lines up."""
    rank = len(op.output)
    if len(args) != 2 or op.sizes or not rank or len(set(op.output)) < rank:
        return False
    return {*op.output} <= {*op.inputs[0], *op.inputs[1]} and all(
        len(letters) == rank
        and all(
            c == o or (n == 1 and c not in op.output and op.spec.count(c) == 1)
            for c, o, n in zip(letters, op.output, a.shape, strict=True)
        )
        for letters, a in zip(op.inputs, args, strict=True)
    )


def _steep(z, y):
    """1/cosh² z from y = tanh z: as 1 - y², unless that has lost digits."""
    slope = y * y
    np.subtract(1.0, slope, out=slope)
    if np.minimum.reduce(slope, None) > 1e-3:
        return slope
    np.cosh(z, out=slope)
    slope *= slope
    return np.divide(1.0, slope, out=slope)


def _on_break(breaks):
    def on_break(*args):
        far = breaks(*args)
        return np.count_nonzero(far) != np.size(far)

    return on_break


def _scatter(target, once):
    def put(x, index):
        out = np.zeros(target)
        if once:
            out[index] = x
        else:
            np.add.at(out, index, x)
        return out

    return put


def _names_once(index, others):
    """True where an array of the index, which no batch changes, ascends: no place is named twice."""
    parts = index if type(index) is tuple else (index,)
    return any(
        isinstance(p, np.ndarray)
        and p.ndim == 1
        and p.dtype.kind in "iu"
        and bool((np.diff(p) > 0).all())
        and bool((p >= 0).all())
        and all(not isinstance(q, np.ndarray) or q.shape in (p.shape, ()) for q in parts)
        and not any(np.array_equal(p, own) for own in others)
        for p in parts
    )
