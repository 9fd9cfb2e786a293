"""A derivative from samples: of a function that can only be called.

Four samples beside x measure the length over which the function changes (`scale`); sixteen more
on a window of that length make a polynomial whose coefficients tell how accurate it is
(`chebyshev`). A function that is smooth there needs no more. Where the coefficients
do not fall to the level of rounding, windows shrink, until one is clean, or what is
left is the same at every size (noise), or the function is looked at from one side at a time
(`existence`).
"""

from math import inf, nan, ulp

from ..errors import NotConverged
from .chebyshev import Window, short
from .samples import Samples, Spent, pool, quiet
from .scale import measure

_CLEAN = 24  # times the rounding of the function's values
_LIMIT = 130


class Sampled:
    """A derivative from samples and what is known about it.

    value, error   the derivative and a bound on its error
    method         how it was found, in words
    evaluations    how often the function was called
    noise          the noise of one value of the function
    reach          how far from x the function was sampled
    left, right    the one-sided derivatives, where they were looked at
    scale          the length over which the function changes: `scale=` of the next point beside this
    notes          what the user should know, as sentences
    """

    __slots__ = (
        "error", "evaluations", "left", "method", "noise", "notes", "reach", "right", "scale", "value",
    )  # fmt: skip

    def __init__(
        self, value, error, method, evaluations, noise=nan, reach=nan, scale=nan, notes=()
    ):
        self.value, self.error, self.method = value, error, method
        self.evaluations, self.noise, self.reach, self.scale = evaluations, noise, reach, scale
        self.left = self.right = None
        self.notes = notes


def differentiate(f, x, order=1):
    """`(derivative, error, evaluations)` of a function of one number from samples alone."""
    found = sampled(f, x, order)
    return found.value, found.error, found.evaluations


def sampled(
    f, x, order=1, *, bounds=None, side=None, rtol=None, budget=None, noise=None, step=None,
    workers=None, complex_step=True, scale=None,
):  # fmt: skip
    """The derivative of f at x from samples alone, as `Sampled`.

    Raises NotDifferentiable where it does not exist, NotConverged where nothing can be said.
    """
    with pool(workers) as submit, quiet():
        samples = Samples(f, budget, bounds, submit)
        here = samples.here(x)
        return _two_sided(samples, x, here, order, noise or 0.0, rtol or 0.0, scale)


def _two_sided(samples, x, here, order, noise, rtol, length):
    if length is None:
        length = measure(samples, x, here, noise).length
    n = 16 if order == 1 else 32
    r = max((0.2 if order == 1 else 0.45) * length, 8 * ulp(x))
    best, size = None, 0.0
    try:
        for _ in range(5):
            w = Window(samples, x, short(r), n, noise)
            if w.c is None:
                r = w.r / 8
                continue
            found = _answer(w, x, here, order, samples, length)
            if best is None or found.error < best.error:
                best, size = found, w.size / w.r**order
            if w.level <= _CLEAN * w.floor or found.error <= rtol * abs(found.value):
                break
            r = w.r * min(0.5, w.fall ** (4 / n) / 12) if w.fall > 3 else w.r / 40
    except Spent:
        pass
    if best is None or not best.error <= max(1e-2 * abs(best.value), 1e-3 * size, 1e-300):
        raise NotConverged(
            f"differences at {x:g} do not settle: the function is noisy, jumps or has a kink there"
        )
    best.evaluations = samples.count
    return best


def _answer(w, x, here, order, samples, length):
    value = w.derivative(x, order)
    error = w.error(x, order)
    gap = abs(here - w.derivative(x, 0))
    if gap > 8 * w.noise:
        error = inf
    return Sampled(value, error, "differences", samples.count, w.noise, w.r, length)
