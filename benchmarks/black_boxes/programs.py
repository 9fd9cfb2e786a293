"""Random programs: Python source with variables, branches, loops and calls, from a seed.

The truth is the same program run with mpmath. A program is left out only for a reason
of `REASONS`, and the reasons are counted.
"""

import math
from collections import Counter
from random import Random

from mpmath import mp

from .case import Case
from .noise import draw, shake

REASONS = {
    "fails": "raises or overflows at the point itself",
    "not finite": "its value or its derivative is not finite, or larger than 1e150",
    "constant": "changes by less than 1e-12 of its value over |x|",
    "ill-conditioned": "plain floats compute its value with fewer than 6 digits",
}
_UNARY = (
    "math.sin({})",
    "math.cos({})",
    "math.exp({})",
    "math.exp(-({}) ** 2)",
    "math.tanh({})",
    "math.atan({})",
    "math.log({})",
    "math.log(1 + ({}) ** 2)",
    "math.sqrt({})",
    "math.sqrt(1 + ({}) ** 2)",
    "1 / (1 + ({}) ** 2)",
    "1 / (2 + math.sin({}))",
    "math.sinh({})",
    "math.asinh({})",
    "math.erf({})",
    "abs({})",
    "({}) ** 2",
    "({}) ** 3",
    "-({})",
    "shared({})",
    "math.sin(20 * ({}))",
    "math.tanh(30 * ({}))",
    "1 / (0.01 + ({}) ** 2)",
)


class _Writer:
    """Writes one program."""

    def __init__(self, rng):
        self.rng = rng
        self.lines = []
        self.names = ["x"]

    def number(self):
        return repr(round(self.rng.uniform(-3, 3), 2) or 0.5)

    def atom(self, names):
        return self.rng.choice(names) if self.rng.random() < 0.72 else self.number()

    def expression(self, names, depth):
        rng = self.rng
        if depth == 0:
            return self.atom(names)
        if rng.random() < 0.5:
            return rng.choice(_UNARY).format(self.expression(names, depth - 1))
        operator = rng.choices("+-*/", (4, 3, 4, 1.5))[0]
        return (
            f"({self.expression(names, depth - 1)} {operator} {self.expression(names, depth - 1)})"
        )

    def bounded(self, names, depth):
        """An expression that cannot grow from turn to turn."""
        form = self.rng.choice(("math.sin({})", "math.tanh({})", "math.atan({})", "math.cos({})"))
        return form.format(self.expression(names, depth))

    def put(self, text, indent=1):
        self.lines.append("    " * indent + text)

    def fresh(self):
        return f"v{len(self.names)}"

    def statement(self):
        rng, name = self.rng, self.fresh()
        kind = rng.choices(
            ("assign", "branch", "loop", "while", "sum", "iterate"), (6, 2, 2, 1, 1, 1)
        )[0]
        getattr(self, f"_{kind}")(name)
        self.names.append(name)

    def _assign(self, name):
        self.put(f"{name} = {self.expression(self.names, self.rng.choice((1, 2, 2, 3)))}")

    def _branch(self, name):
        sign = self.rng.choice("<>")
        self.put(f"if {self.expression(self.names, 1)} {sign} {self.number()}:")
        self.put(f"{name} = {self.expression(self.names, 2)}", 2)
        self.put("else:")
        self.put(f"{name} = {self.expression(self.names, 2)}", 2)

    def _loop(self, name):
        self.put(f"{name} = {self.atom(self.names)}")
        self.put(f"for k in range({self.rng.randint(2, 12)}):")
        inside = [*self.names, name, name, "k"]
        share = round(self.rng.uniform(0.1, 0.9), 2)
        self.put(f"{name} = {share} * {name} + {self.bounded(inside, 1)}", 2)

    def _while(self, name):
        self.put(f"{name} = {self.expression(self.names, 1)}")
        self.put(f"while {abs(float(self.number())) + 0.5} < abs({name}) < 1e300:")
        self.put(f"{name} = {name} * {round(self.rng.uniform(0.3, 0.8), 2)}", 2)

    def _sum(self, name):
        inside = [*self.names, "k"]
        count = self.rng.randint(2, 9)
        self.put(f"{name} = sum({self.bounded(inside, 1)} / (k + 1) for k in range({count}))")

    def _iterate(self, name):
        self.put(f"{name} = 1.0")
        self.put(f"for _ in range({self.rng.randint(3, 8)}):")
        target = f"(1 + ({self.atom(self.names)}) ** 2)"
        self.put(f"{name} = 0.5 * ({name} + {target} / {name})", 2)


def source(seed):
    """The text of the program of this seed, and the point.

    Half the programs measure their argument in other units, by a factor of 1e-7 to 1e7, half of
    these from another origin, up to 1e5 units away; a sixth give their value in other units.
    """
    rng = Random(seed)
    writer = _Writer(rng)
    x = rng.uniform(-3, 3) if rng.random() < 0.8 else rng.choice((-1, 1)) * 10 ** rng.uniform(-3, 3)
    if rng.random() < 0.5:
        unit = float(f"{10 ** rng.uniform(-7, 7):.3g}")
        origin = 0.0
        if rng.random() < 0.5:
            origin = float(
                f"{rng.uniform(-9, 9) * 10 ** rng.choice((0, rng.uniform(0, 4))) / unit:.4g}"
            )
        writer.put(f"u = (x - {origin!r}) * {unit!r}" if origin else f"u = x * {unit!r}")
        writer.names = ["u"]
        x = x / unit + origin
    for _ in range(rng.randint(1, 6)):
        writer.statement()
    used = writer.names[-2:] if rng.random() < 0.5 else writer.names[-1:]
    result = " + ".join(used)
    if rng.random() < 0.17:
        result = f"({result}) * {10 ** rng.uniform(-20, 20):.3g}"
    text = "\n".join(
        ["def shared(t):", "    return t * math.cos(t) - 0.5", "", "def program(x):", *writer.lines]
    )
    return f"{text}\n    return {result}\n", x


def written(text, name, **names):
    """The function `name` of a source text."""
    space = {"__name__": f"{__name__}.written", "math": math, **names}
    exec(compile(text, f"<{name}>", "exec"), space)
    return space[name]


def program(seed, noise=None):
    """The case of a seed, or the key of REASONS why there is none.

    With noise="point" or "random" the value is shaken by 1e-12 to 1e-3 of its size.
    """
    text, x = source(seed)
    f = written(text, "program")
    try:
        y = float(f(x))
    except (ArithmeticError, ValueError, TypeError):
        return "fails"
    case = Case("random program", f"seed {seed}", f, x)
    try:
        slope = case.answer
        exact = Case("", "", f, x, order=0).answer
    except (ArithmeticError, ValueError, TypeError):
        return "not finite"
    if not all(isinstance(v, mp.mpf) and abs(v) < 1e150 for v in (slope, exact)):
        return "not finite"
    if abs(slope * x) <= 1e-12 * abs(exact):
        return "constant"
    if abs(y - exact) > 1e-6 * abs(exact):
        return "ill-conditioned"
    if noise is None:
        return case
    size = 10 ** Random(seed).uniform(-12, -3) * (abs(y) or 1.0)
    trouble = (lambda t: shake(t, seed)) if noise == "point" else (lambda t: draw())
    shaken = lambda t: f(t) + size * trouble(t)
    return Case(f"noisy program, {noise}", case.name, shaken, x, truth=lambda _: slope)


def programs(count, seed, noise=None):
    """So many cases beginning at a seed, and a Counter of the reasons for those left out."""
    found, left_out = [], Counter()
    while len(found) < count:
        case = program(seed, noise)
        seed += 1
        if isinstance(case, str):
            left_out[case] += 1
        else:
            found.append(case)
    return found, left_out
