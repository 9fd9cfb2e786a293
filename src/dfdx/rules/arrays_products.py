"""Products of arrays: dot, matmul, einsum and their kin, each one contraction."""

from string import ascii_letters

import numpy as np

from ..contraction import contraction, fresh_letters
from ..convolution import Convolve
from ..primitive import broadcast, shape_of
from ..structure import reshape
from .arrays import array, axes_of, axis_of, count, flat, only, operand, part
from .arrays_moves import diagonal_of_matrices, moveaxis

PRODUCTS = {  # by the numbers of axes
    (1, 1): contraction("a,a->"),
    (2, 1): contraction("ab,b->a"),
    (1, 2): contraction("a,ab->b"),
    (2, 2): contraction("ab,bc->ac"),
}


@array("dot")
def dot(a, b, out=None):
    if out is not None:
        only("dot", out=out)
    x, y = operand(a), operand(b)
    m, n = len(shape_of(x)), len(shape_of(y))
    known = PRODUCTS.get((m, n))
    if known is not None:
        return known(x, y)
    if not m or not n:
        return x * y
    left, right = ascii_letters[:m], ascii_letters[m : m + n]
    k = -2 if n > 1 else -1
    shared = right[k]
    right = right.replace(shared, left[-1])
    return contraction(f"{left},{right}->{left[:-1]}{right.replace(left[-1], '')}")(x, y)


@array("matmul", "linalg.matmul")
def matmul(x1, x2, /, out=None, **options):
    if options or out is not None:
        only("matmul", out=out, **options)
    x, y = operand(x1), operand(x2)
    m, n = len(shape_of(x)), len(shape_of(y))
    if m <= 2 and n <= 2 and m and n:
        return PRODUCTS[m, n](x, y)
    if not m or not n:
        raise ValueError("matmul: an operand has no axes; use * to scale an array")
    return _stacked("ij" if m > 1 else "j", "jk" if n > 1 else "j", x, y)


def _stacked(left, right, x, y):
    """A contraction of the last axes, with the axes before them broadcast."""
    m, n = len(shape_of(x)) - len(left), len(shape_of(y)) - len(right)
    whole = broadcast(shape_of(x)[:m], shape_of(y)[:n])
    letters = fresh_letters("ijk", len(whole))

    def given(z, rank, own):
        """z without axes of length one that the other operand stretches, and its letters."""
        shape, names = shape_of(z), letters[len(whole) - rank :]
        lead = [(c, s) for c, s in zip(names, shape[:rank], strict=True)]
        stays = [(c, s) for c, s in lead if s == whole[letters.index(c)]]
        z = reshape(z, (*(s for _, s in stays), *shape[rank:]))
        return z, "".join(c for c, _ in stays) + own

    x, left_all = given(x, m, left)
    y, right_all = given(y, n, right)
    own = "".join(c for c in left + right if c != "j") if left != right else ""
    return contraction(f"{left_all},{right_all}->{letters}{own}")(x, y)


@array("vecdot", "linalg.vecdot")
def vecdot(x1, x2, /, *, axis=-1, **options):
    only("vecdot", **options)
    x, y = operand(x1), operand(x2)
    return _stacked("j", "j", moveaxis(x, axis, -1), moveaxis(y, axis, -1))


@array("matvec")
def matvec(x1, x2, /, **options):
    only("matvec", **options)
    return _stacked("ij", "j", operand(x1), operand(x2))


@array("vecmat")
def vecmat(x1, x2, /, **options):
    only("vecmat", **options)
    return _stacked("j", "jk", operand(x1), operand(x2))


@array("vdot")
def vdot(a, b, /):
    return PRODUCTS[1, 1](flat(operand(a)), flat(operand(b)))


@array("inner")
def inner(a, b, /):
    x, y = operand(a), operand(b)
    m, n = len(shape_of(x)), len(shape_of(y))
    if not m or not n:
        return x * y
    left, right = ascii_letters[: m - 1], ascii_letters[m - 1 : m + n - 2]
    return contraction(f"{left}Z,{right}Z->{left}{right}")(x, y)


@array("outer", "linalg.outer")
def outer(a, b, out=None):
    only("outer", out=out)
    return contraction("a,b->ab")(flat(operand(a)), flat(operand(b)))


@array("tensordot", "linalg.tensordot")
def tensordot(a, b, axes=2):
    x, y = operand(a), operand(b)
    m, n = len(shape_of(x)), len(shape_of(y))
    if not isinstance(axes, (tuple, list)):
        axes = (range(m - axes, m), range(axes))
    first, second = (tuple(k) if hasattr(k, "__iter__") else (k,) for k in axes)
    first, second = axes_of(first, m), axes_of(second, n)
    if len(first) != len(second):
        raise ValueError("shape-mismatch for sum")
    left = ascii_letters[:m]
    right = list(ascii_letters[m : m + n])
    for i, j in zip(first, second, strict=True):
        right[j] = left[i]
    right = "".join(right)
    rest = [c for k, c in enumerate(left) if k not in first]
    rest += [c for k, c in enumerate(right) if k not in second]
    return contraction(f"{left},{right}->{''.join(rest)}")(x, y)


@array("einsum")
def einsum(*operands, out=None, optimize=False, **options):
    only("einsum", out=out, dtype=options.pop("dtype", None))
    spec, xs = (
        (operands[0], operands[1:]) if isinstance(operands[0], str) else _from_lists(operands)
    )
    xs = [operand(x) for x in xs]
    inputs, output = _spelled(spec.replace(" ", ""), [len(shape_of(x)) for x in xs])
    inputs, xs = _stretched(inputs, xs)
    return contraction(",".join(inputs) + "->" + output)(*xs)


def _from_lists(operands):
    """The form einsum(x, [0, 1], y, [1, 2], [0, 2]) as a specification and operands."""

    def word(numbers):
        return "".join("..." if k is Ellipsis else ascii_letters[k] for k in numbers)

    pairs = len(operands) // 2
    spec = ",".join(word(operands[2 * k + 1]) for k in range(pairs))
    if len(operands) % 2:
        spec += "->" + word(operands[-1])
    return spec, operands[: 2 * pairs : 2]


def _spelled(spec, ranks):
    """The letters of every operand and of the output, with ... and a missing output filled in."""
    left, arrow, output = spec.partition("->")
    inputs = left.split(",")
    if len(inputs) != len(ranks):
        raise ValueError(
            f"einsum {spec!r} is about {len(inputs)} operands, {len(ranks)} were given"
        )
    hidden = [
        r - len(s.replace("...", "")) if "..." in s else 0
        for s, r in zip(inputs, ranks, strict=True)
    ]
    dots = fresh_letters(spec, max(hidden, default=0))
    inputs = [s.replace("...", dots[len(dots) - h :]) for s, h in zip(inputs, hidden, strict=True)]
    if arrow:
        output = output.replace("...", dots)
    else:
        text = "".join(inputs)
        output = dots + "".join(
            sorted(c for c in set(text) if text.count(c) == 1 and c not in dots)
        )
    if len(set(output)) < len(output) or set(output) - set("".join(inputs)):
        raise ValueError(f"einsum {spec!r}: a letter of the output is repeated or is in no operand")
    return inputs, output


def _stretched(inputs, xs):
    """The operands without axes of length one that NumPy would stretch to another operand's."""
    extents = {}
    for letters, x in zip(inputs, xs, strict=True):
        for c, n in zip(letters, shape_of(x), strict=True):
            extents[c] = max(n, extents.get(c, 1))
    words, kept = [], []
    for letters, x in zip(inputs, xs, strict=True):
        stays = [k for k, n in enumerate(shape_of(x)) if n == extents[letters[k]]]
        words.append("".join(letters[k] for k in stays))
        kept.append(reshape(x, tuple(shape_of(x)[k] for k in stays)))
    return words, kept


@array("kron")
def kron(a, b):
    x, y = operand(a), operand(b)
    rank = max(len(shape_of(x)), len(shape_of(y)))
    first = (1,) * (rank - len(shape_of(x))) + shape_of(x)
    second = (1,) * (rank - len(shape_of(y))) + shape_of(y)
    left, right = ascii_letters[:rank], ascii_letters[rank : 2 * rank]
    mixed = "".join(p + q for p, q in zip(left, right, strict=True))
    y = contraction(f"{left},{right}->{mixed}")(reshape(x, first), reshape(y, second))
    return reshape(y, tuple(m * n for m, n in zip(first, second, strict=True)))


@array("cross", "linalg.cross")
def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    if axis is not None:
        axisa = axisb = axisc = axis
    x, y = moveaxis(a, axisa, -1), moveaxis(b, axisb, -1)
    shapes = shape_of(x)[-1], shape_of(y)[-1]
    if shapes == (2, 2):
        return last(x, 0) * last(y, 1) - last(x, 1) * last(y, 0)
    if shapes != (3, 3):
        raise ValueError(
            "incompatible dimensions for cross product (both vectors need 3 numbers, or 2)"
        )
    up, down = np.array([1, 2, 0]), np.array([2, 0, 1])
    z = last(x, up) * last(y, down) - last(x, down) * last(y, up)
    return moveaxis(z, -1, axisc)


def last(x, which):
    """x[..., which]."""
    return part(x, len(shape_of(x)) - 1, which)


@array("trace")
def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    only("trace", dtype=dtype, out=out)
    x = operand(a)
    i, j = axis_of(axis1, len(shape_of(x))), axis_of(axis2, len(shape_of(x)))
    return _trace(moveaxis(x, (i, j), (-2, -1)), offset)


@array("linalg.trace")
def trace_of_matrices(x, /, *, offset=0, dtype=None):
    only("linalg.trace", dtype=dtype)
    return _trace(operand(x), offset)


def _trace(x, offset):
    shape = shape_of(x)
    letters = ascii_letters[: len(shape) - 2]
    if offset or shape[-1] != shape[-2]:
        x = diagonal_of_matrices(x, offset=offset)
        return contraction(f"{letters}Z->{letters}")(x)
    return contraction(f"{letters}ZZ->{letters}")(x)


@array("linalg.multi_dot")
def multi_dot(arrays, *, out=None):
    only("linalg.multi_dot", out=out)
    xs = [operand(a) for a in arrays]
    if len(xs) < 2:
        raise ValueError("Expecting at least two arrays.")
    words = [ascii_letters[k : k + 2] for k in range(len(xs))]
    if len(shape_of(xs[0])) == 1:
        words[0] = words[0][1:]
    if len(shape_of(xs[-1])) == 1:
        words[-1] = words[-1][:1]
    ends = "".join(w for w in (words[0][:-1], words[-1][1:]))
    return contraction(",".join(words) + "->" + ends)(*xs)


@array("convolve")
def convolve(a, v, mode="full"):
    x, y = flat(operand(a)), flat(operand(v))
    m, n = count(shape_of(x)), count(shape_of(y))
    if not m or not n:
        raise ValueError("a and v cannot be empty" if m else "a cannot be empty")
    if n > m:
        x, y, m, n = y, x, n, m
    z = Convolve()(x, y)
    if mode == "full":
        return z
    if mode not in ("same", "valid"):
        raise ValueError(f"mode must be 'full', 'same' or 'valid', not {mode!r}")
    start, size = ((n - 1) // 2, m) if mode == "same" else (n - 1, m - n + 1)
    return part(z, 0, slice(start, start + size))


@array("correlate")
def correlate(a, v, mode="valid"):
    x, y = flat(operand(a)), flat(operand(v))
    return convolve(x, part(y, 0, slice(None, None, -1)), mode)
