"""Traced values: numbers that remember how they were computed.

A `Traced` stands where the user's code expects a number or an array. Every
primitive applied to it is recorded on its `Tape`, with the value, so control flow
runs as it is. The value may itself be traced by an outer derivative; each tape
has its own fresh variables, so the two cannot be confused.
"""

import sys
from _thread import get_ident
from importlib import import_module
from itertools import count
from math import ceil, floor

from ..errors import Leak, user_line
from ..graph import Operand
from ..pointwise import PLAIN, Pointwise
from ..primitive import shape_of
from ..rules.choice import equal, not_equal
from .numpy_protocol import ArrayMethods
from .operands import IEEE, at_break, everyday, valued
from .shown import Digits

_WRITTEN = {
    "absolute": "abs",
    "maximum": "max",
    "minimum": "min",
    "less": "a comparison <",
    "less_equal": "a comparison <=",
    "greater": "a comparison >",
    "greater_equal": "a comparison >=",
    "equal": "a comparison ==",
    "not_equal": "a comparison !=",
    "truth value": "a truth value",
}


class Edge:
    """A place where the trace stood exactly on a break: which operation, where in the user's code."""

    __slots__ = ("name", "node", "where")

    def __init__(self, name, where, node=None):
        self.name = _WRITTEN.get(name, name)  # as the user wrote it
        self.where = where
        self.node = node


def _forgotten(node):
    """What is computed with values of a trace that is over is not recorded."""


_open = {}  # the tapes of all traces that run, by identity, each with its thread


def open_tapes():
    """The tapes of the traces that run in this thread."""
    here = get_ident()
    return [tape for thread, tape in list(_open.values()) if thread == here]


class Tape:
    """The record of one evaluation: traced values in the order they were made."""

    __slots__ = (
        "edges",
        "guards",
        "ieee",
        "inputs",
        "leaks",
        "level",
        "nodes",
        "notes",
        "open",
        "record",
        "rounded",
        "sampled",
        "suspect",
    )
    _levels = count()

    def __init__(self, ieee=False):
        self.inputs = []
        self.nodes = []
        self.record = self.nodes.append
        self.level = next(self._levels)
        self.open = True
        self.ieee = ieee  # the user computes with NumPy: inf and nan in place of errors
        self.edges = []
        self.notes = []
        self.rounded = {}  # id of a number that was rounded for show -> the rounded value
        self.sampled = False  # an operation is in it that cannot be looked into
        self.suspect = ""  # what could carry a number out of the trace unseen: text, a hash
        self.leaks = []  # user code may swallow the exception: the list decides, not the exception
        self.guards = []  # comparisons that the control flow rested on: (card, a, b, outcome)

    def begin(self):
        """The trace runs, in this thread: until `close` it watches whatever is computed."""
        _open[id(self)] = get_ident(), self

    def variable(self, value):
        """A fresh traced value to differentiate with respect to."""
        node = Traced(value, self, None, ())
        self.inputs.append(node)
        return node

    def close(self):
        """End the trace: what is left of it in the user's hands behaves as plain numbers."""
        self.open = False
        self.record = _forgotten
        _open.pop(id(self), None)

    def release(self):
        """Forget the record once its derivative is known: tape and values hold each other."""
        self.nodes.clear()
        self.inputs.clear()
        self.guards.clear()
        self.edges.clear()

    def edge(self, name, node=None):
        """Note that an operation stood exactly on its break."""
        self.edges.append(Edge(name, user_line(), node))

    def note(self, text):
        """Note, once, something the user should know about this evaluation."""
        if text not in self.notes:
            self.notes.append(text)


class Traced(ArrayMethods):
    """A value on a tape: `op` applied to `args` gave `value`."""

    __slots__ = ("adjoint", "args", "op", "tangent", "tape", "value")
    __pandas_priority__ = 5000  # tables leave arithmetic with a traced number to it

    def __init__(self, value, tape, op, args):
        self.value = value
        self.tape = tape
        self.op = op
        self.args = args
        self.adjoint = None
        tape.record(self)

    @classmethod
    def apply(cls, op, args):
        if len(args) == 1 and type(op) is Pointwise:  # a function of one number: most calls
            (x,) = args
            value, tape = x.value, x.tape
            if type(value) is float and tape.open:
                try:
                    y = op.on_floats(value)
                    on_it = op.breaks is not None and op.breaks(value) == 0
                except IEEE:
                    pass  # raised again, or turned into inf and nan, below
                else:
                    node = Traced(y, tape, op, args)
                    if on_it:
                        tape.edge(op.name, node)
                    return node
        tape, kept, values, nested = everyday(args, Traced)
        if tape is None:
            args = [
                a.content if isinstance(a, Operand) and type(a) is not Traced else a for a in args
            ]
            tape = _newest(args)
            if tape is None:
                return op(*[plain(a) for a in args])
            try:
                kept = tuple([_keep(a, tape) for a in args])
            except _IsComplex:
                return import_module(".complex_arrays", __package__).applied(op, args)
            values = [a.value if type(a) is Traced and a.tape is tape else a for a in kept]
            nested = True
        node = Traced(valued(op, values, op if nested else op.value, tape.ieee), tape, op, kept)
        breaks = getattr(op, "breaks", None)
        if breaks is None:
            return node
        if at_break(breaks, [plain(v) for v in values] if nested else values):
            tape.edge(op.name, node)
        return node

    # mypy knows __class__ as an attribute that can be set
    @property  # type: ignore[misc]
    def __class__(self):
        """What isinstance() is told, also where it is asked out of our sight: a number is a float."""
        if shape_of(self.value):
            return sys.modules["numpy"].ndarray
        return sys.modules["numpy"].float64 if self.tape.ieee else float

    @property
    def shape(self):
        value = self.value
        kind = type(value)
        return () if kind is float or kind is int else getattr(value, "shape", ())

    @property
    def ndim(self):
        return len(shape_of(self.value))

    @property
    def size(self):
        size = 1
        for n in shape_of(self.value):
            size *= n
        return size

    @property
    def dtype(self):
        import numpy as np

        return np.result_type(plain(self))

    # leaks: a plain number would lose the derivative without a word
    def _leak(self, how):
        if self.tape.open:
            leak = Leak(how, user_line())
            self.tape.leaks.append(leak)
            raise leak
        return plain(self)

    def __float__(self):
        return float(self._leak("float()"))

    def __complex__(self):
        return complex(self._leak("complex()"))

    def __index__(self):
        return self._leak("an index").__index__()

    def __array__(self, dtype=None, copy=None):
        import numpy as np

        return np.asarray(self._leak("np.asarray()"), dtype=dtype)

    def __reduce__(self):
        return _same, (self._leak("pickling"),)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def is_integer(self):
        value = plain(self)
        if value % 1 == 0:
            self.on_edge("is_integer()")
        return self.decided(value.is_integer())

    # legal, and noted: the result is constant between its jumps
    def __int__(self):
        return self._step(int, "int()", 0.0)

    def __trunc__(self):
        return self._step(int, "trunc()", 0.0)

    def __floor__(self):
        return self._step(floor, "floor()", 0.0)

    def __ceil__(self):
        return self._step(ceil, "ceil()", 0.0)

    def __round__(self, digits=None):
        return self._step(lambda v: round(v, digits), "round()", 0.5, 10.0 ** (digits or 0))

    def _step(self, function, name, jump, scale=1.0):
        """A function that is constant between jumps, which stand where scale × value is whole + jump."""
        value = plain(self)
        self.tape.note(f"{name} gives a step: its slope, 0 between the jumps, was used")
        if abs(value * scale) % 1 == jump:
            self.on_edge(name)
        return function(value)

    def decided(self, outcome):
        """What was found out about the plain value: control flow may rest on it, here and nowhere else."""
        self.tape.guards.append((equal, self, plain(self), True))
        return outcome

    def on_edge(self, name):
        """Note on this tape, and on those of outer derivatives, that a decision stood on its boundary."""
        x = self
        while type(x) is Traced:
            x.tape.edge(name)
            x = x.value

    def __bool__(self):
        value = plain(self)
        truth = bool(value)
        if not truth:
            self.on_edge("truth value")
        self.tape.guards.append((not_equal, self, 0.0, truth))
        return truth

    # legal, and suspicious: a number can leave the trace as text or as a key
    def __str__(self):
        return self._written(str(self._seen("text")))

    def __format__(self, spec):
        return self._written(format(self._seen("text"), spec))

    def __repr__(self):
        return self._written(repr(self._seen("text")))

    def _written(self, text):
        return text if self.shape else Digits(text, self)

    def __hash__(self):
        return hash(self._seen("a hash"))

    def _seen(self, how):
        self.tape.suspect = how
        return plain(self)

    def __len__(self):
        shape = self.shape
        if not shape:
            raise TypeError("a traced number has no len()")
        return shape[0]

    def __iter__(self):
        return (self[k] for k in range(len(self)))


class _IsComplex(Exception):
    """A complex number is among the operands."""


def _same(value):
    return value


def _newest(args):
    """The innermost open tape among the operands: the one on which the operation belongs."""
    newest = None
    for a in args:
        if type(a) is Traced and a.tape.open and (newest is None or a.tape.level > newest.level):
            newest = a.tape
    return newest


def _keep(a, tape):
    """An operand as it is recorded: what the caller could still change is copied."""
    if type(a) is Traced:
        return a if a.tape.open else plain(a)
    if type(a) in PLAIN:
        return a
    if is_complex(a):
        raise _IsComplex
    if not hasattr(a, "flags"):
        return a
    if not a.shape:  # a number of NumPy's: it computes with inf and nan in place of errors
        tape.ieee = True
        return a.item()
    return a.copy() if a.flags.writeable else a


def is_complex(x):
    """True for complex numbers and arrays, plain ones and those with traced parts."""
    if type(x) is Traced:
        return False
    return isinstance(x, complex) or getattr(getattr(x, "dtype", None), "kind", "") == "c"


def plain(x):
    """The number or array behind a traced value, through all levels.

    >>> plain(3.0)
    3.0
    """
    while type(x) is Traced:
        x = x.value
    return x
