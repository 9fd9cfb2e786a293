"""A derivative of one's own for a function that dfdx cannot or should not look into."""

from functools import update_wrapper

from ..contraction import expand_to, sum_to
from ..errors import NoRule
from ..pointwise import times
from ..primitive import Primitive, shape_of
from ..trees import describe


class Ruled(Primitive):
    """A function with its own derivative: on numbers the function, on traced values a primitive."""

    __slots__ = ("__dict__", "f", "partials", "pull_rule", "push_rule")

    def __init__(self, f, partials, push, pull):
        if not callable(f):
            raise TypeError(f"rule needs a function, not {describe(f)}")
        update_wrapper(self, f)
        self.f = f
        self.partials = partials
        self.push_rule = push
        self.pull_rule = pull

    @property
    def name(self):
        return self.__name__

    @property
    def arity(self):
        return len(self.partials) if self.partials else None

    def value(self, *args):
        return self.f(*args)

    def shape(self, *shapes):
        import numpy as np

        return np.shape(self.f(*(np.ones(s) if s else 1.0 for s in shapes)))

    def push(self, y, args, tangents):
        if self.push_rule is not None:
            filled = [0.0 * a if t is None else t for a, t in zip(args, tangents, strict=True)]
            return self.push_rule(y, args, filled)
        total = None
        for k, dx in enumerate(tangents):
            if dx is not None:
                term = times(dx, self._partial(k, y, args))
                total = term if total is None else total + term
        return None if total is None else expand_to(total, shape_of(y))

    def pull(self, g, y, args, wanted):
        if self.pull_rule is not None:
            shares = self.pull_rule(g, y, *args)
            shares = shares if isinstance(shares, tuple) else (shares,)
            if len(shares) != len(args):
                raise ValueError(
                    f"the pull rule of {self.name} gave {len(shares)} cotangents for {len(args)} operands"
                )
            return [s if want else None for s, want in zip(shares, wanted, strict=True)]
        return [self._share(k, g, y, args) if want else None for k, want in enumerate(wanted)]

    def _share(self, k, g, y, args):
        term = times(g, self._partial(k, y, args))
        return None if term is None else sum_to(term, shape_of(args[k]))

    def _partial(self, k, y, args):
        if not self.partials or k >= len(self.partials) or self.partials[k] is None:
            missing = NoRule(
                f"the rule of {self.name} says nothing of its operand number {k + 1} in this mode; "
                "give partials, or both push and pull"
            )
            missing.given = True
            raise missing
        p = self.partials[k]
        return p(y, *args) if callable(p) else p

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return lambda *args: self(instance, *args)


def rule(*partials, push=None, pull=None):
    """Give a function a derivative of your own, as a decorator.

    `partials` are the partial derivatives of a function of numbers, one per operand,
    each a function of the value and the operands, `lambda y, x: …`. A function of
    arrays takes `pull=lambda g, y, *xs: …` (the cotangent of every operand, as a tuple)
    and, for forward mode, `push=lambda y, xs, dxs: …`.

    >>> @rule(lambda y, x: 3 * x**2)
    ... def cube(x):
    ...     return float(x) ** 3
    >>> cube(2.0)
    8.0
    """
    if len(partials) == 1 and callable(partials[0]) and push is None and pull is None:
        code = getattr(partials[0], "__code__", None)
        if code is not None and code.co_argcount == 1:
            raise TypeError(
                "rule is given the derivative, and decorates the function: "
                "@rule(lambda y, x: …) above def f(x), where y is f(x)"
            )
    if not partials and push is None and pull is None:
        raise TypeError("rule needs the partial derivatives, or pull=, or push=")
    return lambda f: Ruled(f, partials, push, pull)
