"""Gradients of training by a plan: those of the trace, and given up where they could be another."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import logsumexp

from dfdx import gradient, train
from dfdx.calculus.flat import Flat, flatten
from dfdx.descent.replayed import Replayed, _cut

CLASSES = 5


def network(seed):
    random = np.random.default_rng(seed)
    n, m = random.integers(3, 9, 2)
    params = {
        "W": random.normal(0, 0.5, (n, m)),
        "b": random.normal(0, 0.2, m),
        "V": random.normal(0, 0.5, (m, CLASSES)),
        "c": random.normal(0, 0.2, CLASSES),
    }
    return params, random.normal(0, 1, (100, n)), random.integers(0, CLASSES, 100)


def hidden(p, x):
    return x @ p["W"] + p["b"]


def entropy(scores, y):
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y])


def logs(scores):
    return scores - logsumexp(scores, axis=1, keepdims=True)


def tanh(p, x, y):
    return entropy(np.tanh(hidden(p, x)) @ p["V"] + p["c"], y)


def in_place(p, x, y):
    scores = np.tanh(hidden(p, x)) @ p["V"]
    scores += p["c"]
    scores -= scores.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y])


def relu(p, x, y):
    return entropy(np.maximum(hidden(p, x), 0) @ p["V"] + p["c"], y)


def leaky(p, x, y):
    z = hidden(p, x)
    return entropy(np.where(z > 0, z, 0.1 * z) @ p["V"] + p["c"], y)


def masked(p, x, y):
    z = hidden(p, x)
    return entropy((z * (z >= 0)) @ p["V"] + p["c"], y)


def one_hot(p, x, y):
    return -np.mean(np.sum(np.eye(CLASSES)[y] * logs(np.tanh(hidden(p, x)) @ p["V"]), axis=1))


def classes_compared(p, x, y):
    found = logs(np.tanh(hidden(p, x)) @ p["V"])
    return -np.sum(np.where(y[:, None] == np.arange(CLASSES), found, 0.0)) / len(y)


def along(p, x, y):
    found = logs(np.tanh(hidden(p, x)) @ p["V"] + p["c"])
    return -np.mean(np.take_along_axis(found, y[:, None], 1))


def sure(p, x, y):
    """Far out, where 1 - tanh² has lost its digits."""
    return entropy(np.tanh(9 * hidden(p, x)) @ p["V"], y)


def regression(p, x, y):
    z = np.tanh((x - x.mean(axis=0)) @ p["W"] + p["b"]).sum(axis=1)
    return np.mean(np.abs(z - y)) + 1e-3 * sum(np.sum(v**2) for v in p.values())


def clipped(p, x, y):
    return np.mean(np.clip(hidden(p, x).sum(axis=1) - y, -1, 1) ** 2) + np.sum(p["V"] ** 2)


PLANNED = (
    tanh, in_place, relu, leaky, masked, one_hot, classes_compared, along, sure, regression, clipped,
)  # fmt: skip


def walked(f, params, x, y, batches=12, size=20, seed=0):
    """The states of the plans after so many batches, at each of which the gradient was compared."""
    random = np.random.default_rng(seed)
    flat = Flat(f, (params, x[:size], y[:size]), {}, wrt=0)
    look = Replayed(flat, params, f)
    at = flat.start.copy()
    for k in range(batches):
        rows = random.permutation(len(x))[: size - k % 2]  # two sets of shapes, in turn
        at = at + random.normal(0, 0.02, len(at))
        value, g = look(((x[rows], y[rows]), {}), at)
        expected = vector(gradient(f, wrt=0)(flat.pack(at), x[rows], y[rows]))
        assert value == pytest.approx(f(flat.pack(at), x[rows], y[rows]), rel=1e-14)
        assert_allclose(g, expected, rtol=1e-11, atol=1e-13 * abs(expected).max())
    return list(look.states.values())


def vector(structure):
    return np.concatenate([np.ravel(leaf) for leaf in structure.values()])


def is_used(state):
    _, agreed, _, broken, off = state
    return agreed >= 2 and not off and not broken


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("f", PLANNED, ids=lambda f: f.__name__)
def test_it_gives_what_the_trace_gives(f, seed):
    states = walked(f, *network(seed), seed=seed)
    assert len(states) == 2 and all(map(is_used, states))


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_short_floats(kind):
    params, x, y = network(1)
    assert all(map(is_used, walked(tanh, params, x.astype(kind), y.astype(np.int16))))
    walked(lambda p, x, y: tanh(p, x / 3, y), params, x.astype(kind), y)


def by_parity(p, x, y):
    z = hidden(p, x)
    return np.mean(z**2) if y.sum() % 2 else np.mean(np.tanh(z) ** 2)


def by_size(p, x, y):
    z = hidden(p, x)
    return np.mean(z**2) if np.mean(z) > 0 else 2 * np.mean(z**2)


def counted(p, x, y):
    """How often each class is there makes weights that no plan can know."""
    weights = 1 / (1 + np.bincount(y, minlength=CLASSES))[y]
    found = logs(np.tanh(hidden(p, x)) @ p["V"])
    return -np.mean(weights * found[np.arange(len(y)), y])


@pytest.mark.parametrize("f", [by_parity, by_size, counted], ids=lambda f: f.__name__)
def test_what_the_data_decides_is_traced(f):
    for seed in range(2):
        assert not any(map(is_used, walked(f, *network(seed), batches=16, seed=seed)))


def test_what_changes_outside_is_seen():
    params, x, y = network(3)
    scale = [1.0]

    def f(p, x, y):
        return scale[0] * tanh(p, x, y)

    flat = Flat(f, (params, x, y), {}, wrt=0)
    look = Replayed(flat, params, f)
    for k in range(9):
        if k == 6:
            (state,) = look.states.values()
            assert is_used(state)
            scale[0] = 3.0
        rows = slice(10 * k, 10 * k + 10)
        g = look(((x[rows], y[rows]), {}), flat.start)[1]
        expected = gradient(f, wrt=0)(params, x[rows], y[rows])
        assert_allclose(g, vector(expected), rtol=1e-11, atol=1e-14)
    (state,) = look.states.values()
    assert state[-1]  # given up for good


def test_noise_is_not_frozen():
    params, x, y = network(4)
    random = np.random.default_rng(0)

    def dropped(p, x, y):
        z = np.tanh(hidden(p, x))
        return entropy((z * random.uniform(size=z.shape)) @ p["V"], y)

    flat = Flat(dropped, (params, x, y), {}, wrt=0)
    look = Replayed(flat, params, dropped)
    slopes = [look(((x, y), {}), flat.start)[1] for _ in range(12)]
    assert len({g.tobytes() for g in slopes}) == len(slopes)
    assert not any(map(is_used, look.states.values()))


def test_a_constant_that_only_the_slope_sees():
    params, x, y = network(5)
    params["c"][:] = 0.0

    def f(p, x, y):  # the value does not show how often class 0 is there, the slope by c does
        return np.sum(np.tanh(hidden(p, x)) ** 2) + np.bincount(y)[0] * p["c"].sum()

    flat = Flat(f, (params, x, y), {}, wrt=0)
    look = Replayed(flat, params, f)
    for k in range(16):
        rows = slice(5 * k, 5 * k + 20)
        g = look(((x[rows], y[rows]), {}), flat.start)[1]
        assert_allclose(g, vector(gradient(f, wrt=0)(params, x[rows], y[rows])), rtol=1e-11)


def test_an_element_on_a_break_is_traced():
    params, x, y = network(6)
    params["W"][:, 0] = 0.0
    params["b"][0] = 0.0
    flat = Flat(relu, (params, x, y), {}, wrt=0)
    look = Replayed(flat, params, relu)
    away = flat.start + 1e-3
    for _ in range(5):
        look(((x, y), {}), away)
    (state,) = look.states.values()
    assert is_used(state)
    g = look(((x, y), {}), flat.start)[1]
    expected = gradient(relu, wrt=0)(params, x, y)
    assert_allclose(g, vector(expected), rtol=1e-11, atol=1e-14)
    (state,) = look.states.values()
    assert state[3] == 1 and not state[4]


def halving(p, x, y):
    x *= 0.5
    return tanh(p, x, y)


def halved(p, x, y):
    return tanh(p, 0.5 * x, y)


def lowering(p, x, y):
    p["b"] -= 1.0
    return tanh(p, x, y)


def lowered(p, x, y):
    return tanh({**p, "b": p["b"] - 1.0}, x, y)


@pytest.mark.parametrize("f, same", [(halving, halved), (lowering, lowered)])
def test_what_the_loss_changes_in_place_is_its_own(f, same):
    params, x, y = network(7)
    options = {"batch": 20, "epochs": 4}
    one = train(f, params, (x, y), **options)
    other = train(same, params, (x, y), **options)
    assert_allclose(flatten(one.x)[0], flatten(other.x)[0], rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("f", [tanh, in_place, relu, by_parity, counted], ids=lambda f: f.__name__)
@pytest.mark.parametrize("every", [1, 4, 7])
def test_taken_up_with_the_same_bits(tmp_path, f, every):
    params, x, y = network(8)
    options = {"batch": 24, "epochs": 12, "rate": 0.01}
    whole = train(f, params, (x, y), **options)
    path = tmp_path / "run.ckpt"
    for _ in range(8):
        countdown = iter(range(every))

        def stop(state, left=countdown):
            if next(left, None) is None:
                raise StopIteration

        train(f, params, (x, y), checkpoint=path, callback=stop, **options)
    found = train(f, params, (x, y), checkpoint=path, **options)
    assert flatten(found.x)[0].tobytes() == flatten(whole.x)[0].tobytes()
    assert found.history.value.tobytes() == whole.history.value.tobytes()


def test_batches_in_any_structure():
    x, y = np.ones((4, 2)), np.arange(4)
    rows = _cut(((), {"batch": {"x": x, "y": y, "weight": 2.0, "name": "a", "k": 3}}))
    assert [a is b for a, b in zip(rows.floats, [x, 2.0], strict=True)] == [True, True]
    args, named = rows.rebuilt([2 * x, 5.0])
    assert args == () and named["batch"]["weight"] == 5.0 and named["batch"]["k"] == 3
    other = _cut(((), {"batch": {"x": x, "y": y, "weight": 2.0, "name": "a", "k": 4}}))
    assert rows.key != other.key
    assert rows.ambiguous and not _cut(((x, y[::-1]), {})).ambiguous
    assert _cut(((x, object()), {})) is None
    assert _cut(((x.astype(complex),), {})) is None
