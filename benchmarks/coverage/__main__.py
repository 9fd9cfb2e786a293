"""python -m benchmarks.coverage [dfdx JAX …]: the corpus through every library; writes docs/coverage.md.

Those named are run anew, the others are taken from the last run (`results.json`).
Every library runs in a process of its own for each module of the corpus, and every
case has a time limit, since some compile or loop for very long.
"""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.report import machine, table, versions

from . import ROOT
from .run import CONTESTANTS, GROUPS

KEPT = Path(__file__).with_name("results.json")
PAGE = ROOT / "docs" / "coverage.md"
MARK = "<!-- written by python -m benchmarks.coverage; below is written by hand -->"
HEAD = """# What capture covers

{count} functions as people write them (`tests/capture/corpus`), each differentiated at a point as it stands
and compared with high-accuracy differences (mpmath with 40 digits where the code permits). The other
libraries got the same text with its imports swapped: `np`, `math` and `scipy` replaced by theirs as far as
they have them, `float(…)` removed and (JAX) stores written as `.at[i].set(…)` where that helps; the best of
the variants counts.

* **exact**: the right number, without differences;
* **differences**: the right number from samples, and the answer says so (only dfdx has this);
* **wrong**: a wrong number, or none where there is one, without an error;
* **error**: an exception.

{machine}

{versions}
"""
VERDICTS = ("exact", "differences", "wrong", "error")


def results(contestant, group):
    """From the name of a case to its verdict, found in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.coverage.run", contestant, group]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    found = {}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            found.update(json.loads(line))
    if done.returncode:
        print(contestant, group, done.stderr[-500:])
    return found


def counts(found):
    return [sum(v.startswith(word) for v in found.values()) for word in VERDICTS]


def main(again):
    known = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    for c in CONTESTANTS:
        if c in again or c not in known:
            known[c] = {group: results(c, group) for group in GROUPS}
            KEPT.write_text(json.dumps(known, indent=0), encoding="utf-8")
    rows = [("", "cases", *(f"{c}: {v}" for c in CONTESTANTS for v in _shown(c)))]
    for group in GROUPS:
        cells = [n for c in CONTESTANTS for n in _cells(c, counts(known[c][group]))]
        rows.append((group.replace("_", " "), str(len(known["dfdx"][group])), *cells))
    whole = {c: {k: v for g in GROUPS for k, v in known[c][g].items()} for c in CONTESTANTS}
    cells = [n for c in CONTESTANTS for n in _cells(c, counts(whole[c]))]
    rows.append(("**all**", str(len(whole["dfdx"])), *cells))
    head = HEAD.format(count=len(whole["dfdx"]), machine=machine(), versions=versions())
    page = [
        head,
        table(rows),
        "\n## Not exactly\n",
        "What dfdx does not answer exactly, and why:\n",
    ]
    page += [f"* `{name}`: {v}" for name, v in whole["dfdx"].items() if v != "exact"]
    by_hand = PAGE.read_text(encoding="utf-8").partition(MARK)[2] if PAGE.exists() else "\n"
    PAGE.write_text("\n".join(page) + "\n\n" + MARK + by_hand, encoding="utf-8")
    print(table(rows))


def _shown(contestant):
    return VERDICTS if contestant == "dfdx" else ("exact", "wrong", "error")


def _cells(contestant, number):
    return [str(n) for v, n in zip(VERDICTS, number, strict=True) if v in _shown(contestant)]


if __name__ == "__main__":
    main(sys.argv[1:])
