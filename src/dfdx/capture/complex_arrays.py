"""Arrays of complex numbers with traced parts, for NumPy: primitives and ufuncs on pairs.

What is linear acts on both parts alike, what is a product of linear factors is multiplied out,
and what is made of functions of numbers has its formula in `known.cmath`. So every function of
the tables that is written with these is right for complex numbers, too; those that NumPy defines
otherwise for them (a norm, a variance, angles) stand at the end.
"""

from itertools import product

import numpy as np

from ..assembly import Assemble
from ..contraction import Contraction, expand_to
from ..convolution import Bilinear
from ..errors import NotTraceable
from ..graph import Operand
from ..implicit import Implicit
from ..pointwise import Pointwise
from ..primitive import items, shape_of
from ..rules.arrays import operand, table
from ..rules.arrays_joins import concatenate
from ..rules.arrays_linalg import named_result
from ..rules.choice import choose
from ..rules.linalg_complex import complex_eig
from ..rules.roots import root_of_squares
from ..selection import ScatterAlong, TakeAlong
from ..structure import Concatenate, Linear, Put, take
from .complexes import Complex, parts, phase
from .known.cmath import ufuncs
from .numpy_protocol.plain import decided, plain_of
from .traced import is_complex

_JOINT = (Linear, Concatenate, Put, Assemble)  # linear in all their operands together
_FACTORS = (Contraction, Bilinear)  # linear in each
_PLACED = (TakeAlong, ScatterAlong)  # linear in the first
_TESTS = ("isfinite", "isnan", "isinf", "logical_not", "logical_and", "logical_or")


def applied(op, args):
    """A primitive applied to operands of which at least one is complex."""
    if isinstance(op, _JOINT):
        pairs = [_full(a) for a in args]
        return Complex(op(*[a for a, _ in pairs]), op(*[b for _, b in pairs]))
    if isinstance(op, _FACTORS):
        return _multiplied_out(op, [_full(a) if is_complex(a) else (a, None) for a in args])
    if isinstance(op, _PLACED):
        (a, b), places = _full(args[0]), args[1]
        return Complex(op(a, places), op(b, places))
    if isinstance(op, Pointwise):
        return _pointwise(op, args)
    if isinstance(op, Implicit) and op.name in _SOLVED:
        return _SOLVED[op.name](op, *args)
    return _refused(op.name, args)


def _full(z):
    """The parts of z, each in its whole shape."""
    shape = shape_of(z)
    return tuple(expand_to(p, shape) for p in parts(z))


def _multiplied_out(op, pairs):
    total = [None, None]
    for which in product(*[(0,) if b is None else (0, 1) for _, b in pairs]):
        term = op(*[pair[k] for pair, k in zip(pairs, which, strict=True)])
        turns = sum(which)  # i to this power
        if turns % 4 > 1:
            term = -term
        have = total[turns % 2]
        total[turns % 2] = term if have is None else have + term
    real, imag = total
    return Complex(real, 0.0 * real if imag is None else imag)


def _pointwise(op, args):
    if op.name == "choose":
        c, x, y = args
        (a, b), (p, q) = parts(x), parts(y)
        return Complex(choose(c, a, p), choose(c, b, q))
    name = f"arc{op.name[1:]}" if op.name[0] == "a" and f"arc{op.name[1:]}" in ufuncs() else op.name
    function = ufuncs().get(name)
    return _refused(op.name, args) if function is None else function(*args)


def _refused(name, args):
    z = next((a for a in args if type(a) is Complex), None)
    if z is None:
        raise NotTraceable(f"{name} of complex numbers is not followed")
    return z._refuse(f"{name} of complex numbers")


# equations with complex coefficients are real ones of twice the size
def _square(z):
    """[[real, −imag], [imag, real]]."""
    a, b = _full(z)
    rank = len(shape_of(a))
    left, right = Concatenate(rank - 2)(a, b), Concatenate(rank - 2)(-b, a)
    return Concatenate(rank - 1)(left, right)


def _halves(y):
    n = shape_of(y)[-2] // 2
    return Complex(
        take(y, (..., slice(0, n), slice(None))), take(y, (..., slice(n, None), slice(None)))
    )


def _solve(op, a, b):
    p, q = _full(b)
    return _halves(op(_square(a), Concatenate(len(shape_of(p)) - 2)(p, q)))


def _inv(op, a):
    n = shape_of(a)[-1]
    return _halves(take(op(_square(a)), (..., slice(None), slice(0, n))))


def _det(op, a):
    """By columns: the matrix is reduced as Gauss does, pivots chosen by size."""
    if len(shape_of(a)) != 2:
        return _refused("det of stacks", [a])
    n, sign, total = shape_of(a)[0], 1.0, 1.0
    for k in range(n):
        row = k + int(np.argmax(np.abs(plain_of(a)[k:, k])))
        order = np.arange(n)
        order[[k, row]] = order[[row, k]]
        a, sign = a[order], -sign if row != k else sign
        total = a[k, k] * total
        if k + 1 < n:
            a = a - np.outer(_below(a, k), a[k])
    return total * sign


def _below(a, k):
    """The factors that clear the column under the pivot, 0 for the rows above."""
    n = shape_of(a)[0]
    return (a[:, k] / a[k, k]) * (np.arange(n) > k)


def _eigvalsh(op, a):
    w = op(_square(a))
    return take(w, (..., slice(None, None, 2)))


_SOLVED = {"solve": _solve, "inv": _inv, "det": _det, "eigvalsh": _eigvalsh}


# ufuncs
def array_ufunc(z, ufunc, method, inputs, options):
    """NumPy's ufunc on operands of which at least one is complex."""
    inputs = [getattr(x, "content", x) for x in inputs]
    name = ufunc.__name__
    options = {k: v for k, v in options.items() if v is not None and k != "casting"}
    if name in _TESTS and method == "__call__":
        return decided(name, ufunc, tuple(inputs), options)
    if method == "reduce" and name in ("add", "multiply"):
        axis = options.pop("axis", inputs[1] if len(inputs) > 1 else 0)
        return table()["sum" if name == "add" else "prod"](inputs[0], axis=axis, **options)
    if options or method not in ("__call__", "outer"):
        return z._refuse(f"np.{name}.{method} of complex numbers")
    if method == "outer":
        a, b = inputs
        return ufunc(np.reshape(a, shape_of(a) + (1,) * len(shape_of(b))), b)
    if name in ("matmul", "matvec"):
        return table()[name](*inputs)
    if name in ("vecdot", "vecmat"):
        return table()[name](np.conj(inputs[0]), inputs[1])
    function = ufuncs().get(name)
    return z._refuse(f"np.{name} of complex numbers") if function is None else function(*inputs)


# functions that NumPy defines otherwise for complex numbers
def _size(z, ord=None, axis=None, keepdims=False):
    norm = table()["linalg.norm"]
    if ord in (None, 2, "fro") and (axis is not None or len(shape_of(z)) < 2 or ord != 2):
        a, b = _full(z)
        squares = a * a + b * b
        return root_of_squares(table()["sum"](squares, axis=axis, keepdims=keepdims))
    if ord in (2, -2, "nuc") and len(shape_of(z)) > 1:
        return _refused(f"norm {ord}", [z])
    return norm(abs(z), ord, axis, keepdims)


def _angle(z, deg=False):
    return phase(z) * (180 / np.pi) if deg else phase(z)


def _close_to_real(z, tol=100):
    imag = plain_of(z).imag
    small = np.all(np.abs(imag) < (tol * np.finfo(float).eps if tol > 1 else tol))
    return _full(z)[0] if small else z


def _var(z, *args, **options):
    a, b = _full(z)
    var = table()["var"]
    return var(a, *args, **options) + var(b, *args, **options)


def _sort(a, axis=-1, kind=None, order=None, **options):
    """By the real parts, and where these are equal by the imaginary ones."""
    if order is not None or options.get("descending"):
        return _refused("sort with these options", [a])
    value = a.known()
    places = np.argsort(value, axis=axis, kind="stable")
    ordered = np.take_along_axis(value, places, axis)
    if np.any(np.diff(ordered.real, axis=axis) == 0):
        a.on_edge("sort")
    return np.take_along_axis(a, places, axis)


def _correlate(a, v, mode="valid"):
    return table()["correlate"](a, np.conj(v), mode)


def _conjugated(name):
    return lambda a, b, **options: table()[name](np.conj(a), b, **options)


def _unknown(name):
    return lambda *args, **options: _refused(name, args)


_UNKNOWN = """
cov corrcoef nan_to_num linalg.eigh linalg.cholesky linalg.svd linalg.svdvals linalg.qr linalg.lstsq
linalg.pinv linalg.slogdet linalg.matrix_norm linalg.cond polyfit nanvar nanstd round around fix unwrap
"""
FUNCTIONS = {
    "real": lambda val: _full(val)[0],
    "imag": lambda val: _full(val)[1],
    "angle": _angle,
    "real_if_close": _close_to_real,
    "var": _var,
    "std": lambda z, *args, **options: root_of_squares(_var(z, *args, **options)),
    "vdot": _conjugated("vdot"),
    "linalg.vecdot": _conjugated("vecdot"),
    "correlate": _correlate,
    "sort": _sort,
    "linalg.norm": _size,
    "linalg.vector_norm": lambda x, /, *, axis=None, keepdims=False, ord=2: _size(
        x, None if ord == 2 else ord, axis, keepdims
    ),
    **{name: _unknown(name) for name in _UNKNOWN.split()},
}


def for_complex(name, ours):
    """The function of the tables, or, where a complex number is among the arguments, the one above."""
    other = FUNCTIONS[name]

    def function(*args, **options):
        for a in args:
            if type(a) is not float and is_complex(a):
                return other(*args, **options)
            if type(a) is list and any(is_complex(p) for p in a):
                return other(concatenate([np.reshape(p, (1,)) for p in a]), *args[1:], **options)
        return ours(*args, **options)

    return function


def as_complex(x):
    """x.astype(complex) for a traced x."""
    return x if not isinstance(x, Operand) or is_complex(x) else Complex(x, 0.0)


# eigenvalues of real matrices may be complex
def eig(a):
    """np.linalg.eig: real where NumPy's result is."""
    x = operand(a)
    wr, wi, vr, vi = items(complex_eig, complex_eig(x))
    if _COMPLEX_ALWAYS or np.any(plain_of(wi)):
        return named_result("eig")((Complex(wr, wi), Complex(vr, vi)))
    return table()["linalg.eig"](x)


def eigvals(a):
    """np.linalg.eigvals."""
    return eig(a)[0]


_COMPLEX_ALWAYS = np.linalg.eigvals(np.eye(1)).dtype.kind == "c"  # since NumPy 2.5
