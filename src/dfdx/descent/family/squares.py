"""Least squares: f gives residuals r, and ½ Σ r² is made small with their Jacobian alone.

Near a good fit the Hessian of ½ Σ r² is nearly JᵀJ, so first derivatives do the work of second ones.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class GaussNewton:
    """The step d that makes |r + J d| least, with a line search (Nocedal & Wright, section 10.3)."""

    residuals = True
    search = "armijo"
    scale = "curvature"

    def start(self, n):
        return {}

    def direction(self, x, g, memory, look):
        r, jacobian = look.rows(x)
        return np.linalg.lstsq(jacobian, -r, rcond=None)[0]

    def first(self, value, slope, memory):
        return 1.0

    def learn(self, memory, moved, turned, g, before):
        pass


@dataclass(frozen=True)
class LevenbergMarquardt:
    """(JᵀJ + μ D) d = −Jᵀr, μ by how well the last step was foretold (Marquardt 1963; Nielsen,
    IMM-REP-1999-05).

    D is the largest diagonal of JᵀJ so far, so that the units of the parameters do not matter (Moré 1978).
    """

    residuals = True
    damped = True
    scale = "curvature"

    def start(self, n):
        return {"units": np.zeros(n), "damping": np.array(1e-3), "up": np.array(2.0)}

    def trial(self, r, jacobian, memory):
        """The damped step, and by how much it should make ½ Σ r² smaller."""
        units = memory["units"]
        np.maximum(units, np.sqrt((jacobian * jacobian).sum(axis=0)), out=units)
        width = np.where(units > 0, units, 1.0)
        rows = np.vstack([jacobian, np.diag(np.sqrt(float(memory["damping"])) * width)])
        d = np.linalg.lstsq(rows, np.concatenate([-r, np.zeros(len(units))]), rcond=None)[0]
        along = jacobian @ d
        return d, -float(r @ along) - 0.5 * float(along @ along)

    def judge(self, memory, share):
        """More or less damping, by the share of the foretold fall that came true."""
        damping, up = memory["damping"], memory["up"]
        if share > 0:
            damping *= max(1 / 3, 1 - (2 * min(share, 1.0) - 1) ** 3)
            np.maximum(damping, 1e-15, out=damping)
            up[...] = 2.0
        else:
            damping *= up
            up *= 2
