"""Gradient descent, alone and with a memory of where it was going.

Cauchy 1847: go against the gradient. Polyak 1964: keep going, as a heavy ball does. Nesterov 1983: ask
for the gradient where the ball is about to be.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Gradient:
    """x ← x − rate ∇f. Without a rate the line is searched, from the step of Barzilai and Borwein.

    That step, s·s / s·y (IMA J. Numer. Anal. 8, 1988), is the inverse of the curvature just seen, and f may
    rise for a while as long as it stays below its last ten values (Raydan, SIAM J. Optim. 7, 1997): the same
    direction, but a valley is not crossed a thousand times.
    """

    search = "falling"
    scale = "curvature"  # what a good rate is measured by: 1 / curvature

    def start(self, n):
        return {}

    def change(self, x, g, k, memory, rate):
        return -rate * g

    def direction(self, x, g, memory, look):
        return -g

    def first(self, value, slope, memory):
        return memory.get("length")

    def learn(self, memory, moved, turned, g, before):
        bend = moved @ turned
        memory["length"] = (moved @ moved) / bend if bend > 0 else None

    def most(self, curvature):
        """The largest rate that does not overshoot at that curvature."""
        return 2 / curvature


@dataclass(frozen=True)
class Momentum:
    """v ← keep v − rate ∇f, x ← x + v: the heavy ball (Polyak, USSR Comp. Math. 4, 1964)."""

    keep: float = 0.9
    scale = "curvature"

    def start(self, n):
        return {"velocity": np.zeros(n)}

    def change(self, x, g, k, memory, rate):
        v = memory["velocity"]
        v *= self.keep
        v -= rate * g
        return v

    def most(self, curvature):
        return 2 * (1 + self.keep) / curvature


@dataclass(frozen=True)
class Nesterov:
    """The heavy ball with the gradient taken where it is about to be (Nesterov 1983).

    x is the point looked at, as Sutskever et al. (ICML 2013) write it: v ← keep v − rate ∇f(x),
    x ← x + keep v − rate ∇f(x).
    """

    keep: float = 0.9
    scale = "curvature"

    def start(self, n):
        return {"velocity": np.zeros(n)}

    def change(self, x, g, k, memory, rate):
        v, down = memory["velocity"], rate * g
        v *= self.keep
        v -= down
        return self.keep * v - down

    def most(self, curvature):
        return 2 * (1 + self.keep) / ((1 + 2 * self.keep) * curvature)
