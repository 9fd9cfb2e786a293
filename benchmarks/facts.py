"""What a user feels before any derivative is taken: how much is installed, how long it takes to start.

The wheel is built and installed alone into a fresh environment: a typed formula
must work there, without NumPy. Start times are ratios to an empty Python.
"""

import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path

from .race import race
from .report import Section, number

ROOT = Path(__file__).resolve().parents[1]
FORMULA = ("x^2 sin x", "--at", "3")


def call(*words):
    subprocess.run([str(w) for w in words], check=True, capture_output=True)


def installed_size(name):
    """Bytes of the files that a package brought, compiled modules included."""
    paths = (Path(file.locate()) for file in distribution(name).files)
    return sum(path.stat().st_size for path in paths if path.exists())


def folder_size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def run():
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        pip = ("-m", "pip", "--disable-pip-version-check", "-q")
        call(sys.executable, *pip, "wheel", "--no-deps", "-w", home, ROOT)
        (wheel,) = home.glob("*.whl")
        call(sys.executable, "-m", "venv", home / "venv")
        python, command = home / "venv/bin/python", home / "venv/bin/dfdx"
        call(python, *pip, "install", "--no-deps", wheel)
        best = race(
            {
                "python -c pass": lambda: call(python, "-c", "pass"),
                'python -c "import dfdx"': lambda: call(python, "-c", "import dfdx"),
                'dfdx "x^2 sin x" --at 3': lambda: call(command, *FORMULA),
                'python -m dfdx "x^2 sin x" --at 3': lambda: call(python, "-m", "dfdx", *FORMULA),
            },
            turns=40,
        )
        (package,) = (home / "venv").glob("lib/python*/site-packages/dfdx")
        sizes = {"wheel": wheel.stat().st_size, "dfdx installed": folder_size(package)}
    needs = sum(map(installed_size, ("numpy", "scipy", "mpmath")))
    sizes["dfdx with NumPy, SciPy and mpmath installed"] = sizes["dfdx installed"] + needs
    bare = best["python -c pass"]
    rows = [("start", "ms", "empty Python = 1")]
    rows += [(f"`{name}`", number(s * 1e3), number(s / bare)) for name, s in best.items()]
    rows += [("**size**", "**MB**", "")]
    rows += [(name, number(size / 1e6), "") for name, size in sizes.items()]
    return Section(
        "Size and start",
        "A fresh environment with the wheel alone, no NumPy in it: typed formulas need none.",
        rows,
        "The start script `dfdx` is pip's; before pip 25.2 it imports `re`, which costs a few milliseconds.",
    )
