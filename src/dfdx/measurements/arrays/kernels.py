"""Differences on grids by NumPy, block by block: what compiled programs are measured by, and stand in for.

An array is cut into blocks that fit the cache; in each, differences are taken into scratch space and used
up at once, so that |∇f|, ∇²f, ∇·v and ∇×v need no stored partials.
"""

from math import prod

import numpy as np

_BLOCK = 1 << 15  # numbers in a block: 256 KiB of float64


def blocks(shape):
    """Slices that cut an array into pieces of at most a block, the last axes whole as far as they go."""
    sizes, room = [], _BLOCK
    for n in reversed(shape):
        size = max(1, min(n, room))
        sizes.append(size)
        room //= size
    sizes.reverse()
    starts = [range(0, n, size) for n, size in zip(shape, sizes, strict=True)]
    for corner in np.ndindex(*map(len, starts)):
        yield tuple(
            slice(s[k], min(s[k] + size, n))
            for s, k, size, n in zip(starts, corner, sizes, shape, strict=True)
        )


def combined(fields, terms, outputs, outs):
    """Outputs made of terms (field, stencil), for every block.

    An output is (how, ((sign, term), …)): a "sum", or a "length", the root of the sum of squares.
    """
    shape, dtype = outs[0].shape, outs[0].dtype
    scratch = np.empty(min(_BLOCK, outs[0].size), dtype)
    for block in blocks(shape):
        for (how, parts), out in zip(outputs, outs, strict=True):
            target = out[block]
            if len(parts) == 1 and how == "sum":
                _term(fields, terms, parts[0][1], block, target)
                continue
            piece = scratch[: prod(target.shape)].reshape(target.shape)
            for number, (sign, k) in enumerate(parts):
                _term(fields, terms, k, block, piece)
                if how == "length":
                    other = piece.conj() if dtype.kind == "c" else piece
                    np.multiply(piece, other, out=piece)
                if not number:
                    target[...] = piece
                else:
                    (np.add if sign > 0 else np.subtract)(target, piece, out=target)
            if how == "length":
                np.sqrt(target, out=target)


def _term(fields, terms, k, block, out):
    field, stencil = terms[k]
    stencil.apply(fields[field], block, out)
