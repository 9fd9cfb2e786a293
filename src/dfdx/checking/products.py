"""Products with a derivative: covector times Jacobian, Jacobian or Hessian times direction."""

from math import inf

import numpy as np

from .compare import coarseness, differing, relative, scattered
from .expected import matrix
from .layout import Misfit
from .points import fresh
from .report import Mistake, Result, undefined

_EVERY = 64  # directions: of so few each unit direction is tried, of more some at random
_RANDOM = 16


def products(f, df, args, given, point, rtol):
    """The check of a vjp, jvp or hessp: directions, one after the other."""
    table, errors, method, notes = matrix(f, args, given)
    kind, shapes, layout = given.kind, given.shapes, given.layout
    if kind == "vjp":
        table, errors = table.T, errors.T
    size, mistakes, worst, tried = table.shape[1], [], 0.0, 0
    for name, v, is_last in _directions(size, shapes, kind):
        call = _along(df, _shaped(v, shapes, kind))
        try:
            answer = call(*args)
            got = layout.read(answer)
        except Misfit as misfit:
            words = f"the form of what the {kind} gives is wrong: {misfit}"
            return Result("wrong", point, message=words)
        bars = errors @ np.abs(v) + 2.0**-50 * (np.abs(table) @ np.abs(v))
        values = got, table @ v, bars
        scatter = lambda call=call: scattered(call, args, layout.read)
        for k in differing(*values, max(rtol, coarseness(answer)), scatter):
            mistakes.append(
                Mistake(f"{layout.label(int(k))} for {name}", *(float(p[k]) for p in values))
            )
        apart = relative(got, table @ v)[np.abs(table @ v) > 1e3 * bars]
        worst = max(worst, float(np.max(apart[np.isfinite(apart)], initial=0.0)))
        tried += layout.size
        if mistakes and is_last:
            break
    if mistakes:
        mistakes.sort(key=lambda m: -abs(m.off) if m.off == m.off else -inf)
        given, exact = ([getattr(m, name) for m in mistakes] for name in ("given", "expected"))
        words = undefined(np.array(given), np.array(exact))
        return Result("wrong", point, mistakes, words, worst, method, notes, tried)
    return Result("right", point, worst=worst, method=method, notes=notes, size=tried)


def _along(df, extra):
    """df with the direction put in."""
    return lambda *args: df(*fresh((*args, *extra)))


def _directions(size, shapes, kind):
    """(name, vector, whether a group ends): all unit directions where they are few, then some at random."""
    names = shapes.values if kind == "vjp" else shapes.arguments
    what = " and ".join(names) if len(names) <= 2 else f"{len(names)} parts"
    rng = np.random.default_rng(size)
    if size <= _EVERY:
        for k in range(size):
            name = f"the unit direction {k} of {what}" if size > 1 else f"1 as {what}"
            yield name, np.eye(size)[k], k == size - 1
    for k in range(2 if size <= _EVERY else _RANDOM):
        yield f"random direction {k + 1} of {what}", rng.standard_normal(size), False


def _shaped(v, shapes, kind):
    """The arguments behind the point: a covector of the value's form, or directions of the arguments'."""
    leaves, at = [], 0
    for shape in shapes.outs if kind == "vjp" else shapes.ins:
        n = int(np.prod(shape, dtype=int))
        leaves.append(v[at : at + n].reshape(shape) if shape else float(v[at]))
        at += n
    if kind == "vjp":
        return (shapes.rebuild_out(leaves),)
    return tuple(shapes.call.rebuild(leaves))
