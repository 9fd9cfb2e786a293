"""The answer to `dfdx descend` as a person reads it: a table of the methods, why each ended, the picture."""

import re

from ..explain.digits import full, short
from .rows import clipped

_KEYWORD = re.compile(r"\b(method|rate|schedule|steps|tol)='?([^\s',;]+)'?")  # as Python has them
_NARROW = 3  # variables up to which a point stands in the table


def descent_text(answer, out):
    """The lines of the answer, without the picture."""
    names = answer["variables"]
    lines = [answer["input"]]
    if "read_as" in answer:
        read = answer["read_as"] if out.style == "unicode" else answer["typed"]
        lines = [f"read as {answer['name']}({', '.join(names)}) = {clipped(read)}"]
    at = ", ".join(short(v) for v in answer["start"].values())
    start = f"{answer['name']}({at})"
    if answer["message"] is not None:
        return [*lines, "", f"{start} {answer['message']}"]
    lines += [f"begins at {start} = {full(answer['value'])}", "", *_table(answer, out), ""]
    told = {}
    for s in answer["searches"]:
        state = "minimum" if s["converged"] else "not a minimum"
        told.setdefault((f"{state}: {s['reason']}", *s["notes"]), []).append(s["method"])
    wide = max(len(s["method"]) for s in answer["searches"])
    for (reason, *notes), methods in told.items():
        label = ", ".join(methods)
        if len(methods) > 1:  # they all say the same
            lines.append(label)
            label = ""
        lines += _indented(f"{label:<{wide}}  ", reason, out)
        for note in notes:
            lines += _indented(" " * (wide + 2), f"note: {note}", out)
    return lines


def _table(answer, out):
    """A row for each method."""
    name, names = answer["name"], answer["variables"]
    slope = out.sign(f"|∇{name}|", f"|grad {name}|")
    few = len(names) <= _NARROW
    head = ["method", "steps", "calls", name, slope, *([", ".join(names)] if few else [])]
    rows = [head]
    for s in answer["searches"]:
        row = [s["method"], f"{s['steps']:,}", f"{s['evaluations']:,}"]
        row += [_value(s["value"]), _value(s["slope"], 2)]
        row += [", ".join(_value(v, 6) for v in s["x"].values())] if few else []
        rows.append(row)
    widths = [max(len(row[k]) for row in rows) for k in range(len(head))]
    lines = []
    for k, row in enumerate(rows):
        cells = [
            f"{cell:<{w}}" if j in (0, 5) else f"{cell:>{w}}"
            for j, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        line = "  ".join(cells).rstrip()
        best = k and answer["searches"][k - 1]["converged"]
        lines.append(out.dim(line) if k == 0 else out.bold(line) if best else line)
    return lines


def _value(v, digits=7):
    return short(v, digits)


def _indented(first, sentence, out):
    """A sentence broken to the width of the terminal, behind its label."""
    room = max(30, out.width - 1 - len(first))
    lines, line = [], ""
    sentence = _KEYWORD.sub(r"--\1 \2", sentence)
    for word in (sentence if out.style == "unicode" else _ascii(sentence)).split():
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    lines.append(line)
    return [(first if k == 0 else " " * len(first)) + text for k, text in enumerate(lines)]


def _ascii(sentence):
    """The sentence in letters that every terminal has."""
    for sign, word in (
        ("∇", "grad "),
        ("′", "'"),
        ("−", "-"),
        ("²", "^2"),
        ("ε", "eps"),
        ("≥", ">="),
        ("…", "..."),
    ):
        sentence = sentence.replace(sign, word)
    return sentence.encode("ascii", "replace").decode()


def descent_drawing(target, answer, out):
    """The lines of the picture: the ways over the map, on the curve, or the values by the step."""
    from .drawing import map_of

    searches = answer["found"]
    if not searches:
        return []
    from ..explain.ways import ways

    names = answer["variables"]
    f = map_of(target, names, tuple(answer["start"].values()))
    labels = [s["method"] for s in answer["searches"]]
    if f is None and len(names) <= 2:
        return [out.dim("no picture: the function takes too long for thousands of calls")]
    return ways(
        searches, labels, f=f, names=names, title=answer["name"], width=out.width - 1,
        style="braille" if out.style == "unicode" else "ascii", colour=out.colour,
    )  # fmt: skip
