"""The gradient where it does not exist: the shortest of the generalised gradients.

At a kink of |x| or max(x, y) every selection of a side gives a gradient; their
convex hull is Clarke's generalised gradient (Clarke, Optimization and Nonsmooth
Analysis, 1983), and its shortest element is the one that descent needs: it is 0
exactly where no direction descends.
"""

from itertools import product

from ..capture.sweep import pull
from ..primitive import shape_of

_MOST = 6  # kinks met at once; beyond, the cards' own choice is kept


def kinked(t):
    """The values of the trace that stand on a kink whose two sides are known; None if an edge is another."""
    nodes = []
    for edge in t.tape.edges:
        node = edge.node
        if node is None or node.tape is not t.tape or shape_of(node) or not _sides(node):
            return None
        if node not in nodes:
            nodes.append(node)
    return nodes if len(nodes) <= _MOST else None


def _sides(node):
    return getattr(node.op, "kinks", None)


def least_norm(t, y, nodes):
    """The shortest convex combination of the gradients of all selections, one value per leaf."""
    import numpy as np
    from scipy.optimize import nnls

    selections = []
    for sides in product(*(_sides(node) for node in nodes)):
        chosen = {id(n): s for n, s in zip(nodes, sides, strict=True)}
        selections.append(pull(t.tape, [y], [1.0], t.inputs, chosen=chosen))
    shapes = [shape_of(x) for x in t.inputs]
    flat = [
        np.concatenate(
            [
                np.zeros(s).ravel() if g is None else np.ravel(g)
                for g, s in zip(row, shapes, strict=True)
            ]
        )
        for row in selections
    ]
    g = np.unique(np.array(flat), axis=0)
    if len(g) == 1:
        best = g[0]
    else:  # the point of a polytope nearest to 0 (Lawson & Hanson 1974, ch. 23)
        scale = np.abs(g).max() or 1.0
        system = np.vstack([g.T / scale, np.ones(len(g))])
        share, _ = nnls(system, np.append(np.zeros(g.shape[1]), 1.0))
        best = share @ g / share.sum()
        best[np.abs(best) <= 1e-14 * scale] = 0.0
    return _split(best, shapes)


def _split(flat, shapes):
    out, at = [], 0
    for s in shapes:
        size = 1
        for n in s:
            size *= n
        part = flat[at : at + size]
        out.append(float(part[0]) if not s else part.reshape(s))
        at += size
    return out
