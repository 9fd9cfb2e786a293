"""Values and Taylor coefficients that are right to the last digit of a float.

The same series as `series`, computed with more digits and rounded once. Sums and
products run in `decimal`, which does them in C; the value of a function comes
from mpmath. The rounding error falls with the number of digits: what two runs
share tells how many digits of the longer one can be believed, and the runs get
longer until that is more than a float can hold.
"""

import decimal
import operator
from decimal import Decimal
from math import factorial, inf, isfinite, nan
from time import monotonic

from ..graph import Leaf
from ..numbers import Known
from ..pointwise import Pointwise
from ..primitive import shape_of
from ..rules.arithmetic import add, divide, multiply, negative, positive, subtract
from ..walk import run
from .series import expand, series, unroll
from .series_rules import rate

DOUBLE = 15  # the digits of a float
DIGITS = (36, 60, 120, 240)
SHARED = Decimal("1e-6")  # two runs agree where they differ by less than this, relatively
GUARD = 6  # digits that a run may lose and still tell a zero
PATIENCE = 1.0  # seconds that mpmath may take
FARTHEST = 100_000  # decimal exponents beyond this are left to double precision

_OPERATORS = {
    add: operator.add,
    subtract: operator.sub,
    multiply: operator.mul,
    divide: operator.truediv,
    negative: operator.neg,
    positive: operator.pos,
}


def precise_series(graph, center, order, along=None, *, patience=PATIENCE):
    """Taylor coefficients per output, correctly rounded: `(coefficients, digits, notes)`.

    For graphs of scalars whose functions mpmath knows; others are computed in
    double precision, and `notes` says why; so are those for which mpmath needs more
    than `patience` seconds. `digits` is the number of decimal digits
    of the run that was believed; a coefficient of which even the longest run knows
    nothing is nan, with a note. Centre and direction as for `series`; raises what
    `series` raises.

    >>> from dfdx.graph import Graph, variable
    >>> x = variable("x")
    >>> precise_series(Graph([x], [(1 - (1 - x)) / x]), [1e-9], order=1)
    ([[1.0, 0.0]], 60, [])
    """
    return _precise(graph, center, order, along, lambda k: 1, patience)


def precise_derivatives(graph, center, order, along=None, *, patience=PATIENCE):
    """Value and derivatives 1, …, order per output, as `precise_series` gives coefficients.

    >>> from dfdx.graph import Graph, variable
    >>> x = variable("x")
    >>> precise_derivatives(Graph([x], [1 / x]), [1.0], order=3)[0]
    [[1.0, -1.0, 2.0, -6.0]]
    """
    return _precise(graph, center, order, along, factorial, patience)


def precise_value(graph, point, *, patience=PATIENCE):
    """The outputs, correctly rounded: `(values, digits, notes)`."""
    found, digits, notes = _precise(graph, point, 0, [0.0] * len(point), lambda k: 1, patience)
    return [coefficients[0] for coefficients in found], digits, notes


def _precise(graph, center, order, along, scale, patience):
    """The coefficients, number k multiplied by scale(k) before it is rounded."""
    run(graph, *center)  # what the function itself raises comes first
    expansion = expand(graph, center, order, along)
    reason = _unfit(expansion, center)
    if not reason:
        try:
            return _settled(expansion, _rough(graph, center, order, along), scale, patience)
        except (NotImplementedError, _no_convergence()) as error:
            reason = str(error)
        except (decimal.Overflow, decimal.Underflow):
            reason = f"a value lies beyond 10^±{FARTHEST}"
    found = series(graph, center, order, along)
    scaled = [[c * scale(k) for k, c in enumerate(output)] for output in found]
    return scaled, DOUBLE, [f"computed in double precision: {reason}"]


def _no_convergence():
    from mpmath.ctx_mp import MPContext

    return MPContext.NoConvergence


def _rough(graph, center, order, along):
    """The coefficients in double precision, or None where that overflows or fails."""
    try:
        found = series(graph, center, order, along)
    except ArithmeticError:
        return None
    return found if all(isfinite(c) for output in found for c in output) else None


def _unfit(expansion, center):
    """Why the cells cannot be computed with many digits; empty when they can."""
    from mpmath import mp

    for c in center:
        if not isinstance(c, (int, float)) or shape_of(c) or not isfinite(c):
            return f"the centre {c!r} is not a finite number"
    for cell in expansion.sweep:
        op = cell.node.op
        if cell.shape:
            return f"{op!r} works on arrays"
        if not (isinstance(op, Leaf) or op is rate or _has_digits(op, mp)):
            return f"mpmath has no {op!r}"
    return ""


def _has_digits(op, mp):
    return isinstance(op, Pointwise) and (callable(op.mp) or hasattr(mp, str(op.mp)))


def _settled(expansion, rough, scale, patience):
    """Runs with more and more digits, until every coefficient can be believed."""
    lengths = []
    runs = []
    end = monotonic() + patience
    if rough:
        lengths.append(DOUBLE)
        runs.append([Decimal(c) for output in rough for c in output])
    for digits in DIGITS:
        with decimal.localcontext(_context(digits)):
            lengths.append(digits)
            found = unroll(expansion, Digits(digits, end))
            runs.append([Decimal(c) for output in found for c in output])
            believed = [_believed(lengths, values) for values in zip(*runs, strict=True)]
            if None not in believed:
                break
    count = expansion.order + 1
    rounded = [
        nan if value is None else float(value * scale(i % count))
        for i, value in enumerate(believed)
    ]
    notes = [
        f"order {i % count}: no digit is certain, even with {digits} digits at work"
        for i, value in enumerate(believed)
        if value is None
    ]
    outputs = [rounded[i : i + count] for i in range(0, len(rounded), count)]
    return outputs, digits, notes


def _context(digits):
    found = decimal.Context(digits, Emin=-FARTHEST, Emax=FARTHEST)
    found.traps[decimal.Underflow] = True
    return found


def _believed(lengths, values):
    """The last of the values from runs of growing lengths, 0 if they vanish, None if in doubt.

    An error of r relatively between runs of d and e digits leaves r 10^(d - e) in the second.
    What is always as small as the rounding errors of its run, twice more, is zero.
    """
    if len(values) < 2:
        return None
    before, last = values[-2:]
    if abs(last - before) <= SHARED * abs(last):
        return last
    noise = [abs(v).scaleb(d) for d, v in zip(lengths, values, strict=True)]
    if len(values) > 2 and max(noise[-2:]) <= max(noise[:-2]).scaleb(GUARD):
        return Decimal(0)
    return None


class Digits:
    """Real numbers with a given number of decimal digits, within a context of `decimal`."""

    undefined = (ZeroDivisionError, ValueError, decimal.InvalidOperation)

    def __init__(self, digits, end=inf):
        from mpmath.ctx_mp import MPContext

        self.end = end  # the time until which mpmath may work

        self.mp = MPContext()  # one of our own: the user's precision is the user's
        self.mp.dps = digits + GUARD

    def constant(self, value):
        """The exact value of a number: a float is what its bits say, π has all its digits."""
        if isinstance(value, Known):
            return self._decimal(value.mp(self.mp))
        return value if type(value) is bool else Decimal(value)

    def zero(self, shape):
        return Decimal(0)

    def value(self, op, args):
        if op in _OPERATORS:
            return _OPERATORS[op](*args)
        if monotonic() > self.end:
            raise NotImplementedError(f"mpmath is slow with {op!r}")
        args = [self._mpf(x) for x in args]
        found = op.mp(self.mp, *args) if callable(op.mp) else getattr(self.mp, op.mp)(*args)
        return self._decimal(self._real(op, found))

    def _real(self, op, x):
        """A result of mpmath as a real number."""
        imaginary = getattr(x, "imag", 0)
        if imaginary and abs(imaginary) > abs(x) * self.mp.eps * 2**16:
            raise ValueError(f"{op!r} is complex here")
        return x.real if imaginary else x

    def _mpf(self, x):
        if type(x) is bool:
            return x
        p, q = x.as_integer_ratio()
        return self.mp.mpf(p) / q

    def _decimal(self, x):
        if type(x) is not self.mp.mpf:
            return x if type(x) is bool else Decimal(int(x))
        if not self.mp.isfinite(x):
            raise ZeroDivisionError("a value is infinite")
        sign, mantissa, exponent, bits = x._mpf_
        if abs(exponent + bits) > 3 * FARTHEST:
            raise decimal.Overflow
        whole = Decimal(-mantissa if sign else mantissa)
        return whole * 2**exponent if exponent >= 0 else whole / (1 << -exponent)
