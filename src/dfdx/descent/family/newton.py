"""Newton's method: step to the minimum of the parabola that touches f here.

Where f bends downwards that parabola has no minimum. The absolute values of the curvatures are taken then,
so that the step still goes down, and away from a saddle.
"""

from dataclasses import dataclass

import numpy as np

_FLATTEST = 1e-10  # of the largest curvature


@dataclass(frozen=True)
class Newton:
    """d = −|H|⁻¹ ∇f, |H| from the eigenvalues (Greenstadt, Math. Comp. 21, 1967); n³ operations a step."""

    search = "wolfe"
    scale = "curvature"
    second = True  # asks for the Hessian

    def start(self, n):
        return {}

    def direction(self, x, g, memory, look):
        curvature, axes = np.linalg.eigh(look.hessian(x))
        size = np.abs(curvature)
        most = size.max(initial=0.0)
        if not most > 0:
            return -g
        return -(axes @ ((axes.T @ g) / np.maximum(size, _FLATTEST * most)))

    def first(self, value, slope, memory):
        return 1.0

    def learn(self, memory, moved, turned, g, before):
        pass
