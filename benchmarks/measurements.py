"""Measurements against the peers; writes docs/measurements.md (the records are in `measured`)."""

from importlib.metadata import version
from pathlib import Path

from .measured import exact, noise, record, speed, stored
from .report import machine, versions

PAGE = Path(__file__).resolve().parents[1] / "docs" / "measurements.md"
HEAD = """# Measurements

What `sampled` and the differences on grids do, measured beside the tools that people use for it. Written by
`python -m benchmarks measurements`; the cases are in `benchmarks/measured/`.

{machine}

{versions}, {more}
"""
_MORE = ("findiff", "pynumdiff", "csaps", "llvmlite", "zarr")


def run():
    more = ", ".join(f"{name} {version(name)}" for name in _MORE)
    page = [HEAD.format(machine=machine(), versions=versions(), more=more)]
    sections = (
        noise.league,
        noise.coverage,
        noise.hard,
        record.carbon_dioxide,
        exact.suite,
        speed.grids,
        speed.short_arrays,
        stored.larger_than_memory,
        speed.engines,
    )
    for section in sections:
        page.append(f"{section()}\n")
        print(page[-1], flush=True)
    PAGE.write_text("\n".join(page), encoding="utf-8")
    return f"written: {PAGE.name}"
