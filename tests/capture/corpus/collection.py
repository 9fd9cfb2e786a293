"""The corpus as a list of cases, and the numbers in a point.

A case is named by its module, its function and its place, and has a reference in
`references.json`: the derivative by every number of the point, the error that the
reference may have, and where it is from. `python -m benchmarks.coverage.references`
makes that file without dfdx's exact methods.
"""

import json
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

import numpy as np

MODULES = (
    "language",
    "mathematics",
    "numpy_everyday",
    "numpy_in_place",
    "linear_algebra",
    "scipy_special",
    "scipy_solvers",
    "scipy_statistics",
    "tables",
    "numerical_methods",
    "science",
    "learning",
    "simulations",
)
REFERENCES = Path(__file__).with_name("references.json")


class Case:
    """A function and the arguments of one call."""

    def __init__(self, group, place, function, point):
        self.group = group
        self.place = place
        self.function = function
        self.point = point
        name = getattr(function, "__name__", type(function).__name__).strip("<>")
        self.name = f"{group}.{place}.{name}"


def cases(group, module=None):
    """The cases of one module of the corpus."""
    module = module or import_module(f"{__package__}.{group}")
    return [Case(group, k, f, point) for k, (f, *point) in enumerate(module.CASES)]


def references():
    """From the name of a case to `{"slopes": [...], "error": …, "source": …}`."""
    return json.loads(REFERENCES.read_text(encoding="utf-8"))


def numbers(x):
    """All numbers in a structure, in order.

    >>> numbers({"a": 1.0, "b": [2.0, (3.0,)]})
    [1.0, 2.0, 3.0]
    """
    if isinstance(x, dict):
        return [v for part in x.values() for v in numbers(part)]
    if isinstance(x, (list, tuple)):
        return [v for part in x for v in numbers(part)]
    if is_dataclass(x):
        return [v for f in fields(x) for v in numbers(getattr(x, f.name))]
    return [float(v) for v in np.ravel(np.asarray(x))]


def rebuilt(x, values):
    """The structure of x with other numbers, taken one after the other from an iterator."""
    if isinstance(x, dict):
        return {key: rebuilt(part, values) for key, part in x.items()}
    if isinstance(x, (list, tuple)):
        return type(x)(rebuilt(part, values) for part in x)
    if is_dataclass(x):
        return type(x)(*(rebuilt(getattr(x, f.name), values) for f in fields(x)))
    if isinstance(x, np.ndarray):
        flat = [next(values) for _ in range(x.size)]
        kind = float if all(isinstance(v, float) for v in flat) else object
        return np.array(flat, dtype=kind).reshape(x.shape)
    return next(values)


def agrees(found, reference):
    """True where all found slopes are those of the reference, to 1e-9 or to its error."""
    slopes = reference["slopes"]
    if len(found) != len(slopes):
        return False
    size = max(map(abs, slopes), default=0.0)
    near = 1e-9 * size + 1e-12 + 3 * reference["error"]
    return all(abs(a - b) <= near for a, b in zip(found, slopes, strict=True))
