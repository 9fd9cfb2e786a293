"""Contractions: every sum, product, transpose, diagonal and broadcast in one notation.

`contraction("ij,jk->ik")` is the matrix product. A contraction is linear in each
operand, so it needs no derivative rule: forward replaces an operand by its
tangent, reverse swaps an operand with the output, batch adds a letter. For this
to be closed the output may repeat a letter (a diagonal is filled) and may have a
letter of its own (the value is repeated along it).
"""

from functools import lru_cache

from .primitive import Primitive, add_up, broadcast, shape_of

ascii_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"  # `string` would import `re`


class Contraction(Primitive):
    """The sum over all letters that the output lacks of the product of the operands."""

    __slots__ = ("_back", "_plan", "inputs", "output", "sizes", "spec")

    def __init__(self, spec, sizes=()):
        left, self.output = spec.split("->")
        self.inputs = tuple(left.split(","))
        self.spec = spec
        self.sizes = dict(sizes)
        self._plan = None
        self._back = {}

    @property
    def arity(self):
        return len(self.inputs)

    @property
    def name(self):
        return self.spec

    def _extents(self, shapes):
        extents = dict(self.sizes)
        for letters, shape in zip(self.inputs, shapes, strict=True):
            if len(letters) != len(shape):
                raise ValueError(f"{self.spec}: operand {letters!r} has shape {shape}")
            for letter, size in zip(letters, shape, strict=True):
                if extents.setdefault(letter, size) != size:
                    raise ValueError(
                        f"{self.spec}: {letter!r} is {extents[letter]} and {size} long "
                        f"in operands of shapes {', '.join(map(str, shapes))}"
                    )
        return extents

    def shape(self, *shapes):
        extents = self._extents(shapes)
        return tuple(extents[letter] for letter in self.output)

    def value(self, *arrays):
        if self._plan is None:
            from .einsum import plan

            self._plan = plan(self)
        return self._plan(*arrays)

    def push(self, y, args, tangents):
        total = None
        for k, dx in enumerate(tangents):
            if dx is not None:
                total = add_up(total, self(*args[:k], dx, *args[k + 1 :]))
        return total

    def pull(self, g, y, args, wanted):
        return tuple(
            [
                self.transposed(k, args[k])(*args[:k], *args[k + 1 :], g) if want else None
                for k, want in enumerate(wanted)
            ]
        )

    def transposed(self, k, x):
        """The contraction that takes the other operands and a cotangent to operand k, which is x."""
        if k not in self._back:
            others = self.inputs[:k] + self.inputs[k + 1 :]
            known = set(self.output).union(*others)
            spec = ",".join((*others, self.output)) + "->" + self.inputs[k]
            free = sorted(
                {c: axis for axis, c in enumerate(self.inputs[k]) if c not in known}.items()
            )
            self._back[k] = spec, free, None if free else contraction(spec), None
        spec, free, back, known = self._back[k]
        if not free:
            return back
        shape = shape_of(x)
        if shape != known:  # of one shape after the other, usually
            back = _contraction(spec, tuple([(c, shape[axis]) for c, axis in free]))
            self._back[k] = spec, free, back, shape
        return back

    def batch(self, args, batched):
        if not any(batched):
            return self(*args)
        letter = fresh_letters(self.spec, 1)
        left = ",".join(letter + s if b else s for s, b in zip(self.inputs, batched, strict=True))
        return contraction(f"{left}->{letter}{self.output}", self.sizes)(*args)

    def pairwise(self, *args):
        """The same value by contractions of at most two operands."""
        while len(args) > 2:
            rest = "".join(self.inputs[2:]) + self.output
            kept = "".join(dict.fromkeys(c for c in self.inputs[0] + self.inputs[1] if c in rest))
            pair = contraction(f"{self.inputs[0]},{self.inputs[1]}->{kept}")
            spec = ",".join((kept, *self.inputs[2:])) + "->" + self.output
            return contraction(spec, self.sizes).pairwise(pair(*args[:2]), *args[2:])
        return self(*args)


@lru_cache(maxsize=4096)
def _contraction(spec, sizes):
    return Contraction(spec, sizes)


def contraction(spec, sizes=None):
    """The contraction written in einsum notation.

    `sizes` gives the lengths of letters that only the output has.

    >>> import numpy as np
    >>> contraction("i,i->")(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    11.0
    """
    return _contraction(spec, tuple(sorted(sizes.items())) if sizes else ())


def fresh_letters(used, count):
    """`count` letters that do not occur in `used`."""
    free = [c for c in ascii_letters if c not in used]
    return "".join(free[:count])


def sum_to(x, shape):
    """x summed over the axes that broadcasting from `shape` would have added or stretched."""
    have = shape_of(x)
    if have == shape:
        return x
    if type(x).__name__ == "ndarray":
        y = x.sum(_summed(have, shape))
        return y.reshape(shape) if shape else y.item()
    for step in _sum_steps(have, shape):
        x = step(x)
    return x


@lru_cache(maxsize=4096)
def _summed(have, shape):
    """The axes that broadcasting from `shape` to `have` would have added or stretched."""
    lead = len(have) - len(shape)
    return tuple(
        [k for k, size in enumerate(have) if k < lead or (shape[k - lead] == 1 and size != 1)]
    )


@lru_cache(maxsize=4096)
def _sum_steps(have, shape):
    lead = len(have) - len(shape)
    letters = ascii_letters[: len(have)]
    kept = "".join(letters[i] for i in range(lead, len(have)) if shape[i - lead] == have[i])
    summed = contraction(f"{letters}->{kept}")
    if len(kept) == len(shape):
        return (summed,)
    ones = fresh_letters(letters, len(shape) - len(kept))
    fill = iter(ones)
    target = "".join(
        letters[i + lead] if shape[i] == have[i + lead] else next(fill) for i in range(len(shape))
    )
    return summed, contraction(f"{kept}->{target}", dict.fromkeys(ones, 1))


def expand_to(x, shape):
    """x repeated to `shape` as broadcasting does."""
    have = shape_of(x)
    return x if have == shape else _expansion(have, shape)(x)


@lru_cache(maxsize=4096)
def _expansion(have, shape):
    if broadcast(have, shape) != shape:
        raise ValueError(f"cannot broadcast shape {have} to {shape}")
    letters = ascii_letters[: len(shape)]
    lead = len(shape) - len(have)
    given = fresh_letters(letters, len(have))
    left = right = ""
    sizes = {}
    for i, size in enumerate(shape):
        if i >= lead and have[i - lead] == size:
            left += letters[i]
            right += letters[i]
        else:
            if i >= lead:
                left += given[i - lead]
            right += letters[i]
            sizes[letters[i]] = size
    return contraction(f"{left}->{right}", sizes)
