"""Derivatives in an order or a shape parameter, where no closed form exists.

The derivative of J_ν(x) in ν, or of the incomplete gamma function in a, has no
name in SciPy. `slope(card, k)` is a card for it: a polynomial through the values
of the function at Chebyshev points around the parameter, differentiated at the
middle. The functions are analytic in their parameters, so the coefficients fall
geometrically; six windows, each half as wide as the one before, are tried and the
one with the smallest sum of truncation (its last coefficients) and rounding is
taken, point by point. Twelve digits or more are usual; the function's own errors
are multiplied by about 20.

The card is differentiable again: in the parameter it is the slope of the next
order, in another operand the tangent, along the parameter, of that operand's
partial derivative. Source: L. N. Trefethen, Approximation Theory and
Approximation Practice, chapters 3, 8 and 21.
"""

from functools import cache

from .. import walk
from ..errors import NoRule
from ..pointwise import Pointwise

SAMPLED = "by a Chebyshev fit of SciPy's values: about 12 digits of the function's own size"
HIGHEST = 4  # order of the derivatives that a fit gives with digits to spare

_WINDOWS = 6
_POINTS = {1: 24, 2: 14}  # per operand, for one and for two sampled operands
_AT_ONCE = 512  # points per sweep, so that the samples stay in the cache
_SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉"
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"

_made = {}  # slope card -> (its base card, orders, walls)


def slope(card, k, walls=None):
    """The card of the derivative of `card` in its operand number k (from 0).

    `walls` are the values of that operand where the function is singular, as
    numbers or as a function that gives the distance to the nearest; without them
    they are the ends of the operand's domain.

    >>> from dfdx.rules.special_bessel import jv
    >>> round(slope(jv, 0)(0.0, 1.0), 12)  # π/2 Y₀(1)
    0.138633715204
    """
    orders = tuple(int(j == k) for j in range(card.arity))
    return _slope(card, orders, ((k, walls),) if walls is not None else ())


@cache
def _slope(base, orders, walls):
    if sum(orders) > HIGHEST:
        raise NoRule(
            f"{base.name}: derivatives in its parameters are known up to order {HIGHEST}, "
            f"not of order {sum(orders)}"
        )
    if sum(1 for m in orders if m) > max(_POINTS):
        raise NoRule(f"{base.name}: no rule for a mixed derivative in more than two parameters")
    card = Pointwise(
        _name(base, orders),
        tuple(_partial(base, orders, walls, j) for j in range(base.arity)),
        numpy=_Fit(base, orders, dict(walls)),
        mp=_exact(base, orders),
        domain=base.domain,
        breaks=base.breaks,
        latex=_latex(base, orders),
        ulps=1e5,
        notes=dict.fromkeys(range(base.arity), SAMPLED),
    )
    _made[card] = base, orders, walls
    return card


def _partial(base, orders, walls, j):
    """The partial of a slope card in operand j: a slope again, or a tangent of a closed form."""

    def partial(z, *xs):
        own = _fit_of(base, j)
        if own is not None:
            return _slope(base, _changed(orders, j, 1), tuple(dict((*own, *walls)).items()))(*xs)
        along = next(k for k, m in enumerate(orders) if m)
        fewer = _changed(orders, along, -1)
        lower = _slope(base, fewer, walls) if any(fewer) else base
        graph = lower.symbolic(j)
        values = walk.evaluate(graph, (lower(*xs), *xs))
        tangents = [z, *(1.0 if i == along else None for i in range(base.arity))]
        (moved,) = walk.push(graph, values, tangents)
        return 0 if moved is None else moved

    return None if base.partials[j] is None else partial


def _fit_of(base, j):
    """The walls of the fit that is the card's own partial in operand j; None: it is no fit."""
    for node in base.symbolic(j).nodes:
        known, _, walls = _made.get(node.op, (None, None, None))
        if known is base:
            return walls
    return None


def _changed(orders, k, by):
    return (*orders[:k], orders[k] + by, *orders[k + 1 :])


def _name(base, orders):
    text = ""
    for k, m in enumerate(orders):
        if m:
            text += "∂" + _SUBSCRIPT[k + 1] + (_SUPERSCRIPT[m] if m > 1 else "")
    return text + base.name


def _latex(base, orders):
    text = ""
    for k, m in enumerate(orders):
        if m:
            text += rf"\partial_{{{k + 1}}}" + (f"^{{{m}}}" if m > 1 else "")
    return text + (base.latex or rf"\operatorname{{{base.name}}}".replace("_", r"\_"))


def _exact(base, orders):
    def exact(mp, *args):
        function = getattr(mp, base.mp) if isinstance(base.mp, str) else None
        if function is None:
            return mp.diff(lambda *xs: base.mp(mp, *xs), args, orders)
        return mp.diff(function, args, orders)

    return exact


class _Fit:
    """The derivative on arrays: samples, coefficients, the best window of each point."""

    __slots__ = ("base", "orders", "walls")

    def __init__(self, base, orders, walls):
        self.base = base
        self.orders = orders
        self.walls = walls

    def __call__(self, *args):
        import numpy as np

        whole = np.broadcast_arrays(*args)
        shape = whole[0].shape
        flat = [a.ravel() for a in whole]
        out = np.empty(flat[0].size)
        with np.errstate(all="ignore"):
            for start in range(0, out.size, _AT_ONCE):
                part = slice(start, start + _AT_ONCE)
                out[part] = self._some([a[part] for a in flat])
        return out.reshape(shape) if shape else out[0]

    def _some(self, args):
        import numpy as np

        moving = [k for k, m in enumerate(self.orders) if m]
        count = _POINTS[len(moving)]
        points, to_coefficients, at_middle = _chebyshev(count)
        halved = 0.5 ** np.arange(_WINDOWS)
        lead = (slice(None), slice(None))
        full = [a.reshape(-1, *(1,) * (1 + len(moving))) for a in args]
        gain, scale = 1.0, 1.0
        for axis, k in enumerate(moving):
            radius = self._reach(k, args[k].astype(float))[:, None] * halved
            lengthwise = (*lead, *(slice(None) if i == axis else None for i in range(len(moving))))
            offsets = radius[:, :, None] * points
            full[k] = full[k] + offsets[lengthwise]
            scale = scale / radius ** self.orders[k]
            gain = gain * count ** self.orders[k]
        values = self.base.on_arrays(*np.broadcast_arrays(*full))
        rounding = np.finfo(float).eps * abs(values).max(axis=tuple(range(2, values.ndim)))
        truncation, slopes = 0.0, values
        for axis in reversed(range(len(moving))):
            coefficients = np.moveaxis(values, axis + 2, -1) @ to_coefficients.T
            tail = abs(coefficients[..., -3:])
            truncation = truncation + tail.max(axis=tuple(range(2, tail.ndim)))
            slopes = slopes @ (at_middle[self.orders[moving[axis]]] @ to_coefficients)
        slopes = slopes * scale
        errors = (truncation + rounding) * gain * scale
        errors = np.where(np.isfinite(errors) & np.isfinite(slopes), errors, np.inf)
        best = errors.argmin(axis=1)
        rows = np.arange(len(best))
        return np.where(np.isfinite(errors[rows, best]), slopes[rows, best], np.nan)

    def _reach(self, k, p):
        """The widest window around the parameter: as wide as it is large, inside its walls."""
        import numpy as np

        reach = 2 + abs(p) / 2
        walls = self.walls.get(k, [w for w in self.base.domain[k] if abs(w) != np.inf])
        if callable(walls):
            return np.minimum(reach, 0.8 * walls(p))
        low, high = self.base.domain[k]
        for wall in walls:
            reach = np.minimum(reach, 0.8 * abs(p - wall))
        return np.where((p > low) & (p < high), reach, np.nan)


@cache
def _chebyshev(count):
    """Points, the matrix from values to coefficients, and T_j's derivatives of each order at 0."""
    import numpy as np
    from numpy.polynomial import chebyshev

    angles = np.pi * (np.arange(count) + 0.5) / count
    to_coefficients = 2 / count * np.cos(np.outer(np.arange(count), angles))
    to_coefficients[0] /= 2
    at_middle = [
        np.array([chebyshev.chebval(0.0, chebyshev.chebder(row, m)) for row in np.eye(count)])
        for m in range(HIGHEST + 1)
    ]
    return np.cos(angles), to_coefficients, at_middle


def to_nonpositive_integers(p):
    """How far p is from 0, −1, −2, …: the distance to the poles of the gamma function."""
    import numpy as np

    nearest = np.minimum(np.rint(p), 0)
    return abs(p - nearest)
