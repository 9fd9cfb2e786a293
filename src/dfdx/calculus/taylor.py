"""Taylor series: the polynomial that agrees with a function to a given order."""

from math import factorial, nan, ulp

from ..capture.replay import graph_of
from ..capture.trace import name_of, trace, value_of
from ..errors import NotDifferentiable, show_line
from ..estimate import Estimate
from ..graph import Operand, is_plain
from ..methods.accuracy import nth_errors
from ..methods.answer import Answer
from ..methods.choose import derivative_at
from ..methods.ladder import SAMPLING, Sampling, climb
from ..methods.partials import coefficients_by_samples
from ..methods.verify import verify
from ..primitive import shape_of
from ..readings.precise import DOUBLE, precise_series
from ..readings.series import series
from .operator import Derived, need_point, operator

_MOST = 200
_LIMITS = 12  # orders that the limits of both sides give on a break
_FEW = 8  # orders for which errors are looked for where the coefficients are in doubles


class Series:
    """A Taylor polynomial around `center`; `coefficients[k]` belongs to (x − center)ᵏ."""

    def __init__(self, coefficients, center, notes=()):
        self.coefficients = coefficients
        self.center = center
        self.notes = tuple(notes)

    @property
    def order(self):
        """The highest power."""
        return len(self.coefficients) - 1

    def __call__(self, x):
        """The value of the polynomial at x.

        >>> taylor(lambda x: x**3, 1, order=3)(2.0)
        8.0
        """
        step = x - self.center
        total = self.coefficients[-1]
        for c in self.coefficients[-2::-1]:
            total = total * step + c
        return total

    def derivative(self):
        """The series of the derivative, one order shorter.

        >>> taylor(lambda x: x**3, 0, order=3).derivative()
        Series(3 x² + O(x³))
        """
        moved = [k * c for k, c in enumerate(self.coefficients)][1:]
        return Series(moved or [0.0], self.center, self.notes)

    def __len__(self):
        return len(self.coefficients)

    def __getitem__(self, k):
        return self.coefficients[k]

    def __str__(self):
        if any(shape_of(c) or isinstance(c, Operand) for c in self.coefficients):
            parts = [f"{c} {self._power(k)}".rstrip() for k, c in enumerate(self.coefficients)]
            return " + ".join(parts)
        terms = []
        for k, c in enumerate(self.coefficients):
            if c == 0:
                continue
            power = self._power(k)
            size = f"{abs(c):.6g}"
            body = power if power and size == "1" else f"{size} {power}".rstrip()
            sign = "−" if c < 0 else "+"
            terms.append(f" {sign} {body}" if terms else f"−{body}" if c < 0 else body)
        rest = self._power(self.order + 1)
        return ("".join(terms) or "0") + f" + O({rest})"

    def _power(self, k):
        if k == 0:
            return ""
        c = self.center
        base = "x" if c == 0 else f"(x − {c:g})" if c > 0 else f"(x + {-c:g})"
        return base if k == 1 else base + str(k).translate(_SUPERSCRIPTS)

    def __repr__(self):
        return f"Series({self})"


_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Taylor(Derived):
    operator = "taylor"
    options = ("order", *SAMPLING)
    guide = """The Taylor series of a function of one variable around a center.

    The coefficients of a function of numbers are computed in as many digits as it
    takes and rounded once. A function that cannot be traced is sampled (options as for
    `gradient`). Raises NotDifferentiable where the two sides of the center have different
    derivatives, NotConverged for coefficients that samples cannot tell.

    >>> taylor(lambda x: 1 / (1 - x), 0, order=4).coefficients
    [1.0, 1.0, 1.0, 1.0, 1.0]
    """

    def __init__(self, f, *, order=5, **sampling):
        super().__init__(f)
        if isinstance(order, bool) or not isinstance(order, int) or not 0 <= order <= _MOST:
            raise ValueError(f"order is a whole number from 0 to {_MOST}, not {order!r}")
        self.order = order
        self.sampling = Sampling(**sampling)

    def __call__(self, *center, **fixed):
        a = self._answer(center, fixed)
        return Series(a.value, value_of(center[0]), a.notes)

    def estimate(self, *center, **fixed):
        """The series as an Estimate; `error` is a list with a bound for each coefficient.

        They are rounded once from many digits; where that was not possible a note says
        why, and bounds that are not known are nan.
        """
        a = self._answer(center, fixed, bars=True)
        found = Series(a.value, value_of(center[0]), a.notes)
        return Estimate(found, a.error, a.method, a.evaluations, notes=a.notes)

    def _answer(self, center, fixed, bars=False):
        """The coefficients as an Answer."""
        need_point(self, center)
        if len(center) > 1:
            raise TypeError("a Taylor series has one center; pass other arguments by name")
        x = value_of(center[0])
        return climb(
            self.f,
            lambda: self._exact(x, fixed, bars),
            lambda smooth: coefficients_by_samples(
                smooth or (lambda p: self.f(p, **fixed)),
                x,
                self.order,
                self.sampling,
                name_of(self.f),
            ),
            lambda: self.f(x, **fixed),
            self.sampling.method,
            isinstance(x, Operand),
        )

    def _exact(self, x, fixed, bars):
        t = trace(self.f, (x,), fixed, (0,))
        if len(t.outputs) != 1:
            raise TypeError(f"taylor needs a function with one value, not {len(t.outputs)}")
        if t.tape.edges and self.order:
            return self._by_limits(t, x, fixed)
        verify(t)
        graph = graph_of(t.tape, t.inputs, t.outputs)
        notes, rounded_once = list(t.tape.notes), False
        if not t.nested and is_plain(graph):
            (found,), digits, more = precise_series(graph, [x], self.order)
            notes.extend(more)
            rounded_once = digits > DOUBLE and not more
        else:
            (found,) = series(graph, [x], self.order)
        if rounded_once:
            errors = [ulp(c) for c in found]
        elif bars and not t.nested and self.order <= _FEW:
            errors = [_error(graph, x, k, c) for k, c in enumerate(found)]
        else:
            errors = [c * nan for c in found]
        return Answer(found, f"exact (Taylor series to order {self.order})", t, notes, error=errors)

    def _by_limits(self, t, x, fixed):
        """On a break: every derivative is that which both sides have, or there is none."""
        number = len(t.values) == 1 and not shape_of(t.values[0])
        if t.nested or not number or self.order > _LIMITS:
            edge = t.tape.edges[0]
            raise NotDifferentiable(
                f"{t.call.__name__} stands exactly on a break of {edge.name} at the center: "
                f"it may have no Taylor series there{show_line(edge.where)}"
            )
        found = [derivative_at(self.f, x, fixed, k) for k in range(1, self.order + 1)]
        scales = [factorial(k) for k in range(1, self.order + 1)]
        values = [float(t.values[0]), *(a.value / k for a, k in zip(found, scales, strict=True))]
        errors = [ulp(values[0]), *(a.error / k for a, k in zip(found, scales, strict=True))]
        notes = (*t.tape.notes, *dict.fromkeys(n for a in found for n in a.notes))
        count = 1 + sum(a.evaluations for a in found)
        return Answer(values, found[0].method, t, notes, error=errors, evaluations=count)


def _error(graph, x, k, c):
    """How far a coefficient may be off that was computed in doubles."""
    scale = factorial(k)
    (error,) = nth_errors(graph, [x], 0, [scale * c], k)
    return float(error / scale)


taylor = operator(Taylor)
