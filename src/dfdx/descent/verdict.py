"""How a search for a minimum ended, in a sentence that is true.

A solver's flag says that it stopped, not that it arrived. What counts is checked here: the gradient, without
what bounds and constraints hold; the sign of the curvature; and where the gradient is not small,
whether anything is left to gain that rounding would not hide.
"""

import numpy as np
from scipy.optimize import nnls

from .newton import curvature_at, lower, noise, projected

CHECKED = 50  # parameters up to which the sign of the curvature is looked at
_SADDLE = 1e-4  # of the first gradient: more is a slope, whatever the curvature
_RUNAWAY = 1e-3  # a Newton step longer than this, where the gradient is small, is looked into
_NEAR = 1e-6
_TOLD = 3


class Verdict:
    """`converged`, the `reason`, the `slope` left, `saddle`: a lower point beside a saddle, or None.

    `final` where no other search would help.
    """

    def __init__(self, converged, reason, slope, saddle=None, final=False):
        self.converged, self.reason, self.slope, self.saddle = converged, reason, slope, saddle
        self.final, self.notes = final, []


def judged(watch, found, box, tolerance, ended, curved=None):
    """The Verdict on `(x, f, ∇f)`; `ended` says why the solver stopped, in its own words."""
    flat, (x, value, slope) = watch.flat, found
    inner, free = projected(x, slope, box)
    size = float(np.abs(inner).max(initial=0.0))
    held = int(len(x) - free.sum())
    where = f" ({held} of {len(x)} parameters at a bound)" if held else ""
    small = size <= tolerance
    if len(x) <= CHECKED or not small:
        curved = curved or curvature_at(flat, x, inner, free)
    flattish = small or size <= _SADDLE * (1 + watch.history.slope[0])
    if flattish and curved is not None and curved.down is not None:
        below = lower(watch, found, curved.down, box)
        if below is not None:
            reason = (
                f"a saddle or a maximum: |∇f| = {size:.2g}, but f falls along a line through it"
            )
            return Verdict(False, reason, size, below)
    if small:
        if curved is not None and _runs_away(watch, found, curved, box):
            reason = (
                f"|∇f| = {size:.2g}, but f goes on falling: its minimum is far away, or at infinity"
            )
            return Verdict(False, reason, size, final=True)
        return Verdict(True, f"{_vanished(size)}{where}", size)
    if curved is not None and curved.down is None:
        blur = noise(flat, x, value)
        if curved.gain <= 4 * blur and not _breaks(watch, found, inner):
            reason = (
                f"no lower point can be told from rounding: |∇f| = {size:.2g}, and Newton's step would gain "
                f"{curved.gain:.1g}, where f is good to {blur:.1g}{where}"
            )
            return Verdict(True, reason, size)
    if _is_blurred(watch, found, inner):
        return Verdict(
            True, f"the gradient is zero to its last digits: |∇f| = {size:.2g}{where}", size
        )
    if _is_endless(watch, found, box):
        reason = (
            f"f falls without end: it is {value:.2g} here and lower further on; it has no minimum"
        )
        return Verdict(False, reason, size, final=True)
    verdict = Verdict(False, f"{ended}; |∇f| = {size:.2g}{where}", size)
    if kink := _breaks(watch, found, inner):
        verdict.notes.append(kink)
    return verdict


def _runs_away(watch, found, curved, box):
    """True where Newton's steps do not get shorter: f falls for ever, ever more slowly."""
    x, value, slope = found
    lengths = []
    for _ in range(4):
        length = float(np.linalg.norm(curved.step))
        if length <= _RUNAWAY * (1 + float(np.linalg.norm(x))) * 10.0 ** -len(lengths):
            return False
        lengths.append(length)
        there = x + curved.step if box is None else np.clip(x + curved.step, *box)
        new, its = watch.both(there)
        if not new < value:
            return False
        x, value, slope = there, new, its
        inner, free = projected(x, slope, box)
        curved = curvature_at(watch.flat, x, inner, free)
        if curved is None:
            return False
    return lengths[-1] > 0.97 * lengths[0]


def _is_endless(watch, found, box):
    """True where f goes on falling along the way it came, ever as fast, as far as one may look."""
    x, value, _ = found
    way = x - watch.flat.start
    if np.linalg.norm(way) < 100 * (1 + np.linalg.norm(watch.flat.start)):
        return False
    fall = watch.history.value[0] - value
    for factor in (10.0, 1e3, 1e6):
        there = x + factor * way if box is None else np.clip(x + factor * way, *box)
        try:
            new = watch.flat.number(there)
        except (ArithmeticError, ValueError):
            return False
        if not value - new >= 0.5 * factor * fall:
            return False
    return True


def _is_blurred(watch, found, inner):
    """True where the gradient changes by as much as it is when x moves by its last digit."""
    x, _, slope = found
    rng, spread = np.random.default_rng(1), np.zeros(len(x))
    for _ in range(4):
        near = np.nextafter(x, rng.choice([-np.inf, np.inf], len(x)))
        try:
            spread = np.maximum(spread, np.abs(watch.flat.gradient(near) - slope))
        except (ArithmeticError, ValueError):
            return False
    return bool(np.all(np.abs(inner) <= 4 * spread))


def _breaks(watch, found, inner):
    """A sentence where the gradient jumps beside x, else nothing."""
    x, _, slope = found
    size = float(np.linalg.norm(inner))
    if not size:
        return ""
    jumps = []
    for h in (1e-7, 1e-9):
        beside = x - h * (1 + float(np.linalg.norm(x))) / size * inner
        try:
            jumps.append(float(np.linalg.norm(watch.flat.gradient(beside) - slope)))
        except (ArithmeticError, ValueError):
            return ""
    if min(jumps) < 0.1 * size or jumps[1] < 0.5 * jumps[0]:  # of a smooth one 1 %
        return ""
    names = _kinks(watch.flat, x)
    at = f" of {names}" if names else ""
    return (
        f"f has a kink here{at}: the gradient jumps by {jumps[-1]:.2g} beside this point, and methods for "
        "smooth functions stall; smooth it, or try descend"
    )


def _kinks(flat, x):
    """The names of the operations that are next to their kinks at x."""
    try:
        nodes = flat.at(x).trace().tape.nodes
    except Exception:  # what cannot be traced has no names to tell
        return ""
    found = {}
    for node in nodes:
        name = getattr(node.op, "name", "")
        sides = [np.asarray(getattr(a, "value", a), dtype=float) for a in node.args[:2]]
        if name in ("absolute", "fabs"):
            gap, size = np.abs(sides[0]), 1.0
        elif name in ("maximum", "minimum", "fmax", "fmin") and len(sides) == 2:
            gap, size = np.abs(sides[0] - sides[1]), 1.0 + np.abs(sides[0])
        else:
            continue
        if np.any(gap <= _NEAR * size):
            found[{"absolute": "abs", "maximum": "max", "minimum": "min"}.get(name, name)] = None
    return ", ".join(found)


def under_constraints(watch, found, box, rules, tolerance, ended):
    """The Verdict where constraints hold: they are kept, and the gradient is a sum of theirs.

    Karush, Kuhn and Tucker: ∇f = Σ λ ∇c over what is active, λ ≥ 0 where c may only grow.
    """
    x, _, slope = found
    columns, off = [], 0.0
    for c in rules:
        away, values, low, high = c.off(x)
        size = np.maximum(1.0, np.abs(values))
        off = max(off, float((away / size).max(initial=0.0)))
        rows = c.jacobian(x)
        for k in range(len(values)):
            if values[k] - low[k] <= _NEAR * size[k]:
                columns.append(rows[k])
            if high[k] - values[k] <= _NEAR * size[k]:
                columns.append(-rows[k])
    if box is not None:
        unit, near = np.eye(len(x)), _NEAR * np.maximum(1.0, np.abs(x))
        columns += [unit[k] for k in np.flatnonzero(x - box[0] <= near)]
        columns += [-unit[k] for k in np.flatnonzero(box[1] - x <= near)]
    rest = slope
    if columns:
        matrix = np.array(columns, dtype=float).T
        length = np.maximum(np.linalg.norm(matrix, axis=0), np.finfo(float).tiny)
        rest = slope - matrix / length @ nnls(matrix / length, slope)[0]
    size = float(np.abs(rest).max(initial=0.0))
    if off > _NEAR:
        return Verdict(False, f"{ended}; a constraint is violated by {off:.2g}", size)
    if size <= max(tolerance, _NEAR * float(np.abs(slope).max(initial=0.0))):
        held = f"{len(columns)} active" if columns else "none active"
        return Verdict(True, f"{_vanished(size)} along the constraints ({held})", size)
    return Verdict(False, f"{ended}; |∇f| along the constraints = {size:.2g}", size)


def _vanished(size):
    return f"the gradient is {size:.2g}" if size else "the gradient is zero"


def notes_on(watch, unused, sampled):
    """What else the user should know, as sentences."""
    found = []
    if unused:
        names = ", ".join(unused[:_TOLD]) + (" …" if len(unused) > _TOLD else "")
        found.append(f"f does not depend on {names}: left as it was")
    if watch.outside:
        found.append(
            f"at {watch.outside} of the points tried f has no value ({watch.why}); they were avoided"
        )
    if sampled:
        found.append(sampled)
    return found
