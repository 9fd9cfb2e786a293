"""NumPy's functions and the methods of arrays on traced values: what is followed, what is refused."""

import inspect

import numpy as np
import pytest
from arrays_laws import laws, traced

from dfdx.capture.sweep import pull
from dfdx.capture.traced import Tape, Traced, plain
from dfdx.errors import NotTraceable
from dfdx.rules.arrays import ARRAYS, axes_of, operand, table

X = np.array([[0.3, 0.7, 0.1], [1.1, -0.4, 2.5]])


def variable(value=X):
    return Tape(ieee=True).variable(value)


def resolve(name):
    found = np
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


@pytest.mark.skipif(not hasattr(np, "trapezoid"), reason="the parameters are those of NumPy 2")
@pytest.mark.parametrize("name", sorted(table()))
def test_the_parameters_are_numpys(name):
    """Every parameter of ours is one of NumPy's, in NumPy's order, so calls mean the same."""
    theirs = resolve(name)
    if theirs is None or isinstance(theirs, np.ufunc):
        return
    ours = inspect.signature(ARRAYS[name]).parameters.values()
    theirs = inspect.signature(theirs).parameters.values()
    fixed = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if any(p.kind is p.VAR_POSITIONAL for p in (*ours, *theirs)):
        return
    first = [p.name for p in ours if p.kind in fixed]
    wanted = [p.name for p in theirs if p.kind in fixed]
    named = [p.name for p in theirs if p.kind is not inspect.Parameter.POSITIONAL_ONLY]
    mine = {p.name for p in ours}
    if not any(p.kind is p.VAR_KEYWORD for p in ours):
        assert set(named) <= mine, f"missing: {set(named) - mine}"
    both = min(len(first), len(wanted))
    free = [p.name for p in ours if p.kind is inspect.Parameter.POSITIONAL_ONLY]
    for a, b in zip(first[:both], wanted[:both], strict=True):
        assert a == b or a in free or b in free or b not in named, f"{a} stands where NumPy has {b}"


FUNCTIONS = sorted(
    (f for f in np.testing.overrides.get_overridable_numpy_array_functions() if callable(f)),
    key=lambda f: (f.__module__ or "", f.__name__),
)


def test_most_of_numpy_is_followed():
    from dfdx.capture.numpy_protocol.functions import handlers

    everyday = [f for f in FUNCTIONS if f.__module__ in ("numpy", "numpy.linalg")]
    known = [f for f in everyday if f in handlers()]
    assert len(known) > 0.7 * len(everyday)


@pytest.mark.parametrize("f", [np.packbits, np.datetime_as_string])
def test_a_function_without_a_rule_is_refused_by_name(f):
    x = variable(X[0])
    with pytest.raises(NotTraceable, match=f"{f.__name__} has no exact derivative rule"):
        f(x)
    assert x.tape.leaks


METHODS = {
    "sums": lambda x: (
        x.sum(),
        x.sum(0),
        x.prod(axis=1),
        x.mean(1),
        x.var(ddof=1),
        x.std(0),
        x.cumsum(1),
        x.cumprod(),
    ),
    "order": lambda x: (x.max(), x.min(1), x.max(axis=0, keepdims=True)),
    "shapes": lambda x: (
        x.T,
        x.reshape(3, 2),
        x.reshape((6,)),
        x.reshape(-1),
        x.ravel(),
        x.flatten(),
        x.transpose(),
    ),
    "more shapes": lambda x: (
        x.swapaxes(0, 1),
        x.reshape(1, 6).squeeze(),
        x.transpose(1, 0),
        x.transpose((1, 0)),
    ),
    "elements": lambda x: (
        x.item(0, 1),
        x.item(4),
        x.item((1, 2)),
        x[0].tolist(),
        x.take([1, 5]),
        x.repeat(2, axis=0),
    ),
    "products": lambda x: (x.dot(x.T), x.trace(), x.diagonal(), x @ x.T, np.ones((2, 2)) @ x),
    "copies": lambda x: (
        x.copy(),
        x.astype(float),
        x.astype("d"),
        x.real,
        x.imag,
        x.conj(),
        x.conjugate(),
    ),
    "clip and round": lambda x: (x.clip(0.2, 1.0), x.round() * x, x.flat),
    "iteration": lambda x: [row.sum() * row[0] for row in x],
}


@pytest.mark.parametrize("name", METHODS)
def test_methods_obey_the_laws(name):
    f = METHODS[name]
    if name == "copies":
        x = variable()
        for y in f(x):
            np.testing.assert_array_equal(
                plain(y), 0 * X if y is not x and not y.value.any() else X
            )
        return
    if name == "clip and round":
        g = f
        f = lambda x: [y if not isinstance(y, np.flatiter) else x.ravel() for y in g(x)]
    laws(f, [X + 0.01234])


def test_facts_about_the_array():
    x = variable()
    assert (x.shape, x.ndim, x.size, len(x), x.dtype) == ((2, 3), 2, 6, 2, np.float64)
    assert (np.shape(x), np.ndim(x), np.size(x)) == ((2, 3), 2, 6)
    assert np.zeros_like(x).tolist() == np.zeros((2, 3)).tolist()
    assert type(np.ones_like(x)) is np.ndarray
    assert np.result_type(x, 1) == np.float64
    assert not np.iscomplexobj(x)
    assert np.array_repr(x) == np.array_repr(X)
    assert x.any() and x.all()
    assert (x.argmax(), x.argmin(), x.argsort(axis=1).tolist()) == (
        5,
        4,
        X.argsort(axis=1).tolist(),
    )
    assert np.argmax(x, axis=0).tolist() == [1, 0, 1]
    assert np.count_nonzero(x) == 6
    assert np.allclose(x, X)
    assert np.array_equal(x, x)
    assert not np.array_equal(x, X + 1)
    assert np.searchsorted([0.0, 1.0], x[1]).tolist() == [2, 0, 2]
    assert np.linalg.matrix_rank(x) == 2
    assert x.tape.guards and not x.tape.edges


def test_ties_are_edges():
    for f in (
        np.argmax,
        np.max,
        np.sort,
        np.argsort,
        np.median,
        np.ptp,
        np.cumulative_sum if 0 else np.amax,
    ):
        tape = Tape(ieee=True)
        f(tape.variable(np.array([1.0, 3.0, 3.0])))
        assert tape.edges, f
    for f in (lambda x: np.array_equal(x, [1.0, 2.0]), lambda x: np.isin(x, [2.0])):
        tape = Tape(ieee=True)
        f(tape.variable(np.array([1.0, 2.0])))
        assert tape.edges, "where x is equal to something by chance"
    tape = Tape(ieee=True)
    x = tape.variable(np.array([1.0, 1.0, 2.0, 3.0, 3.0]))
    np.max(x[:4]), np.median(x), np.argmax(x[:3])
    assert not tape.edges


@pytest.mark.parametrize(
    ("f", "wanted"),
    [
        (np.max, [0.0, 0.5, 0.5]),
        (np.median, [0.0, 0.5, 0.5]),
        (np.min, [1.0, 0.0, 0.0]),
        (lambda x: np.clip(x, None, 3.0).sum(), [1.0, 0.5, 0.5]),
        (np.linalg.norm, [1 / 19**0.5, 3 / 19**0.5, 3 / 19**0.5]),
    ],
)
def test_ties_share(f, wanted):
    tape, inputs, (y,) = traced(f, [np.array([1.0, 3.0, 3.0])])
    np.testing.assert_allclose(pull(tape, [y], [1.0], inputs)[0], wanted, rtol=1e-15)


def test_products_are_exact_at_zeros():
    for values in ([2.0, 0.0, 3.0], [0.0, 0.0, 3.0], [0.0, 0.0, 0.0], [5.0]):
        x = np.array(values)
        tape, inputs, (y,) = traced(np.prod, [x])
        wanted = [np.prod(np.delete(x, k)) for k in range(len(x))]
        np.testing.assert_allclose(pull(tape, [y], [1.0], inputs)[0], wanted, rtol=1e-15)
        tape, inputs, (y,) = traced(np.cumprod, [x])
        wanted = [
            sum(np.prod(np.delete(x[: j + 1], k)) for j in range(k, len(x))) for k in range(len(x))
        ]
        np.testing.assert_allclose(
            pull(tape, [y], [np.ones(len(x))], inputs)[0], wanted, rtol=1e-15
        )


@pytest.mark.parametrize(
    ("use", "says"),
    [
        (lambda x: np.sum(x, dtype=np.float32), "dtype=float"),
        (lambda x: np.sum(x, out=np.zeros(3), axis=0), "out="),
        (lambda x: np.where(x), "np.where\\(condition, a, b\\)"),
        (lambda x: x.astype(np.float32), "double precision"),
        (lambda x: x.sort(), "np.sort"),
        (lambda x: x.fill(0.0), "build a new array"),
    ],
)
def test_options_that_are_not_followed_say_what_to_do(use, says):
    x = variable()
    with pytest.raises(NotTraceable, match=says):
        use(x)


def test_an_unknown_option_is_refused_by_name():
    x = variable()
    with pytest.raises((NotTraceable, TypeError), match="foo"):
        np.sum(x, foo=1)


def test_a_swallowed_refusal_stays_on_the_tape():
    def f(x):
        try:
            return np.packbits(x)
        except TypeError:
            return x

    x = variable(X[0])
    f(x)
    assert [type(e) for e in x.tape.leaks] == [NotTraceable]


@pytest.mark.parametrize(
    ("use", "error"),
    [
        (lambda x: np.reshape(x, (4, 2)), ValueError),
        (lambda x: np.sum(x, axis=2), np.exceptions.AxisError),
        (lambda x: np.dot(x, x), ValueError),
        (lambda x: np.concatenate([x, x[0]]), ValueError),
        (lambda x: np.squeeze(x, 0), ValueError),
        (lambda x: x[5], IndexError),
        (lambda x: np.stack([x, x[0]]), ValueError),
        (lambda x: np.sum(x, axis=(0, 0)), ValueError),
        (lambda x: np.max(x[:, :0], axis=1), ValueError),
        (lambda x: np.einsum("ij,jk", x), ValueError),
        (lambda x: x.item(), ValueError),
        (lambda x: np.quantile(x, 1.5), ValueError),
    ],
)
def test_errors_are_those_of_numpy(use, error):
    with pytest.raises(error):
        use(X)
    with pytest.raises(error):
        use(variable())


EMPTY = {
    "sum": lambda x: x.sum(),
    "sum of an axis": lambda x: np.sum(x, axis=0),
    "prod": lambda x: np.prod(x, axis=1),
    "cumsum": lambda x: np.cumsum(x, axis=0),
    "concatenate": lambda x: np.concatenate([x, np.ones((2, 3))]),
    "matmul": lambda x: x @ np.ones((3, 2)),
    "dot": lambda x: np.dot(x.T, x),
    "reshape": lambda x: x.reshape(3, 0),
    "transpose": lambda x: x.T,
    "sin": lambda x: np.sin(x) * 2,
    "mask": lambda x: x[np.zeros(0, dtype=bool)],
    "sort": lambda x: np.sort(x, axis=0),
    "flip": lambda x: np.flip(x),
    "roll": lambda x: np.roll(x, 1),
    "tile": lambda x: np.tile(x, 2),
    "where": lambda x: np.where(x > 0, x, 0.0),
    "outer": lambda x: np.outer(x, [1.0, 2.0]),
    "norm": lambda x: np.linalg.norm(x, axis=0),
}


@pytest.mark.parametrize("name", EMPTY)
def test_empty_arrays(name):
    f = EMPTY[name]
    x = np.zeros((0, 3))
    wanted = f(x)
    tape, inputs, (y,) = traced(f, [x])
    assert np.shape(plain(y)) == np.shape(wanted)
    np.testing.assert_array_equal(plain(y), wanted)
    (g,) = pull(tape, [y], [np.ones(y.shape) if y.shape else 1.0], inputs)
    assert g is None or g.shape == (0, 3)


ZERO_D = {
    **{
        f.__name__: f
        for f in (np.sum, np.prod, np.mean, np.max, np.ravel, np.transpose, np.squeeze)
    },
    **{f.__name__: f for f in (np.cumsum, np.atleast_1d, np.linalg.norm)},
    "dot": lambda x: np.dot(x, 2.0),
    "reshape": lambda x: np.reshape(x, (1, 1)),
    "stack": lambda x: np.stack([x, x]),
    "tile": lambda x: np.tile(x, 3),
    "outer": lambda x: np.outer(x, x),
    "broadcast_to": lambda x: np.broadcast_to(x, (2, 2)),
    "expand_dims": lambda x: np.expand_dims(x, 0),
    "clip": lambda x: np.clip(x, 0, 9),
    "repeat": lambda x: np.repeat(x, 2),
    "full sums": lambda x: np.sum(x, keepdims=True),
}


@pytest.mark.parametrize("name", ZERO_D)
def test_numbers_are_arrays_without_axes(name):
    laws(ZERO_D[name], [0.7])


def test_elements_taken_one_by_one_cost_one_array():
    """The cotangents of n elements are added into one array (the tape holds no n² numbers)."""
    n = 2000
    tape = Tape(ieee=True)
    x = tape.variable(np.linspace(0, 1, n))
    total = 0.0
    for k in range(n):
        total = total + x[k] * x[k]
    (g,) = pull(tape, [total], [1.0], [x])
    np.testing.assert_allclose(g, 2 * np.linspace(0, 1, n), rtol=1e-15)


def test_sources_of_elements_do_not_share_an_array():
    tape = Tape(ieee=True)
    x = tape.variable(np.array([1.0, 2.0, 3.0]))
    y = x + 0.0
    total = (y + x)[0] + y[1] * x[2] + x[1:].sum() + np.sum(y)
    (g,) = pull(tape, [total], [1.0], [x])
    assert g.tolist() == [3.0, 5.0, 4.0]


def test_storing_is_refused_for_a_bare_traced_array():
    x = variable()
    with pytest.raises(NotTraceable, match=r"np\.stack"):
        x[0, 0] = 1.0


def test_steps_are_plain_numbers():
    x = variable(np.array([1.5, 2.5]))
    assert x.astype(int).tolist() == [1, 2]
    assert x.astype(bool).tolist() == [True, True]
    assert x.tape.notes and not x.tape.edges
    variable(np.array([1.0])).astype(int)


def test_operands_are_made_of_nested_lists():
    tape = Tape(ieee=True)
    a = tape.variable(2.0)
    m = operand([[a, 1.0], [0.0, a * a]])
    assert type(m) is Traced
    assert m.value.tolist() == [[2.0, 1.0], [0.0, 4.0]]
    with pytest.raises(ValueError, match="ragged"):
        operand([[a, 1.0], [0.0]])
    with pytest.raises(TypeError, match="numbers"):
        operand(np.array(["a"]))


def test_axes():
    assert axes_of((-1, 0), 3) == (2, 0)
    with pytest.raises(ValueError, match="twice"):
        axes_of((0, -2), 2)


def test_named_results():
    x = variable(X[:, :2] @ X[:, :2].T + np.eye(2))
    assert np.linalg.eigh(x).eigenvalues.shape == (2,)
    assert np.linalg.slogdet(x).sign.value == 1.0
    assert np.linalg.svd(x).S.shape == (2,)
