"""NumPy's and SciPy's ufuncs on traced values: found by identity, or refused by name."""

import warnings

import numpy as np
import pytest
from arrays_laws import laws, traced
from scipy import special

from dfdx.capture.sweep import pull
from dfdx.capture.traced import Tape, Traced, plain
from dfdx.errors import NotTraceable

X = np.array([0.3, 0.7, 0.1])


def elementwise(library):
    """`(name, ufunc)` of every ufunc that works element by element."""
    found = {u.__name__: u for u in vars(library).values() if isinstance(u, np.ufunc)}
    return [(name, u) for name, u in sorted(found.items()) if u.signature is None]


UFUNCS, SPECIAL = elementwise(np), elementwise(special)

MUST = """
absolute add arccos arccosh arcsin arcsinh arctan arctan2 arctanh cbrt ceil conjugate copysign cos
cosh deg2rad degrees divide divmod equal exp exp2 expm1 fabs float_power floor floor_divide fmax
fmin fmod greater greater_equal heaviside hypot isfinite isinf isnan less less_equal log log10
log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor maximum minimum modf
multiply negative not_equal positive power rad2deg radians reciprocal remainder rint sign signbit
sin sinh sqrt square subtract tan tanh trunc
"""


def follow(ufunc):
    """(traced result, plain result), or the NotTraceable."""
    args = [X + 0.2 * k for k in range(ufunc.nin)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            wanted = ufunc(*args)
        except TypeError:
            return None, None
        tape = Tape(ieee=True)
        try:
            return ufunc(*[tape.variable(a) for a in args]), wanted
        except NotTraceable as error:
            return error, None


@pytest.mark.parametrize(("name", "ufunc"), UFUNCS + SPECIAL)
def test_every_ufunc_gives_its_value_or_says_that_it_cannot(name, ufunc):
    found, wanted = follow(ufunc)
    if isinstance(found, NotTraceable):
        assert name in str(found)
        assert 'method="differences"' in str(found)
        assert ufunc is not getattr(np, name, None) or name not in MUST.split()
        return
    if found is None:  # not defined for real numbers
        return
    results = found if isinstance(found, tuple) else (found,)
    wants = wanted if isinstance(wanted, tuple) else (wanted,)
    for y, z in zip(results, wants, strict=True):
        np.testing.assert_allclose(plain(y), z, rtol=1e-14)


def test_names_that_must_be_followed_exist():
    assert set(MUST.split()) <= {name for name, _ in UFUNCS}


BINARY = {
    "arrays": (np.arctan2, [X, X + 1]),
    "broadcast": (np.hypot, [(X[:, None]), X]),
    "number and array": (np.logaddexp, [0.4, X]),
    "plain array and traced": (lambda x: np.divide(X, x), [X]),
    "traced and plain array": (lambda x: np.power(x, X + 1), [X]),
    "list": (lambda x: np.multiply([1.0, 2.0, 3.0], x), [X]),
    "array * x": (lambda x: X * x, [X]),
    "array @ x": (lambda x: np.ones((2, 3)) @ x, [X]),
    "array ** x": (lambda x: X**x, [X]),
    "array - number": (lambda x: X - x, [0.4]),
    "NumPy number": (lambda x: np.float64(2.0) * x / np.float64(3.0), [X]),
    "0-d array": (lambda x: x + np.array(2.0), [X]),
    "special": (lambda x: special.gammaln(x) + special.xlogy(x, 2 * x), [X]),
    "divmod": (lambda x, y: np.divmod(x, y), [X * 10, X + 1]),
    "divmod operator": (lambda x, y: divmod(x, y), [X * 10, X + 1]),
    "modf": (np.modf, [X * 11 - 2]),
    "float_power": (np.float_power, [X, X]),
    "degrees": (lambda x: np.deg2rad(x) + np.rad2deg(x) + np.fabs(x) + np.conjugate(x), [X]),
    "outer": (np.hypot.outer, [X, X[:2]]),
    "add.outer": (lambda x: np.add.outer(X, x), [X]),
    "reduce, all": (
        lambda x: np.add.reduce(x, axis=None) + np.multiply.reduce(x, axis=(0, 1)),
        [np.outer(X, X)],
    ),
    "reduce, keepdims": (lambda x: np.maximum.reduce(x, axis=1, keepdims=True), [np.outer(X, X)]),
    "minimum.reduce": (np.minimum.reduce, [np.outer(X, X + 2)]),
    "logaddexp.reduce": (np.logaddexp.reduce, [np.outer(X, X + 2)]),
    "accumulate": (lambda x: np.add.accumulate(x, axis=1), [np.outer(X, X)]),
    "clip": (lambda x: np.clip(x, 0.2, 0.5), [X]),
    "array.clip": (lambda x: X.clip(x, 0.5), [0.2]),
    "matvec, vecmat, vecdot": (
        lambda a, x: (
            (np.matvec(a, x), np.vecmat(x, a), np.vecdot(x, x)) if hasattr(np, "matvec") else a @ x
        ),
        [np.outer(X, X + 1), X],
    ),
}


@pytest.mark.parametrize("name", BINARY)
def test_laws(name):
    f, args = BINARY[name]
    laws(f, args)


def test_comparisons_are_plain_and_noted():
    tape = Tape()
    x = tape.variable(X)
    for truth in (
        x < 0.5,
        np.less(x, 0.5),
        x >= X,
        np.greater_equal(X + 0.1, x),
        np.not_equal([0.3, 1, 2], x),
    ):
        assert type(truth) is np.ndarray
        assert truth.dtype == bool
    assert np.less(x, [0.5, 0.6, 0.7]).tolist() == [True, False, True]
    assert (np.zeros(3) < x).all()
    assert len(tape.guards) == 7
    assert len(tape.edges) == 2  # X <= x and the first of 0.3, 1, 2


def test_tests_see_through():
    tape = Tape()
    x = tape.variable(np.array([np.nan, 1.0, -np.inf, 0.0]))
    assert np.isnan(x).tolist() == [True, False, False, False]
    assert np.isfinite(x).tolist() == [False, True, False, True]
    assert np.signbit(x).tolist()[1:] == [False, True, False]
    assert np.logical_and(x, x > 0).tolist() == [False, True, False, False]
    assert np.isnan(tape.variable(2.0)) == False  # noqa: E712 (NumPy's own False)
    assert tape.guards


def test_numpy_functions_of_numbers_follow_ieee():
    tape = Tape()
    x = tape.variable(0.0)
    with np.errstate(all="ignore"):
        y = np.log(x)
        assert plain(y) == -np.inf
        assert plain(np.float64(1.0) / x) == np.inf
    assert tape.ieee


def test_a_number_stays_a_python_number():
    tape = Tape(ieee=True)
    x = tape.variable(0.5)
    for y in (
        np.sin(x),
        np.add(x, np.float64(1)),
        np.array(2.0) * x,
        np.maximum(x, 0.3),
        np.where(x > 0, x, 1.0),
    ):
        assert type(y) is Traced
        assert type(y.value) is float


@pytest.mark.parametrize(
    ("use", "says"),
    [
        (lambda x: np.add(x, 1, out=np.ones(3)), "use the returned array"),
        (lambda x: np.log(x, where=X > 0), "np.where"),
        (lambda x: np.sin(x, dtype=np.float32), "dtype=float"),
        (lambda x: np.add.at(np.zeros(3), [0], x), "build a new array"),
        (lambda x: np.subtract.reduce(x, dtype=int), "leave the options out"),
        (lambda x: np.gcd(x, 2), "gcd"),
    ],
)
def test_what_is_not_followed_says_what_to_write(use, says):
    tape = Tape(ieee=True)
    with pytest.raises(NotTraceable, match=says):
        use(tape.variable(X))
    assert tape.leaks, "swallowing the error must not hide it"


def test_in_place_on_a_plain_array_is_refused():
    tape = Tape(ieee=True)
    x, a = tape.variable(X), np.ones(3)
    with pytest.raises(NotTraceable, match="a = a \\+ x"):
        a += x
    assert a.tolist() == [1.0, 1.0, 1.0]


def test_an_array_that_changes_later_is_copied():
    a = np.array([1.0, 2.0, 3.0])
    tape = Tape(ieee=True)
    x = tape.variable(X)
    y = a * x
    a[:] = 0.0
    (g,) = pull(tape, [y], [np.ones(3)], [x])
    assert g.tolist() == [1.0, 2.0, 3.0]


def test_breaks_of_array_operations_are_edges():
    for f, args, count in [
        (np.abs, [np.array([1.0, 0.0])], 1),
        (np.sqrt, [np.array([0.0, 1.0])], 1),
        (np.divide, [X, np.array([1.0, 0.0, 2.0])], 1),
        (np.maximum, [X, X[::-1].copy()], 1),
        (np.sin, [np.zeros(2)], 0),
        (np.maximum, [X, X + 1], 0),
    ]:
        with np.errstate(all="ignore"):
            tape, _, _ = traced(f, args)
        assert len(tape.edges) == count, f


def test_nested_traces():
    outer, inner = Tape(ieee=True), Tape(ieee=True)
    x = outer.variable(X)
    y = inner.variable(x)
    (g,) = pull(inner, [np.sin(y) * X], [np.ones(3)], [y])
    assert g.tape is outer
    (h,) = pull(outer, [g], [np.ones(3)], [x])
    np.testing.assert_allclose(h, -np.sin(X) * X, rtol=1e-15)


def test_after_the_trace_values_are_plain():
    tape = Tape(ieee=True)
    x = tape.variable(X)
    tape.close()
    assert np.array_equal(np.sin(x), np.sin(X))
    assert np.array_equal(x[1:], X[1:])
    assert np.array_equal(np.sum(x), np.sum(X))
    assert np.array_equal(X * x, X * X)
