"""The error of a difference formula against its step: falling, a bottom, rising again.

Two errors add up: truncation, which falls with a power of h, and round-off, which grows as h falls. The
study tells them apart step by step: the formula is evaluated in floats, and once more with as
many digits as it takes. What the second is off by is truncation, the rest is round-off.
"""

from math import isfinite, nan

from ..calculus.derivative import derivative
from ..capture.replay import graph_of
from ..capture.trace import name_of, trace
from ..differences.formulas import Stencil, forward
from ..errors import NoRule, NotConverged, NotDifferentiable, NotTraceable
from ..graph import Graph, as_node, is_plain, variable
from ..methods.verify import verify
from ..readings.precise import precise_value
from ..transforms.tangent import slope
from ..walk import run
from .loglog import plotted, shown_power

_UNKNOWN = (NotDifferentiable, NotConverged, NotTraceable, NoRule, ArithmeticError, ValueError)
_PER_DECADE = 4
_DECADES = 16
_UNIT = 2.0**-53
_NODES = 400  # graphs up to this size are evaluated in many digits at every step


class ErrorCurve:
    """The error of a difference formula for many steps; made by `error_curve`.

    stencil            the formula
    x, derivative      the point, and the derivative there that the errors are taken from
    h, estimate        the steps, and what the formula gives in floats: arrays
    error              estimate − derivative
    truncation         the part of the error that exact arithmetic would leave; nan where it is unknown
    roundoff           the rest
    predicted          two arrays: |c| hᵖ |f⁽ᵐ⁾(x)| from the truncation term, and the bound for round-off
    best               the step that these make best; nan where there is no truncation term
    seen               the step of the least error that was seen
    """

    __slots__ = (
        "best", "derivative", "error", "estimate", "h", "name", "predicted", "roundoff", "seen", "stencil",
        "truncation", "x",
    )  # fmt: skip

    def __init__(self, **facts):
        for name in self.__slots__:
            setattr(self, name, facts[name])

    @property
    def least(self):
        """The least error that was seen, as a positive number."""
        import numpy as np

        return float(np.nanmin(np.abs(self.error)))

    def text(self, width=78, height=16, style="braille", colour=False):
        """The study in words, with its picture."""
        return "\n".join([*self.summary(style), "", *self.picture(width, height, style, colour)])

    def summary(self, style="braille"):
        """What the study found, as lines."""
        c, m = self.stencil.truncation
        share = f"{abs(c.numerator)}" + (f"/{c.denominator}" if c.denominator != 1 else "")
        best = "none: there is no truncation" if self.best != self.best else f"{self.best:.2g}"
        lines = [
            str(self.stencil).replace("f", self.name) if self.name != "f" else str(self.stencil),
            f"at x = {self.x:g}, where the derivative is {self.derivative:.17g}",
            f"best h: predicted {best}, seen {self.seen:.2g} with an error of {self.least:.1g}",
            f"large h: truncation, about {share} {shown_power('h', m - self.stencil.order)} times the "
            f"derivative of order {m}",
            f"small h: round-off, about {float(self.stencil.amplification):.3g} × 1.1e-16 × |f(x)| / "
            f"{shown_power('h', self.stencil.order)}",
        ]
        return [line.translate(_TYPED) for line in lines] if style == "ascii" else lines

    def picture(self, width=78, height=16, style="braille", colour=False):
        """The error (dots) and its two laws (dashed) on logarithmic axes, as lines of text."""
        return plotted(
            self.h, abs(self.error), self.predicted, self.best, width, height, style, colour
        )

    def plot(self, ax=None):
        """Draw the curve with matplotlib, on `ax` or on new axes, which are given back.

        Raises ImportError where matplotlib is not installed: pip install 'dfdx[plot]'.
        """
        if ax is None:
            try:
                from matplotlib import pyplot
            except ImportError:
                raise ImportError(
                    "plot needs matplotlib: pip install 'dfdx[plot]'; print(curve) needs nothing"
                ) from None
            ax = pyplot.subplots()[1]
        ax.loglog(self.h, abs(self.error), ".", label="error")
        for law, what in zip(self.predicted, ("truncation", "round-off"), strict=True):
            ax.loglog(self.h, law, "--", label=what)
        if isfinite(self.best):
            ax.axvline(self.best, color="grey", linewidth=0.8, label=f"best h, {self.best:.2g}")
        seen = [e for e in abs(self.error) if e > 0]
        if seen:
            ax.set_ylim(min(seen) / 10, max(seen) * 10)
        ax.set(xlabel="h", ylabel="error", title=str(self.stencil))
        ax.legend()
        return ax

    def __str__(self):
        return self.text()

    def __repr__(self):
        where = f"{self.stencil!r} at {self.x:g}"
        return f"<ErrorCurve of {where}: best h {self.best:.2g}, least error {self.least:.1g}>"


_TYPED = str.maketrans(
    {
        "−": "-",
        "′": "'",
        "″": "''",
        "‴": "'''",
        "×": "*",
        "…": "...",
        "²": "^2",
        "³": "^3",
        "⁴": "^4",
    }
)


def error_curve(f, x, order=1, stencil=None, *, steps=None):
    """How the error of a difference formula depends on its step, for f at x.

    `stencil` is the formula (`dfdx.differences` makes them), by default the difference quotient
    (f(x + h) − f(x)) / h, or its like for another `order`; `steps` are the values of h, by default from
    1 down to 1e-16, in units of the size of x where that is above 1. The errors are taken from the
    exact derivative, or from the best that samples give. Prints as words and picture; `.plot()` draws it
    with matplotlib.

    Raises NotDifferentiable where there is no derivative, ValueError for a step that is not above 0.

    >>> import math
    >>> curve = error_curve(math.sin, 1.0)
    >>> curve
    <ErrorCurve of Stencil((0, 1), 1) at 1: best h 2.1e-08, least error ...>
    >>> bool(abs(curve.truncation[4] / (-0.1 / 2 * math.sin(1.0)) - 1) < 0.1)      # −h/2 sin x
    True
    """
    import numpy as np

    x = float(x)
    if stencil is None:
        stencil = forward(order)
    elif not isinstance(stencil, Stencil):
        raise TypeError("stencil is a formula of dfdx.differences, such as central(1)")
    elif order not in (1, stencil.order):
        raise ValueError(f"the stencil gives derivative {stencil.order}, not {order}")
    h = _steps(x, steps)
    truth = float(derivative(f, order=stencil.order)(x))
    estimate = np.array([_estimated(stencil, f, x, s) for s in h])
    error = estimate - truth
    truncation = _truncation(stencil, f, x, h, estimate)
    error = np.where(np.isnan(truncation[0]), error, truncation[0] + truncation[1])
    return ErrorCurve(
        stencil=stencil, x=x, derivative=truth, h=h, estimate=estimate, error=error, name=_name(f),
        truncation=truncation[0], roundoff=truncation[1], seen=_seen(h, error),
        **_predicted(stencil, f, x, h),
    )  # fmt: skip


def _steps(x, steps):
    import numpy as np

    if steps is None:
        scale = 2.0 ** np.floor(np.log2(max(1.0, abs(x))))
        h = scale * 10.0 ** (-np.arange(_PER_DECADE * _DECADES + 1) / _PER_DECADE)
    else:
        h = np.array(steps, dtype=float).ravel()
        if not h.size or not (h > 0).all():
            raise ValueError("steps are numbers above 0")
    h = (x + h) - x  # steps that the numbers can make, as the formula takes them
    h = h[h > 0]
    if not h.size:
        raise ValueError(f"all steps are lost beside x = {x!r}")
    return h[np.sort(np.unique(h, return_index=True)[1])]


def _estimated(stencil, f, x, h):
    """The formula in floats; nan where f has no value."""
    try:
        return float(stencil(f, x, float(h)))
    except (ArithmeticError, ValueError, TypeError):
        return nan


def _seen(h, error):
    import numpy as np

    size = np.abs(error)
    return float(h[np.nanargmin(size)]) if np.isfinite(size).any() else nan


def _name(f):
    name = name_of(f)
    return name if len(name) <= 8 and name.isidentifier() else "f"


def _predicted(stencil, f, x, h):
    """The two laws, and the step that they make best."""
    import numpy as np

    c, m = stencil.truncation
    try:
        bend = abs(float(derivative(f, order=m)(x)))
    except _UNKNOWN:
        bend = nan
    noise = _UNIT * max(abs(float(f(x))), 2.0**-1000)
    laws = (
        abs(float(c)) * h**stencil.accuracy * bend,
        float(stencil.amplification) * noise / h**stencil.order,
    )
    best = stencil.best_step(noise, bend) if bend and isfinite(bend) else nan
    return {"predicted": tuple(map(np.asarray, laws)), "best": best}


def _truncation(stencil, f, x, h, estimate):
    """(truncation, round-off) for each step, as if numbers had no end; nan where that is not possible."""
    import numpy as np

    parts = np.full((2, h.size), nan)
    known = {}

    def graph_at(p):
        if p not in known:
            known[p] = _graph(f, p)
        return known[p]

    here = graph_at(x)
    if here is None:
        return parts
    tangent = here
    for _ in range(stencil.order):
        tangent = slope(tangent)
    for k, (s, given) in enumerate(zip(h, estimate, strict=True)):
        if isfinite(given):
            found = _apart(stencil, x, float(s), float(given), tangent, graph_at)
            if found is not None:
                parts[:, k] = found
    return parts


def _graph(f, p):
    """The graph of what f computes at p, None where it cannot be traced, or hides numbers from the trace."""
    try:
        t = trace(f, (p,), {}, (0,))
        verify(t)
        graph = graph_of(t.tape, t.inputs, t.outputs)
    except (NotTraceable, TypeError, ValueError, ArithmeticError):
        return None
    return graph if is_plain(graph) and len(graph.outputs) == 1 and len(graph) <= _NODES else None


def _apart(stencil, x, h, given, tangent, graph_at):
    at, step, value = variable("x"), variable("h"), variable("q")
    total = None
    for o, w in zip(stencil.offsets, stencil.weights, strict=True):
        if not w:
            continue
        graph = graph_at(x + float(o) * h)
        if graph is None:
            return None
        moved = at + step * o.numerator / o.denominator if o else at
        term = run(graph, moved)[0] * w.numerator / w.denominator
        total = term if total is None else total + term
    formula = total / step**stencil.order
    (slope_here,) = run(tangent, at)
    both = Graph([at, step, value], [as_node(formula - slope_here), as_node(value - formula)])
    try:
        parts, digits, _ = precise_value(both, [x, h, given])
    except (ArithmeticError, ValueError, NotImplementedError):
        return None
    return parts if digits > 15 else None
