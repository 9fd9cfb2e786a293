"""The readings of a card that this directory measures: one function per reading.

Each takes a card, its operands (numbers or arrays of one shape) and the operand k
to differentiate in, and gives the slope at each point. A further reading (batch,
series, …) is one more function in `FIRST`: the tests and the report then walk it too.
"""

import numpy as np

from dfdx.capture.sweep import pull
from dfdx.capture.traced import Tape


def ones(x):
    """1 in the shape of x."""
    return np.ones(np.shape(x)) if np.shape(x) else 1.0


def forward(card, args, k):
    """The tangent for a unit tangent of operand k."""
    y = card(*args)
    tangents = [ones(a) if j == k else None for j, a in enumerate(args)]
    dy = card.push(y, args, tangents)
    return 0.0 * ones(y) if dy is None else dy


def reverse(card, args, k):
    """The cotangent of operand k for a unit cotangent of the value, over a tape."""
    tape = Tape(ieee=True)
    moving = [tape.variable(a) if j == k else a for j, a in enumerate(args)]
    y = card(*moving)
    (g,) = pull(tape, [y], [ones(y.value)], [moving[k]])
    return 0.0 * ones(y.value) if g is None else g


def reverse_of_reverse(card, args, j, k):
    """The second derivative in operands k and then j: an outer tape records the inner sweep."""
    outer, inner = Tape(ieee=True), Tape(ieee=True)
    recorded = [outer.variable(a) if i in (j, k) else a for i, a in enumerate(args)]
    moving = [inner.variable(a) if i == k else a for i, a in enumerate(recorded)]
    unit, zero = ones(args[k]), 0.0 * ones(args[k])
    (g,) = pull(inner, [card(*moving)], [unit], [moving[k]])
    if not hasattr(g, "tape"):  # the slope is a constant
        return zero
    (h,) = pull(outer, [g], [unit], [recorded[j]])
    return zero if h is None else h


FIRST = {"forward": forward, "reverse": reverse}
