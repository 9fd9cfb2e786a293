"""Exact derivatives at a point: trace once, sweep, and look at what the trace met.

The plain path costs one trace and one sweep. Only where the trace stood on a
break, or where the result is not finite, is more done.
"""

from contextlib import nullcontext
from math import factorial, isfinite, nan

from ..capture.replay import graph_of
from ..capture.sweep import pull, push
from ..capture.trace import trace
from ..capture.traced import plain
from ..graph import is_plain
from ..primitive import shape_of
from ..rules.choice import choose
from ..trees import numpy

_HUGE = 1e100


def slope(f, x, named):
    """`(trace, [derivative of each output])` for one scalar that varies; None for an exact zero."""
    t = trace(f, (x,), named, (0,))
    ys = t.active()
    if len(ys) == 1 and ys[0] is not None and shape_of(ys[0]) == ():
        with quiet(t.tape.ieee):
            return t, pull(t.tape, ys, [1.0], t.inputs)
    return t, forward(t, [1.0])


def forward(t, tangents):
    """The tangents of all outputs of a trace."""
    ys = t.active()
    live = [y for y in ys if y is not None]
    with quiet(t.tape.ieee):
        moved = iter(push(t.tape, live, t.inputs, tangents))
    return [None if y is None else next(moved) for y in ys]


def backward(t, cotangents):
    """The cotangents of all inputs of a trace; a strong zero where the plain sweep is not finite."""
    outputs, seeds = [], []
    for y, g in zip(t.active(), cotangents, strict=True):
        if y is not None and g is not None:
            outputs.append(y)
            seeds.append(g)
    if not outputs:
        return [None] * len(t.inputs)
    with quiet(t.tape.ieee):
        found = pull(t.tape, outputs, seeds, t.inputs)
        for g in found:
            if not finite(g):
                return pull(t.tape, outputs, seeds, t.inputs, strong=True)
    return found


def quiet(wanted=True):
    """NumPy, where it is there, does not warn of what is told otherwise: slopes that are infinite or nan."""
    np = numpy() if wanted else None
    return _AS_IT_IS if np is None else np.errstate(all="ignore")


_AS_IT_IS = nullcontext()


def defined(values, derivatives):
    """The derivatives, nan where the value itself is nan: a function has no slope where it has no value."""
    found = []
    for y, d in zip(values, derivatives, strict=True):
        y = plain(y)
        if d is None:
            found.append(None)
        elif not shape_of(y):
            found.append(nan if y != y else d)
        else:
            import numpy as np

            holes = np.isnan(y)
            found.append(choose(holes, nan, d) if holes.any() else d)
    return found


def undecided(value, d):
    """True for a derivative that the one-sided limits must decide: nan, or infinite at a modest value.

    At a huge value an infinite derivative is an overflow: the nearest float is inf.
    """
    d = plain(d)
    if d is None or finite(d):
        return False
    if not shape_of(d):
        return d != d or abs(plain(value)) < _HUGE
    import numpy as np

    return bool(np.isnan(d).any())


def finite(g):
    """True unless a plain number or array holds an inf or nan."""
    g = plain(g)
    if g is None:
        return True
    if type(g) is float:
        return isfinite(g)
    if not shape_of(g):
        return isfinite(float(g))
    import numpy as np

    return bool(np.count_nonzero(np.isfinite(g)) == g.size)


def nth(f, x, named, order):
    """`(trace, [n-th derivative of each output], notes)` by the Taylor series of the traced graph.

    On plain numbers in as many digits as it takes; on arrays and on values of an
    outer trace in double precision.
    """
    from ..readings.precise import precise_derivatives  # late: they import decimal
    from ..readings.series import series

    t = trace(f, (x,), named, (0,))
    graph = graph_of(t.tape, t.inputs, t.outputs)
    if not t.nested and is_plain(graph):
        found, _, notes = precise_derivatives(graph, [x], order)
        return t, [row[order] for row in found], notes
    found = series(graph, [x], order)
    return t, [row[order] * factorial(order) for row in found], ()


def zeros(shape):
    """A zero of the given shape."""
    if not shape:
        return 0.0
    import numpy as np

    return np.zeros(shape)
