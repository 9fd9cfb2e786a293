"""A plan for batches: right on batches that it has not seen, silent on breaks, else refused."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from dfdx import gradient
from dfdx.calculus.batch_plan import batch_plan

RNG = np.random.default_rng(0)
W = RNG.normal(0, 1, (3, 4))


def batch():
    return RNG.normal(0, 1, (6, 3)), RNG.integers(0, 4, 6)


def chosen(w, x, y):
    return np.sum(np.tanh(x @ w)[np.arange(len(y)), y] * x[:, 0])


def largest(w, x, y):
    return np.sum((x @ w).max(axis=1) * y)


def bent(w, x, y):
    z = x @ w
    return np.sum(np.where(z < 0.3, abs(z), np.minimum(z, 1.0)) * y[:, None])


def rows(w, x, y):
    return np.mean(w[:, y] * x.T)


def planned(f, x, y, others=True):
    return batch_plan(
        f, [W], [x], [y] if others else [], lambda leaves: (leaves[0], (leaves[1], y), {})
    )


@pytest.mark.parametrize("f", [chosen, largest, bent, rows])
def test_batches_that_it_has_not_seen(f):
    plan = planned(f, *batch())
    for _ in range(5):
        w, (x, y) = RNG.normal(0, 1, W.shape), batch()
        value, (slope,) = plan.run([w], [x], [y])
        assert value == pytest.approx(f(w, x, y), rel=1e-13)
        assert_allclose(slope, gradient(f, wrt=0)(w, x, y), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("f", [largest, bent])
def test_nothing_is_said_on_a_break(f):
    x, y = batch()
    plan = planned(f, x, y)
    assert plan.run([np.zeros_like(W)], [x], [y]) is None
    assert plan.run([W], [x], [y]) is not None


def test_the_mark_is_that_of_the_graph():
    marks = {f: {planned(f, *batch()).mark for _ in range(4)} for f in (chosen, largest, bent)}
    assert all(len(m) == 1 for m in marks.values())
    assert len(set.union(*marks.values())) == 3


def test_what_numbers_decide_is_refused():
    x, y = batch()
    assert planned(lambda w, x, y: np.sum(w) if np.sum(x @ w) > 0 else np.sum(w**2), x, y) is None
    assert planned(lambda w, x, y: np.round(np.sum(w), 2), x, y) is None
    assert planned(lambda w, x, y: x @ w, x, y) is None
