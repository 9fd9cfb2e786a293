"""Functions of plain numbers and arrays as a bridge needs them: a list of values, and pull and push.

Pull and push are made functions of the same kind, so they have a pull and a push again.
"""

import numpy as np

from ..calculus.gradient import gradient
from ..calculus.tangent import tangent
from ..capture.calls import call
from ..capture.trace import name_of
from ..errors import NotDifferentiable
from ..trees import describe


class Plain:
    """f with some arguments held fixed, as a function of the others, which are numbers and arrays.

    `held` are those given by position as {place: value}, `named` those given by name. `single` tells, once
    f was called, whether its value is one array or number; else it is a tuple of them.
    """

    def __init__(self, f, held=None, named=None):
        if not callable(f):
            raise TypeError(f"a bridge needs a function, not {describe(f)}")
        self.f, self.held, self.named = f, dict(held or {}), dict(named or {})
        self.single = None

    @property
    def name(self):
        return name_of(self.f)

    def values(self, varying):
        """The value as a list of arrays."""
        args, _ = self._placed(varying)
        value = self.f(*args, **self.named)
        self.single = not isinstance(value, (tuple, list))
        return [self._real(part) for part in ([value] if self.single else value)]

    def pulled(self, count):
        """What `count` covectors on the values become on the arguments: a Plain of both.

        On a kink the shortest generalised derivative is taken, as `gradient` does.
        """

        def pull(*numbers):
            covectors, varying = numbers[:count], numbers[count:]
            args, wrt = self._placed(varying)
            try:
                touching = tangent(self.f, wrt=wrt)(*args, **self.named)
                return tuple(touching.pull(_like(touching.value, covectors)))
            except NotDifferentiable:
                weighed = _weighed(self.f, covectors)
                return tuple(gradient(weighed, wrt=wrt)(*args, **self.named))

        pull.__name__ = f"the derivative of {self.name}"
        return Plain(pull)

    def pushed(self, count):
        """How the values move when the `count` arguments move along directions: a Plain of both."""

        def push(*numbers):
            directions, varying = numbers[:count], numbers[count:]
            args, wrt = self._placed(varying)
            return tangent(self.f, wrt=wrt)(*args, **self.named).push(*directions)

        push.__name__ = f"the derivative of {self.name}"
        return Plain(push)

    def _placed(self, varying):
        """All arguments by position, and the places of those that vary."""
        rest = iter(varying)
        count = len(self.held) + len(varying)
        places = [k for k in range(count) if k not in self.held]
        return tuple(self.held[k] if k in self.held else next(rest) for k in range(count)), places

    def _real(self, part):
        try:
            found = np.asarray(part)
        except ValueError:
            found = np.asarray(None)
        if found.dtype.kind not in "fiub":
            raise TypeError(
                f"{self.name} returns {describe(part)}; over a bridge go real numbers, arrays of them, "
                "and tuples of these"
            )
        return found.astype(float)


def _like(value, covectors):
    """Covectors in the form of the value."""
    if not isinstance(value, (tuple, list)):
        return covectors[0]
    return list(covectors) if type(value) is list else tuple(covectors)


def _weighed(f, covectors):
    """The number <covectors, f>, whose gradient is the pull."""

    def weighed(*args, **named):
        value = call(f, *args, **named)
        parts = value if isinstance(value, (tuple, list)) else [value]
        return sum(np.sum(c * part) for c, part in zip(covectors, parts, strict=True))

    return weighed
