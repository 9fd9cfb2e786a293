"""`__array_ufunc__`: NumPy's and SciPy's elementwise functions on traced values.

A ufunc is found among the cards by identity. Comparisons and tests (isnan, signbit,
logical_and) give plain truth values; a few ufuncs are compositions of cards.
"""

from functools import partial
from importlib import import_module

import numpy as np

from ...choices import LARGEST, SMALLEST
from ...errors import NotTraceable
from ...pointwise import CARDS, Pointwise
from ...primitive import shape_of
from ...rules import arithmetic, elementary, rounding
from ...rules.arrays import operand
from ...rules.arrays import table as functions
from ...rules.arrays_order import running
from ...rules.arrays_products import PRODUCTS
from ...rules.arrays_sums import logsumexp
from ...structure import reshape
from ..operands import everyday
from ..traced import Traced, is_complex, plain
from . import follow_ieee, refuse
from .functions import log
from .plain import decided
from .ufunc_methods import METHODS, along

_core = import_module("numpy.core" if np.__version__.startswith("1.") else "numpy._core")
_count = _core.multiarray.count_nonzero  # without the asking of protocols

_CARDS = {}  # ufunc -> card
_ACTIONS = {}  # ufunc, or (ufunc, method) -> a function of the operands
_ALIASES = {
    "deg2rad": elementary.radians,
    "rad2deg": elementary.degrees,
    "float_power": arithmetic.power,
    "conjugate": arithmetic.positive,
    "fabs": arithmetic.absolute,
}
_TESTS = (
    "isnan",
    "isfinite",
    "isinf",
    "signbit",
    "logical_and",
    "logical_or",
    "logical_xor",
    "logical_not",
)
_COMPARISONS = {  # the method for the left operand, and that for the right one
    "less": ("__lt__", "__gt__"),
    "less_equal": ("__le__", "__ge__"),
    "greater": ("__gt__", "__lt__"),
    "greater_equal": ("__ge__", "__le__"),
    "equal": ("__eq__", "__eq__"),
    "not_equal": ("__ne__", "__ne__"),
}
_HARMLESS = ("casting", "order", "subok", "signature", "extobj")


def array_ufunc(self, ufunc, method, *inputs, **options):
    """NumPy's `ufunc` on operands of which at least one is traced."""
    tape = self.tape
    if not tape.ieee:
        follow_ieee(self)
    everyday = method == "__call__" and not options
    if everyday:
        card = _CARDS.get(ufunc)
        node = _on_arrays(tape, ufunc, card, inputs)
        if node is not None:
            return node
    for x in inputs:
        if type(x) is not Traced and type(x) is not float and is_complex(x):
            from ..complexes import joined  # late: few functions are complex on the way

            return joined(self).__array_ufunc__(ufunc, method, *inputs, **options)
    if everyday and card is not None:
        return self.apply(card, _operands(inputs))
    try:
        return _general(self, ufunc, method, inputs, options)
    except NotTraceable as error:
        log(self, error)
        raise


def _on_arrays(tape, ufunc, card, inputs):
    """The everyday case at little cost: one or two arrays or numbers, traced by one tape or plain."""
    if len(inputs) == 1:
        (x,) = inputs
        a = x.value if type(x) is Traced else None
        if card is None or type(a) is not np.ndarray or not tape.open:
            return None
        y = ufunc(a)
        node = Traced(y, tape, card, inputs)
        if card.breaks is not None and _stands_on_break(card.breaks(a)):
            tape.edge(card.name, node)
        return node
    tape, kept, values, nested = everyday(inputs, Traced)
    if tape is None or nested or len(values) != 2:
        return None
    a, b = values
    if card is None:
        return _product(tape, kept, a, b) if ufunc is np.matmul else None
    if type(a) is type(b) is float:
        return None
    y = ufunc(a, b)
    if type(y) is not np.ndarray:
        return None
    node = Traced(y, tape, card, kept)
    if card.breaks is not None:
        apart = np.not_equal(a, b) if card in _BREAK_WHERE_EQUAL else None
        is_near = apart is None or _count(apart) < apart.size
        if is_near and _stands_on_break(card.breaks(a, b)):
            tape.edge(card.name, node)
    return node


_BREAK_WHERE_EQUAL = frozenset((arithmetic.maximum, arithmetic.minimum))  # looked at in one pass


def _stands_on_break(distance):
    return _count(distance) < getattr(distance, "size", 1)


def _product(tape, kept, a, b):
    """The product of matrices or vectors; None for stacks of them."""
    op = PRODUCTS.get((getattr(a, "ndim", 0), getattr(b, "ndim", 0)))
    return None if op is None else Traced(op.value(a, b), tape, op, kept)


def _operands(inputs):
    """The inputs with lists made arrays and NumPy's scalars made numbers."""
    for x in inputs:
        kind = type(x)
        if kind is not Traced and kind is not np.ndarray and kind is not float:
            return tuple([operand(x) for x in inputs])
    return inputs


def _general(self, ufunc, method, inputs, options):
    options = {
        key: v
        for key, v in options.items()
        if key == "axis" or (v is not None and key not in _HARMLESS)
    }
    if method == "__call__":
        moved = {k: options.pop(k) for k in ("axis", "axes", "keepdims") if k in options}
        _check(self, ufunc, options)
        action = _CARDS.get(ufunc) or _ACTIONS.get(ufunc) or _learn(ufunc)
        if action is None:
            refuse(
                self,
                f"the ufunc {ufunc.__name__} has no exact derivative rule in dfdx; write it with "
                'functions that have one, or differentiate with method="differences"',
            )
        inputs = _operands(inputs)
        return along(ufunc, action, inputs, **moved) if moved else action(*inputs)
    if method == "outer":
        _check(self, ufunc, options)
        a, b = _operands(inputs)
        return ufunc(reshape(a, shape_of(a) + (1,) * len(shape_of(b))), b)
    _learn(ufunc)
    action = _ACTIONS.get((ufunc, method))
    if "dtype" in options and _is_double(options["dtype"]):
        del options["dtype"]
    if {"dtype", "out"} & set(options):
        action = None
    elif action is None and method in METHODS and ufunc.nin == 2 and ufunc.nout == 1:
        action = partial(METHODS[method], ufunc)
    if action is None:
        better = "build a new array" if method == "at" else "leave the options out"
        refuse(
            self,
            f"np.{ufunc.__name__}.{method} is not followed by exact differentiation; {better}",
        )
    x, *rest = inputs
    return action(operand(x), *rest, **options)


def _check(self, ufunc, options):
    """Refuse out=, where= and dtypes other than double precision."""
    dtype = options.pop("dtype", float)
    if "out" in options:
        refuse(
            self,
            f"np.{ufunc.__name__} with out= (also `a += x` for a plain array a) stores a traced value "
            "into a plain array; write a = a + x, or use the returned array",
        )
    if "where" in options and options.pop("where") is not True:
        refuse(
            self,
            f"np.{ufunc.__name__} with where= leaves the other elements undefined; "
            f"write np.where(mask, np.{ufunc.__name__}(...), other)",
        )
    if not _is_double(dtype) or options:
        refuse(self, f"np.{ufunc.__name__}: only dtype=float is followed; leave the options out")


def _is_double(dtype):
    if isinstance(dtype, type) and issubclass(dtype, np.dtype):
        dtype = dtype()
    return np.dtype(dtype) == np.float64


def _learn(ufunc):
    """What is done for a ufunc, found at its first use; None when nothing is known."""
    if not _ACTIONS:
        _learn_numpy()
    if ufunc not in _CARDS and ufunc not in _ACTIONS:
        _learn_special(ufunc)
    return _CARDS.get(ufunc) or _ACTIONS.get(ufunc)


def _learn_numpy():
    for card in CARDS.values():
        if card.module == "numpy" and isinstance(card.numpy, str):
            _name_card(getattr(np, card.numpy, None), card)
    for name, card in _ALIASES.items():
        _name_card(getattr(np, name), card)
    for name in _COMPARISONS:
        _CARDS.pop(getattr(np, name), None)
        _ACTIONS[getattr(np, name)] = _comparison(name)
    for name in _TESTS:
        _ACTIONS[getattr(np, name)] = _test(name)
    known = functions()
    for name in ("matmul", "vecdot", "matvec", "vecmat"):
        if hasattr(np, name):
            _ACTIONS[getattr(np, name)] = known[name]
    _ACTIONS[_core.umath.clip] = known["clip"]
    _ACTIONS[np.divmod] = lambda x, y: (arithmetic.floor_divide(x, y), arithmetic.remainder(x, y))
    _ACTIONS[np.frexp] = _frexp
    _ACTIONS[np.nextafter] = lambda x, y: x + decided("nextafter", _step_to, (x, y), {})
    _ACTIONS[np.spacing] = _test("spacing")
    _ACTIONS[np.modf] = lambda x: (rounding.fmod(x, 1.0), rounding.trunc(x))
    _ACTIONS[np.add, "reduce"] = _from_first(known["sum"])
    _ACTIONS[np.multiply, "reduce"] = _from_first(known["prod"])
    _ACTIONS[np.maximum, "reduce"] = _from_first(known["max"])
    _ACTIONS[np.minimum, "reduce"] = _from_first(known["min"])
    _ACTIONS[np.logaddexp, "reduce"] = _from_first(logsumexp)
    _ACTIONS[np.add, "accumulate"] = _from_first(known["cumsum"])
    _ACTIONS[np.multiply, "accumulate"] = _from_first(known["cumprod"])
    _ACTIONS[np.maximum, "accumulate"] = lambda x, axis=0: running(x, axis, LARGEST)
    _ACTIONS[np.minimum, "accumulate"] = lambda x, axis=0: running(x, axis, SMALLEST)
    for name in ("logical_and", "logical_or"):
        ufunc = getattr(np, name)
        _ACTIONS[ufunc, "reduce"] = _test(name, ufunc.reduce)


def _frexp(x):
    """(m, e) with x = m 2^e: the exponent is a step."""
    value = np.asarray(plain(x))
    if np.any(np.abs(np.frexp(value)[0]) == 0.5):
        x.on_edge("frexp")
    exponent = decided("frexp", lambda v: np.frexp(v)[1], (x,), {})
    return x * np.ldexp(1.0, -exponent), exponent


def _step_to(x, y):
    return np.nextafter(x, y) - x


def _learn_special(ufunc):
    """The card (or function of several) for a ufunc of scipy.special, whose tables are read now."""
    from scipy import special as library

    from ...rules import special

    name = ufunc.__name__
    if getattr(library, name, None) is not ufunc:
        return
    action = special.function(name)
    if isinstance(action, Pointwise):
        _CARDS[ufunc] = action
    elif action is not None:
        _ACTIONS[ufunc] = action


def _name_card(ufunc, card):
    if isinstance(ufunc, np.ufunc):
        _CARDS.setdefault(ufunc, card)


def _from_first(function):
    """A reduction or accumulation, whose axis is 0 unless said otherwise (None is all)."""

    def action(x, axis=0, **options):
        return function(x, axis=axis, **options)

    return action


def _comparison(name):
    left, right = _COMPARISONS[name]

    def action(a, b):
        if isinstance(a, Traced):
            return getattr(a, left)(b)
        return getattr(b, right)(a)

    return action


def _test(name, function=None):
    ufunc = function or getattr(np, name)
    return lambda *args, **options: decided(name, ufunc, args, options)
