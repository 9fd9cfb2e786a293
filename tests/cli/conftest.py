"""Running the command in this process, with a terminal of a known width."""

import json

import pytest

from dfdx.cli.main import main


class Ran:
    """What one run of the command gave: exit code, standard output, standard error."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err

    @property
    def json(self):
        return json.loads(self.out, parse_constant=_no_constant)

    @property
    def point(self):
        (point,) = self.json["points"]
        return point


def _no_constant(name):
    raise AssertionError(f"{name} is no JSON")


@pytest.fixture
def dfdx(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words):
        code = main(list(words))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def model(tmp_path, monkeypatch):
    """Writes a Python file and gives its path; nothing of it stays behind."""
    import sys

    monkeypatch.setattr(sys, "path", list(sys.path))
    before = set(sys.modules)

    def write(text, name="model.py"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    yield write
    for name in set(sys.modules) - before:
        file = getattr(sys.modules[name], "__file__", None) or ""
        if file.startswith(str(tmp_path)):
            del sys.modules[name]
