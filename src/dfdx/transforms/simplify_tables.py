"""The tables of simplifying: what holds for which functions.

Each line is an identity that is true wherever its left side has a value, so a
simplified formula never has fewer values than the one it came from.
"""

# ruff: noqa: SIM905 (a list of words reads best as words)

ODD = frozenset(  # f(-x) = -f(x)
    "sin tan cot csc sinh tanh asin atan asinh atanh cbrt erf erfi erfinv sign sindg tandg".split()
)
EVEN = frozenset("cos sec cosh absolute sinc cosdg j0".split())  # f(-x) = f(x)
UNDOES = {  # f(g(x)) = x, as (f, g)
    ("log", "exp"), ("log2", "exp2"), ("log10", "exp10"), ("exp2", "log2"), ("exp10", "log10"),
    ("log1p", "expm1"), ("expm1", "log1p"), ("sin", "asin"), ("cos", "acos"), ("tan", "atan"),
    ("sinh", "asinh"), ("cosh", "acosh"), ("tanh", "atanh"), ("asinh", "sinh"), ("atanh", "tanh"),
    ("erf", "erfinv"), ("erfc", "erfcinv"), ("logit", "expit"), ("expit", "logit"),
    ("ndtr", "ndtri"), ("ndtri", "ndtr"),
}  # fmt: skip
VALUES = {  # f(0), f(1)
    ("sin", 0): 0, ("cos", 0): 1, ("tan", 0): 0, ("sec", 0): 1, ("asin", 0): 0, ("acos", 1): 0,
    ("atan", 0): 0, ("sinh", 0): 0, ("cosh", 0): 1, ("tanh", 0): 0, ("asinh", 0): 0,
    ("acosh", 1): 0, ("atanh", 0): 0, ("log", 1): 0, ("log2", 1): 0, ("log10", 1): 0,
    ("log2", 2): 1, ("log10", 10): 1, ("log1p", 0): 0, ("expm1", 0): 0, ("erf", 0): 0,
    ("erfc", 0): 1, ("cbrt", 0): 0, ("cbrt", 1): 1, ("gamma", 1): 1, ("gamma", 2): 1,
    ("factorial", 0): 1, ("factorial", 1): 1, ("sign", 0): 0, ("sinc", 0): 1,
}  # fmt: skip
TURNS = {  # sin(c π) for 6 c = 0, 1, 2 and so on; None where it is no fraction
    "sin": ((0, 1), (1, 2), None, (1, 1), None, (1, 2), (0, 1), (-1, 2), None, (-1, 1), None, (-1, 2)),
    "cos": ((1, 1), None, (1, 2), (0, 1), (-1, 2), None, (-1, 1), None, (-1, 2), (0, 1), (1, 2), None),
    "tan": ((0, 1), None, None, None, None, None, (0, 1), None, None, None, None, None),
}  # fmt: skip
SQUARES = {  # f(x)² + s g(x)² = c, as f: (g, s, c)
    "sin": ("cos", 1, 1), "cos": ("sin", 1, 1), "cosh": ("sinh", -1, 1), "sinh": ("cosh", -1, -1),
}  # fmt: skip
EXPONENTIALS = {"exp2": 2, "exp10": 10}  # b^x; exp itself has the base e
KNOWN = {  # constants with a name, as c π^n times the logarithm of a number: (p, q, n, log)
    "π/180": (1, 180, (1, 1), None), "180/π": (180, 1, (-1, 1), None), "τ": (2, 1, (1, 1), None),
    "√π": (1, 1, (1, 2), None), "2/√π": (2, 1, (-1, 2), None), "ln 2": (1, 1, None, 2),
    "ln 10": (1, 1, None, 10),
}  # fmt: skip
