"""One evaluation of the user's function on traced values.

What varies is flattened to its leaves, each leaf becomes a variable on a fresh
tape, and the function runs as it is. What comes back is flattened in turn, so
every operator sees plain lists of inputs and outputs.
"""

import gc
from functools import partial
from weakref import WeakKeyDictionary, WeakSet

from ..errors import Leak, NotReal, NotTraceable, show_line
from ..graph import Operand
from ..primitive import shape_of
from ..trees import describe, flatten, numpy, only, real
from .calls import Following
from .rounded import Unrounded
from .traced import Tape, Traced, is_complex, plain


class Call:
    """A function with the arguments of one call: those at the places `wrt` vary, the others are fixed.

    `leaves` are the numbers and arrays that vary, `met` is the code of the functions that the
    last trace went through. Raises TypeError for an argument that is not made of real numbers.
    """

    __slots__ = ("_parts", "args", "f", "leaves", "met", "named", "smooth", "wrt")

    def __init__(self, f, args, named, wrt):
        self.f = f
        self.args = args
        self.named = named
        self.wrt = wrt
        self.met = ()
        self.smooth = False  # leave rounding to digits out, in which samples would see steps
        self._parts = [_flatten(args[k], k, len(args)) for k in wrt]
        self.leaves = [value_of(leaf) for part, _ in self._parts for leaf in part]

    @property
    def __name__(self):
        return name_of(self.f)

    def moved(self, leaves):
        """The same call at other leaves, of the same number and shapes."""
        there = Call.__new__(Call)
        there.f, there.args, there.named, there.wrt = self.f, self.args, self.named, self.wrt
        there.met, there.smooth, there._parts = (), self.smooth, self._parts
        there.leaves = leaves
        return there

    def rebuild(self, leaves):
        """The varying arguments, made of other leaves."""
        leaves = iter(leaves)
        return [rebuild([next(leaves) for _ in part]) for part, rebuild in self._parts]

    def __call__(self, *leaves):
        """The value of the function for these leaves; calls are followed where one is traced."""
        if holds_operand(leaves):
            with Following(self._is_deep(), make=self._maker()) as follow:
                self.met = follow.met
                return self._on(follow(self.f), leaves)
        if self.smooth:
            with Following(self._is_deep()) as follow, Unrounded():
                return self._on(follow(self.f), leaves)
        return self._on(self.f, leaves)

    def _on(self, f, leaves):
        if len(self._parts) == len(self.args) == 1:
            return f(self._parts[0][1](leaves), **self.named)
        full = list(self.args)
        for k, argument in zip(self.wrt, self.rebuild(leaves), strict=True):
            full[k] = argument
        return f(*full, **self.named)

    def _is_deep(self):
        return bool(_deep.data) and code_of(self.f) in _deep

    def _maker(self):
        code = code_of(self.f) if _lenient.data else None
        return None if code is None else _lenient.get(code)

    def _is_numpy(self):
        """True where the caller gave NumPy's numbers or arrays."""
        for part, _ in self._parts:
            for leaf in part:
                if type(leaf) is not float and _is_numpy(leaf):
                    return True
        return False

    def deepen(self):
        """From now on follow the operators too; False where that is done already, or cannot be."""
        code = code_of(self.f)
        if code is None or code in _deep:
            return False
        _deep.add(code)
        return True

    def trace(self):
        """Run the function on traced leaves.

        Where that fails it is run again with the methods that the interpreter calls by
        itself followed too; that this was needed is remembered. Raises NotTraceable
        where a traced value had to become a plain number.
        """
        try:
            return self._trace()
        except Exception as error:
            if not self.deepen():
                raise
            first = error
        try:
            return self._trace()
        except Exception as error:
            _deep.discard(code_of(self.f))
            raise (error if isinstance(error, NotTraceable) else first) from None

    def _trace(self):
        tape = Tape(ieee=self._is_numpy())
        inputs = [tape.variable(leaf) for leaf in self.leaves]
        collecting = gc.isenabled()
        gc.disable()  # nothing of a trace is garbage before it ends; looking for it doubles its time
        try:
            tape.begin()
            result = self(*(_handles(inputs) if self._is_deep() else inputs))
            if tape.leaks:
                raise tape.leaks[0]
            outputs, rebuild = output_leaves(self.f, result)
            outputs = [settled(y) for y in outputs]
        except Leak as leak:
            raise not_traceable(self.f, leak) from None
        finally:
            tape.close()
            if collecting:
                gc.enable()
        return Trace(self, tape, inputs, outputs, rebuild)


def _handles(inputs):
    """The inputs, arrays in handles: what the function changes in place is then changed everywhere."""
    from .buffers import wrapped  # late: it needs NumPy

    return [wrapped(x) if shape_of(x) else x for x in inputs]


_lenient = WeakKeyDictionary()  # code of functions -> what makes an operation of opaque callees


def take_opaque(f, make):
    """From now on what f calls and cannot be followed is one operation; False where that is so already."""
    code = code_of(f)
    if code is None or code in _lenient:
        return False
    _lenient[code] = make
    return True


def refuse_opaque(f):
    """Take back `take_opaque`; True where there was something to take back."""
    code = code_of(f)
    return code is not None and _lenient.pop(code, None) is not None


_deep = WeakSet()  # the code objects of functions that need their operators followed


def code_of(f):
    """What makes two functions the same piece of user code, None where nothing does.

    A derivative is as good as the function it is made from: all derivatives share their own
    code, and so do all partials.
    """
    while True:
        if isinstance(f, Call) or (hasattr(type(f), "operator") and hasattr(f, "f")):
            f = f.f
        elif isinstance(f, partial):
            f = f.func
        else:
            break
    f = getattr(f, "__func__", f)
    code = getattr(f, "__code__", None) or getattr(getattr(f, "__wrapped__", f), "__code__", None)
    return code or getattr(type(f).__call__, "__code__", None)


class Trace:
    """A tape with its inputs (traced), outputs (traced or plain) and how to rebuild what f returned."""

    __slots__ = ("call", "inputs", "nested", "outputs", "rebuild_out", "tape", "values")

    def __init__(self, call, tape, inputs, outputs, rebuild_out):
        self.call = call
        self.tape = tape
        self.inputs = inputs
        self.outputs = outputs
        self.rebuild_out = rebuild_out
        # the outputs as plain numbers and arrays (or values of an outer trace)
        self.values = [_outside(y, tape) for y in outputs]
        # True when an outer derivative is watching
        self.nested = holds_operand([x.value for x in inputs])

    def active(self):
        """For each output the traced value, or None where it does not depend on the inputs."""
        tape = self.tape
        return [y if type(y) is Traced and y.tape is tape else None for y in self.outputs]


def holds_operand(values):
    """True where a traced value (or a node) is among the values."""
    for x in values:  # noqa: SIM110 (a generator costs more than what it asks)
        if isinstance(x, Operand):
            return True
    return False


def _outside(y, tape):
    """An output as the world outside the trace sees it."""
    if type(y) is not Traced:
        return y
    if y.tape is tape:
        return y.value
    return y if y.tape.open else plain(y)


def trace(f, args, named, wrt):
    """Call f with the arguments at the places `wrt` traced; the others as they are."""
    return Call(f, args, named, wrt).trace()


def value_of(leaf, where="the point"):
    """A leaf as the variable's value; arrays are copied so that the caller's stays as it is."""
    if type(leaf) is float:
        return leaf
    leaf = settled(leaf)
    if isinstance(leaf, Operand):
        return leaf if leaf.tape.open else plain(leaf)
    value = real(leaf, where)
    return value.copy() if value is leaf and shape_of(value) else value


def settled(x):
    """What a handle to an array written in place holds; anything else as it is."""
    return x.content if isinstance(x, Operand) and type(x) is not Traced else x


def _flatten(argument, k, count):
    if type(argument) is float:
        return [argument], only
    where = "the point" if count == 1 else f"argument {k + 1}"

    def is_leaf(x, place):
        if isinstance(x, Operand):
            return True
        if isinstance(x, (dict, list, tuple)) or hasattr(type(x), "__dataclass_fields__"):
            return False
        real(x, place)
        return True

    return flatten(argument, is_leaf, where, numbers=True)


def output_leaves(f, result):
    """The numbers that f returned, flattened; TypeError where it returned something else.

    Text and None beside numbers, in a list or dict, stay as they are.
    """
    if type(result) is Traced or type(result) is float:
        return [result], only
    name = name_of(f)

    def is_leaf(x, place):
        if isinstance(x, Operand):
            if is_complex(x):
                raise NotReal(f"{place} is complex; dfdx differentiates real numbers")
            return True
        if (x is None or isinstance(x, str)) and x is not result:
            return None
        if isinstance(x, (dict, list, tuple)) or hasattr(type(x), "__dataclass_fields__"):
            return False
        if isinstance(x, bool):
            return True
        try:
            real(x, place)
        except NotReal:
            raise
        except TypeError:
            raise TypeError(
                f"{name} returned {describe(x)}; it must return a number, an array or a structure of them"
            ) from None
        return True

    leaves, rebuild = flatten(result, is_leaf, f"the value of {name}", numbers=True)
    if not leaves and result:
        raise TypeError(f"{name} returned {describe(result)} without a number in it")
    return leaves, rebuild


def _is_numpy(leaf):
    np = numpy()
    if isinstance(leaf, Traced):
        return leaf.tape.ieee
    return np is not None and isinstance(leaf, (np.ndarray, np.generic))


def name_of(f):
    """The name of a function for messages; a lambda has none and is called f."""
    name = getattr(f, "__name__", None) or type(f).__name__
    return "f" if name == "<lambda>" else name


def not_traceable(f, leak):
    """The public error for a leak: what happened, where, and what to write instead."""
    how, where = leak.args
    return NotTraceable(
        f"{name_of(f)} needs a plain number where exact differentiation cannot follow: "
        f"{how}{show_line(where)}\n"
        "    give the function that is called there a derivative (@dfdx.rule), "
        'or differentiate by samples: method="differences"'
    )
