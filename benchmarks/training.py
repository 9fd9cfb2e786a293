"""A step of training: a network for 8 × 8 digits, Adam, 64 rows a batch, on the same batches everywhere."""

from statistics import median
from time import perf_counter

import jax
import jax.numpy as jnp
import numpy as np
import torch

from dfdx import gradient, train
from dfdx.descent.family import Adam
from dfdx.descent.march import ByRate, State, march

from .race import same
from .report import Section, number

STEPS, TURNS = 150, 4
jax.config.update("jax_enable_x64", True)
RANDOM = np.random.default_rng(0)
IMAGES, LABELS = RANDOM.uniform(0, 1, (64 * STEPS, 64)), RANDOM.integers(0, 10, 64 * STEPS)
START = {
    "W": RANDOM.normal(0, 0.2, (64, 64)),
    "b": np.zeros(64),
    "V": RANDOM.normal(0, 0.2, (64, 10)),
    "c": np.zeros(10),
}


def loss(p, images, labels):
    scores = np.tanh(images @ p["W"] + p["b"]) @ p["V"] + p["c"]
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(labels)), labels])


def batches():
    return [(IMAGES[k : k + 64], LABELS[k : k + 64]) for k in range(0, len(IMAGES), 64)]


def by_dfdx():
    """The losses of the steps, and the time at each."""
    losses, times = [], []

    def note(state):
        losses.append(state.value)
        times.append(perf_counter())

    train(loss, START, (IMAGES, LABELS), batch=64, shuffle=False, steps=STEPS, callback=note)
    return losses, times


def by_torch():
    p = {k: torch.tensor(v, requires_grad=True) for k, v in START.items()}
    adam = torch.optim.Adam(p.values(), lr=1e-3)
    losses, times = [], []
    data = [(torch.tensor(x), torch.tensor(y)) for x, y in batches()]
    for x, y in data:
        adam.zero_grad()
        scores = torch.tanh(x @ p["W"] + p["b"]) @ p["V"] + p["c"]
        value = torch.nn.functional.cross_entropy(scores, y)
        value.backward()
        adam.step()
        losses.append(float(value))
        times.append(perf_counter())
    return losses, times


@jax.jit
def jax_step(p, m, v, k, images, labels):
    def value(p):
        scores = jnp.tanh(images @ p["W"] + p["b"]) @ p["V"] + p["c"]
        chosen = scores[jnp.arange(len(labels)), labels]
        return jnp.mean(jax.nn.logsumexp(scores, axis=1) - chosen)

    y, g = jax.value_and_grad(value)(p)
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    c, d = 1 - 0.9**k, 1 - 0.999**k
    p = jax.tree.map(lambda p, m, v: p - 1e-3 * (m / c) / (jnp.sqrt(v / d) + 1e-8), p, m, v)
    return y, p, m, v


def by_jax():
    p = {k: jnp.asarray(v) for k, v in START.items()}
    m = v = jax.tree.map(jnp.zeros_like, p)
    losses, times = [], []
    for k, (x, y) in enumerate(batches(), 1):
        value, p, m, v = jax_step(p, m, v, float(k), x, y)
        losses.append(float(value))
        times.append(perf_counter())
    return losses, times


def gradients():
    """Nothing but the gradients, on the same batches."""
    slope = gradient(loss, wrt=0)
    times = []
    for x, y in batches():
        slope(START, x, y)
        times.append(perf_counter())
    return None, times


def driver(n):
    """Seconds for a step of Adam on n parameters where the gradient costs nothing: loop and arithmetic."""
    method, g = Adam(), np.ones(n)
    here = State(np.zeros(n), 1.0, g, None, method.start(n))
    rows = march(lambda x: (1.0, g), ByRate(method, lambda k: 1e-3), here)
    times = []
    for _ in range(2000):
        next(rows)
        times.append(perf_counter())
    return per_step(times)


def per_step(times):
    return median(np.diff(times[10:]))


def run():
    racers = {
        "dfdx": by_dfdx,
        "torch": by_torch,
        "JAX, jit": by_jax,
        "dfdx, the gradients alone": gradients,
    }
    expected = by_dfdx()[0]
    for name, racer in racers.items():
        losses = racer()[0]
        if losses is not None:
            same(name, losses[-20:], expected[-20:], 6)
    best = dict.fromkeys(racers, float("inf"))
    for _ in range(TURNS):
        for name, racer in racers.items():
            best[name] = min(best[name], per_step(racer()[1]))
    rows = [("a step", "µs", "torch = 1")]
    rows += [
        (n, number(t * 1e6), number(t / best["torch"]))
        for n, t in sorted(best.items(), key=lambda x: x[1])
    ]
    small, large = (min(driver(n) for _ in range(5)) for n in (1, 4810))
    remarks = (
        f"The driver of descent itself takes {number(small * 1e6)} µs a step for 1 "
        f"parameter, and with the arithmetic "
        f"of Adam {number(large * 1e6)} µs for the 4,810 of this network."
    )
    return Section("Training", ABOUT, rows, remarks)


ABOUT = (
    "A network for 8 × 8 digits (64 tanh units, 4,810 parameters), Adam, 64 rows a batch, double precision; "
    "the losses of all agree to six digits. dfdx differentiates the plain NumPy code "
    "and writes its gradient down once it has agreed with two traces; the loss is called plainly at every "
    "step to confirm it; "
    "the median step of the best of several runs."
)
