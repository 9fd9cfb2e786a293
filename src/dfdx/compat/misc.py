"""`scipy.misc.derivative` and `central_diff_weights`, which SciPy removed in 1.12: same call, same numbers.

They are difference formulas with a step that the caller chooses. `dfdx.derivative` needs none
and is exact; docs/migration.md shows one beside the other.
"""

from operator import index

import numpy as np

from ..differences.stencils import weights


def derivative(func, x0, dx=1.0, n=1, args=(), order=3):
    """The n-th derivative of func at x0 by a central difference formula with spacing dx.

    func         a function of x0 and `args`
    x0           the point: a number, or an array where func takes arrays
    dx           the spacing of the points
    n            which derivative
    args         what else func is given
    order        how many points are used, an odd number above n (a name of SciPy's)

    The sum is formed in SciPy's order, so the numbers are the same up to the rounding of the
    weights. Raises ValueError for an `order` that is even or not above n.

    >>> print(derivative(lambda x, a: a * x**2, 3.0, args=(0.5,)))
    3.0
    """
    count, n = index(order), index(n)
    if count < n + 1:
        raise ValueError(
            f"order, the number of points, must be above n: {count} points do not give derivative {n}"
        )
    if count % 2 == 0:
        raise ValueError(f"order, the number of points, must be odd, not {count}")
    half = count >> 1
    total = 0.0
    for k, w in enumerate(_central(count, n)):
        total += w * func(x0 + (k - half) * dx, *args)
    return total / np.prod((dx,) * n, axis=0)


def central_diff_weights(Np, ndiv=1):
    """The weights of Np equally spaced points, in units of their distance, for derivative ndiv.

    With them, f⁽ⁿ⁾(x) ≈ sum of w[k] f(x + (k − Np // 2) h) / hⁿ. They are exact fractions, rounded
    once. Raises ValueError for an Np that is even or not above ndiv.

    >>> central_diff_weights(5)
    array([ 0.08333333, -0.66666667,  0.        ,  0.66666667, -0.08333333])
    """
    Np, ndiv = index(Np), index(ndiv)
    if Np < ndiv + 1:
        raise ValueError(
            f"Np, the number of points, must be above ndiv: {Np} points do not give derivative {ndiv}"
        )
    if Np % 2 == 0:
        raise ValueError(f"Np, the number of points, must be odd, not {Np}")
    return _central(Np, ndiv)


def _central(count, n):
    half = count >> 1
    return np.array([float(w) for w in weights(range(-half, half + 1), n)])
