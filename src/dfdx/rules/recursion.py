"""Recursive filters: a₀ y[n] + a₁ y[n−1] + … = b₀ x[n] + b₁ x[n−1] + …, starting from rest.

The tangent obeys the same recursion: a ∗ dy = b ∗ dx + db ∗ x − da ∗ y. The transpose runs backwards.
"""

import numpy as np

from ..convolution import Convolve
from ..implicit import implicit
from ..primitive import shape_of
from ..structure import take


def _filtered(b, a, x):
    from scipy.signal import lfilter

    if b.ndim == 1:
        return lfilter(b, a, x)
    return np.stack([_filtered(p, q, r) for p, q, r in zip(b, a, x, strict=True)])


def _beginning(y, n):
    return take(y, (Ellipsis, slice(0, n)))


def _reversed(x):
    return take(x, (Ellipsis, slice(None, None, -1)))


def _one(a):
    """The sequence 1 in the stack of a."""
    return np.ones((*shape_of(a)[:-1], 1))


def _tangent(y, xs, dxs):
    _, a, x = xs
    n = shape_of(x)[-1]
    moved = _beginning(Convolve()(dxs[0], x), n) - _beginning(Convolve()(dxs[1], y), n)
    return recursion(_one(a), a, moved)


recursion = implicit(  # operands b, a, x, each a sequence
    "recursion",
    _filtered,
    lambda b, a, x: x,
    _tangent,
    arity=3,
    linear=(2, lambda g, xs: _reversed(recursion(xs[0], xs[1], _reversed(g)))),
    example=lambda rng: (
        rng.normal(size=2),
        np.array([1.0, -0.5, 0.3]) + 0.1 * rng.normal(size=3),
        rng.normal(size=5),
    ),
)
