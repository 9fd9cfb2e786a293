"""Numbers that are known beyond their digits: π and what cards need of it.

A `Known` computes like the float it is, and remembers its name, so a formula
prints π and a computation in many digits takes as many as it needs.
"""

import math


class Known(float):
    """A float with a name (`text`, `latex`) and its exact value (`mp`, a function of mpmath)."""

    __slots__ = ("latex", "mp", "text")

    def __new__(cls, value, text, latex, mp):
        self = float.__new__(cls, value)
        self.text = text
        self.latex = latex
        self.mp = mp
        return self

    def __repr__(self):
        return self.text

    def __reduce__(self):
        return float, (float(self),)


pi = Known(math.pi, "π", r"\pi", lambda mp: +mp.pi)
e = Known(math.e, "e", "e", lambda mp: +mp.e)
tau = Known(math.tau, "τ", r"\tau", lambda mp: 2 * mp.pi)
golden = Known((1 + math.sqrt(5)) / 2, "φ", r"\varphi", lambda mp: +mp.phi)
euler_gamma = Known(0.5772156649015329, "γ", r"\gamma", lambda mp: +mp.euler)
degree = Known(math.pi / 180, "π/180", r"\frac{\pi}{180}", lambda mp: mp.pi / 180)
radian = Known(180 / math.pi, "180/π", r"\frac{180}{\pi}", lambda mp: 180 / mp.pi)
log_2 = Known(math.log(2), "ln 2", r"\ln 2", lambda mp: mp.log(2))
log_10 = Known(math.log(10), "ln 10", r"\ln 10", lambda mp: mp.log(10))
root_two = Known(math.sqrt(2), "√2", r"\sqrt{2}", lambda mp: mp.sqrt(2))
root_pi = Known(math.sqrt(math.pi), "√π", r"\sqrt{\pi}", lambda mp: mp.sqrt(mp.pi))
two_by_root_pi = Known(
    1.1283791670955126, "2/√π", r"\frac{2}{\sqrt{\pi}}", lambda mp: 2 / mp.sqrt(mp.pi)
)
root_two_pi = Known(math.sqrt(2 * math.pi), "√(2π)", r"\sqrt{2\pi}", lambda mp: mp.sqrt(2 * mp.pi))
