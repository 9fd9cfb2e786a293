"""Training: the same bits however it is broken off, data in any form, faults told by name."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from dfdx import rule, train
from dfdx.calculus.flat import flatten
from dfdx.descent.checkpoint import BadCheckpoint

RNG = np.random.default_rng(0)
X = RNG.standard_normal((200, 3))
TRUE = np.array([1.0, -2.0, 0.5])
Y = X @ TRUE + 0.3


def loss(p, x, y):
    return np.mean((x @ p["w"] + p["b"] - y) ** 2)


def zeros():
    return {"w": np.zeros(3), "b": 0.0}


def bits(found):
    return flatten(found.x)[0].tobytes()


@pytest.mark.parametrize(
    "method", ["adam", "adamw", "gradient", "momentum", "nesterov", "rmsprop", "adagrad"]
)
def test_the_truth_is_found(method):
    rate = 0.5 if method == "adagrad" else 0.05
    found = train(loss, zeros(), (X, Y), method=method, rate=rate, epochs=60, schedule="cosine")
    assert found.converged and not found.notes
    assert_allclose(found.x["w"], TRUE, atol=0.02 if method == "adamw" else 0.01)


def test_the_law_and_the_seed():
    one = train(loss, zeros(), (X, Y), epochs=3, seed=5)
    assert bits(one) == bits(train(loss, epochs=3, seed=5)(zeros(), (X, Y)))
    assert bits(one) != bits(train(loss, zeros(), (X, Y), epochs=3, seed=6))
    assert (
        one.history.value.tobytes()
        == train(loss, zeros(), (X, Y), epochs=3, seed=5).history.value.tobytes()
    )


def test_adam_is_the_textbook():
    """Kingma & Ba, algorithm 1, written out."""
    found = train(loss, zeros(), (X, Y), batch=50, steps=7, shuffle=False, rate=0.01)
    w, m, v = np.zeros(4), np.zeros(4), np.zeros(4)
    for t in range(1, 8):
        k = (t - 1) % 4 * 50
        x, y = X[k : k + 50], Y[k : k + 50]
        r = 2 * (x @ w[:3] + w[3] - y) / 50
        g = np.append(x.T @ r, r.sum())
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w = w - 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    assert_allclose([*found.x["w"], found.x["b"]], w, rtol=1e-12)


def by_name(p, *, inputs, targets):
    return loss(p, inputs, targets)


def as_dict(p, batch):
    return loss(p, batch["inputs"], batch["targets"])


def one_array(p, rows):
    return loss(p, rows[:, :3], rows[:, 3])


def test_data_in_any_form(tmp_path):
    expected = bits(train(loss, zeros(), (X, Y), epochs=2))
    rows = np.column_stack([X, Y])
    named = {"inputs": X, "targets": Y}
    np.save(tmp_path / "rows.npy", rows)
    mapped = np.load(tmp_path / "rows.npy", mmap_mode="r")
    for f, data in [
        (loss, [X, Y]),
        (by_name, named),
        (as_dict, named),
        (one_array, rows),
        (one_array, mapped),
    ]:
        assert bits(train(f, zeros(), data, epochs=2)) == expected


class Seldom:
    """An array in a file that notices being read whole."""

    shape, dtype = X.shape, X.dtype

    def __len__(self):
        return len(X)

    def __getitem__(self, rows):
        assert len(rows) <= 32 and (np.diff(rows) > 0).all()
        return X[rows]

    def __array__(self, *args, **named):
        raise AssertionError("read whole")


def test_what_is_in_a_file_is_read_by_batches():
    assert bits(train(loss, zeros(), (Seldom(), Y), epochs=2)) == bits(
        train(loss, zeros(), (X, Y), epochs=2)
    )


def test_batches_of_an_iterable():
    cut = [(X[k : k + 50], Y[k : k + 50]) for k in range(0, 200, 50)]
    expected = train(loss, zeros(), (X, Y), batch=50, shuffle=False, epochs=3)
    for data in (cut, lambda: iter(cut)):
        found = train(loss, zeros(), data, epochs=3)
        assert bits(found) == bits(expected) and found.steps == 12
    once = train(loss, zeros(), iter(cut), epochs=3)  # a generator is one epoch
    assert once.steps == 4 and bits(once) == bits(train(loss, zeros(), cut, epochs=1))
    assert bits(train(loss, zeros(), iter(cut * 3), steps=12)) == bits(expected)


def test_the_last_short_batch():
    assert train(loss, zeros(), (X, Y), batch=64, epochs=1).steps == 4
    assert train(loss, zeros(), (X, Y), batch=64, epochs=1, short=False).steps == 3


@dataclass
class Layer:
    weights: np.ndarray
    bias: float


def test_the_structure_is_that_of_the_parameters():
    found = train(
        lambda p, x, y: loss({"w": p.weights, "b": p.bias}, x, y),
        Layer(np.zeros(3), 0.0),
        (X, Y),
        epochs=2,
    )
    assert isinstance(found.x, Layer)
    same = train(loss, zeros(), (X, Y), epochs=2)
    assert_array_equal(found.x.weights, same.x["w"])


def test_what_was_passed_stays_as_it_was():
    def greedy(p, x, y):
        w = p["w"]
        w += 0.0
        p["w"] *= 1.0
        return np.mean((x @ w + p["b"] - y) ** 2)

    start, x, y = zeros(), X.copy(), Y.copy()
    found = train(greedy, start, (x, y), epochs=2)
    assert_array_equal(start["w"], np.zeros(3))
    assert_array_equal(x, X)
    assert_array_equal(y, Y)
    assert bits(found) == bits(train(loss, zeros(), (X, Y), epochs=2))


def test_early_stopping_keeps_the_best():
    noisy = Y[:40] + np.random.default_rng(1).standard_normal(40) * 3
    features = np.random.default_rng(2).standard_normal((200, 60))
    features[:, :3] = X

    def wide(p, x, y):
        return np.mean((x @ p - y) ** 2)

    found = train(wide, np.zeros(60), (features[:40], noisy), validation=(features[100:], Y[100:]), rate=0.05,
                  epochs=500, patience=5)  # fmt: skip
    assert "no better for 5 epochs" in found.reason and found.converged
    values = [value for _, value in found.history.validation]
    assert (
        found.value
        == min(values)
        == pytest.approx(wide(found.x, features[100:], Y[100:]), rel=1e-12)
    )
    assert values.index(min(values)) == len(values) - 6


def test_validation_by_a_function():
    found = train(
        loss, zeros(), (X, Y), validation=lambda p: abs(p["b"] - 0.3), epochs=30, rate=0.02
    )
    assert found.value == min(v for _, v in found.history.validation)


def test_a_callback_and_the_state():
    seen = []

    def watch(state):
        seen.append((state.step, state.value, state.point["b"]))
        if state.step == 5:
            raise StopIteration

    found = train(loss, zeros(), (X, Y), callback=watch)
    assert [k for k, *_ in seen] == [0, 1, 2, 3, 4, 5]
    assert found.x["b"] == seen[-1][2] and "callback" in found.reason


# broken off, and taken up


def options(**more):
    return {
        "epochs": 6,
        "batch": 24,
        "rate": 0.02,
        "validation": (X[:50], Y[:50]),
        "schedule": "cosine",
        **more,
    }


@pytest.mark.parametrize(
    "method", ["adam", "adamw", "gradient", "momentum", "nesterov", "rmsprop", "adagrad"]
)
@pytest.mark.parametrize("at", [0, 1, 8, 9, 10, 33])
def test_taken_up_with_the_same_bits(tmp_path, at, method):
    whole = train(loss, zeros(), (X, Y), **options(method=method))
    path = tmp_path / "run.ckpt"

    def stop(state):
        if state.step == at:
            raise KeyboardInterrupt

    part = train(loss, zeros(), (X, Y), checkpoint=path, callback=stop, **options(method=method))
    assert "interrupted" in part.reason and part.steps == at
    found = train(loss, zeros(), (X, Y), checkpoint=path, **options(method=method))
    assert bits(found) == bits(whole)
    assert found.history.value.tobytes() == whole.history.value.tobytes()
    assert found.history.validation == whole.history.validation
    assert found.value == whole.value and found.reason == whole.reason
    again = train(
        loss, zeros(), (X, Y), checkpoint=path, **options(method=method)
    )  # nothing is left to do
    assert bits(again) == bits(whole)


def test_an_iterable_is_taken_up_where_it_was(tmp_path):
    cut = [(X[k : k + 50], Y[k : k + 50]) for k in range(0, 200, 50)]
    path = tmp_path / "run.ckpt"

    def stop(state):
        if state.step == 6:
            raise StopIteration

    train(loss, zeros(), cut, epochs=3, checkpoint=path, callback=stop)
    assert bits(train(loss, zeros(), cut, epochs=3, checkpoint=path)) == bits(
        train(loss, zeros(), cut, epochs=3)
    )


RUN = """
import sys
import numpy as np
from dfdx import train
from dfdx.calculus.flat import flatten
rng = np.random.default_rng(3)
x, y = rng.standard_normal((400, 5)), rng.standard_normal(400)
def loss(p, x, y):
    return np.mean((np.tanh(x @ p["W"]) @ p["v"] - y) ** 2)
start = {"W": rng.standard_normal((5, 8)), "v": rng.standard_normal(8)}
print("ready", flush=True)
path = sys.argv[1] if len(sys.argv) > 1 else None
found = train(loss, start, (x, y), batch=16, epochs=30, checkpoint=path, every=7, validation=(x[:99], y[:99]))
print(flatten(found.x)[0].tobytes().hex(), found.history.value.tobytes().hex()[-400:], found.value.hex())
"""


def started(*words):
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *map(str, words)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment(tmp_path, seed):
    whole = started()
    expected = whole.communicate()[0]
    assert whole.returncode == 0
    random = np.random.default_rng(seed)
    path = tmp_path / "run.ckpt"
    for _ in range(3):
        run = started(path)
        run.stdout.readline()
        time.sleep(random.uniform(0.0, 0.5))
        run.send_signal(signal.SIGKILL)
        run.communicate()
    done = started(path)
    assert done.communicate()[0] == expected
    assert path.exists()


def test_ctrl_c_returns_what_was_reached(tmp_path):
    def interrupt(state):
        if state.step == 4:
            os.kill(os.getpid(), signal.SIGINT)

    found = train(loss, zeros(), (X, Y), callback=interrupt, checkpoint=tmp_path / "c")
    assert "interrupted" in found.reason and found.steps == 5
    assert bits(train(loss, zeros(), (X, Y), checkpoint=tmp_path / "c")) == bits(
        train(loss, zeros(), (X, Y))
    )
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_no_part_of_a_checkpoint_is_left(tmp_path):
    train(loss, zeros(), (X, Y), epochs=1, checkpoint=tmp_path / "run.ckpt", every=1)
    assert [p.name for p in tmp_path.iterdir()] == ["run.ckpt"]


@pytest.mark.parametrize("damage", ["cut", "bit", "text", "empty", "foreign"])
def test_a_damaged_checkpoint_is_told(tmp_path, damage):
    path = tmp_path / "run.ckpt"
    train(loss, zeros(), (X, Y), epochs=1, checkpoint=path)
    content = path.read_bytes()
    if damage == "bit":
        middle = len(content) // 3
        content = content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]
    path.write_bytes(
        {"cut": content[:-100], "bit": content, "text": b"hello", "empty": b""}.get(damage, content)
    )
    if damage == "foreign":
        with open(path, "wb") as file:
            np.savez(file, x=np.zeros(3))
    with pytest.raises(BadCheckpoint, match=r"run\.ckpt"):
        train(loss, zeros(), (X, Y), epochs=1, checkpoint=path)


def test_a_checkpoint_of_another_run_is_told(tmp_path):
    path = tmp_path / "run.ckpt"
    train(loss, zeros(), (X, Y), epochs=1, checkpoint=path)
    for more, word in [
        ({"method": "momentum"}, "method"),
        ({"seed": 3}, "seed"),
        ({"batch": 8}, "batch"),
    ]:
        with pytest.raises(BadCheckpoint, match=word):
            train(loss, zeros(), (X, Y), epochs=1, checkpoint=path, **more)
    with pytest.raises(BadCheckpoint, match="rows"):
        train(loss, zeros(), (X[:100], Y[:100]), epochs=1, checkpoint=path)
    with pytest.raises(BadCheckpoint, match="shapes"):
        train(
            lambda p, x, y: (p["w"] ** 2).sum() + p["b"] ** 2,
            {"w": np.zeros(4), "b": 0.0},
            (X, Y),
            checkpoint=path,
        )
    assert train(loss, zeros(), (X, Y), epochs=1, checkpoint=path, resume=False, seed=9).converged


# what is wrong, by name


def test_no_number(tmp_path):
    broken = X.copy()
    broken[77, 1] = np.nan
    found = train(loss, zeros(), (broken, Y), epochs=2)
    assert not found.converged and "data[0]" in found.reason
    assert np.isfinite(found.x["w"]).all()

    def leaves(p, x, y):
        return np.mean(np.log(p["scale"]) ** 2 + p["scale"] * 30 + (x @ p["w"] - y) ** 2)

    found = train(
        leaves, {"w": np.zeros(3), "scale": np.float64(0.05)}, (X, Y), rate=0.02, method="gradient"
    )
    words = " ".join([found.reason, *found.notes])
    assert "nan" in words and "p['scale']" in words and found.x["scale"] > 0


@pytest.mark.parametrize("method", ["gradient", "momentum", "adam", "rmsprop"])
@pytest.mark.parametrize("seed", range(3))
def test_a_rate_that_is_too_large(method, seed):
    rate = np.random.default_rng(seed).uniform(3, 30)
    found = train(
        loss,
        zeros(),
        (X, Y),
        method=method,
        rate=rate * (20 if method in ("adam", "rmsprop") else 1),
    )
    assert "step is too large" in found.reason and not found.converged


@pytest.mark.parametrize("method", ["gradient", "adam"])
def test_a_rate_that_is_too_small(method):
    found = train(loss, zeros(), (X, Y), method=method, rate=1e-8)
    assert "rate is too small" in found.reason


CENTERS = RNG.standard_normal((4, 8)) * 1.5
LABELS = RNG.integers(0, 4, 600)
FEATURES = CENTERS[LABELS] + RNG.standard_normal((600, 8))


def classes(p, x, labels):
    scores = np.tanh(x @ p["W"] + p["b"]) @ p["V"]
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(labels)), labels])


def network(seed=0):
    random = np.random.default_rng(seed)
    return {
        "W": random.normal(0, 0.3, (8, 16)),
        "b": np.zeros(16),
        "V": random.normal(0, 0.3, (16, 4)),
    }


@pytest.mark.parametrize("seed", range(3))
def test_no_false_alarm(seed):
    data = FEATURES, LABELS
    first = train(classes, network(seed), data, seed=seed)
    found = [
        first,
        train(classes, first.x, data, seed=seed),  # trained already
        train(classes, network(seed), data, method="gradient", rate=0.5),
        train(classes, network(seed), data, method="momentum", rate=0.05, schedule="one-cycle"),
        train(
            classes, network(seed), (FEATURES, np.random.default_rng(seed).permutation(LABELS))
        ),  # nothing to learn
        train(classes, network(seed), data, epochs=1),
        train(classes, network(seed), data, steps=0),
    ]
    for one in found:
        assert one.converged and not one.notes, one


@pytest.mark.parametrize(
    ("method", "rate"),
    [("adam", 10), ("adam", 100), ("rmsprop", 30), ("gradient", 200), ("momentum", 50)],
)
def test_a_network_with_a_rate_that_is_too_large(method, rate):
    assert (
        "step is too large"
        in train(classes, network(), (FEATURES, LABELS), method=method, rate=float(rate)).reason
    )


def test_a_parameter_that_does_nothing():
    found = train(loss, {**zeros(), "dead": np.ones(2)}, (X, Y))
    assert any("does not depend on p['dead']" in note for note in found.notes)


def test_a_wrong_rule():
    @rule(lambda y, x: 3.0 * x)
    def square(x):
        return x * x

    found = train(lambda p, x: square(p["a"] - 1.0) + 0.0 * x.sum(), {"a": 3.0}, X, rate=0.1)
    assert "rule of square is wrong" in found.reason


def test_dead_units():
    def relu(p, x, y):
        return np.mean((np.maximum(x @ p["w"] - 100.0, 0) - y) ** 2)

    assert "zero at every step" in train(relu, {"w": np.zeros(3)}, (X, Y)).reason


def told(error, words, *args, **named):
    with pytest.raises(error, match=words):
        train(*args, **named)


def test_bad_input():
    told(ValueError, "batch=300 is more", loss, zeros(), (X, Y), batch=300)
    told(
        ValueError,
        "different lengths: data.0. has 200 rows, data.1. has 100",
        loss,
        zeros(),
        (X, Y[:100]),
    )
    told(ValueError, "empty", loss, zeros(), (X[:0], Y[:0]))
    told(ValueError, "empty", loss, zeros(), [])
    told(ValueError, "empty", loss, zeros(), iter([]))
    told(TypeError, "data is", loss, zeros(), 3.0)
    told(TypeError, "needs data", loss, zeros())
    told(TypeError, r"params\['n'\] is the integer 3", loss, {**zeros(), "n": 3}, (X, Y))
    told(
        TypeError,
        r"params\['w'\] is an array of integers",
        loss,
        {"w": np.zeros(3, int), "b": 0.0},
        (X, Y),
    )
    told(TypeError, r"params\['w'\] is the text", loss, {"w": "no", "b": 0.0}, (X, Y))
    told(
        ValueError,
        r"params\['b'\] is not finite",
        loss,
        {"w": np.zeros(3), "b": float("nan")},
        (X, Y),
    )
    told(ValueError, "no numbers", loss, {}, (X, Y))
    told(ValueError, "rate is a positive", loss, zeros(), (X, Y), rate=float("inf"))
    told(ValueError, "rate is a positive", loss, zeros(), (X, Y), rate=-1.0)
    told(ValueError, "schedule", loss, zeros(), (X, Y), schedule="cosin")
    told(ValueError, "did you mean 'adam'", loss, zeros(), (X, Y), method="adm")
    told(ValueError, "whole function", loss, zeros(), (X, Y), method="bfgs")
    told(ValueError, "not both", loss, zeros(), (X, Y), epochs=1, steps=1)
    told(ValueError, "patience", loss, zeros(), (X, Y), patience=1)
    told(TypeError, "no option 'epoch'", loss, zeros(), (X, Y), epoch=3)
    told(TypeError, "one number", lambda p, x, y: x @ p["w"] - y, zeros(), (X, Y))
