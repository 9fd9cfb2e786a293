"""The weights of difference formulas, exact.

Source: Fornberg, "Generation of finite difference formulas on arbitrarily spaced grids",
Math. Comp. 51 (1988).
"""

from functools import lru_cache
from math import factorial


def weights(offsets, order):
    """The weights w with sum of w_i f(x + o_i h) = h^order f⁽ᵒʳᵈᵉʳ⁾(x) + …, as exact fractions.

    The offsets are numbers in units of h, in any order and at any distances; a float is
    the decimal that it prints as, `Fraction(1, 3)` a third. Raises ValueError for offsets that are
    not finite or repeat, and for an order that so few of them cannot give.

    >>> weights((-1, 0, 1), 1)
    (Fraction(-1, 2), Fraction(0, 1), Fraction(1, 2))
    """
    if isinstance(order, bool) or not isinstance(order, int) or order < 0:
        raise ValueError(f"order is a whole number, 0 or more, not {order!r}")
    return _weights(tuple(offsets), order)


@lru_cache(maxsize=64)
def _weights(offsets, order):
    from fractions import Fraction  # late: it imports `re` and `decimal`

    n = len(offsets)
    nodes = _nodes(offsets, order)
    rows = [[o**k for o in nodes] for k in range(n)]
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


def _nodes(offsets, order):
    """The offsets as fractions."""
    try:
        nodes = places(offsets)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"offsets are finite numbers, in units of h, not {offsets!r}") from None
    for k, o in enumerate(nodes):
        if o in nodes[:k]:
            raise ValueError(f"the offset {o} stands twice: a formula has one weight per place")
    if order >= len(nodes):
        raise ValueError(
            f"a derivative of order {order} needs at least {order + 1} places, not {len(nodes)}"
        )
    return nodes


def places(offsets):
    """The offsets as fractions; a float counts as the decimal that it prints as: 0.1 is 1/10."""
    from fractions import Fraction

    return [Fraction(str(o)) if isinstance(o, float) else Fraction(o) for o in offsets]
