"""Contractions: the value is einsum's, for random patterns of letters; broadcasting and its transpose."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dfdx.contraction import contraction, expand_to, fresh_letters, sum_to
from dfdx.primitive import broadcast

SIZES = {"a": 2, "b": 3, "c": 1, "d": 4}
words = st.text(alphabet="abcd", max_size=3)


def einsum(spec, arrays, sizes):
    """The value by NumPy, extended to repeated and free letters of the output."""
    left, output = spec.split("->")
    core = "".join(dict.fromkeys(c for c in output if c in left))
    y = np.asarray(np.einsum(f"{left}->{core}", *arrays))
    if not output:
        return y
    unique = "".join(dict.fromkeys(output))
    y = np.broadcast_to(
        y.reshape([sizes[c] if c in core else 1 for c in unique]), [sizes[c] for c in unique]
    )
    whole = np.zeros([sizes[c] for c in output])
    np.einsum(f"{output}->{unique}", whole)[...] = y
    return whole


@st.composite
def patterns(draw):
    inputs = draw(st.lists(words, min_size=1, max_size=3))
    return ",".join(inputs) + "->" + draw(words)


@settings(max_examples=200)
@given(patterns(), st.integers(0, 2**16))
def test_any_pattern(spec, seed):
    rng = np.random.default_rng(seed)
    left, output = spec.split("->")
    arrays = [
        rng.normal(size=[SIZES[c] for c in w]) if w else float(rng.normal())
        for w in left.split(",")
    ]
    op = contraction(spec, {c: SIZES[c] for c in output if c not in left})
    y = op(*arrays)
    np.testing.assert_allclose(y, einsum(spec, arrays, SIZES), rtol=1e-12, atol=1e-13)
    assert op.shape(*map(np.shape, arrays)) == np.shape(y)
    assert output or isinstance(y, float)
    g = rng.normal(size=np.shape(y)) if output else float(rng.normal())
    for k, share in enumerate(op.pull(g, y, arrays, [True] * len(arrays))):
        assert np.shape(share) == np.shape(arrays[k])
        direction = rng.normal(size=np.shape(arrays[k]))
        moved = op(
            *arrays[:k], direction if np.shape(direction) else float(direction), *arrays[k + 1 :]
        )
        assert np.sum(g * moved) == pytest.approx(np.sum(share * direction), rel=1e-9, abs=1e-10)


@settings(max_examples=100)
@given(patterns(), st.integers(0, 2**16), st.integers(0, 7))
def test_batch_is_a_loop(spec, seed, bits):
    rng = np.random.default_rng(seed)
    left, output = spec.split("->")
    on = [bool(bits >> k & 1) for k in range(len(left.split(",")))]
    arrays = [
        rng.normal(size=[*([3] if b else []), *(SIZES[c] for c in w)])
        for w, b in zip(left.split(","), on, strict=True)
    ]
    op = contraction(spec, {c: SIZES[c] for c in output if c not in left})
    if any(on):
        loop = [op(*(a[k] if b else a for a, b in zip(arrays, on, strict=True))) for k in range(3)]
        np.testing.assert_allclose(op.batch(arrays, on), loop, rtol=1e-12, atol=1e-13)


def test_pairwise_gives_the_same():
    rng = np.random.default_rng(0)
    args = [rng.normal(size=s) for s in [(2, 3), (3, 4), (4,), (2,)]]
    op = contraction("ij,jk,k,i->ik")
    np.testing.assert_allclose(op.pairwise(*args), op(*args), rtol=1e-13)


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="'j' is 3 and 4 long"):
        contraction("ij,jk->ik").shape((2, 3), (4, 5))
    with pytest.raises(ValueError, match="operand 'ij' has shape"):
        contraction("ij->i").shape((2,))


def test_empty_arrays():
    assert contraction("i->")(np.zeros(0)) == 0.0
    assert contraction("ij,jk->ik")(np.zeros((2, 0)), np.zeros((0, 3))).tolist() == [[0.0] * 3] * 2
    assert contraction("ij,kj->ki")(np.zeros((0, 2)), np.zeros((3, 2))).shape == (3, 0)
    assert contraction("lij,lj->li")(np.zeros((0, 2, 3)), np.zeros((0, 3))).shape == (0, 2)


def test_a_spread_value_can_be_written_into():
    y = contraction("->i", {"i": 3})(2.0)
    y[0] = 5.0
    assert y.tolist() == [5.0, 2.0, 2.0]


shapes = st.lists(st.integers(0, 3), max_size=3).map(tuple)


@given(shapes, st.lists(st.booleans(), max_size=3), st.integers(0, 2))
def test_sum_to_is_the_transpose_of_expand_to(shape, ones, dropped):
    narrow = tuple(1 if o else n for o, n in zip([*ones, False, False, False], shape, strict=False))
    narrow = narrow[min(dropped, len(narrow)) :]
    assert broadcast(narrow, shape) == shape
    rng = np.random.default_rng(0)
    x = rng.normal(size=narrow) if narrow else 1.5
    g = rng.normal(size=shape) if shape else 2.5
    np.testing.assert_array_equal(expand_to(x, shape), np.broadcast_to(x, shape))
    back = sum_to(g, narrow)
    assert np.shape(back) == narrow
    assert np.sum(back * x) == pytest.approx(np.sum(g * expand_to(x, shape)), abs=1e-12)


def test_shapes_that_do_not_broadcast():
    with pytest.raises(ValueError, match="broadcast"):
        expand_to(np.zeros(3), (4,))
    with pytest.raises(ValueError, match="broadcast"):
        expand_to(np.zeros((2, 3)), (3,))


def test_fresh_letters():
    assert fresh_letters("abd", 3) == "cef"
