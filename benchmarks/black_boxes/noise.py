"""Noise: the same at the same point, or drawn anew at every call. The truth runs without it."""

import struct
import zlib
from random import Random

from .precise import replaced

_draws = Random(20240611)


@replaced(lambda x, salt=0: 0)
def shake(x, salt=0):
    """A number in [-1, 1] that depends on every bit of x and looks random."""
    bits = zlib.crc32(struct.pack("<dq", x, salt * 7919))
    bits = zlib.crc32(struct.pack("<I", bits), 0x9E3779B9) ^ (bits >> 3)
    return (bits & 0xFFFFFF) / 0x7FFFFF - 1.0


@replaced(lambda: 0)
def draw():
    """A number from the normal distribution, another one at every call."""
    return _draws.gauss()


def restart(seed):
    """Let `draw` begin anew, so that a run can be repeated."""
    _draws.seed(seed)
