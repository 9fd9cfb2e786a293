"""The value of a contraction with NumPy: products through matmul, so BLAS does them.

A plan is made once per contraction: what to take diagonals of, what to sum, and
how to fold two operands into one batched matrix product.
"""

import numpy as np


def plan(op):
    """A function from arrays to the value of the contraction `op`."""
    reachable = set().union(*op.inputs) if op.inputs else set()
    core = "".join(dict.fromkeys(c for c in op.output if c in reachable))
    compute = _compute(op.inputs, core)
    if core == op.output:
        return compute
    return lambda *arrays: _fill(compute(*arrays), core, op)


def _compute(inputs, core):
    if len(inputs) == 1:
        return lambda x: _reduce(np.asarray(x), inputs[0], core)
    if len(inputs) == 2:
        return _pair(*inputs, core)
    spec = ",".join(inputs) + "->" + core
    return lambda *arrays: np.einsum(spec, *arrays, optimize="greedy")


def _reduce(x, letters, wanted):
    """x with repeated letters on the diagonal, unwanted ones summed, the rest in the wanted order."""
    if len(set(letters)) < len(letters):
        kept = "".join(c for c in dict.fromkeys(letters) if c in wanted)
        x, letters = np.einsum(f"{letters}->{kept}", x), kept
    axes = tuple(i for i, c in enumerate(letters) if c not in wanted)
    if axes:
        x = np.add.reduce(x, axis=axes)
        letters = "".join(c for c in letters if c in wanted)
    if letters != wanted:
        x = x.transpose([letters.index(c) for c in wanted])
    return x


def _pair(left, right, core):
    """Two operands: (batch, own, shared) times (batch, shared, own), then reordered."""
    a_letters, b_letters = set(left), set(right)
    batch = "".join(c for c in core if c in a_letters and c in b_letters)
    shared = "".join(c for c in dict.fromkeys(left) if c in b_letters and c not in core)
    own_a = "".join(c for c in core if c in a_letters and c not in b_letters)
    own_b = "".join(c for c in core if c in b_letters and c not in a_letters)
    made = batch + own_a + own_b
    order = None if made == core else [made.index(c) for c in core]

    if not shared:  # an outer or elementwise product: no matmul needed
        def multiply(a, b):
            a = _reduce(np.asarray(a), left, batch + own_a)
            b = _reduce(np.asarray(b), right, batch + own_b)
            shape = a.shape[len(batch):]
            a = a.reshape(a.shape + (1,) * len(own_b))
            b = b.reshape(b.shape[: len(batch)] + (1,) * len(shape) + b.shape[len(batch):])
            y = a * b
            return y if order is None else y.transpose(order)

        return multiply

    def product(a, b):
        a = _reduce(np.asarray(a), left, batch + own_a + shared)
        b = _reduce(np.asarray(b), right, batch + shared + own_b)
        n, m, s = len(batch), len(own_a), len(shared)
        outer, rows, inner, cols = a.shape[:n], a.shape[n : n + m], a.shape[n + m :], b.shape[n + s :]
        k = _size(inner)
        a = a.reshape(*outer, _size(rows), k)
        b = b.reshape(*outer, k, _size(cols))
        y = np.matmul(a, b).reshape(outer + rows + cols)
        return y if order is None else y.transpose(order)

    return product


def _size(shape):
    n = 1
    for s in shape:
        n *= s
    return n


def _fill(y, core, op):
    """Spread y to the output's repeated and free letters."""
    y = np.asarray(y)
    extents = dict(zip(core, y.shape, strict=True)) | op.sizes
    unique = "".join(dict.fromkeys(op.output))
    if unique != core:
        y = y.reshape([extents[c] if c in core else 1 for c in unique])
        y = np.broadcast_to(y, [extents[c] for c in unique])
    if unique == op.output:
        return y
    out = np.zeros([extents[c] for c in op.output], dtype=y.dtype)
    np.einsum(f"{op.output}->{unique}", out)[...] = y  # a writeable view of the diagonal
    return out
