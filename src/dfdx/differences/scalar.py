"""A derivative from samples, where no exact one can be had.

Central differences of high order at steps that shrink by two: truncation falls,
round-off grows, and the best step is where two neighbours agree most. Their
disagreement, with a share for round-off, is the error that is stated.
"""

from math import inf, isfinite, ulp

from ..errors import NotConverged
from ..trees import real
from .stencils import weights

_REACH = 4  # samples on either side: order 8 for a first derivative
_NOTHING = 1e-300  # the error of a function that is 0 everywhere
_CLOSE = (22, 24, 26)  # steps that look closely, and lose half the digits
_STEPS = tuple(2.0**-k for k in range(2, 22))


def differentiate(f, x, order=1):
    """`(derivative, error, evaluations)` of a function of one number from samples alone.

    Raises NotConverged where no step gives at least two digits.
    """
    reach = _REACH + (order - 1) // 2
    offsets = tuple(range(-reach, reach + 1))
    w = [float(v) for v in weights(offsets, order)]
    known = {}

    def sample(p):
        if p not in known:
            try:
                known[p] = real(f(p), "the value of the function")
            except Warning:
                raise
            except Exception:  # outside the domain, however the function says so
                known[p] = float("nan")
        return known[p]

    here = real(f(x), "the value of the function")
    known[x] = here
    scale = max(1.0, abs(x))
    best, error, previous = None, inf, None
    for step in _STEPS:
        h = (x + step * scale) - x  # a step that the numbers can make
        values = [sample(x + o * h) for o in offsets]
        estimate = sum(a * b for a, b in zip(w, values, strict=True)) / h**order
        if isfinite(estimate):
            size = max(abs(v) for v in values)
            noise = 4 * ulp(size) * sum(map(abs, w)) / h**order
            noise += 4 * ulp(abs(x) + reach * h) / h * abs(estimate)
            if previous is not None:
                spread = abs(estimate - previous) + noise
                if spread < error:
                    best, error = estimate, spread
                if noise > 100 * error:
                    break
            previous = estimate
    largest = max((abs(v) for v in known.values() if isfinite(v)), default=0.0)
    size = max(abs(best or 0.0), largest / scale**order)
    settled = best is not None and error <= max(1e-2 * size, _NOTHING)
    if (
        not settled
        or _bent(sample, x, scale)
        or (order == 1 and _denied(sample, x, scale, best, error))
    ):
        raise NotConverged(
            f"differences at {x:g} do not settle: the function is noisy, jumps or has a kink there"
        )
    return best, 4 * error, len(known)


def _denied(sample, x, scale, slope, error):
    """True where small steps agree on another slope: of what oscillates, wide ones see the mean."""
    quotients, noise = [], 0.0
    for k in _CLOSE:
        h = (x + 2.0**-k * scale) - x
        ahead, behind = sample(x + h), sample(x - h)
        quotients.append((ahead - behind) / (2 * h))
        noise = max(noise, 4 * ulp(max(abs(ahead), abs(behind))) / h)
    low, middle, high = sorted(quotients)
    gap = abs(middle - slope)
    return gap > max(8 * (high - low + noise + error), 1e-4 * max(abs(middle), abs(slope)))


def _bent(sample, x, scale):
    """True where the slopes ahead and behind stay apart as the step shrinks: a kink or a jump.

    At a kink their gap stays, at a jump the step in height does; the noise of a solver
    that stops early does neither.
    """
    gaps, steps, noises = [], [], []
    for k in (14, 17, 20):
        h = (x + 2.0**-k * scale) - x
        ahead, here, behind = sample(x + h), sample(x), sample(x - h)
        steps.append(abs((ahead - here) - (here - behind)))
        gaps.append(steps[-1] / h)
        noises.append(8 * ulp(max(abs(ahead), abs(here), abs(behind))) / h)
    apart = all(g > 4 * n for g, n in zip(gaps, noises, strict=True))
    return apart and (min(gaps) > 0.5 * max(gaps) or min(steps) > 0.9 * max(steps))
