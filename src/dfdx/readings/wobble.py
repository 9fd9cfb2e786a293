"""Rounding errors by trial: the graph evaluated several times with every value off in its last place.

Where the results then differ, their digits are noise. This is stochastic
arithmetic (Vignes, "A stochastic arithmetic for reliable scientific computation",
Math. Comput. Simulation 35, 1993): an estimate, not a bound, and it works for
arrays, for which intervals would be slow and far too wide.
"""

from ..graph import Constant, Variable
from ..primitive import Parts

_TRIALS = 5
_SAFETY = 4.0
_SHORT = 2.0**-20


def wobble(graph, inputs):
    """For each output, how far rounding may put it off: a number or array of its shape."""
    import numpy as np

    with np.errstate(all="ignore"):
        runs = [_run(graph, inputs, np.random.default_rng(k), np) for k in range(_TRIALS)]
    found = []
    for outputs in zip(*runs, strict=True):
        stack = np.array([np.asarray(y, dtype=float) for y in outputs])
        spread = stack.max(axis=0) - stack.min(axis=0)
        error = _SAFETY * spread + 2.0**-52 * np.abs(stack).max(axis=0)
        found.append(error if error.shape else float(error))
    return found


def _run(graph, inputs, rng, np):
    """One evaluation in which every value is off by up to what its card allows, at least one unit."""
    values = dict(zip(graph.inputs, inputs, strict=True))
    for node in graph.nodes:
        op = node.op
        if type(op) is Constant:
            values[node] = _constant(op.value, rng, np)
        elif getattr(op, "sampled", False):
            values[node] = op.trial([values[a] for a in node.args], rng)
        elif type(op) is not Variable:
            size = 2.0**-52 * max(1.0, getattr(op, "ulps", 1.0))
            values[node] = _off(op(*[values[a] for a in node.args]), size, rng, np)
    return [values[node] for node in graph.outputs]


def _off(y, size, rng, np):
    if isinstance(y, (tuple, Parts)):
        return tuple(_off(part, size, rng, np) for part in y)
    if isinstance(y, (float, np.floating)):
        return y * (1.0 + size * rng.uniform(-1.0, 1.0))
    if isinstance(y, np.ndarray) and y.dtype.kind == "f":
        return y * (1.0 + size * rng.uniform(-1.0, 1.0, y.shape))
    return y


def _constant(value, rng, np):
    """A constant, off in its last place where it has all its binary digits: as 0.1, not as 2.5."""
    if isinstance(value, (float, np.floating)):
        return value if value % _SHORT == 0 else _off(value, 2.0**-52, rng, np)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        with np.errstate(all="ignore"):
            return np.where(value % _SHORT == 0, value, _off(value, 2.0**-52, rng, np))
    return value
