"""Value and gradient of a small network's loss: one step of training, without the update.

The function is written as one writes it in each library: NumPy's for dfdx, the library's own
loss for PyTorch. Images of 8 by 8 pixels, ten classes, parameters in a dict.
"""

from itertools import pairwise

import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import numpy as np
import torch

from dfdx import gradient

from .race import race
from .report import Section, number

CASES = (  # layers, images in a batch, activation
    ((64, 64, 10), 32, "relu"),
    ((64, 128, 10), 128, "relu"),
    ((64, 64, 64, 10), 64, "tanh"),
)
CLASSES = 10
STEPS = 8


def images(count, rng):
    """`(images, labels)`: each class has a pattern of its own, under noise."""
    patterns = rng.uniform(size=(CLASSES, 64)) > 0.6
    labels = rng.integers(0, CLASSES, count)
    return np.clip(patterns[labels] + 0.3 * rng.normal(size=(count, 64)), 0, 1), labels


def parameters(sizes, rng):
    """Weights W1, W2, … and offsets b1, b2, … for layers of these sizes."""
    found = {}
    for k, (m, n) in enumerate(pairwise(sizes), 1):
        found[f"W{k}"] = rng.normal(size=(m, n)) * np.sqrt(2 / m)
        found[f"b{k}"] = 0.1 * rng.normal(size=n)
    return found


def network(np, activation):
    """The loss with the functions of NumPy, or of a module like it."""
    act = np.tanh if activation == "tanh" else lambda z: np.maximum(z, 0)

    def loss(p, x, labels):
        depth, h = len(p) // 2, x
        for k in range(1, depth):
            h = act(h @ p[f"W{k}"] + p[f"b{k}"])
        z = h @ p[f"W{depth}"] + p[f"b{depth}"]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        q = e / e.sum(axis=1, keepdims=True)
        return -np.mean(np.log(q[np.arange(len(labels)), labels]))

    return loss


def with_torch(p, x, labels, activation, dtype):
    """One step of PyTorch's: forward, then backward."""
    act = torch.tanh if activation == "tanh" else torch.relu
    p = {name: torch.tensor(v, dtype=dtype, requires_grad=True) for name, v in p.items()}
    x, labels = torch.tensor(x, dtype=dtype), torch.tensor(labels)
    depth = len(p) // 2

    def step():
        for v in p.values():
            v.grad = None
        h = x
        for k in range(1, depth):
            h = act(h @ p[f"W{k}"] + p[f"b{k}"])
        z = h @ p[f"W{depth}"] + p[f"b{depth}"]
        torch.nn.functional.cross_entropy(z, labels).backward()
        return joined({name: v.grad.numpy() for name, v in p.items()})

    return step


def joined(gradients):
    return np.concatenate([np.ravel(gradients[name]) for name in sorted(gradients)])


def contestants(sizes, count, activation):
    rng = np.random.default_rng(count)
    x, labels = images(count, rng)
    p = parameters(sizes, rng)
    plain = network(np, activation)
    ours = gradient(plain, wrt=0)
    theirs = autograd.grad(network(anp, activation))
    eager = jax.grad(network(jnp, activation))
    compiled = jax.jit(eager)
    return (
        lambda: plain(p, x, labels),
        {
            "dfdx": lambda: joined(ours(p, x, labels)),
            "PyTorch, eager": with_torch(p, x, labels, activation, torch.float64),
            "PyTorch, eager, single precision": with_torch(p, x, labels, activation, torch.float32),
            "autograd": lambda: joined(theirs(p, x, labels)),
            "JAX, compiled": lambda: joined(compiled(p, x, labels)),
            "JAX, eager": lambda: joined(eager(p, x, labels)),
        },
    )


def steps(step):
    """What a turn of the race is: some steps, the gradient of the last one."""

    def turn():
        for _ in range(STEPS - 1):
            step()
        return step()

    return turn


def run():
    jax.config.update("jax_enable_x64", True)
    rows, columns = {}, []
    for sizes, count, activation in CASES:
        value, runs = contestants(sizes, count, activation)
        digits = {"PyTorch, eager, single precision": 3}
        best = race({name: steps(run) for name, run in runs.items()}, digits=digits)
        best |= race({"the value alone, NumPy": steps(value)})
        columns.append(f"{'-'.join(map(str, sizes))}, {activation}, {count} images")
        for name, seconds in best.items():
            rows.setdefault(name, []).append(number(seconds / STEPS * 1e6))
    return Section(
        "A step of training",
        "Value and gradient of the loss of a network that tells images of 8 × 8 pixels apart, by all its "
        "weights. NumPy and double precision except where it is said. µs per step, without the update.",
        [("µs", *columns), *((name, *times) for name, times in rows.items())],
        f"{torch.get_num_threads()} thread(s).",
    )
