"""Lines whose equal signs stand below each other."""


def aligned(rows, out):
    """Rows (name, value, remark) with their equal signs below each other; remark None: no equal sign."""
    column = max((len(name) for name, _, _ in rows), default=0)
    signed = any(r is not None and bare(value)[:1] in "-−" for _, value, r in rows)
    lines = []
    values = [len(bare(v)) for _, v, remark in rows if remark]
    wide = max(values, default=0)
    for name, value, remark in rows:
        equal = " =" if name and remark is not None and name != "tangent" else "  "
        indent = " " if signed and remark is not None and bare(value)[:1] not in "-−" else ""
        gap = " " * max(0, wide - len(bare(value))) + "   " if remark else ""
        shown = out.dim(remark) if remark else ""
        lines.append(f"{name:<{column}}{equal} {indent}{value}{gap}{shown}".rstrip())
    return lines


def bare(text):
    """The text without colours."""
    return text.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")


def notes(sentences):
    """What the user should know, a line each."""
    return [f"note: {sentence}" for sentence in sentences]


def clipped(text, most=400):
    """A formula that would fill the screen, cut; the data have all of it.

    >>> clipped("x + " * 100 + "x", 20)
    'x + x + x + x + x +  ... (401 characters; --json has them all)'
    """
    return (
        text
        if len(text) <= most
        else f"{text[:most]} ... ({len(text):,} characters; --json has them all)"
    )
