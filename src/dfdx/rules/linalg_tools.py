"""Small sentences of matrix algebra on stacks of matrices, each one contraction."""

from string import ascii_letters

import numpy as np

from ..contraction import contraction
from ..primitive import shape_of


def batch_letters(x):
    """The letters of the axes before the last two."""
    return ascii_letters[: len(shape_of(x)) - 2]


def mm(a, b):
    """The product of two stacks of matrices of the same size."""
    s = batch_letters(a)
    return contraction(f"{s}XY,{s}YZ->{s}XZ")(a, b)


def transposed(a):
    """The transposes of a stack of matrices."""
    s = batch_letters(a)
    return contraction(f"{s}XY->{s}YX")(a)


def diagonal(a):
    """The diagonals of a stack of matrices."""
    s = batch_letters(a)
    return contraction(f"{s}XX->{s}X")(a)


def rows(d, a):
    """diag(d) a: the rows of a scaled."""
    s = batch_letters(a)
    return contraction(f"{s}X,{s}XY->{s}XY")(d, a)


def columns(a, d):
    """a diag(d): the columns of a scaled."""
    s = batch_letters(a)
    return contraction(f"{s}XY,{s}Y->{s}XY")(a, d)


def inner(a, b):
    """The sum of products of the elements of two stacks of matrices: trace(aᵀ b)."""
    s = batch_letters(a)
    return contraction(f"{s}XY,{s}XY->{s}")(a, b)


def times(a, b):
    """The product of two stacks of matrices, element by element."""
    s = batch_letters(a)
    return contraction(f"{s}XY,{s}XY->{s}XY")(a, b)


def weighted(a, mask):
    """a times a fixed matrix, element by element."""
    s = batch_letters(a)
    return contraction(f"{s}XY,XY->{s}XY")(a, mask)


def triangle(n, diagonal, below=1.0):
    """A matrix of weights: `below` under the diagonal, `diagonal` on it."""
    return np.tril(np.full((n, n), below), -1) + np.diag(np.full(n, diagonal))


def mirrored(a):
    """The symmetric matrices with the lower triangles of a."""
    n = shape_of(a)[-1]
    return weighted(a, triangle(n, 1.0)) + transposed(weighted(a, triangle(n, 0.0)))


def square(shape):
    """The shape, which must be that of square matrices."""
    if len(shape) < 2 or shape[-1] != shape[-2]:
        raise np.linalg.LinAlgError(f"square matrices are needed, not an array of shape {shape}")
    return shape


def trace(a):
    """The sums of the diagonals."""
    s = batch_letters(a)
    return contraction(f"{s}XX->{s}")(a)


def scaled(t, a):
    """t a, with one number t for each matrix."""
    s = batch_letters(a)
    return contraction(f"{s},{s}XY->{s}XY")(t, a)


def positive_definite(rng, n=3, batch=()):
    """A symmetric positive definite matrix, for an example."""
    a = rng.normal(size=(*batch, n, n))
    return a @ np.swapaxes(a, -1, -2) + np.eye(n)


def regular(rng, n=3, batch=()):
    """A regular matrix, for an example."""
    return rng.normal(size=(*batch, n, n)) + 2 * np.eye(n)
