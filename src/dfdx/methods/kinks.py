"""The gradient where it does not exist: the shortest of the generalised gradients.

At a kink the gradients that the function has at points nearby have limits; their convex
hull is Clarke's generalised gradient (Clarke, Optimization and Nonsmooth Analysis,
1983), and its shortest element is the one that descent needs: it is 0 exactly where no
direction descends. Which limits there are, gradients at points all around tell (as in
Burke, Lewis & Overton, SIAM J. Optim. 15 (2005)); what they are exactly, the partials on
either side of the kinks of |x| or max(x, y), where those are all.
"""

from itertools import product
from math import isfinite

from ..capture.sweep import pull
from ..capture.traced import plain
from ..errors import NotTraceable
from ..primitive import shape_of
from . import exact

_MOST = 6  # kinks met at once of which every selection of sides is tried
_AROUND = 2.0**-26
_LIKE = 1e-6
_PER_PART, _FEWEST, _POINTS = 8, 16, 160
_MIXTURES = 48
_NUMBERS = 2_000_000  # that all the gradients together may hold


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


class Around:
    """The function at points all around: its gradients there (one per row, flat), and whether it jumps."""

    __slots__ = ("gradients", "jumps", "points")

    def __init__(self, t):
        import numpy as np

        leaves, here = [plain(x) for x in t.call.leaves], float(plain(t.values[0]))
        shapes = [shape_of(x) for x in leaves]
        at = np.concatenate([np.ravel(x) for x in leaves])
        scale = max(1.0, float(np.abs(at).max(initial=0.0)))
        wanted = min(_PER_PART * at.size + _FEWEST, _POINTS)
        wanted = max(min(wanted, _NUMBERS // max(at.size, 1)), _FEWEST)
        random = np.random.default_rng(at.size)
        found, self.jumps = [], False
        for _ in range(wanted // 2):
            d = random.standard_normal(at.size)
            d *= _AROUND * scale / np.linalg.norm(d)
            for p in (at + d, at - d):
                beside = _at(t.call, _split(p, shapes))
                if beside is not None:
                    value, g = beside
                    found.append(g)
                    reach = np.abs(g) @ np.abs(d)
                    if abs(value - here) > 100 * reach + 1e-5 * _AROUND**0.5 * abs(here):
                        self.jumps = True
        self.gradients = np.array(found)
        self.points = wanted

    def varying(self, leaves):
        """For each leaf the places whose partials are not everywhere those of the leaf."""
        import numpy as np

        flat = np.concatenate([np.ravel(plain(x)) for x in leaves])
        scale = max(np.abs(self.gradients).max(initial=0.0), 1e-300)
        gaps = np.abs(self.gradients - flat) if len(self.gradients) else flat[None] * np.nan
        moves = ~(gaps.max(axis=0) <= _LIKE * scale)  # also where the leaf is nan
        found, at = [], 0
        for x in leaves:
            count = np.size(plain(x))
            found.append(np.flatnonzero(moves[at : at + count]).tolist())
            at += count
        return found

    def agree(self, with_=None):
        """True when all gradients are alike, and like the given leaves."""
        import numpy as np

        g = self.gradients
        if not len(g):
            return False
        first = g[0] if with_ is None else np.concatenate([np.ravel(plain(x)) for x in with_])
        return bool((np.abs(g - first).max(axis=0) <= _LIKE * max(np.abs(g).max(), 1e-300)).all())


def _at(call, leaves):
    """The value and the flat gradient at another point; None where there is none."""
    import numpy as np

    try:
        with np.errstate(all="ignore"):
            t = type(call)(call, leaves, {}, range(len(leaves))).trace()
            found = exact.backward(t, [1.0])
    except NotTraceable:
        raise
    except Exception:  # outside the domain
        return None
    value = float(plain(t.values[0]))
    g = _flat([plain(g) for g in found], [shape_of(x) for x in leaves])
    return (value, g) if isfinite(value) and np.isfinite(g).all() else None


def least_norm(t, y, nodes, around):
    """The shortest convex combination of the gradients on all sides, one value per leaf.

    With `nodes`, the gradients of all selections of their sides, as far as the
    function has such a gradient nearby; else the gradients nearby themselves.
    """
    import numpy as np

    shapes = [shape_of(x) for x in t.inputs]
    near = around.gradients
    g = near
    if nodes:
        selections = []
        for sides in product(*(_sides(node) for node in nodes)):
            chosen = {id(n): s for n, s in zip(nodes, sides, strict=True)}
            selections.append(_flat(pull(t.tape, [y], [1.0], t.inputs, chosen=chosen), shapes))
        g = np.array(selections)
        if len(near):
            gaps = np.array([np.abs(near - row).max(axis=1).min() for row in g])
            real = gaps <= 1e3 * _AROUND * max(np.abs(near).max(), 1.0)
            g = g[real] if real.any() else near
    return _split(_shortest(g), shapes)


def apart(t, y):
    """The shortest gradient where every kink moves one part of it only; None elsewhere.

    So it is for a sum of max(x, 0) over many elements: each part of the gradient lies between
    its two sides, whatever the others do. Mixtures of sides at random tell: a part takes no
    other values, and no two parts change sides together.
    """
    import numpy as np

    nodes = {}
    for edge in t.tape.edges:
        node = edge.node
        if node is None or node.tape is not t.tape or not _sides(node):
            return None
        nodes[id(node)] = node
    random = np.random.default_rng(len(nodes))
    flat = [_taken(t, y, nodes.values(), take) for take in _mixtures(random)]
    first, second, *mixed = flat
    low, high = np.minimum(first, second), np.maximum(first, second)
    near = _LIKE * max(np.abs(high).max(initial=0.0), np.abs(low).max(initial=0.0))
    mixed = np.array(mixed)
    if not (np.minimum(np.abs(mixed - low), np.abs(mixed - high)) <= near).all():
        return None
    moving = high - low > near
    patterns = (np.abs(mixed - high) <= near)[:, moving].T
    patterns ^= patterns[:, :1]  # together or against each other
    if len(np.unique(patterns, axis=0)) < moving.sum():
        return None
    return _split(np.clip(0.0, low, high), [shape_of(x) for x in t.inputs])


def _mixtures(random):
    """Functions from a shape to which side is taken: the first, the second, and mixtures."""
    yield lambda shape: False
    yield lambda shape: True
    for _ in range(_MIXTURES):
        yield lambda shape: random.random(shape) < 0.5


def _taken(t, y, nodes, take):
    """The flat gradient with the sides that `take` says at the kinks."""
    import numpy as np

    chosen = {}
    for node in nodes:
        values = [plain(a) for a in node.args]
        there = np.equal(node.op.breaks(*values), 0)
        second = take(np.shape(there))
        chosen[id(node)] = [
            np.where(there, np.where(second, right, left), node.op.partial(k, node.value, values))[
                ()
            ]
            for k, (left, right) in enumerate(zip(*_sides(node), strict=True))
        ]
    found = pull(t.tape, [y], [1.0], t.inputs, chosen=chosen)
    return _flat([plain(g) for g in found], [shape_of(x) for x in t.inputs])


def _shortest(g):
    """The point nearest to 0 in the convex hull of the rows (Lawson & Hanson 1974, ch. 23)."""
    import numpy as np
    from scipy.optimize import nnls

    g = np.unique(g, axis=0)
    if len(g) == 1:
        return g[0]
    if len(g) == 2:  # a segment: without the rounding of the general case
        a, b = g
        ahead = b - a
        return a + min(max(-(a @ ahead) / (ahead @ ahead), 0.0), 1.0) * ahead
    scale = np.abs(g).max() or 1.0
    system = np.vstack([g.T / scale, np.ones(len(g))])
    share, _ = nnls(system, np.append(np.zeros(g.shape[1]), 1.0))
    best = share @ g / share.sum()
    best[np.abs(best) <= 1e-14 * scale] = 0.0
    return best


def _flat(row, shapes):
    import numpy as np

    parts = zip(row, shapes, strict=True)
    return np.concatenate([np.zeros(s).ravel() if g is None else np.ravel(g) for g, s in parts])


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
