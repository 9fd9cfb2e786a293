"""Compiled programs against the blocks of NumPy and numpy.gradient: the same bits, whatever the array."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dfdx.compiled import jit
from dfdx.measurements.arrays import grids, kernels, machine, spacing, tables

pytestmark = pytest.mark.skipif(not jit.possible(), reason="no compiler here")
NUMPY_2 = int(np.__version__.partition(".")[0]) >= 2
KINDS = (
    [np.float64, np.float32] if NUMPY_2 else [np.float64]
)  # before, a number's kind hung on its value
ORDERS = ("C", "F", "view", "turned", "back")


@pytest.fixture(autouse=True)
def every_array(monkeypatch):
    """Short arrays, short rows and small tiles are for the compiler too; large outputs are small ones."""
    monkeypatch.setattr(machine, "_LOADED", 0)
    monkeypatch.setattr(grids, "SMALL", -1)
    for name, value in (("_SHORT", 4), ("_NEAR", 60), ("_COLUMNS", 20), ("_TILE", 200)):
        monkeypatch.setattr(tables, name, value)
    yield
    assert (
        None not in jit._programs.values()
    )  # one that does not prove itself is replaced without a word


def laid(f, order):
    """The same numbers, otherwise in memory."""
    if order == "F":
        return np.asfortranarray(f)
    if order == "view":
        wide = np.empty(tuple(n + 3 for n in f.shape), f.dtype)
        part = wide[tuple(slice(1, n + 1) for n in f.shape)]
        part[...] = f
        return part
    if order == "turned":
        return np.moveaxis(np.ascontiguousarray(np.moveaxis(f, 0, -1)), -1, 0)
    if order == "back":
        return np.ascontiguousarray(f[::-1])[::-1]
    return f


def step_for(kind, count, dtype, rng):
    if kind == "linspace":
        return np.linspace(0.1, 2.3, count, dtype=dtype)
    if kind == "uneven":
        return np.cumsum(rng.uniform(0.5, 2, count)).astype(dtype)
    return {"float": 0.3, "two": 0.5, "numpy": np.float64(0.7), "single": np.float32(0.3)}[kind]


STEPS = st.sampled_from(["float", "two", "numpy", "single", "uneven", "linspace"])


@st.composite
def grids_of_numbers(draw):
    shape = tuple(draw(st.lists(st.integers(2, 23), min_size=1, max_size=4)))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    dtype = draw(st.sampled_from(KINDS))
    f = rng.standard_normal(shape).astype(dtype)
    if draw(st.booleans()):
        f.reshape(-1)[rng.integers(0, f.size, 2)] = [np.nan, np.inf]
    f = laid(f, draw(st.sampled_from(ORDERS)))
    axes = tuple(draw(st.permutations(range(len(shape))))[: draw(st.integers(1, len(shape)))])
    edge_order = draw(st.sampled_from([1, 2])) if min(shape) > 2 else 1
    x = draw(st.sampled_from([np.float64, np.float32]))
    steps = tuple(step_for(draw(STEPS), shape[a], x, rng) for a in axes)
    return f, axes, steps, edge_order


def same(a, b):
    return np.array_equal(a, b, equal_nan=True) and a.dtype == b.dtype


@settings(max_examples=300, deadline=None)
@given(grids_of_numbers(), st.booleans())
def test_partials_are_numpys_to_the_bit(case, past):
    f, axes, steps, edge_order = case
    with np.errstate(all="ignore"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "_FAR", 0 if past else 1 << 60)
        expected = np.gradient(f, *steps, axis=axes, edge_order=edge_order)
        expected = list(expected) if len(axes) > 1 else [expected]
        outs = [np.empty_like(f) for _ in axes]
        grids.gradient(f, *steps, axis=axes, edge_order=edge_order, out=outs)
    for mine, theirs in zip(outs, expected, strict=True):
        assert same(mine, theirs)


def fused(f, axes, steps, edge_order):
    """Every fused field of a case, as lists."""
    found = [grids.slope(f, *steps, axis=axes, edge_order=edge_order)]
    if all(f.shape[a] > 2 for a in axes):
        found.append(grids.laplacian(f, *steps, axis=axes))
    if len(axes) == f.ndim and f.ndim > 1:
        v = np.stack([f, 2 * f, f * f, 1 - f][: f.ndim])
        found.append(grids.divergence(v, *steps, edge_order=edge_order))
        if f.ndim < 4:
            found.append(grids.curl(v, *steps, edge_order=edge_order))
    return found


@settings(max_examples=150, deadline=None)
@given(grids_of_numbers())
def test_fused_fields_are_those_of_the_blocks(case):
    f, axes, steps, edge_order = case
    if len(axes) == f.ndim:  # divergence and curl take the axes in order
        steps = tuple(steps[axes.index(a)] for a in range(f.ndim))
        axes = tuple(range(f.ndim))
    with np.errstate(all="ignore"):
        mine = fused(f, axes, steps, edge_order)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(grids, "run", lambda *given, **options: False)
            theirs = fused(f, axes, steps, edge_order)
    for a, b in zip(mine, theirs, strict=True):
        assert same(a, b)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 90),
    st.sampled_from([np.float64, np.float32]),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["linspace", "equal", "bent", "nan"]),
)
def test_coordinates_are_read_alike(count, dtype, seed, what):
    rng = np.random.default_rng(seed)
    x = np.linspace(0.1, 1.7, count, dtype=dtype)
    if what == "equal":
        x = np.arange(count, dtype=dtype)
    if what in ("bent", "nan"):
        x[rng.integers(0, count)] += np.nan if what == "nan" else rng.uniform(-1e-3, 1e-3)
    mine = spacing.spacing(x, count)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "steps_of", lambda x: None)
        theirs = spacing.spacing(x, count)
    assert np.array_equal(mine, theirs, equal_nan=True)


def test_the_compiler_is_asked(monkeypatch):
    monkeypatch.setattr(kernels, "combined", None)
    monkeypatch.setattr(grids, "combined", None)
    f = np.random.default_rng(0).standard_normal((7, 8, 30))
    assert len(grids.gradient(f)) == 3
    assert grids.slope(f).shape == grids.laplacian(f).shape == f.shape
    v = np.stack([f, f, f])
    assert grids.curl(v).shape == v.shape and grids.divergence(v).shape == f.shape


def test_two_threads_at_once():
    rng = np.random.default_rng(1)
    fields = [rng.standard_normal((20, 30, 40)) for _ in range(4)]
    found = [[] for _ in fields]

    def work(k):
        found[k] = [grids.gradient(fields[k], 0.1 * (k + 1)) for _ in range(20)]

    threads = [threading.Thread(target=work, args=(k,)) for k in range(len(fields))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for k, f in enumerate(fields):
        expected = np.gradient(f, 0.1 * (k + 1))
        assert all(same(a, b) for g in found[k] for a, b in zip(g, expected, strict=True))
