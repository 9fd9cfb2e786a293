"""Small numerical methods of NumPy: differences, integrals, polynomials, interpolation, statistics."""

import numpy as np

from ..choices import Places, Search
from ..contraction import contraction, expand_to
from ..errors import NotTraceable
from ..graph import Operand
from ..primitive import shape_of
from ..selection import TakeAlong
from ..structure import Concatenate, Scatter, reshape
from .arithmetic import divide, remainder, sign
from .arrays import array, axes_of, axis_of, count, flat, only, operand, part, permute
from .arrays_joins import concatenate, stack
from .arrays_moves import moveaxis
from .arrays_products import convolve
from .arrays_select import chosen, clip
from .arrays_sums import mean, summed
from .choice import greater, less
from .elementary import exp, log
from .linalg import lstsq
from .roots import root_of_squares
from .table import all_cards


@array("diff")
def diff(a, n=1, axis=-1, prepend=None, append=None):
    y = operand(a)
    axis = axis_of(axis, len(shape_of(y)))
    ends = [None if e is None else _end(e, y, axis) for e in (prepend, append)]
    joined = [p for p in (ends[0], y, ends[1]) if p is not None]
    y = concatenate(joined, axis) if len(joined) > 1 else y
    for _ in range(n):
        y = part(y, axis, slice(1, None)) - part(y, axis, slice(None, -1))
    return y


def _end(e, y, axis):
    x = operand(e)
    if shape_of(x):
        return x
    shape = list(shape_of(y))
    shape[axis] = 1
    return expand_to(x, tuple(shape))


@array("ediff1d")
def ediff1d(ary, to_end=None, to_begin=None):
    x = flat(operand(ary))
    parts = [to_begin, diff(x), to_end]
    return concatenate([flat(operand(p)) for p in parts if p is not None])


@array("gradient")
def gradient(f, *varargs, axis=None, edge_order=1):
    """np.gradient: slopes of samples; second order inside, first or second at the ends."""
    y = operand(f)
    rank = len(shape_of(y))
    axes = axes_of(axis, rank)
    steps = [1.0] * len(axes) if not varargs else list(varargs)
    if len(steps) == 1:
        steps *= len(axes)
    if len(steps) != len(axes):
        raise TypeError("invalid number of arguments")
    found = [_slopes(y, k, operand(h), edge_order) for k, h in zip(axes, steps, strict=True)]
    if axis is not None and not isinstance(axis, (tuple, list)):
        return found[0]
    return found[0] if len(found) == 1 else tuple(found)


def _slopes(y, axis, h, edge_order):
    n = shape_of(y)[axis]
    if n < edge_order + 1:
        raise ValueError("Shape of array too small to calculate a numerical gradient")
    order = [k for k in range(len(shape_of(y))) if k != axis] + [axis]
    y = permute(y, order)

    def at(x, a, b):
        return part(x, len(shape_of(x)) - 1, slice(a, b))

    if shape_of(h):
        h = diff(h)
        left, right = at(h, None, -1), at(h, 1, None)
    else:
        h = left = right = expand_to(h, (n - 1,))
        left, right = at(h, None, -1), at(h, 1, None)
    s = (at(y, 1, None) - at(y, None, -1)) / h
    inner = (at(s, None, -1) * right + at(s, 1, None) * left) / (left + right)
    if edge_order == 1:
        first, last = at(s, 0, 1), at(s, -1, None)
    else:
        bend = (at(s, 1, None) - at(s, None, -1)) / (left + right)
        first = at(s, 0, 1) - at(bend, 0, 1) * at(h, 0, 1)
        last = at(s, -1, None) + at(bend, -1, None) * at(h, -1, None)
    z = concatenate([first, inner, last], -1)
    return permute(z, list(np.argsort(order)))


@array("trapezoid", "trapz")
def trapezoid(y, x=None, dx=1.0, axis=-1):
    f = operand(y)
    axis = axis_of(axis, len(shape_of(f)))
    middle = part(f, axis, slice(1, None)) + part(f, axis, slice(None, -1))
    if x is None:
        return summed(middle, (axis,)) * operand(dx) / 2.0
    h = operand(x)
    if len(shape_of(h)) == 1:
        h = reshape(diff(h), (-1 + shape_of(h)[0],) + (1,) * (len(shape_of(f)) - axis - 1))
    else:
        h = diff(h, axis=axis)
    return summed(middle * h, (axis,)) / 2.0


@array("polyval")
def polyval(p, x):
    c, x = operand(p), operand(x)
    y = 0.0 * x
    for k in range(count(shape_of(c))):
        y = y * x + part(c, 0, k)
    return y


@array("polyder")
def polyder(p, m=1):
    c = operand(p)
    for _ in range(m):
        n = shape_of(c)[0]
        c = part(c, 0, slice(None, -1)) * np.arange(n - 1, 0, -1)
    return c


@array("polyint")
def polyint(p, m=1, k=None):
    c = operand(p)
    constants = np.zeros(m) if k is None else expand_to(operand(k), (m,))
    for j in range(m):
        n = shape_of(c)[0]
        c = concatenate([c / np.arange(n, 0, -1), reshape(part(constants, 0, j), (1,))])
    return c


@array("polyadd")
def polyadd(a1, a2):
    a, b = _same_length(a1, a2)
    return a + b


@array("polysub")
def polysub(a1, a2):
    a, b = _same_length(a1, a2)
    return a - b


def _same_length(a1, a2):
    xs = [flat(operand(a)) for a in (a1, a2)]
    longest = max(shape_of(x)[0] for x in xs)
    return [concatenate([np.zeros(longest - shape_of(x)[0]), x]) for x in xs]


@array("polymul")
def polymul(a1, a2):
    return convolve(a1, a2)


@array("vander")
def vander(x, N=None, increasing=False):
    x = operand(x)
    n = shape_of(x)[0] if N is None else N
    powers = [np.ones(shape_of(x))]
    while len(powers) < n:
        powers.append(powers[-1] * x)
    powers = powers[:n]
    return stack(powers if increasing else powers[::-1], -1) if n else np.ones((*shape_of(x), 0))


@array("polyfit")
def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """Least squares for the coefficients, highest power first, with the columns scaled as NumPy does."""
    only("polyfit", rcond=rcond, full=full or None, cov=cov or None)
    a, b = vander(operand(x), deg + 1), operand(y)
    if w is not None:
        w = operand(w)
        a = a * reshape(w, (shape_of(w)[0], 1))
        b = b * (reshape(w, (shape_of(w)[0], 1)) if len(shape_of(b)) == 2 else w)
    scale = root_of_squares(summed(a * a, (0,)))
    columns = b if len(shape_of(b)) == 2 else reshape(b, (shape_of(b)[0], 1))
    c = lstsq(a / scale, columns) / reshape(scale, (deg + 1, 1))
    return c if len(shape_of(b)) == 2 else reshape(c, (deg + 1,))


@array("interp")
def interp(x, xp, fp, left=None, right=None, period=None):
    v, a, b = operand(x), operand(xp), operand(fp)
    if period is not None:
        v, a, b = _periodic(v, a, b, operand(period))
        left = right = None
    shape, line = shape_of(v), flat(v)
    if shape_of(a)[0] == 1:
        y = expand_to(b, (count(shape),))
    else:
        after = Search()(a, line)
        before = after - 1
        x0, x1 = TakeAlong(0)(a, before), TakeAlong(0)(a, after)
        y0, y1 = TakeAlong(0)(b, before), TakeAlong(0)(b, after)
        inside = clip(line, part(a, 0, 0), part(a, 0, -1))
        y = y0 + (y1 - y0) / (x1 - x0) * (inside - x0)
    if left is not None:
        y = chosen(less(line, part(a, 0, 0)), operand(left), y)
    if right is not None:
        y = chosen(greater(line, part(a, 0, -1)), operand(right), y)
    return reshape(y, shape)


def _periodic(v, a, b, period):
    """Points and values over one period, in order, with one more on either side."""
    v, a = remainder(v, period), remainder(a, period)
    order = Places(0)(a)
    a, b = TakeAlong(0)(a, order), TakeAlong(0)(b, order)
    ends = slice(-1, None), slice(0, 1)
    a = concatenate([part(a, 0, ends[0]) - period, a, part(a, 0, ends[1]) + period])
    return v, a, concatenate([part(b, 0, ends[0]), b, part(b, 0, ends[1])])


@array("bincount")
def bincount(x, /, weights=None, minlength=0):
    """The sum of the weights at each whole number."""
    if weights is None or isinstance(x, Operand):
        raise NotTraceable("np.bincount: what is counted must be plain whole numbers")
    places = np.asarray(x)
    size = max(int(places.max(initial=-1)) + 1, minlength)
    return Scatter(places, (size,))(operand(weights))


@array("cov")
def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    only("cov", fweights=fweights, aweights=aweights, dtype=dtype)
    x = _variables(m, rowvar)
    if y is not None:
        x = Concatenate(0)(x, _variables(y, rowvar))
    n = shape_of(x)[1]
    d = x - mean(x, 1, keepdims=True)
    c = divide(contraction("ik,jk->ij")(d, d), n - ((0 if bias else 1) if ddof is None else ddof))
    return reshape(c, ()) if shape_of(c) == (1, 1) else c


def _variables(m, rowvar):
    x = operand(m)
    if len(shape_of(x)) < 2:
        return reshape(x, (1, count(shape_of(x))))
    return x if rowvar else permute(x, (1, 0))


@array("corrcoef")
def corrcoef(x, y=None, rowvar=True, *, dtype=None, **options):
    only("corrcoef", dtype=dtype, **options)
    c = cov(x, y, rowvar)
    if not shape_of(c):
        return c / c
    s = root_of_squares(contraction("ii->i")(c))
    n = shape_of(s)[0]
    return c / reshape(s, (n, 1)) / s


@array("linspace")
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, **options):
    only("linspace", dtype=dtype, **options)
    a, b = operand(start), operand(stop)
    pieces = num - 1 if endpoint else num
    step = (b - a) / pieces if pieces > 0 else 0.0 * (b - a)
    rank = max(len(shape_of(a)), len(shape_of(b)))
    t = reshape(np.arange(num) / max(pieces, 1), (num,) + (1,) * rank)
    y = a * (1.0 - t) + b * t if num != 1 else reshape(a + 0.0 * b, (1, *shape_of(step)))
    y = moveaxis(y, 0, axis) if axis else y
    return (y, step) if retstep else y


@array("logspace")
def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    only("logspace", dtype=dtype)
    return operand(base) ** linspace(start, stop, num, endpoint, axis=axis)


@array("geomspace")
def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    only("geomspace", dtype=dtype)
    a, b = operand(start), operand(stop)
    side = sign(a)
    return side * exp(linspace(log(side * a), log(side * b), num, endpoint, axis=axis))


@array("apply_along_axis")
def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    x = operand(arr)
    axis = axis_of(axis, len(shape_of(x)))
    rest = [k for k in range(len(shape_of(x))) if k != axis]
    lines = permute(x, [*rest, axis])
    outer = shape_of(lines)[:-1]
    lines = reshape(lines, (count(outer), shape_of(lines)[-1]))
    made = [operand(func1d(part(lines, 0, k), *args, **kwargs)) for k in range(count(outer))]
    if not made:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0")
    inner = shape_of(made[0])
    whole = reshape(stack(made), (*outer, *inner))
    order = (
        list(range(axis))
        + [len(outer) + k for k in range(len(inner))]
        + list(range(axis, len(outer)))
    )
    return permute(whole, order)


@array("sinc")
def sinc(x):
    return all_cards()["sinc"](operand(x))


@array("i0")
def i0(x):
    return all_cards()["i0"](operand(x))
