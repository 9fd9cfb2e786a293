"""The house stands as docs/architecture.md draws it: imports go down, no module is a tower.

The drawing there is the table that these tests read, so it cannot grow old.
"""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest
from house import FILES, ROOT, edges, floors, imports, loaded_by, running, tree

ROWS = floors()
HEAVY = {"numpy", "scipy", "mpmath", "dataclasses", "typing", "inspect"}
LONGEST = 400

# Imports that go against the drawing, each with its reason. Better: move the word a floor down.
ALLOWED = {}


def top(module):
    """The name under which the drawing shows a module: a package with a slash, or a single one."""
    _, *path = module.split(".")
    if not path:
        return "__init__"
    is_package = len(path) > 1 or FILES[module].name == "__init__.py"
    return path[0] + "/" * is_package


def row(module):
    """The number of the row on which a module stands."""
    for number, names in enumerate(ROWS):
        if top(module) in names:
            return number
    pytest.fail(f"{module} is on no floor: give it a place in the drawing of docs/architecture.md")


def strangers(module, other):
    """True for modules of two packages; on one row, packages do not know each other."""
    packages = {top(module), top(other)}
    return len(packages) == 2 and all(name.endswith("/") for name in packages)


@pytest.mark.parametrize("module", FILES)
def test_imports_go_down(module):
    for target, line in edges(module).items():
        below = row(target) < row(module)
        beside = row(target) == row(module) and not strangers(module, target)
        assert below or beside or (module, target) in ALLOWED, (
            f"{FILES[module].relative_to(ROOT)}:{line} imports {target}, which is not below it; "
            "does a word belong one floor lower?"
        )


def test_no_cycles():
    try:
        TopologicalSorter(
            {m: {t for t in edges(m) if (m, t) not in ALLOWED} for m in FILES}
        ).prepare()
    except CycleError as error:
        pytest.fail("imports go in a circle: " + " <- ".join(error.args[1]))


def test_the_drawing_is_true():
    """Every name in the drawing is a module or package, and stands there once."""
    names = [name for names in ROWS for name in names]
    assert len(names) == len(set(names))
    assert set(names) == {top(module) for module in FILES}


def test_allowed_imports_are_still_there():
    assert all(target in edges(module) for module, target in ALLOWED)


@pytest.mark.parametrize("module", FILES)
def test_a_module_is_short_and_says_what_it_is(module):
    text = FILES[module].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST, "split it: one concept per file"
    assert ast.get_docstring(tree(module)), "a module opens with its idea"


def test_what_a_formula_touches_is_light():
    """No module that a typed formula needs imports a heavy one at its top."""
    touched = [m for m in loaded_by(running("x^2 sin x", "--at", "3")) if m in FILES]
    assert touched
    for module in touched:
        for target, line, at_once in imports(module):
            assert not (at_once and target.split(".")[0] in HEAVY), (
                f"{FILES[module].relative_to(ROOT)}:{line} imports {target} at the top"
            )
