"""Lists of traced numbers in the arguments of NumPy's functions."""

import numpy as np
import pytest
from arrays_laws import laws

from dfdx.capture.numpy_protocol.lists import on_lists
from dfdx.capture.traced import Tape, Traced
from dfdx.graph import Operand

CALLS = {
    "norm": (np.linalg.norm, lambda x, y: ([x, y],)),
    "sum": (np.sum, lambda x, y: ([x * y, y],)),
    "max": (np.max, lambda x, y: ((x, y),)),
    "mean": (np.mean, lambda x, y: ((x, y, 1),)),
    "sqrt": (np.sqrt, lambda x, y: ([x, y],)),
    "det": (np.linalg.det, lambda x, y: ([[x, y], [y, 2 * x]],)),
    "dot": (np.dot, lambda x, y: ([x, y], [y, 1.0])),
    "cross": (np.cross, lambda x, y: ([x, y, 1], [1, 2, 3])),
    "polyval": (np.polyval, lambda x, y: ([x, y, 1.0], 2.0)),
    "solve": (np.linalg.solve, lambda x, y: ([[x, y], [1, 3]], [1, y])),
    "add.reduce": (np.add.reduce, lambda x, y: ([x, y],)),
    "stack": (np.stack, lambda x, y: ([x, y],)),
}


@pytest.mark.parametrize("name", CALLS)
def test_laws(name):
    g, arguments = CALLS[name]

    def f(x, y):
        if not isinstance(x, Operand):
            return g(*arguments(x, y))
        found = on_lists(g, arguments(x, y), {})
        return getattr(found, "content", found)

    laws(f, [1.3, 0.7])


def test_what_holds_no_traced_number_is_left_to_numpy():
    assert on_lists(np.sum, ([1.0, 2.0],), {}) is NotImplemented
    x = Tape(ieee=True).variable(1.0)
    assert on_lists(len, ([x],), {}) is NotImplemented
    assert type(on_lists(np.sum, ([x, x],), {})) is Traced
