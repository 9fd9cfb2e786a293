"""The derivative at many points: one trace serves all points that take the same branches.

A function of one number is traced at a point; its graph, its derivative and the
comparisons that its control flow rested on are then evaluated on all points at
once. Points where every comparison comes out the same, nothing stands on a break
and all is finite are done; another of the rest is traced, and so on.
"""

from ..capture.replay import graph_of
from ..capture.trace import trace
from ..graph import is_plain
from ..pointwise import Pointwise
from ..walk import evaluate, push

_VARIANTS = 8
_WORTH = 4  # fewer points are done one by one


def map_slope(f, xs, fixed):
    """`(slopes, done)` for a flat float array of points: where `done` is false, nothing was found."""
    import numpy as np

    slopes = np.full(xs.shape, np.nan)
    done = np.zeros(xs.shape, dtype=bool)
    tried = np.zeros(xs.shape, dtype=bool)
    for _ in range(_VARIANTS):
        rest = np.flatnonzero(~done & ~tried)
        if rest.size < _WORTH:
            break
        first = rest[0]
        tried[first] = True
        try:
            found = _variant(f, float(xs[first]), xs[rest], fixed)
        except Warning:
            raise
        except Exception:
            continue  # the point by itself will say what is wrong
        if found is None:
            break
        values, ok = found
        slopes[rest[ok]] = values[ok]
        done[rest[ok]] = True
    return slopes, done


def _variant(f, x, xs, fixed):
    """The slopes at xs by the trace at x, and where that trace speaks for the point."""
    import numpy as np

    t = trace(f, (x,), fixed, (0,))
    if t.tape.notes or t.tape.suspect or len(t.outputs) != 1 or t.active()[0] is None:
        return None
    guards = t.tape.guards
    sides = [s for _, a, b, _ in guards for s in (a, b)]
    graph = graph_of(t.tape, t.inputs, [*t.outputs, *sides])
    if not is_plain(graph):
        return None
    with np.errstate(all="ignore"):
        values = evaluate(graph, [xs])
        (slope, *_) = push(graph, values, [1.0])
        ok = np.isfinite(slope) & np.isfinite(values[graph.outputs[0]])
        for k, (card, _, _, outcome) in enumerate(guards):
            a, b = (values[n] for n in graph.outputs[1 + 2 * k : 3 + 2 * k])
            ok &= (card.on_arrays(a, b) == outcome) & np.not_equal(a, b)
        for node in graph.nodes:
            if type(node.op) is Pointwise and node.op.breaks is not None:
                ok &= np.not_equal(node.op.breaks(*(values[a] for a in node.args)), 0)
    last = np.flatnonzero(ok)[-1:]
    if last.size and not _confirmed(f, float(xs[last[0]]), fixed, values[graph.outputs[0]], last):
        return None
    return np.broadcast_to(slope, xs.shape), np.broadcast_to(ok, xs.shape)


def _confirmed(f, x, fixed, values, last):
    """True when the plain function gives, at the last point, what the trace says."""
    import numpy as np

    y = np.broadcast_to(values, (last[0] + 1,))[last[0]] if not np.ndim(values) else values[last[0]]
    return bool(np.isclose(f(x, **fixed), y, rtol=1e-9, atol=1e-300))
