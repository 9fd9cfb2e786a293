"""NumPy's functions one by one: the gradient of every trial against differences.

No trial is wrong; those that are answered from samples are named.
"""

import linecache
import warnings

import numpy as np
import pytest
from capture.numpy_protocol.trials import trials

from dfdx import gradient

BY_DIFFERENCES = {
    "poly1d divided",
    "complex: parts set",
    "ma of what varies",
    "structured, written",
}
OFFSETS = np.array([1.0, 2.0, 3.0, 4.0])
WEIGHTS = np.array([4 / 5, -1 / 5, 4 / 105, -1 / 280])


def weighed(y, start=1):
    """The numbers in y times different weights, added up: what user code would minimise."""
    if isinstance(y, (tuple, list)):
        return sum(weighed(part, start + 10 * k) for k, part in enumerate(y))
    if np.iscomplexobj(y):
        return weighed(np.real(y), start) + weighed(np.imag(y), start + 5)
    weights = np.cos(1.3 * np.arange(start, start + np.size(y))).reshape(np.shape(y))
    return np.sum(weights * y)


def minimised(name, f):
    """The number that a user would minimise, as a function of its own (each is verified once)."""
    word = "".join(c if c.isalnum() else "_" for c in name)
    text = f"def of_{word}(*xs):\n    return weighed(f(*xs))\n"
    file = f"<survey of {name}>"
    linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file
    space = {"weighed": weighed, "f": f, "__name__": __name__}
    exec(compile(text, file, "exec"), space)
    return space[f"of_{word}"]


def slope(f, args, directions, h=1e-3):
    def at(t):
        return f(*[a + t * d for a, d in zip(args, directions, strict=True)])

    return sum(w / h * (at(k * h) - at(-k * h)) for k, w in zip(OFFSETS, WEIGHTS, strict=True))


@pytest.mark.parametrize(
    ("name", "f", "args"), list(trials()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_trial(name, f, args):
    total = minimised(name, f)
    rng = np.random.default_rng(len(name))
    directions = [
        rng.normal(size=np.shape(a)) if np.shape(a) else float(rng.normal()) for a in args
    ]
    given = [np.copy(a) for a in args]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted = slope(total, args, directions)
        found = gradient(total).estimate(*args)
    values = (
        found.value if len(args) > 1 and not isinstance(found.value, np.ndarray) else [found.value]
    )
    if len(args) > 1 and isinstance(found.value, np.ndarray):
        values = list(found.value)
    assert all(np.array_equal(a, b) for a, b in zip(args, given, strict=True)), (
        "an input was changed"
    )
    ours = sum(np.sum(np.multiply(g, d)) for g, d in zip(values, directions, strict=True))
    scale = max(1.0, *(np.max(np.abs(g), initial=0.0) for g in values))
    assert abs(ours - wanted) <= 1e-7 * scale, (ours, wanted, found)
    if name in BY_DIFFERENCES:
        assert "differences" in found.method
    else:
        assert "differences" not in found.method, found.notes
