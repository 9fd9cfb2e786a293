"""The root of a sum of squares: lengths, standard deviations.

A length has no slope at 0, but what stands under the root is a sum of squares, whose
own slope is 0 there. Counting the root's slope as 0 makes the product the least-norm
choice, 0, in place of infinity times 0; the break is noted all the same.
"""

from math import inf, sqrt

from ..pointwise import pointwise
from .choice import choose, equal


def _slope(y, x):
    """1 / 2y, and 0 where y is 0."""
    zero = equal(y, 0)
    return choose(zero, 0.0, 0.5 / choose(zero, 1.0, y))


def _sqrt(x):
    import numpy as np

    return np.sqrt(x)


root_of_squares = pointwise(
    "root_of_squares",
    _slope,
    scalar=sqrt,
    numpy=_sqrt,
    mp="sqrt",
    breaks=lambda x: x,
    bounds=(0, inf),
    domain=((0, inf),),
    trend="up",
    latex=r"\sqrt",
    ulps=0.5,
)
