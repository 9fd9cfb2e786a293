"""The linear map that a trace stands for, as a matrix of blocks.

Few outputs are pulled back one by one, few inputs pushed forward; where both are
many, the graph is differentiated once more as a graph and all seeds go through
it in one batch.
"""

from math import nan

from ..capture.replay import graph_of
from ..capture.traced import plain
from ..graph import is_plain
from ..methods import exact
from ..methods.accuracy import distance, whole
from ..methods.breaks import confirmed
from ..primitive import shape_of
from ..readings.wobble import wobble
from ..rules.choice import choose, equal
from ..structure import reshape
from ..transforms.adjoint import adjoint
from ..transforms.batch import batch
from ..transforms.tangent import slope, tangent
from ..walk import run
from .form import rows

_BATCHED_FROM = 24  # seeds; fewer are cheaper one by one


def matrix(t, least=False):
    """The blocks that the function confirms.

    Raises NotDifferentiable where a partial derivative does not exist. With `least` a
    value that has a kink gets its generalised gradient of least norm.
    """
    return confirmed(t, blocks(t), least=least)


def matrix_and_errors(t, least=False):
    """`(matrix, errors, notes)`: errors have the form of the matrix, nan where no bound is known."""
    traced = blocks(t)
    errors = error_blocks(t, traced)
    table = confirmed(t, traced, least=least)
    if table is traced:
        return table, errors, ()
    for row, before, bars in zip(table, traced, errors, strict=True):
        for k, (b, a) in enumerate(zip(row, before, strict=True)):
            bars[k] = choose(equal(b, a), bars[k], nan)  # what the limits gave has no bound
    names = ", ".join(dict.fromkeys(edge.name for edge in t.tape.edges))
    return table, errors, (f"on a break of {names}: slopes from the limits on either side",)


def blocks(t):
    """For each output of the trace a list of arrays of shape (output shape + input shape), one per input."""
    outs = [shape_of(y) for y in t.values]
    ins = [shape_of(x) for x in t.inputs]
    m, n = sum(map(_size, outs)), sum(map(_size, ins))
    if m == 0 or n == 0:
        return [[exact.zeros(o + i) for i in ins] for o in outs]
    if min(m, n) >= _BATCHED_FROM and not t.nested:
        table = _batched(t, outs, ins, m <= n)
    else:
        table = _pulled(t, outs, ins) if m <= n else _pushed(t, outs, ins)
    return [_defined(y, row) for y, row in zip(t.values, table, strict=True)]


def _defined(y, row):
    """The blocks of an output, nan where its value is nan: there it has no derivative."""
    y = plain(y)
    if not shape_of(y):
        return [b * nan for b in row] if y != y else row
    import numpy as np

    holes = np.isnan(y)
    if not holes.any():
        return row
    holes = [holes.reshape(holes.shape + (1,) * (len(shape_of(b)) - holes.ndim)) for b in row]
    return [choose(h, nan, b) for h, b in zip(holes, row, strict=True)]


def _pulled(t, outs, ins):
    return [_rows_of(t, k, outs, ins) for k in range(len(outs))]


def _rows_of(t, k, outs, ins):
    """The blocks of output k: one pull per element."""
    found = []
    for seed in _seeds(outs[k]):
        cotangents = [None] * len(outs)
        cotangents[k] = seed
        shares = exact.backward(t, cotangents)
        found.append([exact.zeros(s) if g is None else g for g, s in zip(shares, ins, strict=True)])
    return [
        _reshape(_join([row[j] for row in found], outs[k]), outs[k] + ins[j])
        for j in range(len(ins))
    ]


def _pushed(t, outs, ins):
    columns = []
    for j, shape in enumerate(ins):
        moved = []
        for seed in _seeds(shape):
            tangents = [None] * len(ins)
            tangents[j] = seed
            dys = exact.forward(t, tangents)
            moved.append(
                [exact.zeros(s) if d is None else d for d, s in zip(dys, outs, strict=True)]
            )
        columns.append(moved)
    return [
        [_columns([c[k] for c in columns[j]], outs[k], ins[j]) for j in range(len(ins))]
        for k in range(len(outs))
    ]


def _columns(values, out, shape):
    """Pushed tangents (one per element of the input) as a block."""
    if not shape:
        return values[0]
    size = _size(shape)
    joined = _reshape(rows(values), (size, _size(out)))
    return _reshape(joined.T, out + shape)


def error_blocks(t, table):
    """For the blocks of a trace how far they may be off; nan where that is not known."""
    outs = [shape_of(y) for y in t.values]
    ins = [shape_of(x) for x in t.inputs]
    m, n = sum(map(_size, outs)), sum(map(_size, ins))
    unknown = [[b * nan for b in row] for row in table]
    if t.nested or m == 0 or n == 0:
        return unknown
    graph, point, places = whole(t)
    if is_plain(graph):
        columns = [
            distance(slope(graph, place), point, [row[k] for row in table])
            for k, place in enumerate(places)
        ]
        return [list(row) for row in zip(*columns, strict=True)]
    try:
        near = _batched(t, outs, ins, m <= n)
        bars = _batched(t, outs, ins, m <= n, wobble)
    except (ArithmeticError, ValueError, TypeError):
        return unknown
    rows = zip(table, near, bars, strict=True)
    return [[e + abs(b - v) for b, v, e in zip(*row, strict=True)] for row in rows]


def _batched(t, outs, ins, reverse, reading=None):
    """All seeds at once through the adjoint (or tangent) graph, read by `reading(graph, inputs)`."""
    import numpy as np

    graph = graph_of(t.tape, t.inputs, t.outputs)
    points = [x.value for x in t.inputs]
    shapes = outs if reverse else ins
    total = sum(map(_size, shapes))
    seeds, at = [], 0
    for s in shapes:
        seed = np.zeros((total, _size(s)))
        seed[at : at + _size(s)] = np.eye(_size(s))
        seeds.append(seed.reshape((total, *s)))
        at += _size(s)
    made = adjoint(graph) if reverse else tangent(graph)
    flags = [False] * len(ins) + [True] * len(seeds)
    with np.errstate(all="ignore"):
        mapped, inputs = batch(made, total, flags), [*points, *seeds]
        found = run(mapped, *inputs) if reading is None else reading(mapped, inputs)
    if not reverse:
        found = found[len(outs) :]
    table, at = [], 0
    for s in shapes:
        part = [np.asarray(v)[at : at + _size(s)] for v in found]
        at += _size(s)
        table.append(part)
    if reverse:
        return [
            [v.reshape(o + i) for v, i in zip(part, ins, strict=True)]
            for part, o in zip(table, outs, strict=True)
        ]
    return [
        [np.moveaxis(table[j][k], 0, -1).reshape(outs[k] + ins[j]) for j in range(len(ins))]
        for k in range(len(outs))
    ]


def _seeds(shape):
    if not shape:
        yield 1.0
        return
    import numpy as np

    for k in range(_size(shape)):
        seed = np.zeros(_size(shape))
        seed[k] = 1.0
        yield seed.reshape(shape)


def _join(values, out):
    return rows(values) if out else values[0]


def _reshape(x, shape):
    return reshape(x, shape) if shape_of(x) != shape else x


def _size(shape):
    size = 1
    for n in shape:
        size *= n
    return size


def pushed(table, directions):
    """The tangent of every output when the leaves move along the directions."""
    import numpy as np

    return [
        sum(np.tensordot(b, d, np.ndim(d)) for b, d in zip(row, directions, strict=True))[()]
        for row in table
    ]


def pulled(table, covectors):
    """What covectors on the outputs become on the leaves."""
    import numpy as np

    columns = zip(*table, strict=True)
    return [
        sum(np.tensordot(c, b, np.ndim(c)) for b, c in zip(column, covectors, strict=True))[()]
        for column in columns
    ]
