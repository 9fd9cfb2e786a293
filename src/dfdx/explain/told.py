"""The steps in words and signs: as lines of text, or as plain data for a program."""

from math import isfinite

from ..readings.formula import text
from ..readings.formula.layout import PRODUCT, written
from ..readings.formula.text import STYLES
from .digits import short
from .naming import statement

MOST = 60  # steps shown as text; the data hold all of them
_COLUMN = 46


def step_lines(steps, style="unicode"):
    """Two lines per step: what it computes and by which rule, then its slope.

    >>> from dfdx.graph import Graph, variable
    >>> from dfdx.explain.steps import steps
    >>> x = variable("x")
    >>> for line in step_lines(steps(Graph([x], [(x + 1) ** 2]), [3.0])):
    ...     print(line)
     1  u₁ = x + 1 = 4       sum rule, constant rule
        u₁′ = 1
     2  f = u₁² = 16         chain rule, power rule
        f′ = 2·u₁·u₁′ = 8·1 = 8
    """
    rows = []
    for step in steps[:MOST]:
        first = (
            f"{_named(step.name, style)} = {text(step.node, style)} = {_shown(step.value, style)}"
        )
        rows.append((first, ", ".join(rule_texts(step, style)), _slope_line(step, style)))
    lines = _numbered(rows)
    if len(steps) > MOST:
        lines.append(f"    {len(steps) - MOST:,} more steps: --json has them all")
    return lines


def _numbered(rows):
    column = min(_COLUMN, 2 + max((len(first) for first, _, _ in rows), default=0))
    lines = []
    for k, (first, rules, second) in enumerate(rows, 1):
        lines.append(
            f"{k:>2}  {first:<{column}}{'' if len(first) < column else '  '}{rules}".rstrip()
        )
        if second:
            lines.append(f"    {second}")
    return lines


def gradient_lines(forward, backward, variables, style="unicode"):
    """The steps of a gradient: forward with values and local slopes, then back from f.

    >>> from dfdx.graph import Graph, variable
    >>> from dfdx.explain.steps import gradient_steps
    >>> x, y = variable("x"), variable("y")
    >>> found = gradient_steps(Graph([x, y], [x * y + x]), [3.0, 5.0])
    >>> print(gradient_lines(*found, ["x", "y"])[-1])
        ∂f/∂y = x·∂f/∂u₁ = 3·1 = 3
    """
    rows = []
    for step in forward[:MOST]:
        first = (
            f"{_named(step.name, style)} = {text(step.node, style)} = {_shown(step.value, style)}"
        )
        rows.append((first, ", ".join(rule_texts(step, style)), ""))
    lines = ["forward: the values", *_numbered(rows)]
    if len(forward) > MOST:
        return [*lines, f"    {len(forward) - MOST:,} more steps: --json has them all"]
    lines.append("back: how much f changes with each, per unit")
    return [*lines, *(f"    {_back_line(b, style)}" for b in backward)]


def _back_line(back, style):
    d = _d(back.name, style)
    if not back.shares:
        return f"{d} = {_shown(back.value, style)}"
    words, numbers = [], []
    for share in back.shares:
        outer = None if share.through == "f" else _d(share.through, style)
        words.append(_product(share.local.node, outer, style))
        numbers.append(_numbers(share.local, None if outer is None else share.outer, style))
    return _joined([d, _sum(words, style), _sum(numbers, style), _shown(back.value, style)])


def _d(name, style):
    name = _named(name, style)
    return f"∂f/∂{name}" if style == "unicode" else f"df/d{name}"


def _slope_line(step, style):
    prime = "′" if style == "unicode" else "'"
    parts = [f"{_named(step.name, style)}{prime}"]
    if step.locals:
        words, numbers = [], []
        for local in step.locals:
            outer = f"{_named(local.operand, style)}{prime}"
            outer = outer if "_" in local.operand or local.operand == "f" else None
            words.append(_product(local.node, outer, style))
            numbers.append(_numbers(local, None if outer is None else local.slope, style))
        parts += [_sum(words, style), _sum(numbers, style)]
    return _joined([*parts, _shown(step.slope, style)])


def _joined(parts):
    """a = b = c, each said once."""
    kept = []
    for part in parts:
        if part and part not in kept[-1:]:
            kept.append(part)
    return " = ".join(kept)


def _product(node, outer, style):
    """The local slope times the outer one as (text, negative)."""
    if node is None:
        return outer or "?", False
    if type(node) is int:
        return outer or "1", node < 0
    writer = STYLES[style]()
    (piece,), _, _ = written(node, writer)
    bare = piece.opposite
    if outer is None:
        return (bare, True) if bare is not None and piece.level >= PRODUCT else (piece.text, False)
    if bare is not None and piece.level >= PRODUCT:
        bare = writer.group(bare) if writer.over in bare else bare
        return f"{bare}{writer.times}{outer}", True
    single = piece.level > PRODUCT or writer.over not in piece.text
    local = piece.text if piece.level >= PRODUCT and single else writer.group(piece.text)
    return f"{local}{writer.times}{outer}", False


def _numbers(local, slope, style):
    """The same with numbers."""
    times, minus = STYLES[style].times, STYLES[style].minus
    if type(local.node) is int:
        total = _shown(local.value if slope is None else local.value * slope, style)
        return total.removeprefix(minus), total.startswith(minus)
    value = _shown(local.value, style)
    bare, negative = value.removeprefix(minus), value.startswith(minus)
    if slope is None:
        return bare, negative
    other = _shown(slope, style)
    return f"{bare}{times}{f'({other})' if other.startswith(minus) else other}", negative


def _sum(terms, style):
    """Terms (text, negative) as a sum."""
    minus = STYLES[style].minus
    line = ""
    for k, (term, negative) in enumerate(terms):
        if k:
            line += f" {minus} {term}" if negative else f" + {term}"
        else:
            line = f"{minus}{term}" if negative else term
    return line


def rule_texts(step, style="unicode"):
    """The names of the rules that a step uses."""
    found = []
    for name, card in step.rules:
        said = None if card is None else statement(card)
        if said:
            function, slope = (text(node, style) for node in said)
            found.append(f"the derivative of {function} is {slope}")
        elif card is not None:
            found.append(f"the partial derivatives of {card.name}")
        else:
            found.append(name)
    return found


def _named(name, style):
    """The name of a step: u_1 as u₁ where that can be shown."""
    if style == "unicode" and "_" in name:
        return STYLES[style]().variable(name).text
    return name


def _shown(value, style):
    if getattr(value, "shape", ()):
        return f"array of shape {value.shape}"
    number = short(float(value))
    return number.replace("-", "−") if style == "unicode" else number


def step_data(steps):
    """The steps as plain dicts: name, formula, value, rules, locals, slope."""
    return [
        {
            "name": step.name,
            "formula": text(step.node, "ascii"),
            "value": plain(step.value),
            "rules": rule_texts(step, "ascii"),
            "locals": [
                {
                    "operand": local.operand,
                    "formula": _formula(local.node),
                    "value": plain(local.value),
                    "operand_slope": plain(local.slope),
                }
                for local in step.locals
            ],
            "slope": plain(step.slope),
        }
        for step in steps
    ]


def back_data(backward):
    """The way back as plain dicts: name, the shares through each user, and their sum."""
    return [
        {
            "name": back.name,
            "shares": [
                {
                    "through": share.through,
                    "local": _formula(share.local.node),
                    "local_value": plain(share.local.value),
                    "outer": plain(share.outer),
                }
                for share in back.shares
            ],
            "value": plain(back.value),
        }
        for back in backward
    ]


def _formula(node):
    return None if node is None else str(node) if type(node) is int else text(node, "ascii")


def plain(value):
    """A number as JSON can hold it: null for nan, text for an infinity, lists for arrays."""
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if getattr(value, "shape", ()):
        return [plain(v) for v in value.tolist()] if hasattr(value, "tolist") else str(value)
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    value = float(value)
    return value if isfinite(value) else None if value != value else "inf" if value > 0 else "-inf"
