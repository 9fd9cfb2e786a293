"""Choosing: comparisons, and `choose`, the one place where a value is taken from one side or the other."""

# A table: one card, one line.
# fmt: off
from ..pointwise import pointwise

_TRUTH = {"bounds": (0, 1), "breaks": lambda x, y: x - y, "ulps": 0}

less = pointwise("less", 0, 0, scalar=lambda x, y: x < y, mp=lambda mp, x, y: x < y, **_TRUTH)
less_equal = pointwise("less_equal", 0, 0, scalar=lambda x, y: x <= y, mp=lambda mp, x, y: x <= y, **_TRUTH)
greater = pointwise("greater", 0, 0, scalar=lambda x, y: x > y, mp=lambda mp, x, y: x > y, **_TRUTH)
greater_equal = pointwise("greater_equal", 0, 0, scalar=lambda x, y: x >= y, mp=lambda mp, x, y: x >= y, **_TRUTH)
equal = pointwise("equal", 0, 0, scalar=lambda x, y: x == y, mp=lambda mp, x, y: x == y, **_TRUTH)
not_equal = pointwise("not_equal", 0, 0, scalar=lambda x, y: x != y, mp=lambda mp, x, y: x != y, **_TRUTH)

COMPARISONS = (less, less_equal, greater, greater_equal, equal, not_equal)

choose = pointwise("choose", 0, lambda z, c, x, y: choose(c, 1.0, 0.0), lambda z, c, x, y: choose(c, 0.0, 1.0), scalar=lambda c, x, y: x if c else y, mp=lambda mp, c, x, y: x if c else y, numpy="where", ulps=0)
