"""Stand-ins for `cmath`, and for NumPy's functions of complex numbers.

A function of a complex number is written with functions of its parts. Source of the
formulas: Abramowitz & Stegun, chapters 4.2 to 4.6; the branch cuts are those of `cmath`.
"""

import cmath
from functools import cache
from math import pi

from ...graph import Operand
from ...rules import elementary as cards
from ..complexes import Complex, exp, joined, log, parts, phase, power, sqrt


@cache
def stand_ins():
    """From the function of `cmath` to its stand-in."""
    made = {getattr(cmath, name): _where_traced(name, f) for name, f in _FUNCTIONS.items()}
    for name in ("isnan", "isinf", "isfinite", "isclose"):
        made[getattr(cmath, name)] = _looking_through(getattr(cmath, name))
    return made


@cache
def ufuncs():
    """From the name of NumPy's ufunc to the function on complex numbers with traced parts."""
    arc = {f"arc{name[1:]}": _FUNCTIONS[name] for name in _FUNCTIONS if name[0] == "a"}
    direct = ("exp", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh")
    return {
        **arc,
        **{name: _FUNCTIONS[name] for name in direct},
        "log": log,
        "log10": _log10,
        "log2": lambda z: log(z) / cards.log(2.0),
        "log1p": _log1p,
        "expm1": _expm1,
        "exp2": lambda z: exp(_complex(z) * cards.log(2.0)),
        "equal": lambda a, b: _complex(a) == b,
        "not_equal": lambda a, b: _complex(a) != b,
        "add": lambda a, b: _complex(a) + b,
        "subtract": lambda a, b: _complex(a) - b,
        "multiply": lambda a, b: _complex(a) * b,
        "divide": lambda a, b: _complex(a) / b,
        "power": lambda a, b: power(_complex(a), b),
        "float_power": lambda a, b: power(_complex(a), b),
        "negative": lambda z: -z,
        "positive": lambda z: z,
        "square": lambda z: z * z,
        "reciprocal": lambda z: 1.0 / z,
        "conjugate": lambda z: z.conjugate(),
        "absolute": abs,
    }


def _complex(x):
    return x if type(x) is Complex else Complex(*parts(x))


def _traced(x):
    return type(x) is Complex or isinstance(x, Operand)


def _where_traced(name, function):
    plainly = getattr(cmath, name)

    def call(*args):
        return function(*args) if any(map(_traced, args)) else plainly(*args)

    return call


def _looking_through(function):
    def call(*args, **options):
        return function(*[joined(a)._plain() if _traced(a) else a for a in args], **options)

    return call


def _sin(z):
    a, b = parts(z)
    return Complex(cards.sin(a) * cards.cosh(b), cards.cos(a) * cards.sinh(b))


def _cos(z):
    a, b = parts(z)
    return Complex(cards.cos(a) * cards.cosh(b), -cards.sin(a) * cards.sinh(b))


def _sinh(z):
    a, b = parts(z)
    return Complex(cards.sinh(a) * cards.cos(b), cards.cosh(a) * cards.sin(b))


def _cosh(z):
    a, b = parts(z)
    return Complex(cards.cosh(a) * cards.cos(b), cards.sinh(a) * cards.sin(b))


def _tan(z):
    return _sin(z) / _cos(z)


def _tanh(z):
    return _sinh(z) / _cosh(z)


def _asinh(z):
    z = _complex(z)
    return log(z + sqrt(z * z + 1.0))


def _acosh(z):
    z = _complex(z)
    return log(z + sqrt(z + 1.0) * sqrt(z - 1.0))


def _atanh(z):
    z = _complex(z)
    return (log(1.0 + z) - log(1.0 - z)) / 2.0


def _asin(z):
    z = _complex(z)
    w = _asinh(Complex(-z.imag, z.real))
    return Complex(w.imag, -w.real)


def _acos(z):
    return pi / 2 - _asin(z)


def _atan(z):
    z = _complex(z)
    w = _atanh(Complex(-z.imag, z.real))
    return Complex(w.imag, -w.real)


def _log(z, base=None):
    return log(z) if base is None else log(z) / log(_complex(base))


def _log10(z):
    return log(z) / cards.log(10.0)


def _expm1(z):
    a, b = parts(z)
    half = cards.sin(b / 2)
    return Complex(cards.expm1(a) * cards.cos(b) - 2 * half * half, cards.exp(a) * cards.sin(b))


def _log1p(z):
    a, b = parts(z)
    return Complex(cards.log1p(a * (2 + a) + b * b) / 2, cards.atan2(b, 1 + a))


def _polar(z):
    return abs(_complex(z)), phase(z)


def _rect(r, phi):
    return Complex(r * cards.cos(phi), r * cards.sin(phi))


_FUNCTIONS = {
    "exp": exp, "log": _log, "log10": _log10, "sqrt": sqrt, "phase": phase, "polar": _polar, "rect": _rect,
    "sin": _sin, "cos": _cos, "tan": _tan, "asin": _asin, "acos": _acos, "atan": _atan,
    "sinh": _sinh, "cosh": _cosh, "tanh": _tanh, "asinh": _asinh, "acosh": _acosh, "atanh": _atanh,
}  # fmt: skip
