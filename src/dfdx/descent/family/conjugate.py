"""Conjugate gradients: each direction leaves alone what the ones before have done.

On a quadratic of n variables the minimum is reached in n steps.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConjugateGradient:
    """d ← −∇f + β d with β = max(∇f·(∇f − ∇f₋)/|∇f₋|², 0): Polak & Ribière 1969, Powell's restart.

    Nocedal & Wright, Numerical Optimization, 2nd ed., section 5.2.
    """

    search = "exact"
    scale = "curvature"

    def start(self, n):
        return {}

    def direction(self, x, g, memory, look):
        old = memory.get("direction")
        d = -g if old is None else memory["beta"] * old - g
        if d @ g >= 0:
            d = -g
        memory["direction"] = d
        return d

    def first(self, value, slope, memory):
        work = memory.get("work")  # gain as much as with the last step, to first order
        return None if work is None else work / slope

    def learn(self, memory, moved, turned, g, before):
        memory["beta"] = max(float(g @ turned) / float(before @ before), 0.0)
        memory["work"] = float(moved @ before)
