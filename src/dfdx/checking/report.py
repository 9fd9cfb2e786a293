"""What a check found, as something to test, to read and to take apart."""

from math import isfinite

import numpy as np

_SHOWN = 5
_WIDTH = 60
_TOLD = 1e-3  # an error bar is told where it is not nothing beside the mistake


class Mistake:
    """One component that is not what it should be.

    component           what it is called: ∂f/∂x[1]
    given, expected     the two numbers
    error               how far the expected one may be off
    off                 given − expected
    """

    __slots__ = ("component", "error", "expected", "given")

    def __init__(self, component, given, expected, error):
        self.component, self.given = component, given
        self.expected, self.error = expected, error

    @property
    def off(self):
        return self.given - self.expected

    def __repr__(self):
        return f"Mistake({self.component}: given {self.given!r}, expected {self.expected!r})"


class Result:
    """What was found at one point.

    state       "right", "wrong" (with `mistakes`), "no derivative" (f has none there) or "unknown"
    point       the arguments, by name
    mistakes    the components that differ, the largest first
    message     what else there is to say, in words
    worst       the largest relative difference of a component
    method      how the expected derivative was found
    """

    __slots__ = ("message", "method", "mistakes", "notes", "point", "size", "state", "worst")

    def __init__(
        self, state, point, mistakes=(), message="", worst=0.0, method="", notes=(), size=1
    ):
        self.state, self.point, self.mistakes, self.message = state, point, tuple(mistakes), message
        self.worst, self.method, self.notes, self.size = worst, method, tuple(notes), size

    def __repr__(self):
        return f"Result({self.state} at {self.point})"


class Checked:
    """The report of `check`: true when the derivative is right at every point.

    right       True or False
    kind        what df gives: "derivative", "gradient", "jacobian", "hessian", "vjp", …
    results     a `Result` for each point
    hints       the usual mistakes that would explain the difference, as sentences
    mistakes    all components that differ, the largest of each point first
    """

    __slots__ = ("hints", "kind", "names", "results")

    def __init__(self, names, kind, results, hints=()):
        self.names, self.kind, self.results, self.hints = names, kind, tuple(results), tuple(hints)

    @property
    def right(self):
        return all(r.state == "right" for r in self.results)

    @property
    def mistakes(self):
        return [m for r in self.results for m in r.mistakes]

    def __bool__(self):
        return self.right

    def __str__(self):
        f, df = self.names
        what = _ARTICLE.get(self.kind, f"the {self.kind}")
        if self.right:
            worst = max(r.worst for r in self.results)
            count = len(self.results)
            where = f"at {count} points" if count > 1 else f"at {self.results[0].point}"
            lines = [f"right: {df} is {what} of {f} {where}, {_agreement(worst)}"]
            lines += [
                f"  compared with: {m}" for m in dict.fromkeys(r.method for r in self.results)
            ]
        else:
            lines = [f"{self._verdict()}: {df} as {what} of {f}"]
            for k, r in enumerate(self.results):
                if r.state != "right":
                    lines += _result_lines(r, k, len(self.results))
            good = sum(r.state == "right" for r in self.results)
            if good:
                lines.append(f"  right at {good} of {len(self.results)} points")
            lines += [f"  perhaps: {hint}" for hint in self.hints]
        notes = dict.fromkeys(n for r in self.results for n in r.notes)
        return "\n".join([*lines, *(f"  note: {n}" for n in notes)])

    def _verdict(self):
        states = [r.state for r in self.results if r.state != "right"]
        return "wrong" if "wrong" in states else states[0]

    def __repr__(self):
        return f"<{self}>" if self.right else f"<{str(self).splitlines()[0]}>"


_ARTICLE = {
    "jacobian": "the Jacobian",
    "hessian": "the Hessian",
    "elementwise": "the derivative, element by element,",
    "vjp": "the vjp (covector times Jacobian)",
    "jvp": "the jvp (Jacobian times direction)",
    "hessp": "the product of Hessian and direction",
}


def _agreement(worst):
    return "to the last digit" if worst == 0 else f"relative difference at most {worst:.1g}"


def _result_lines(r, k, count):
    which = f"point {k + 1} of {count}, " if count > 1 else ""
    lines = [f"  at {which}{r.point}"]
    if r.message:
        lines += [f"    {line}" for line in r.message.splitlines()]
    if not r.mistakes:
        return lines
    rows = [("component", "given", "expected", "off by")]
    for m in r.mistakes[:_SHOWN]:
        bar = f" ± {m.error:.1g}" if m.error > _TOLD * abs(m.off) else ""
        rows.append((m.component, number(m.given), number(m.expected) + bar, _off(m)))
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        lines.append(
            "    " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
        )
    more = len(r.mistakes) - _SHOWN
    if more > 0:
        lines.append(f"    and {more} more; {len(r.mistakes)} of {r.size} components are wrong")
    elif len(r.mistakes) < r.size:
        rest = r.size - len(r.mistakes)
        others = f"other {rest} components are" if rest > 1 else "other component is"
        lines.append(f"    the {others} right")
    if r.method and not r.method.startswith("exact"):
        lines.append(f"    expected from: {r.method}")
    return lines


def _off(m):
    if not (isfinite(m.given) and isfinite(m.expected)):
        return ""
    share = abs(m.off / m.expected) if m.expected else float("inf")
    how = ""
    if share < 1e-3:
        how = f" (relative {share:.1g})"
    elif share <= 1:
        how = f" ({100 * share:.3g} %)"
    return f"{m.off:+.3g}{how}"


def number(v):
    """A number as it is read: all digits, but no tail of noise in whole ones."""
    v = float(v)
    return f"{v:.1f}" if v.is_integer() and abs(v) < 1e15 else repr(v)


def shown(args, names):
    """The arguments of a point in words: x = 1.0, y = [1. 2. 3.]."""
    parts = []
    for a, name in zip(args, names, strict=True):
        text = (
            np.array2string(a, threshold=6, precision=4) if isinstance(a, np.ndarray) else repr(a)
        )
        text = " ".join(text.split())
        parts.append(f"{name} = {text if len(text) <= _WIDTH else text[: _WIDTH - 1] + '…'}")
    return ", ".join(parts)


def undefined(given, exact):
    """What to say where one of the two is no number."""
    if np.isnan(given).any() and not np.isnan(exact).any():
        return "df gives nan where the derivative is a number"
    if np.isnan(exact).any():
        return "f itself is nan here: it has no derivative to compare with"
    if np.isinf(given).any() and not np.isinf(exact).any():
        return "df is infinite where the derivative is a number"
    return ""
