"""NIST's reference problems of nonlinear regression: the files and, transcribed from them, the models."""

import re
from math import pi
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "data" / "nist"
_VALUES = re.compile(r"\s*b\d+\s*=\s*(.*)")
exp = np.exp


class Problem:
    """Data x, y, two starts, the certified parameters, their standard deviations, that of the residuals."""

    def __init__(self, name, text):
        self.name, self.model = name, MODELS[name]
        lines = text.splitlines()
        rows = [m[1].split() for line in lines[:60] if (m := _VALUES.match(line))]
        table = np.array(rows, dtype=float)
        self.starts = table[:, 0], table[:, 1]
        self.parameters, self.errors = table[:, 2], table[:, 3]
        last = next(line for line in lines if line.startswith("Residual Standard Deviation"))
        self.sigma = float(last.rpartition(":")[2])
        data = [line.split() for line in lines[60:] if line.strip() and not line.startswith("Data")]
        y, *x = np.array(data, dtype=float).T
        self.y = np.log(y) if name == "Nelson" else y
        self.x = x[0] if len(x) == 1 else tuple(x)


def problem(name):
    """The Problem of that name."""
    return Problem(name, (FOLDER / f"{name}.dat").read_text(encoding="ascii"))


def saturation(x, a, b):
    return a * (1 - exp(-b * x))


def chwirut(x, a, b, c):
    return exp(-a * x) / (b + c * x)


def lanczos(x, a, b, c, d, e, f):
    return a * exp(-b * x) + c * exp(-d * x) + e * exp(-f * x)


def gauss(x, a, b, c, d, e, f, g, h):
    return a * exp(-b * x) + c * exp(-((x - d) ** 2) / e**2) + f * exp(-((x - g) ** 2) / h**2)


def cubics(x, a, b, c, d, e, f, g):
    return (a + b * x + c * x**2 + d * x**3) / (1 + e * x + f * x**2 + g * x**3)


def enso(x, a, b, c, d, e, f, g, h, i):
    year = b * np.cos(2 * pi * x / 12) + c * np.sin(2 * pi * x / 12)
    slow = e * np.cos(2 * pi * x / d) + f * np.sin(2 * pi * x / d)
    return a + year + slow + h * np.cos(2 * pi * x / g) + i * np.sin(2 * pi * x / g)


MODELS = {
    "Bennett5": lambda x, a, b, c: a * (b + x) ** (-1 / c),
    "BoxBOD": saturation,
    "Chwirut1": chwirut,
    "Chwirut2": chwirut,
    "DanWood": lambda x, a, b: a * x**b,
    "ENSO": enso,
    "Eckerle4": lambda x, a, b, c: (a / b) * exp(-0.5 * ((x - c) / b) ** 2),
    "Gauss1": gauss,
    "Gauss2": gauss,
    "Gauss3": gauss,
    "Hahn1": cubics,
    "Kirby2": lambda x, a, b, c, d, e: (a + b * x + c * x**2) / (1 + d * x + e * x**2),
    "Lanczos1": lanczos,
    "Lanczos2": lanczos,
    "Lanczos3": lanczos,
    "MGH09": lambda x, a, b, c, d: a * (x**2 + x * b) / (x**2 + x * c + d),
    "MGH10": lambda x, a, b, c: a * exp(b / (x + c)),
    "MGH17": lambda x, a, b, c, d, e: a + b * exp(-x * d) + c * exp(-x * e),
    "Misra1a": saturation,
    "Misra1b": lambda x, a, b: a * (1 - (1 + b * x / 2) ** (-2)),
    "Misra1c": lambda x, a, b: a * (1 - (1 + 2 * b * x) ** (-0.5)),
    "Misra1d": lambda x, a, b: a * b * x * ((1 + b * x) ** (-1)),
    "Nelson": lambda x, a, b, c: a - b * x[0] * exp(-c * x[1]),
    "Rat42": lambda x, a, b, c: a / (1 + exp(b - c * x)),
    "Rat43": lambda x, a, b, c, d: a / ((1 + exp(b - c * x)) ** (1 / d)),
    "Roszman1": lambda x, a, b, c, d: a - b * x - np.arctan(c / (x - d)) / pi,
    "Thurber": cubics,
}
NAMES = tuple(MODELS)
