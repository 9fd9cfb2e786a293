"""Where no window settles: does the derivative exist? Both sides decide.

Each side is looked at on a ladder of samples, and where it has a finite slope,
on a window that ends at x. Equal slopes and no step: the derivative exists. Otherwise it does not,
and the reason has a name: jump, kink, cusp, vertical tangent, oscillation.
"""

from math import inf, isfinite, isnan, nan

from ..errors import NotConverged, NotDifferentiable
from .chebyshev import Window, short
from .ladder import Limit
from .smooth import Fit, is_rounding


class Side(Limit):
    """A side of the function at x, with the window that was read."""

    __slots__ = ("fit", "sign")


def look(samples, x, here, order, sign, limit, r, noise=0.0, tries=2):
    """The Side: its slope from a window that ends at x where one is smooth, else from the ladder."""
    side = Side(limit.kind, limit.slope, limit.error, limit.rise)
    side.sign, side.fit = sign, None
    if limit.kind in ("slope", "jump"):
        fit = one_sided(samples, x, here + limit.rise, order, sign, r, noise, tries)
        if fit is not None and (order > 1 or limit.kind == "jump" or fit.error < side.error):
            side.fit = fit
            if limit.kind != "jump":
                side.slope, side.error = fit.value, fit.error
        elif order > 1:
            side.kind, side.slope, side.error = "unsettled", nan, inf
    return side


def one_sided(samples, x, here, order, sign, r, noise=0.0, tries=2):
    """The Fit of a smooth window that ends at x; None where none is."""
    best = first = None
    for _ in range(tries):
        r = short(r)
        w = Window(samples, x + sign * r, r, 16, noise)
        if w.holes:
            r /= 16
            continue
        fit = Fit(w, x, here, order)
        first = first or fit
        if fit is not first and is_rounding(first, fit):
            return first if first.on else None
        if fit.on and (best is None or fit.error < best.error):
            best = fit
        if fit.settled(1e-11):
            return fit
        r = w.r * min(0.5, max(w.fall**0.25 / 12, 0.04)) if w.fall > 3 else w.r / 24
    return best if best is not None and best.settled(1e-8) else None


def decide(name, x, order, left, right):
    """`(value, error)` where both sides agree; NotDifferentiable, by name, where they do not."""
    finite = left.kind == right.kind == "slope"
    if finite and isfinite(left.slope) and isfinite(right.slope):
        apart = abs(left.slope - right.slope)
        error = left.error + right.error
        size = max(abs(left.slope), abs(right.slope))
        if apart <= error + 1e-9 * size and error <= 1e-2 * size + 1e-3:
            _need_lower_orders(name, x, order, left, right)
            better = left if left.error < right.error else right
            return better.slope, better.error + apart
        if apart > error:
            raise NotDifferentiable(message(name, x, order, left, right), left.slope, right.slope)
    if any(side.kind == "noise" and side.rise < 0.1 for side in (left, right)):
        raise NotConverged(f"{name} is too noisy at {x:g} for a slope to be seen")
    if "unsettled" in (left.kind, right.kind) or finite:
        raise NotConverged(
            f"the slopes of {name} on both sides of {x:g} are not known well enough to tell whether they "
            "are equal"
        )
    raise NotDifferentiable(message(name, x, order, left, right), _told(left), _told(right))


def _need_lower_orders(name, x, order, left, right):
    """NotDifferentiable where derivatives below an order differ: |x| + x² has f″ = 2 on both sides of 0."""
    if left.fit is None or right.fit is None:
        return
    a, b = left.fit.window, right.fit.window
    for k in range(1, order):
        low, high = a.derivative(x, k), b.derivative(x, k)
        size = max(abs(low), abs(high))
        if abs(low - high) > 3 * (a.error(x, k) + b.error(x, k)) + 1e-9 * size:
            nth = "" if k == 1 else f" {k} times"
            raise NotDifferentiable(
                f"{name} is not{nth} differentiable at {x:g}: a kink: slope {low:+.10g} from the left, "
                f"{high:+.10g} from the right",
                low,
                high,
            )


def _told(side):
    if side.kind == "jump":
        return side.sign * (inf if side.rise > 0 else -inf)
    return side.slope


def message(name, x, order, left, right):
    nth = "" if order == 1 else f" {order} times"
    text = f"{name} is not{nth} differentiable at {x:g}: {_named(left, right)}"
    text += f": slope {_say(left)} from the left, {_say(right)} from the right"
    if order == 1:
        usable = "right" if isfinite(_told(right)) else "left" if isfinite(_told(left)) else None
        if usable:
            text += f'\n    one side: derivative(f, {x:g}, side="{usable}", method="differences")'
    return text


def _named(left, right):
    kinds = {left.kind, right.kind}
    if "jump" in kinds:
        return "it jumps"
    if "oscillation" in kinds or "noise" in kinds:
        return "it oscillates without end"
    if "undefined" in kinds:
        return "it has no values on one side"
    if kinds == {"vertical"}:
        return "a vertical tangent" if left.slope == right.slope else "a cusp"
    return "a kink"


def _say(side):
    if side.kind == "undefined":
        return "undefined"
    if side.kind == "jump":
        return f"{_told(side):+} (a jump of {side.rise:.6g})"
    if side.kind in ("oscillation", "noise") or isnan(side.slope):
        return "without limit"
    return f"{side.slope:+.10g}"
