"""Measurements inside other functions: an operation that knows its own slope, and how far it may be off.

A trace records the call of a sampled function as one primitive; its partial derivatives are primitives of
the same kind, one order higher. So functions made of measurements are differentiated exactly, and
`.estimate` says what the bands of the measurements become in the answer.
"""

from ..calculus.rule import Ruled
from ..primitive import shape_of

_SHARE = (
    0.35  # of the band: four times the spread of five such trials is a little more than the band
)


class Recorded(Ruled):
    """A reading of measurements; `read(*coordinates)` gives value and error, `slopes` what is next."""

    sampled = (
        True  # the graph rests on more than its inputs: readings in many digits cannot have it
    )

    def __init__(self, read, slopes, name, method):
        def value(*coordinates):
            return read(*coordinates)[0]

        value.__name__ = name
        super().__init__(value, slopes, None, None)
        self.read = read
        self.notes = dict.fromkeys(range(len(slopes)), f"from measurements, by {method}")

    def trial(self, args, rng):
        """The value, off by a random part of its error."""
        value, error = self.read(*args)
        found = value + _SHARE * error * rng.uniform(-1.0, 1.0, shape_of(value))
        return found if shape_of(value) else float(found)
