"""Programs run where they prove themselves, and are absent without a word where not."""

import sys
import threading

import numpy as np
import pytest
from house import loaded_by

from dfdx.compiled import jit
from dfdx.compiled.emit import Writer

HERE = pytest.mark.skipif(not jit.possible(), reason="no compiler here")


def doubled():
    """A program that doubles the number whose address is its first word."""
    w = Writer()
    place = w.pointer(0)
    x = w.load("double", 1, place)
    w.does(f"store double {w.combine('fadd', 'double', 1, x, x)}, ptr {place}, align 8")
    return w.text()


@pytest.fixture
def nothing_yet(monkeypatch):
    monkeypatch.setattr(jit, "_makes", None)
    monkeypatch.setattr(jit, "_programs", {})


@HERE
def test_a_program_runs():
    x = np.array([1.5])
    run = jit.function(doubled(), lambda made: True)
    run(np.array([x.ctypes.data]).ctypes.data)
    assert x[0] == 3.0
    assert jit.function(doubled(), None) is run  # it has proved itself before


@HERE
def test_what_does_not_prove_itself_is_not_used(nothing_yet):
    assert jit.function(doubled(), lambda made: False) is None
    assert jit.function("no language at all", lambda made: True) is None


@HERE
def test_threads_compile_once(nothing_yet):
    proofs, found = [], []

    def prove(made):
        proofs.append(made)
        return True

    threads = [
        threading.Thread(target=lambda: found.append(jit.function(doubled(), prove)))
        for _ in range(4)
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(proofs) == 1 and len(set(map(id, found))) == 1


def test_no_llvmlite_no_programs(nothing_yet, monkeypatch):
    for name in [m for m in sys.modules if m.partition(".")[0] == "llvmlite"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "llvmlite", None)
    assert not jit.possible() and not jit.loaded()
    assert jit.function(doubled(), lambda made: True) is None


def test_the_environment_says_never(nothing_yet, monkeypatch):
    monkeypatch.setenv("DFDX_COMPILED", "0")
    assert not jit.possible()


@pytest.mark.parametrize("count", [10, 100_000])
def test_short_arrays_load_no_compiler(count):
    code = f"import numpy; from dfdx.compat import gradient; gradient(numpy.zeros({count}))"
    assert "llvmlite" not in {name.partition(".")[0] for name in loaded_by(code)}
