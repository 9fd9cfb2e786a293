"""Every example in the sources and in the pages is run, and says the truth."""

import doctest
import re
import shlex
import subprocess
import sys
from importlib import import_module

import pytest
from house import FILES, ROOT

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
EXTRA = {  # what an extra brings
    "dfdx.readings.balls": "flint",
    "dfdx.readings.rigorous": "flint",
    "dfdx.capture.known.pandas": "pandas",
    "dfdx.capture.known.pandas_column": "pandas",
    "dfdx.measurements.accessor": "xarray",
    "dfdx.bridges.torch": "torch",
    "dfdx.bridges.jax": "jax",
}
OTHERS = {"bridges.md": ("torch", "jax", "sklearn")}  # libraries that a page is about
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMAND = re.compile(r"^\$ dfdx (.*)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)


def commands():
    """Each `$ dfdx …` in a console block of a page, with the text that the page shows below it."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            for words, shown in COMMAND.findall(block):
                yield pytest.param(words, shown, id=f"{page.name}: {words}")


@pytest.mark.parametrize("module", FILES)
def test_the_examples_of_a_module(module):
    pytest.importorskip(EXTRA.get(module, "doctest"))
    assert not doctest.testmod(import_module(module), optionflags=FLAGS).failed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page(page):
    for library in OTHERS.get(page.name, ()):
        pytest.importorskip(library)
    assert not doctest.testfile(
        str(page), module_relative=False, optionflags=FLAGS, encoding="utf-8"
    ).failed


@pytest.mark.parametrize(("words", "shown"), [*commands()])
def test_the_commands_of_a_page(words, shown):
    done = subprocess.run(
        [sys.executable, "-m", "dfdx", *shlex.split(words, comments=True)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert doctest.OutputChecker().check_output(
        shown.strip(), (done.stdout + done.stderr).strip(), FLAGS
    )
