"""Learning rates: a rate, a schedule for it, and how one is found.

A schedule is a function of the number of the step (the first is 0) whose value multiplies the rate; any
function will do. The usual ones are here, each made by one function.
"""

from math import cos, isfinite, pi, sqrt

import numpy as np

from .march import ByRate, State

_STEPS = 10  # that a rate is tried for
_LENGTHS = (0.3, 0.1, 0.03, 0.01, 0.003, 0.001)  # of the size of the parameters


def constant():
    """Always 1."""
    return lambda k: 1.0


def exponential(half):
    """Half as much after every `half` steps, smoothly.

    >>> exponential(100)(200)
    0.25
    """
    return lambda k: 0.5 ** (k / half)


def staircase(every, by=0.5):
    """Multiplied with `by` after every so many steps.

    >>> staircase(100, by=0.1)(150)
    0.1
    """
    return lambda k: by ** (k // every)


def inverse(after=1):
    """1 / (1 + k/after): the sum of all rates is infinite, that of their squares is not (Robbins &
    Monro 1951).

    >>> inverse(10)(10)
    0.5
    """
    return lambda k: 1 / (1 + k / after)


def cosine(steps, warm=0, least=0.0):
    """Down along half a cosine in `steps` steps (Loshchilov & Hutter 2017), after `warm` steps of rising.

    >>> cosine(100)(50)
    0.5
    """

    def factor(k):
        if k < warm:
            return (k + 1) / warm
        share = min((k - warm) / max(steps - warm, 1), 1.0)
        return least + (1 - least) * (1 + cos(pi * share)) / 2

    return factor


def warm_up(steps, then=None):
    """Rising in equal parts for so many steps; then 1, or what the schedule `then` says.

    >>> warm_up(4)(0), warm_up(4)(9)
    (0.25, 1.0)
    """
    after = then or constant()
    return lambda k: (k + 1) / steps if k < steps else after(k - steps)


def one_cycle(steps, rise=0.3, least=0.04):
    """Up from `least` for the part `rise` of the steps, then down to nearly nothing (Smith & Topin 2017).

    >>> one_cycle(100)(30)
    1.0
    """
    top = rise * steps

    def factor(k):
        if k < top:
            return least + (1 - least) * (1 - cos(pi * k / top)) / 2
        share = min((k - top) / max(steps - top, 1), 1.0)
        return 1e-4 + (1 - 1e-4) * (1 + cos(pi * share)) / 2

    return factor


_BY_NAME = {
    "constant": lambda steps: constant(),
    "exponential": lambda steps: exponential(max(steps / 7, 1)),
    "step": lambda steps: staircase(max(steps // 4, 1), 0.3),
    "1/t": lambda steps: inverse(max(steps / 10, 1)),
    "cosine": cosine,
    "warm-up": lambda steps: warm_up(max(steps // 20, 1)),
    "one-cycle": one_cycle,
}


def rate_by_step(rate, schedule, steps):
    """The rate as a function of the number of the step; ValueError for what is no rate or schedule."""
    factor = schedule
    if isinstance(schedule, str):
        if schedule not in _BY_NAME:
            raise ValueError(
                f"schedule is a function of the step or one of {', '.join(_BY_NAME)}; not {schedule!r}"
            )
        factor = _BY_NAME[schedule](steps)
    elif schedule is not None and not callable(schedule):
        raise TypeError(f"schedule is a function of the number of the step, not {schedule!r}")
    if callable(rate):
        return rate if factor is None else lambda k: rate(k) * factor(k)
    rate = need_rate(rate)
    return (lambda k: rate) if factor is None else (lambda k: rate * factor(k))


def need_rate(rate):
    """The rate as a positive float; ValueError where it is none."""
    if isinstance(rate, bool) or not isinstance(rate, (int, float, np.number)):
        raise TypeError(f"rate is a number, or a function of the number of the step, not {rate!r}")
    if not (isfinite(rate) and rate > 0):
        raise ValueError(f"rate is a positive number (steps go down by themselves), not {rate!r}")
    return float(rate)


def curvature_at(look, here, turns=6):
    """The largest curvature of f around a state, about, by turning towards it again and again.

    The power method on differences of the gradient: turn the direction by the Hessian, repeat.
    """
    d, found = here.g, 0.0
    reach = 1e-4 * max(1.0, sqrt(here.x @ here.x))
    for _ in range(turns):
        size = sqrt(d @ d)
        if not (size > 0 and isfinite(size)):
            break
        h = reach / size
        try:
            _, g = look(here.x + h * d)
        except (ArithmeticError, ValueError):
            break
        d = (g - here.g) / reach
        if not np.isfinite(d).all():
            break
        found = max(found, sqrt(d @ d))
    return found


def rate_for(look, method, here):
    """A rate for a method from where it stands: several are tried for a few steps, the lowest value wins."""
    if method.scale == "curvature":
        bend = curvature_at(look, here)
        base = 1 / bend if bend > 0 else 1e-2 * max(sqrt(here.x @ here.x), 1.0) / here.slope
        rates = [4 * base, 2 * base, base, 0.3 * base, 0.1 * base]
    else:
        size = max(sqrt(here.x @ here.x / max(len(here.x), 1)), 1.0)
        rates = [size * share for share in _LENGTHS]
    values = [reached(look, method, here, rate) for rate in rates]
    return rates[int(np.argmin(values))] if min(values) < here.value else rates[-1] / 10


def reached(look, method, here, rate):
    """The value after a few steps of that rate, infinite where it is none."""
    pace = ByRate(method, lambda k: rate)
    at = State(here.x, here.value, here.g, here.pack, method.start(len(here.x)))
    for _ in range(_STEPS):
        try:
            at = pace(look, at)
        except (ArithmeticError, ValueError):
            return np.inf
        if not at.finite:
            return np.inf
    return at.value
