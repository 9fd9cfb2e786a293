"""Symmetric positive definite band matrices, kept as their lower bands.

`bands[k, i]` is the entry (i + k, i). LAPACK factors and solves; the entries of the inverse
inside the band follow from the factor by a recursion from the last block to the first.

Source of the recursion: Takahashi, Fagan and Chin, "Formation of a sparse bus impedance matrix"
(1973).
"""

import numpy as np

_BLOCK = 16


def inverse_blocks(lower, width):
    """The inverse near its diagonal: entry i is the square block of A⁻¹ at i, …, i + width.

    `lower` are the bands of the Cholesky factor; the width is at most that of the band.
    """
    size = lower.shape[1]
    p = max(len(lower) - 1, _BLOCK)  # larger blocks, fewer turns of the loop
    count = -(-size // p)
    padded = np.zeros((len(lower), count * p))
    padded[0] = 1.0  # ones below the end: they do not couple
    padded[:, :size] = lower
    diagonal, below = _blocks(padded, p, count)
    inverses = np.linalg.inv(diagonal)  # L_i⁻¹
    own = inverses.transpose(0, 2, 1) @ inverses  # (L_i L_iᵀ)⁻¹
    coupling = below @ inverses[:-1]  # C_i = L_{i+1,i} L_i⁻¹
    square = np.empty((count, p, p))
    beside = np.empty((max(count - 1, 0), p, p))  # the blocks (i + 1, i) of the inverse
    square[-1] = own[-1]
    turned = coupling.transpose(0, 2, 1)
    for i in range(count - 2, -1, -1):
        found = square[i + 1] @ coupling[i]
        beside[i] = -found
        square[i] = own[i] + turned[i] @ found
    return _windows(square, beside, p, size, width)


def _blocks(bands, p, count):
    """The diagonal blocks (lower triangles) and the blocks below them of a band matrix."""
    diagonal, below = np.zeros((count, p, p)), np.zeros((count - 1, p, p))
    for k in range(len(bands)):
        for c in range(p):  # entry (c + k, c) of every block column
            entries = bands[k, c::p]
            if c + k < p:
                diagonal[:, c + k, c] = entries
            else:
                below[:, c + k - p, c] = entries[:-1]
    return diagonal, below


def _windows(square, beside, p, size, width):
    """Square windows along the diagonal, one starting at every row that leaves room for it."""
    count = size - width
    windows = np.empty((count, width + 1, width + 1))
    start = np.arange(count)
    for a in range(width + 1):
        for b in range(a + 1):
            row, column = start + a, start + b
            same = row // p == column // p
            entries = np.empty(count)
            entries[same] = square[row[same] // p, row[same] % p, column[same] % p]
            other = ~same
            entries[other] = beside[column[other] // p, row[other] % p, column[other] % p]
            windows[:, a, b] = windows[:, b, a] = entries
    return windows
