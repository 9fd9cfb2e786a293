"""The laws that every function of arrays obeys, whatever it computes.

A case is a function of NumPy arrays, called with NumPy's own name, and its operands.
NumPy itself is the oracle for the value, differences of order eight for the slopes.
"""

import numpy as np

from dfdx import walk
from dfdx.capture.replay import graph_of
from dfdx.capture.sweep import pull, push
from dfdx.capture.traced import Tape, Traced, plain
from dfdx.graph import check
from dfdx.primitive import shape_of
from dfdx.readings.series import series
from dfdx.transforms.adjoint import adjoint
from dfdx.transforms.batch import batch
from dfdx.transforms.tangent import tangent

_OFFSETS = np.array([1.0, 2.0, 3.0, 4.0])
_WEIGHTS = np.array([4 / 5, -1 / 5, 4 / 105, -1 / 280])


def leaves(y):
    """The numbers and arrays in nested tuples and lists."""
    if isinstance(y, (tuple, list)):
        return [leaf for part in y for leaf in leaves(part)]
    return [y]


def traced(f, args):
    """`(tape, inputs, traced outputs)` of one evaluation; plain outputs are left out."""
    tape = Tape(ieee=True)
    inputs = [tape.variable(a) for a in args]
    outputs = [y for y in leaves(f(*inputs)) if type(y) is Traced and y.tape is tape]
    tape.close()
    return tape, inputs, outputs


def like(rng, a):
    """Random numbers in the shape of a."""
    shape = shape_of(a)
    return rng.normal(size=shape) if shape else float(rng.normal())


def dot(xs, ys):
    return sum(np.sum(np.multiply(x, y)) for x, y in zip(xs, ys, strict=True) if y is not None)


def moved(args, directions, t):
    return [a + t * d for a, d in zip(args, directions, strict=True)]


def slope_by_differences(f, args, directions, h=2e-3):
    """The derivative of every output of f along the directions, by differences of order eight."""
    total = None
    for k, weight in zip(_OFFSETS, _WEIGHTS, strict=True):
        above = leaves(f(*moved(args, directions, k * h)))
        below = leaves(f(*moved(args, directions, -k * h)))
        term = [weight / h * np.subtract(p, q) for p, q in zip(above, below, strict=True)]
        total = term if total is None else [s + t for s, t in zip(total, term, strict=True)]
    return total


def close(found, wanted, rtol, what):
    for y, z in zip(found, wanted, strict=True):
        y = np.zeros(np.shape(z)) if y is None else y
        assert np.shape(y) == np.shape(z), f"{what}: shape {np.shape(y)} for {np.shape(z)}"
        scale = max(np.max(np.abs(z), initial=0.0), 1.0)
        np.testing.assert_allclose(y, z, rtol=rtol, atol=rtol * scale, err_msg=what)


def value_law(f, args):
    """The value is NumPy's, also of the replayed graph; a number without axes is a Python float."""
    tape, inputs, outputs = traced(f, args)
    plain_outputs = leaves(f(*args))
    found = leaves(f(*[Tape(ieee=True).variable(a) for a in args]))
    assert len(found) == len(plain_outputs)
    close([plain(y) for y in outputs], plain_outputs[: len(outputs)], 2e-14, "value")
    for y in outputs:
        assert shape_of(y) or type(y.value) is float, f"{type(y.value)} for a number"
    graph = check(graph_of(tape, inputs, outputs))
    assert [y.shape for y in graph.outputs] == [np.shape(y.value) for y in outputs]
    close(walk.run(graph, *args), [y.value for y in outputs], 1e-15, "value of the graph")
    return tape, inputs, outputs


def first_order_laws(f, args, rng, tape, inputs, outputs, rtol):
    """Forward agrees with differences, reverse with forward."""
    directions = [like(rng, a) for a in args]
    weights = [like(rng, y) for y in outputs]
    dys = push(tape, outputs, inputs, directions)
    wanted = slope_by_differences(f, args, directions)[: len(outputs)]
    close(dys, wanted, rtol, "forward against differences")
    gs = pull(tape, outputs, weights, inputs)
    for g, a in zip(gs, args, strict=True):
        assert g is None or np.shape(g) == np.shape(a), f"cotangent {np.shape(g)} of {np.shape(a)}"
    left, right = dot(weights, dys), dot(directions, gs)
    scale = sum(
        np.sum(np.abs(np.multiply(w, d)))
        for w, d in zip(weights, dys, strict=True)
        if d is not None
    )
    assert abs(left - right) <= 1e-12 * max(scale, 1.0), "reverse against forward"


def gradient(f, args, weights):
    """The cotangents of the arguments, which may be traced by an outer tape."""
    tape, inputs, outputs = traced(f, args)
    gs = pull(tape, outputs, weights, inputs)
    return [0.0 * a if g is None else g for a, g in zip(args, gs, strict=True)]


def second_order_law(f, args, rng, outputs, rtol):
    """The gradient, traced by an outer tape, agrees with its differences."""
    weights = [like(rng, y) for y in outputs]
    directions = [like(rng, a) for a in args]

    def slopes(*point):
        return gradient(f, point, weights)

    wanted = slope_by_differences(slopes, args, directions)
    tape, inputs, found = traced(slopes, args)
    dgs = iter(push(tape, found, inputs, directions))
    whole = slopes(*[Tape(ieee=True).variable(a) for a in args])
    close([next(dgs) if type(g) is Traced else None for g in whole], wanted, rtol, "second order")


def graph_laws(args, rng, tape, inputs, outputs):
    """The graphs of tangent and adjoint say what the sweeps say; the series begins with the tangent."""
    graph = graph_of(tape, inputs, outputs)
    directions = [like(rng, a) for a in args]
    weights = [like(rng, y) for y in outputs]
    dys = [
        zero_for(dy, y)
        for dy, y in zip(push(tape, outputs, inputs, directions), outputs, strict=True)
    ]
    gs = [zero_for(g, x) for g, x in zip(pull(tape, outputs, weights, inputs), inputs, strict=True)]
    moved_graph, turned_graph = check(tangent(graph)), check(adjoint(graph))
    close(walk.run(moved_graph, *args, *directions)[len(outputs) :], dys, 1e-11, "tangent graph")
    close(walk.run(turned_graph, *args, *weights), gs, 1e-11, "adjoint graph")
    close([c[1] for c in series(graph, args, 1, directions)], dys, 1e-9, "series")


def zero_for(found, x):
    """The tangent or cotangent, with zeros where it is None."""
    return np.zeros(x.shape) if found is None else found


def batch_law(f, args, rng, tape, inputs, outputs):
    """The batched graph equals a loop over the points."""
    graph = graph_of(tape, inputs, outputs)
    points = [[a + 1e-3 * like(rng, a) for a in args] for _ in range(2)]
    loop = [np.stack(ys) for ys in zip(*(walk.run(graph, *p) for p in points), strict=True)]
    whole = check(batch(graph, 2))
    close(walk.run(whole, *map(np.stack, zip(*points, strict=True))), loop, 1e-12, "batch")


def laws(f, args, seed=0, rtol=1e-9, second=True, batched=True, edges=False):
    """All of them."""
    rng = np.random.default_rng(seed)
    args = [a if np.shape(a) else float(a) for a in args]
    tape, inputs, outputs = value_law(f, args)
    assert edges or not tape.edges, f"an edge was noted: {[e.name for e in tape.edges]}"
    first_order_laws(f, args, rng, tape, inputs, outputs, rtol)
    graph_laws(args, rng, tape, inputs, outputs)
    if second:
        second_order_law(f, args, rng, outputs, 100 * rtol)
    if batched:
        batch_law(f, args, rng, tape, inputs, outputs)
