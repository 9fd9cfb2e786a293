"""Every kind of primitive that is not pointwise, each with operands to try it on.

What a card is to a function of numbers, a line here is to the others: the property
tests and any new reading walk this list.
"""

import numpy as np

from ..choices import LARGEST, SMALLEST, IsNumber, Level, Places, Records, Search, Weights
from ..contraction import contraction
from ..convolution import Convolve, Correlate
from ..implicit import IMPLICIT
from ..selection import Ordered, RunningExtremum, ScatterAlong, Sort, TakeAlong
from ..structure import Concatenate, Put, Reshape, RunningSum, Scatter, Take
from . import linalg, linalg_complements, linalg_spectral  # noqa: F401 (they fill IMPLICIT)
from .fourier import Fourier

_CONTRACTIONS = {  # letters have these lengths
    "i": 2,
    "j": 3,
    "k": 4,
}
_SPECS = (
    "ij->", "ij->i", "ij->ji", "jj->j", "jj->", "j->jj", "->ij", "i->ij", "i->ji", "i,i->", "i,i->i", "ij,j->i",
    "ji,j->i", "ij,jk->ik", "ij,jk->ki", "ji,kj->ik", "i,j->ij", ",i->i", "i,->i", ",->", "ij,ij->", "ij,ij->j",
    "ijk,jkj->ik", "kij,kj->ki", "ij,k->ik", "ij,jk,k->i", "i,j,k->kji", "jj,ij->ijj",
)  # fmt: skip
_ROWS = np.array([0, 1, 1])
_MASK = np.array(
    [[True, False, True, False], [False, True, True, True], [True, True, False, False]]
)
_PLACES = np.array([[2, 0, 0, 1]])

STRUCTURE = (  # a primitive, the shapes of its operands (or the operands themselves)
    (Reshape((2, 6)), [(3, 4)]),
    (Reshape(()), [(1, 1)]),
    (Reshape((1,)), [()]),
    (Take(1), [(3, 4)]),
    (Take((1, -1)), [(3, 4)]),
    (Take((slice(None, None, -2), None, Ellipsis)), [(3, 4)]),
    (Take(_ROWS), [(3, 4)]),
    (Take((_ROWS, slice(None), _ROWS)), [(3, 2, 4)]),
    (Take((0, slice(None), _ROWS)), [(3, 2, 4)]),
    (Take(_MASK), [(3, 4)]),
    (Take((slice(None), np.array([True, False, True]))), [(2, 3)]),
    (Scatter(2, (4,)), [()]),
    (Scatter((slice(1, 3),), (4, 2)), [(2, 2)]),
    (Scatter(_ROWS, (3, 4)), [(3, 4)]),
    (Scatter((_ROWS, slice(None), _ROWS), (3, 2, 4)), [(3, 2)]),
    (Scatter(_MASK, (3, 4)), [(7,)]),
    (Put(1), [(3, 4), (4,)]),
    (Put((slice(None), 2)), [(3, 4), ()]),
    (Put(_ROWS), [(3, 4), (3, 4)]),
    (Put(_ROWS), [(3,), ()]),
    (Put(_MASK), [(3, 4), (7,)]),
    (Put((_ROWS, slice(None), _ROWS)), [(3, 2, 4), (2,)]),
    (Concatenate(0), [(3, 4), (1, 4), (2, 4)]),
    (Concatenate(1), [(3, 4), (3, 0), (3, 2)]),
    (RunningSum(0), [(3, 4)]),
    (RunningSum(1, reverse=True), [(3, 4)]),
    (Fourier(0), [(3, 2)]),
    (Fourier(1, inverse=True), [(2, 4, 2)]),
    (Convolve(), [(4,), (3,)]),
    (Correlate(), [(5,), (3,)]),
    (Ordered(0, LARGEST), [(3, 4)]),
    (Ordered(1, SMALLEST), [(3, 4)]),
    (Ordered(1, ((1, 0.5), (2, 0.5))), [(3, 4)]),
    (Ordered(0, ((0, 0.2), (1, 0.8))), [(3,)]),
    (Sort(0), [(3, 4)]),
    (Sort(1, kth=2), [(3, 4)]),
    (RunningExtremum(0, LARGEST), [(3, 4)]),
    (RunningExtremum(1, SMALLEST), [(3, 4)]),
    (TakeAlong(0), [(3, 4), _PLACES]),
    (ScatterAlong(0, 3), [(1, 4), _PLACES]),
    (Places(1), [(3, 4)]),
    (Places(0, kth=1), [(3, 4)]),
    (Records(1, LARGEST), [(3, 4)]),
    (Weights(1, LARGEST), [(3, 4)]),
    (Weights(0, ((1, 0.5), (2, 0.5))), [(3, 4)]),
    (IsNumber(), [(3,)]),
    (Level(1), [(3, 4)]),
    (Search(), [np.array([-1.0, 0.1, 0.7]), (4,)]),
)


def contractions():
    """`(primitive, shapes)` for many patterns of letters."""
    for spec in _SPECS:
        left, output = spec.split("->")
        free = {c: _CONTRACTIONS[c] for c in output if c not in left}
        shapes = [tuple(_CONTRACTIONS[c] for c in word) for word in left.split(",")]
        yield contraction(spec, free), shapes


def examples(rng):
    """`(name, primitive, operands)` of every kind; the numbers are drawn from the generator.

    >>> import numpy as np
    >>> found = {name for name, _, _ in examples(np.random.default_rng(0))}
    >>> {"ij,jk->ik", "sort", "cholesky"} <= found
    True
    """
    for op, shapes in (*contractions(), *STRUCTURE):
        yield op.name, op, [s if isinstance(s, np.ndarray) else _normal(rng, s) for s in shapes]
    for name, card in IMPLICIT.items():
        yield name, card, list(card.example(rng))


def _normal(rng, shape):
    return rng.normal(size=shape) if shape else float(rng.normal())
