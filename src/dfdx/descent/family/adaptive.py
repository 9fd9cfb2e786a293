"""Methods that give every parameter its own rate, from the gradients that it has seen.

With them a rate is a length: about how far each parameter moves in one step, whatever the units of f.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

_TINY = 1e-8  # keeps a parameter still whose gradients were all zero


@dataclass(frozen=True)
class AdaGrad:
    """Steps shrink with all that was seen: x ← x − rate ∇f / √Σ∇f² (Duchi, Hazan & Singer, JMLR 12, 2011)."""

    scale = "length"

    def start(self, n):
        return {"squares": np.zeros(n)}

    def change(self, x, g, k, memory, rate):
        s = memory["squares"]
        s += g * g
        return -rate * g / (np.sqrt(s) + _TINY)


@dataclass(frozen=True)
class RMSProp:
    """As AdaGrad, but the squares are forgotten (Tieleman & Hinton, lecture 6.5, 2012)."""

    keep: float = 0.9
    scale = "length"

    def start(self, n):
        return {"squares": np.zeros(n)}

    def change(self, x, g, k, memory, rate):
        s = memory["squares"]
        s *= self.keep
        s += (1 - self.keep) * (g * g)
        return -rate * g / (np.sqrt(s) + _TINY)


@dataclass(frozen=True)
class Adam:
    """Averages of ∇f and ∇f², freed of their start at zero (Kingma & Ba, arXiv 1412.6980).

    The first step of every parameter has exactly the length `rate`.
    """

    first: float = 0.9
    second: float = 0.999
    scale = "length"

    def start(self, n):
        return {"first": np.zeros(n), "second": np.zeros(n)}

    def change(self, x, g, k, memory, rate):
        m, v = memory["first"], memory["second"]
        m *= self.first
        m += (1 - self.first) * g
        v *= self.second
        v += (1 - self.second) * (g * g)
        size = np.sqrt(v)
        size += _TINY * (root := sqrt(1 - self.second ** (k + 1)))
        np.divide(m, size, out=size)
        size *= -rate * root / (1 - self.first ** (k + 1))
        return size


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with a weight decay that is not averaged (Loshchilov & Hutter, arXiv 1711.05101)."""

    decay: float = 0.01

    def change(self, x, g, k, memory, rate):
        step = super().change(x, g, k, memory, rate)
        step -= (rate * self.decay) * x
        return step
