"""The suite: cases by class."""

from . import broken, edges, hand_written, high, machine, noisy, scaled, smooth, steep

CASES = tuple(
    case
    for module in (smooth, hand_written, scaled, steep, edges, machine, noisy, high, broken)
    for case in module.CASES
)
