"""A case: a function that can only be called, a point, and what is true there."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mpmath import mp

from .precise import derivative


@dataclass(frozen=True)
class Case:
    """One function at one point.

    group   the class of the case: "smooth", "noisy", …
    truth   the derivative as a function of x in mpmath's numbers, for functions that the truth
            cannot run (else None)
    scale   what an error is compared with where the derivative is 0
    blur    how far the program's own derivative may be from the truth, for programs that stop
            early in the same way at neighbouring points: no library can see that
    exists  False where there is no derivative; left and right are then the one-sided ones,
            inf where the tangent is vertical, None where there is none
    """

    group: str
    name: str
    f: Any
    x: float
    order: int = 1
    truth: Any = None
    scale: float = 1.0
    blur: float = 0.0
    exists: bool = True
    left: float | None = None
    right: float | None = None

    @cached_property
    def answer(self):
        """The derivative to at least 20 digits; None where there is none."""
        if not self.exists:
            return None
        if self.truth is not None:
            with mp.workdps(60):
                return mp.mpf(self.truth(mp.mpf(self.x)))
        return derivative(self.f, self.x, self.order)
