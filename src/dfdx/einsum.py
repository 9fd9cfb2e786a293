"""The value of a contraction with NumPy: products through dot and matmul, so BLAS does them.

A plan is made once per contraction: what to take diagonals of, what to sum, and
how to fold two operands into one product. The everyday ones (scaling, inner
and outer product, matrix times vector or matrix) come down to one NumPy call.
"""

import numpy as np

_sum = np.add.reduce


def plan(op):
    """A function from arrays to the value of the contraction `op`; a scalar is a Python number."""
    reachable = set().union(*op.inputs) if op.inputs else set()
    core = "".join(dict.fromkeys(c for c in op.output if c in reachable))
    compute = _compute(op.inputs, core)
    if core != op.output:
        return _filled(compute, core, op)
    if core:
        return compute
    return lambda *arrays: _number(compute(*arrays))


def _number(y):
    return y.item() if hasattr(y, "item") else y


def _compute(inputs, core):
    if len(inputs) == 1:
        return _single(inputs[0], core)
    if len(inputs) == 2:
        return _pair(*inputs, core)
    spec = ",".join(inputs) + "->" + core
    return lambda *arrays: np.einsum(spec, *arrays, optimize="greedy")


def _single(letters, core):
    """One operand: nothing to do, a sum, a transpose, or all that `_reduce` knows."""
    if letters == core:
        return lambda x: x
    if len(set(letters)) == len(letters):
        if not core:
            return lambda x: _sum(x, None)
        axes = tuple(i for i, c in enumerate(letters) if c not in core)
        if core == "".join(c for c in letters if c in core):
            return _sum_over(axes[0]) if len(axes) == 1 else lambda x: _sum(x, axes)
        if not axes:
            order = tuple(letters.index(c) for c in core)
            return lambda x: x.transpose(order)
    return lambda x: _reduce(np.asarray(x), letters, core)


def _sum_over(axis):
    """The sum over one axis; one that is one long is left out."""
    only = (slice(None),) * axis + (0,)
    return lambda x: x[only] if x.shape[axis] == 1 else _sum(x, axis)


def _reduce(x, letters, wanted):
    """x with repeated letters on the diagonal, unwanted ones summed, the rest in the wanted order."""
    if len(set(letters)) < len(letters):
        kept = "".join(c for c in dict.fromkeys(letters) if c in wanted)
        x, letters = np.einsum(f"{letters}->{kept}", x), kept
    axes = tuple(i for i, c in enumerate(letters) if c not in wanted)
    if axes:
        x = np.add.reduce(x, axis=axes if wanted else None)
        letters = "".join(c for c in letters if c in wanted)
    if letters != wanted:
        x = x.transpose([letters.index(c) for c in wanted])
    return x


def _pair(left, right, core):
    """The product of two operands, summed to the letters of `core`."""
    a_letters, b_letters = set(left), set(right)
    unique = len(a_letters) == len(left) and len(b_letters) == len(right)
    if unique and a_letters | b_letters == set(core):
        return _multiplied(left, right, core)
    if unique and len(left) <= 2 and len(right) <= 2:
        direct = _dotted(left, right, core)
        if direct is not None:
            return direct
    return _folded(left, right, core)


def _multiplied(left, right, core):
    """Every letter stays: the operands are aligned with the output and multiplied."""
    align_a, align_b = _alignment(left, core), _alignment(right, core)
    if align_a is None and align_b is None:
        return lambda a, b: a * b

    def multiply(a, b):
        if align_a is not None:
            a = a.transpose(align_a[0])[align_a[1]]
        if align_b is not None:
            b = b.transpose(align_b[0])[align_b[1]]
        return a * b

    return multiply


def _alignment(letters, core):
    """(order of axes, index) that lines an operand up with `core`; None where broadcasting does it."""
    if core.endswith(letters):
        return None
    kept = [c for c in core if c in letters]
    first = core.index(kept[0])
    index = tuple(slice(None) if c in letters else None for c in core[first:])
    return [letters.index(c) for c in kept], index


def _dotted(left, right, core):
    """One shared letter, at most one own letter each: np.dot, on views."""
    shared = [c for c in left if c in right]
    if len(shared) != 1 or shared[0] in core or len(core) != len(left) + len(right) - 2:
        return None
    own_a = left.replace(shared[0], "")
    own_b = right.replace(shared[0], "")
    flip_a = left != own_a + shared[0]
    flip_b = right != shared[0] + own_b
    if core == own_a + own_b:
        return _dot(flip_a, flip_b)
    inner = _dot(not flip_b and bool(own_b), not flip_a and bool(own_a))  # (A B)ᵀ = Bᵀ Aᵀ
    return lambda a, b: inner(b, a)


def _dot(flip_a, flip_b):
    if flip_a and flip_b:
        return lambda a, b: np.dot(a.T, b.T)
    if flip_a:
        return lambda a, b: np.dot(a.T, b)
    if flip_b:
        return lambda a, b: np.dot(a, b.T)
    return np.dot


def _folded(left, right, core):
    """(batch, own, shared) times (batch, shared, own) through matmul, then reordered."""
    a_letters, b_letters = set(left), set(right)
    batch = "".join(c for c in core if c in a_letters and c in b_letters)
    shared = "".join(c for c in dict.fromkeys(left) if c in b_letters and c not in core)
    own_a = "".join(c for c in core if c in a_letters and c not in b_letters)
    own_b = "".join(c for c in core if c in b_letters and c not in a_letters)
    made = batch + own_a + own_b
    order = None if made == core else [made.index(c) for c in core]
    if not shared:
        multiply = _multiplied(batch + own_a, batch + own_b, core)
        return lambda a, b: multiply(
            _reduce(np.asarray(a), left, batch + own_a),
            _reduce(np.asarray(b), right, batch + own_b),
        )

    def product(a, b):
        a = _reduce(np.asarray(a), left, batch + own_a + shared)
        b = _reduce(np.asarray(b), right, batch + shared + own_b)
        n, m, s = len(batch), len(own_a), len(shared)
        outer, rows, inner = a.shape[:n], a.shape[n : n + m], a.shape[n + m :]
        cols = b.shape[n + s :]
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


def _filled(compute, core, op):
    """The value spread to the output's repeated and free letters."""
    output, unique = op.output, "".join(dict.fromkeys(op.output))
    if unique != output:
        return _on_diagonal(compute, core, op, unique)
    sizes = [None if c in core else op.sizes[c] for c in output]
    spread = tuple([slice(None) if c in core else None for c in output])
    if core and all(n == 1 for n in sizes if n is not None):
        return lambda *arrays: np.asarray(compute(*arrays))[spread]

    def fill(*arrays):
        y = np.asarray(compute(*arrays))
        extents = iter(y.shape)
        out = np.empty([next(extents) if n is None else n for n in sizes], dtype=y.dtype)
        out[...] = y[spread]
        return out

    return fill


def _on_diagonal(compute, core, op, unique):
    """The same where the output repeats a letter: zeros, and the value on the diagonal."""
    output = op.output

    def fill(*arrays):
        y = np.asarray(compute(*arrays))
        extents = dict(zip(core, y.shape, strict=True)) | op.sizes
        y = y.reshape([extents[c] if c in core else 1 for c in unique])
        out = np.zeros([extents[c] for c in output], dtype=y.dtype)
        np.einsum(f"{output}->{unique}", out)[...] = y  # a writeable view of the diagonal
        return out

    return fill
