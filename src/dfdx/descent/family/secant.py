"""Curvature learnt on the way: from how the gradient turned along each step.

A step s on which the gradient changed by y says what the Hessian does to s: H s = y. BFGS keeps an inverse
of H that agrees with the last pair exactly; L-BFGS keeps the last pairs themselves.
"""

from dataclasses import dataclass

import numpy as np

_BEND = 1e-12  # a pair teaches only where f bends upwards along it


def teaches(moved, turned):
    """True where the curvature along a step is safely positive."""
    return moved @ turned > _BEND * np.sqrt((moved @ moved) * (turned @ turned))


@dataclass(frozen=True)
class BFGS:
    """Broyden, Fletcher, Goldfarb & Shanno 1970; Nocedal & Wright, formula 6.17. Keeps n² numbers."""

    search = "wolfe"
    scale = "curvature"

    def start(self, n):
        return {}

    def direction(self, x, g, memory, look):
        inverse = memory.get("inverse")
        return -g if inverse is None else -(inverse @ g)

    def first(self, value, slope, memory):
        return 1.0 if "inverse" in memory else None

    def learn(self, memory, moved, turned, g, before):
        if not teaches(moved, turned):
            return
        bend = moved @ turned
        if "inverse" not in memory:
            memory["inverse"] = (bend / (turned @ turned)) * np.eye(len(moved))
        inverse = memory["inverse"]
        pushed = inverse @ turned
        cross = np.outer(pushed, moved) / bend
        longer = (1 + (turned @ pushed) / bend) / bend
        inverse += longer * np.outer(moved, moved) - cross - cross.T


@dataclass(frozen=True)
class LBFGS:
    """BFGS from the last `pairs` steps alone: Nocedal, Math. Comp. 35, 1980; the two loops."""

    pairs: int = 10
    search = "wolfe"
    scale = "curvature"

    def start(self, n):
        return {"moved": np.zeros((0, n)), "turned": np.zeros((0, n))}

    def direction(self, x, g, memory, look):
        rows = list(zip(memory["moved"], memory["turned"], strict=True))
        if not rows:
            return -g
        q, shares = g.copy(), []
        for s, y in reversed(rows):
            share = (s @ q) / (s @ y)
            q -= share * y
            shares.append(share)
        s, y = rows[-1]
        q *= (s @ y) / (y @ y)
        for (s, y), share in zip(rows, reversed(shares), strict=True):
            q += (share - (y @ q) / (s @ y)) * s
        return -q

    def first(self, value, slope, memory):
        return 1.0 if len(memory["moved"]) else None

    def learn(self, memory, moved, turned, g, before):
        if teaches(moved, turned):
            for name, row in (("moved", moved), ("turned", turned)):
                memory[name] = np.concatenate([memory[name], row[None]])[-self.pairs :]
