"""Facts that a user feels and that are no timings: what is imported, and when."""

import pytest
from house import ROOT, loaded_by, running

import dfdx

HEAVY = ("numpy", "scipy", "mpmath")


def light(modules):
    return not [name for name in modules if name.split(".")[0] in HEAVY]


def test_import_dfdx_imports_no_numpy():
    assert light(loaded_by("import dfdx"))


@pytest.mark.parametrize(
    "words",
    [
        ["x^2 sin x", "--at", "3"],
        ["x^2 sin x", "--at", "3", "--steps"],
        ["x^2 sin x", "--at", "3", "--json"],
        ["gradient", "2 z^3 x^2", "--at", "x=1,z=2", "--along", "3,4"],
    ],
    ids=" ".join,
)
def test_a_formula_imports_no_numpy(words):
    assert light(loaded_by(running(*words)))


def test_the_changelog_knows_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {dfdx.__version__}" in changelog
