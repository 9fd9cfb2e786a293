"""The weights of difference formulas, exact.

Source: Fornberg, "Generation of finite difference formulas on arbitrarily spaced grids",
Math. Comp. 51 (1988).
"""

from functools import lru_cache
from math import factorial


@lru_cache(maxsize=64)
def weights(offsets, order):
    """The weights w with sum of w_i f(x + o_i h) = h^order f⁽ᵒʳᵈᵉʳ⁾(x) + …, as exact fractions.

    >>> weights((-1, 0, 1), 1)
    (Fraction(-1, 2), Fraction(0, 1), Fraction(1, 2))
    """
    from fractions import Fraction  # late: it imports `re` and `decimal`

    n = len(offsets)
    rows = [[Fraction(o) ** k for o in offsets] for k in range(n)]
    right = [Fraction(factorial(k) if k == order else 0) for k in range(n)]
    for k in range(n):  # Gauss-Jordan elimination in fractions
        pivot = next(i for i in range(k, n) if rows[i][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        right[k], right[pivot] = right[pivot], right[k]
        scale = rows[k][k]
        rows[k] = [a / scale for a in rows[k]]
        right[k] /= scale
        for i in range(n):
            if i != k and rows[i][k]:
                factor = rows[i][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
                right[i] -= factor * right[k]
    return tuple(right)
