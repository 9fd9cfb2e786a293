"""The primitives that are not pointwise, one by one: shapes, transposition, batch, equality."""

import numpy as np
import pytest

from dfdx import walk
from dfdx.graph import Graph, check, variable
from dfdx.implicit import Implicit
from dfdx.indexing import index_key, is_basic, names_once, normal
from dfdx.primitive import Parts, items, shape_of
from dfdx.rules.arrays_primitives import STRUCTURE, examples
from dfdx.structure import Concatenate, Put, Reshape, Scatter, Take
from dfdx.transforms.batch import batch

FOUND = [*examples(np.random.default_rng(11))]
IDS = [f"{k}-{name}" for k, (name, _, _) in enumerate(FOUND)]


def like(rng, a):
    return rng.normal(size=np.shape(a)) if np.shape(a) else float(rng.normal())


def varies(op, args):
    """For each operand whether it has a derivative: places in an integer array have none."""
    return [not (isinstance(a, np.ndarray) and a.dtype.kind in "ib") for a in args]


def parts(y):
    return list(y) if type(y) in (tuple, Parts) else [y]


@pytest.mark.parametrize(("name", "op", "args"), FOUND, ids=IDS)
def test_the_shape_is_that_of_the_value(name, op, args):
    y = op(*args)
    shapes = op.shape(*map(np.shape, args))
    found = [np.shape(p) for p in parts(y)]
    assert found == (list(shapes) if op.outputs > 1 else [shapes])
    for p in parts(y):
        assert np.shape(p) or not hasattr(p, "shape"), "a number without axes is a Python number"


@pytest.mark.parametrize(("name", "op", "args"), FOUND, ids=IDS)
def test_reverse_is_the_transpose_of_forward(name, op, args):
    rng = np.random.default_rng(5)
    y = op(*args)
    on = varies(op, args)
    dxs = [like(rng, a) if v else None for a, v in zip(args, on, strict=True)]
    dy = op.push(y, args, dxs)
    w = [like(rng, p) for p in parts(y)]
    gs = op.pull(Parts(w) if op.outputs > 1 else w[0], y, args, on)
    if dy is None:
        assert all(g is None for g in gs)
        return
    left = sum(
        np.sum(np.multiply(p, q)) for p, q in zip(w, parts(dy), strict=True) if q is not None
    )
    right = sum(np.sum(np.multiply(d, g)) for d, g in zip(dxs, gs, strict=True) if g is not None)
    assert left == pytest.approx(right, rel=1e-11, abs=1e-11)
    for g, a, v in zip(gs, args, on, strict=True):
        assert not v or g is None or np.shape(g) == np.shape(a)


@pytest.mark.parametrize(("name", "op", "args"), FOUND, ids=IDS)
@pytest.mark.parametrize("which", ["all", "first", "last"])
def test_batch_is_a_loop(name, op, args, which):
    rng = np.random.default_rng(6)
    on = [
        which == "all" or k == (0 if which == "first" else len(args) - 1) for k in range(len(args))
    ]
    if not any(v for v, o in zip(varies(op, args), on, strict=True) if o):
        return
    points = []
    for _ in range(3):
        moved = [
            a + 1e-3 * like(rng, a) if o and v else a
            for a, o, v in zip(args, on, varies(op, args), strict=True)
        ]
        points.append(moved)
    loop = [parts(op(*p)) for p in points]
    xs = [variable(f"x{k}", np.shape(a)) for k, a in enumerate(args)]
    y = op(*xs)
    graph = Graph(xs, items(op, y) if op.outputs > 1 else [y])
    whole = check(batch(check(graph), 3, on))
    stacked = [np.stack([p[k] for p in points]) if o else args[k] for k, o in enumerate(on)]
    for found, wanted in zip(walk.run(whole, *stacked), zip(*loop, strict=True), strict=True):
        np.testing.assert_allclose(
            np.asarray(found, float), np.asarray(wanted, float), rtol=1e-11, atol=1e-12
        )


@pytest.mark.parametrize(("name", "op", "args"), FOUND, ids=IDS)
def test_what_a_primitive_shows_is_text(name, op, args):
    assert op.name
    assert repr(op)


@pytest.mark.parametrize("op", [op for op, _ in STRUCTURE], ids=lambda op: op.name)
def test_equal_parameters_make_equal_primitives(op):
    key = op._key()
    twin = object.__new__(type(op))
    for cls in type(op).__mro__:
        for slot in getattr(cls, "__slots__", ()):
            setattr(twin, slot, None if slot == "_known" else getattr(op, slot))
    assert twin == op
    assert hash(twin) == hash(op)
    assert key == twin._key()


def test_different_parameters_make_different_primitives():
    ops = [
        Take(1),
        Take(2),
        Take((1,)),
        Take(slice(1, 2)),
        Scatter(1, (3,)),
        Put(1),
        Reshape((3,)),
        Concatenate(1),
    ]
    assert len(set(ops)) == len(ops)
    assert Take(True) != Take(1)


def test_a_graph_shares_equal_moves():
    x = variable("x", (4,))
    assert Take(slice(0, 2))(x) is Take(slice(0, 2))(x)
    assert Take(slice(0, 2))(x) is not Take(slice(0, 3))(x)


@pytest.mark.parametrize(
    ("op", "args"),
    [
        (Reshape((0, 3)), [np.zeros((3, 0))]),
        (Take(slice(0, 0)), [np.zeros(4)]),
        (Scatter(slice(0, 0), (4,)), [np.zeros(0)]),
        (Concatenate(0), [np.zeros((0, 2)), np.zeros((0, 2))]),
        (Put(slice(0, 0)), [np.zeros(3), np.zeros(0)]),
    ],
)
def test_empty_arrays(op, args):
    y = op(*args)
    assert y.shape == op.shape(*(a.shape for a in args))
    shares = op.pull(np.zeros(y.shape), y, args, [True] * len(args))
    assert [g.shape for g in shares] == [a.shape for a in args]


def test_put_of_a_place_named_twice_keeps_the_last():
    op = Put(np.array([0, 0, 2]))
    x, v = np.zeros(3), np.array([1.0, 2.0, 3.0])
    assert op(x, v).tolist() == [2.0, 0.0, 3.0]
    dx, dv = op.pull(np.array([10.0, 20.0, 30.0]), None, [x, v], [True, True])
    assert dx.tolist() == [0.0, 20.0, 0.0]
    assert dv.tolist() == [0.0, 10.0, 30.0]


def test_concatenate_says_which_shapes_do_not_fit():
    with pytest.raises(ValueError, match=r"\(3, 2\) and \(4, 3\)"):
        Concatenate(0).shape((3, 2), (4, 3))


def test_indices():
    array = np.array([2, 0])
    assert normal((np.int64(3), slice(None), None, True)) == (3, slice(None), None, True)
    copied = normal(array)
    array[0] = 9
    assert copied.tolist() == [2, 0]
    assert normal([True, False]).dtype == bool
    assert normal([]).dtype == int
    with pytest.raises(TypeError):
        normal(1.5)
    assert is_basic((0, Ellipsis, None, slice(1)))
    assert not is_basic(array)
    assert names_once(np.array([True, False]))
    assert not names_once(array)
    assert index_key(slice(1, 2)) == ("slice", 1, 2, None)
    assert [Take((0, slice(1, None, 2), Ellipsis)).name, Take(array).name] == [
        "take[0, 1::2, ...]",
        "take[…]",
    ]


def test_every_implicit_card_has_an_example():
    cards = [op for _, op, _ in FOUND if isinstance(op, Implicit)]
    assert len(cards) >= 15
    assert shape_of(2.0) == ()
