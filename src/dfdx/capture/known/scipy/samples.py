"""Stand-ins for the integrals of samples, and for quad_vec."""

from functools import cache

import numpy as np
from scipy import integrate

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import axis_of, operand
from ....rules.arrays_moves import moveaxis
from ....rules.arrays_numeric import diff
from ....rules.arrays_scipy import SCIPY
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .callbacks import Callback
from .quad import integral
from .tools import by_name, logged, tapes_of, where_traced


def simpson(y, x=None, *, dx=1.0, axis=-1):
    """Simpson's rule on parabolas through three samples; Cartwright's correction for an even count."""
    y = operand(y)
    axis = axis_of(axis, len(shape_of(y)))
    y = moveaxis(y, axis, -1)
    n = shape_of(y)[-1]
    if x is None:
        h = operand(dx) * np.ones(n - 1)
    else:
        x = operand(x)
        h = diff(x if len(shape_of(x)) == 1 else moveaxis(x, axis, -1))
    if n % 2:
        return _parabolas(y, h)
    if n == 2:
        return 0.5 * h[..., 0] * (y[..., 0] + y[..., 1])
    a, b = h[..., -2], h[..., -1]
    last = (2 * b**2 + 3 * a * b) / (6 * (a + b)) * y[..., -1]
    middle = (b**2 + 3 * a * b) / (6 * a) * y[..., -2]
    first = b**3 / (6 * a * (a + b)) * y[..., -3]
    return _parabolas(y[..., :-1], h[..., :-1]) + last + middle - first


def _parabolas(y, h):
    a, b = h[..., 0::2], h[..., 1::2]
    both = a + b
    terms = (
        y[..., 0:-2:2] * (2.0 - b / a)
        + y[..., 1:-1:2] * (both * both / (a * b))
        + y[..., 2::2] * (2.0 - a / b)
    )
    return np.sum(both / 6.0 * terms, axis=-1)


def quad_vec(*args, **kwargs):
    """scipy.integrate.quad_vec."""
    given = by_name(integrate.quad_vec, args, kwargs)
    func, a, b = (given.pop(key) for key in ("f", "a", "b"))
    callback = Callback(func, given.pop("args", ()), keep=True)
    bounds = traced_in((a, b))
    callback.tapes |= tapes_of(bounds)
    found = integrate.quad_vec(callback, plain(a), plain(b), **seen_through(given))
    if not (callback.reached or bounds):
        return found
    with logged(callback.tapes):
        if traced_in(given):
            raise NotTraceable("scipy.integrate.quad_vec: the options cannot vary")
        settings = {"points": given.get("points")}
        return (integral(callback, a, b, found[0], settings), *found[1:])


@cache
def stand_ins():
    """From the functions of scipy.integrate to their stand-ins."""
    made = {integrate.simpson: where_traced(integrate.simpson, simpson)}
    made[integrate.quad_vec] = quad_vec
    for name in ("trapezoid", "cumulative_trapezoid"):
        made[getattr(integrate, name)] = where_traced(
            getattr(integrate, name), SCIPY[f"integrate.{name}"]
        )
    return made
