"""python -m benchmarks [name …]: run the comparisons; all of them rewrite docs/benchmarks.md.

`black_boxes`, `measurements` and `optimisation` have pages of their own in docs/.
"""

import sys
import warnings
from importlib import import_module
from pathlib import Path

from .report import machine, versions

SECTIONS = (
    "scalar",
    "memory",
    "repeated",
    "arrays",
    "network",
    "marching",
    "curvature",
    "several",
    "series",
    "following",
    "training",
    "facts",
)
ALONE = ("black_boxes", "measurements", "optimisation")  # write their own pages
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench`; the programs are in `benchmarks/`. Every contestant's answer is compared with
the others' before the clock starts; contestants take turns, and the best of several turns counts.
Seconds differ from machine to machine: read the ratios.

{machine}

{versions}
"""


def main(names):
    warnings.simplefilter("ignore")
    unknown = set(names) - {*SECTIONS, *ALONE}
    if unknown:
        raise SystemExit(
            f"no benchmark {', '.join(unknown)}; there are {', '.join(SECTIONS + ALONE)}"
        )
    page = [HEAD.format(machine=machine(), versions=versions())]
    print(page[0])
    for name in names or SECTIONS:
        section = str(import_module(f"benchmarks.{name}").run())
        print(section, flush=True)
        page.append(section + "\n")
    if not names:
        PAGE.write_text("\n".join(page), encoding="utf-8")


main(sys.argv[1:])
