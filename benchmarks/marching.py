"""An array filled in a loop: y[i] = a y[i-1] + b x[i], differentiated by all of x, forward and in reverse.

dfdx takes the loop through np.zeros(n) as it stands. torch refuses it where a product keeps
y[i-1], and needs n² steps where it does not, so it and the others get a list, their fastest way.
"""

import autograd
import autograd.numpy as anp
import mygrad
import numpy as np
import torch

from dfdx import gradient, tangent

from .race import race
from .report import Section, number

A, B = 0.9, 0.1
LENGTHS = (500, 8_000, 100_000)
_PATIENCE = 10_000  # torch's forward mode takes a minute and more beyond


def march(x):
    n = len(x)
    y = np.zeros(n)
    y[0] = b_times(x[0])
    for i in range(1, n):
        y[i] = A * y[i - 1] + B * x[i]
    return y.sum()


def b_times(v):
    return B * v


def with_list(x, joined):
    y = [B * x[0]]
    for i in range(1, len(x)):
        y.append(A * y[-1] + B * x[i])
    return joined(y)


def reverse_torch(x):
    x = torch.tensor(x, requires_grad=True)
    with_list(torch.unbind(x), lambda y: torch.stack(y).sum()).backward()
    return x.grad.numpy()


def forward_torch(x, v):
    f = lambda x: with_list(torch.unbind(x), lambda y: torch.stack(y).sum())
    with torch.autograd.forward_ad.dual_level():
        dual = torch.autograd.forward_ad.make_dual(torch.tensor(x), torch.tensor(v))
        return float(torch.autograd.forward_ad.unpack_dual(f(dual)).tangent)


def reverse_autograd(x):
    return autograd.grad(lambda x: with_list(x, lambda y: anp.sum(anp.array(y))))(x)


def reverse_mygrad(x):
    x = mygrad.tensor(x)
    with_list(x, lambda y: mygrad.sum(mygrad.stack(y))).backward()
    return x.grad


def contestants(x, v, peers):
    """By direction: the contestants that are worth their time at this length."""
    ours = gradient(march)
    reverse = {"dfdx": lambda: ours(x), "PyTorch, eager": lambda: reverse_torch(x)}
    if peers:
        reverse |= {"autograd": lambda: reverse_autograd(x), "mygrad": lambda: reverse_mygrad(x)}
    forward = {"dfdx": lambda: tangent(march, x).push(v)}
    if len(x) <= _PATIENCE:
        forward["PyTorch, eager"] = lambda: forward_torch(x, v)
    return {"reverse": reverse, "forward": forward}


def run():
    rows = [("µs per element", *(f"n = {n:,}" for n in LENGTHS), "torch / dfdx")]
    found = {}
    for n in LENGTHS:
        random = np.random.default_rng(n)
        x, v = random.standard_normal(n), random.standard_normal(n)
        for direction, racers in contestants(x, v, n <= 500).items():
            best = race(racers, turns=7 if n < 5_000 else 3, budget=10.0)
            plain = race({"value": lambda x=x: march(x)}, turns=3)["value"]
            found |= {(direction, name, n): t / n for name, t in best.items()}
            found[("value", "plain Python", n)] = plain / n
    names = dict.fromkeys((direction, name) for direction, name, _ in found)
    for direction, name in names:
        times = [found.get((direction, name, n)) for n in LENGTHS]
        cells = ["" if t is None else number(t * 1e6) for t in times]
        ratio = ""
        if name == "dfdx":
            torchs = [found.get((direction, "PyTorch, eager", n)) for n in LENGTHS]
            pairs = zip(torchs, times, strict=True)
            ratio = ", ".join(number(a / b) for a, b in pairs if a is not None)
        rows.append((f"{direction}: {name}", *cells, ratio))
    return Section("An array filled in a loop", ABOUT, rows)


ABOUT = (
    "`y[i] = a*y[i-1] + b*x[i]` through `np.zeros(n)`, value and derivative by all of x. torch, autograd "
    "and mygrad get a list in place of the array. The last column: how many times as long torch takes, "
    "for each n."
)
