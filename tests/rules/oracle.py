"""The truth, from mpmath: values and slopes of a card's `mp` function to at least 20 digits.

Slopes are central differences in 70 digits with steps of 10^-20 of the argument, so
their error is below 10^-28 of the function's scale.
"""

import mpmath

DIGITS = 70
STEP = mpmath.mpf(10) ** -20


def function(card):
    """mpmath's function of the card."""
    if isinstance(card.mp, str):
        return getattr(mpmath.mp, card.mp)
    return lambda *args: card.mp(mpmath.mp, *args)


def exact(card, point, orders=()):
    """The value, or the derivative in the operands listed in `orders` (none, one or two of them)."""
    with mpmath.workdps(DIGITS):
        f = function(card)
        args = [a if type(a) is int else mpmath.mpf(a) for a in point]
        steps = [STEP * (abs(args[k]) or 1) for k in orders]

        def at(*signs):
            moved = list(args)
            for k, step, sign in zip(orders, steps, signs, strict=True):
                moved[k] += sign * step
            return f(*moved)

        if not orders:
            return +mpmath.mpf(f(*args))
        if len(orders) == 1:
            return (at(1) - at(-1)) / (2 * steps[0])
        if orders[0] == orders[1]:
            return (at(1, 0) - 2 * at(0, 0) + at(-1, 0)) / steps[0] ** 2
        return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * steps[0] * steps[1])


def ulps(found, truth, scale=0.0):
    """How far `found` is off, in units of the last place of the truth or, if larger, of `scale`."""
    if found != found:
        return float("inf")
    with mpmath.workdps(DIGITS):
        error = abs(mpmath.mpf(float(found)) - truth)
        unit = mpmath.mpf(2) ** -52 * max(abs(truth), scale, mpmath.mpf(10) ** -290)
        return float(error / unit)
