"""The page: tables in Markdown, the machine, the versions."""

import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version

PEERS = ("numpy", "scipy", "mpmath", "autograd", "torch", "jax", "mygrad", "casadi", "numdifftools")


class Section:
    """A heading, a paragraph, a table (rows of texts, the first is the head), and remarks."""

    def __init__(self, title, text, rows, remarks=""):
        self.title = title
        self.text = text
        self.rows = rows
        self.remarks = remarks

    def __str__(self):
        return "\n\n".join(
            filter(None, (f"## {self.title}", self.text, table(self.rows), self.remarks))
        )


def table(rows):
    """A Markdown table with aligned columns, numbers to the right."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]

    def line(row):
        cells = (
            text.ljust(width) if k == 0 else text.rjust(width)
            for k, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        return f"| {' | '.join(cells)} |"

    rule = [("-" * w if k == 0 else "-" * (w - 1) + ":") for k, w in enumerate(widths)]
    return "\n".join([line(rows[0]), line(rule), *map(line, rows[1:])])


def ratios(best, per, unit, base):
    """Rows of name, time per `per` calls or operations in `unit`, and the time as a multiple of `base`."""
    scale = {"µs": 1e6, "ms": 1e3}[unit]
    rows = [("", unit, f"{base} = 1")]
    for name, seconds in sorted(best.items(), key=lambda item: item[1]):
        rows.append((name, number(seconds / per * scale), number(seconds / best[base])))
    return rows


def number(x):
    """Three digits, enough to compare.

    >>> number(1234.5), number(0.0123), number(2.0)
    ('1230', '0.0123', '2.00')
    """
    if x >= 100:
        whole = round(x)
        return str(round(whole, 3 - len(str(whole))))
    return f"{x:.3g}" if x < 1 else f"{x:.{3 - len(str(int(x)))}f}"


def machine():
    """One line about where this was measured."""
    model = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [
                line.partition(":")[2].strip() for line in file if line.startswith("model name")
            ]
        model = names[0] if names else model
    python = f"{platform.system()}, Python {platform.python_version()}"
    return f"{date.today()}, {os.cpu_count()} × {model}, {python}"


def versions():
    """The versions of dfdx and of the peers, in one line."""
    found = []
    for name in ("dfdx", *PEERS):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} (not installed)")
    return ", ".join(found)
