"""Stand-ins for quad and its kin: the value by SciPy, the derivative by Leibniz's rule.

SciPy integrates plain numbers. The integrand is traced at the points where SciPy asked;
the integral becomes a primitive of the bounds and of the traced values that the integrand
reaches, by `args=` or by its closure.
"""

from functools import cache
from itertools import pairwise

import numpy as np
from scipy import integrate

from ....errors import NotTraceable
from ....graph import Graph, Operand
from ....rules.quadrature import Integral, Pointed
from ....walk import reached_from, run
from ...calls import call
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .callbacks import Callback, Pieces, inputs_of
from .moving import split
from .roots import moved_to
from .tools import by_name, logged, tapes_of

_SETTINGS = ("points", "weight", "wvar", "limit")


def quad(*args, **kwargs):
    """scipy.integrate.quad."""
    given = by_name(integrate.quad, args, kwargs)
    func, a, b = (given.pop(key) for key in ("func", "a", "b"))
    if not callable(func):
        return integrate.quad(func, a, b, **given)
    callback = Callback(func, given.pop("args", ()), keep=True)
    bounds = traced_in((a, b))
    callback.tapes |= tapes_of(bounds)
    found = integrate.quad(callback, plain(a), plain(b), **seen_through(given))
    if not (callback.reached or bounds):
        return found
    with logged(callback.tapes):
        if traced_in(given) or given.get("complex_func"):
            raise NotTraceable("scipy.integrate.quad: the options cannot vary, nor be complex")
        if bounds and given.get("weight") is not None:
            raise NotTraceable("scipy.integrate.quad: with weight= the bounds cannot vary")
        return (integral(callback, a, b, found[0], given), *found[1:])


def integral(callback, a, b, value, options):
    """The value as a primitive of the bounds and of what the integrand reaches."""
    pieces = Pieces(callback)
    samples = {xs[0]: y for xs, y in callback.samples}
    samples = {t: samples[t] for t in sorted(samples)}
    level = max(float(np.max(np.abs(y))) for y in samples.values())
    own = np.shape(value)
    for t, y in samples.items():
        _need_agreement(pieces, t, y, level, own)
    if any(piece.noted for piece, _ in pieces.variants):
        raise NotTraceable("the integrand has steps (int, floor, round): split the integral there")
    numbers = callback.numbers
    breaks = _moving(pieces, list(samples), numbers)
    pieces.live = False
    if breaks:
        made = split(callback, pieces, samples, breaks, (_bound(a), _bound(b)), own, options)
        return moved_to(made, seen_through(made), value)
    f = Pointed(inputs_of(callback), lambda t, *q: pieces.at((t,), q), own, (), numbers)
    settings = {key: options[key] for key in _SETTINGS if options.get(key) is not None}
    known = (float(plain(a)), float(plain(b)), *numbers), np.array(value) if own else float(value)
    return Integral(f, settings, known)(_bound(a), _bound(b), *callback.operands)


def _bound(x):
    return x if isinstance(x, Operand) else float(x)


def _need_agreement(pieces, t, y, level, own):
    """The piece that speaks for t must give there what the plain function gave."""
    callback = pieces.callback
    node = pieces.at((t,), callback.numbers)
    if node.shape != own:
        raise NotTraceable("the integrand must return numbers in the shape of the integral")
    inputs = inputs_of(callback)
    found = run(Graph(inputs, [node]), t, *callback.numbers)[0]
    if not np.all((abs(found - y) <= 1e-7 * (abs(y) + level)) | (found == y) | (y != y)):
        raise NotTraceable("scipy.integrate.quad: the integrand differs from call to call")


def _moving(pieces, points, numbers):
    """Pairs of neighbouring floats between which a branch changes, at a place that may move."""
    found = []
    variants = {id(piece.output): piece for piece, _ in pieces.variants}
    if len(variants) < 2:
        return found
    for left, right in pairwise(points):
        here, there = (pieces.at((t,), numbers) for t in (left, right))
        if here is there or not _rests_on_operands(variants[id(here)], variants[id(there)]):
            continue
        while left < (middle := (left + right) / 2) < right:
            if pieces.at((middle,), numbers) is here:
                left = middle
            else:
                right = middle
        found.append((left, right))
    return found


def _rests_on_operands(*pieces):
    """True where a comparison involves an operand and the point."""
    for piece in pieces:
        inputs = inputs_of(piece.callback)
        for _, a, b, _ in piece.guards:
            reached = reached_from(Graph((), [a, b]), inputs[1:])
            if a in reached or b in reached:
                return True
    return False


def dblquad(*args, **kwargs):
    """scipy.integrate.dblquad."""
    given = by_name(integrate.dblquad, args, kwargs)
    ranges = [_range(given["gfun"], given["hfun"], 1), (given["a"], given["b"])]
    return nquad(given["func"], ranges, given.get("args", ()), _tolerances(given))


def tplquad(*args, **kwargs):
    """scipy.integrate.tplquad."""
    given = by_name(integrate.tplquad, args, kwargs)
    low, high = given["qfun"], given["rfun"]
    inner = _range(
        (lambda y, x: call(low, x, y)) if callable(low) else low,
        (lambda y, x: call(high, x, y)) if callable(high) else high,
        2,
    )
    ranges = [inner, _range(given["gfun"], given["hfun"], 1), (given["a"], given["b"])]
    return nquad(given["func"], ranges, given.get("args", ()), _tolerances(given))


def _tolerances(given):
    return {key: given.get(key, 1.49e-8) for key in ("epsabs", "epsrel")}


def _range(low, high, count):
    """The two bounds of an inner integral, numbers or functions of the `count` outer variables."""

    def both(*outer):
        return [call(end, *outer[:count]) if callable(end) else end for end in (low, high)]

    return both


def nquad(*args, **kwargs):
    """scipy.integrate.nquad: integrals of integrals."""
    given = by_name(integrate.nquad, args, kwargs)
    func, ranges = given.pop("func"), list(given.pop("ranges"))
    extra, opts = given.pop("args", None) or (), given.pop("opts", None)
    extra = extra if isinstance(extra, tuple) else (extra,)
    callback = Callback(func, extra)
    bounds = [Callback(r, extra) if callable(r) else seen_through(r) for r in ranges]
    found = integrate.nquad(callback, bounds, opts=seen_through(opts), **given)
    moved = traced_in([r for r in ranges if not callable(r)])
    callbacks = [c for c in (callback, *bounds) if isinstance(c, Callback)]
    if not (moved or any(c.reached for c in callbacks)):
        return found
    with logged(tapes_of(moved).union(*(c.tapes for c in callbacks))):
        each = opts if isinstance(opts, (list, tuple)) else [opts or {}] * len(ranges)
        if traced_in(opts) or any(map(callable, each)):
            raise NotTraceable("scipy.integrate.nquad: options that vary are not followed")
        return (_repeated(func, ranges, extra, each, ()), *found[1:])


def _repeated(func, ranges, args, opts, outer):
    """The integral over the last variable of the integrals over those before it."""
    if not ranges:
        return call(func, *outer, *args)
    *inner, last = ranges
    low, high = call(last, *outer, *args) if callable(last) else last
    return quad(
        lambda x: _repeated(func, inner, args, opts[:-1], (x, *outer)), low, high, **opts[-1]
    )[0]


@cache
def stand_ins():
    """From the function of scipy.integrate to its stand-in."""
    ours = (quad, dblquad, tplquad, nquad)
    return {getattr(integrate, f.__name__): f for f in ours}
