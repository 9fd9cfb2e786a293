"""Differences on grids by compiled programs, where there is a compiler and something to gain.

`run` says False where not; the blocks of NumPy (`kernels`) give the same bits then, and they are what every
program is compared with before it is used.
"""

import platform

import numpy as np

from ...compiled import jit, steps
from ...compiled.stencils import text
from .formulas import Second, Stencil
from .kernels import combined
from .tables import KINDS, call, plain, tasks_of

_AT_ONCE = 1 << 22  # numbers for which loading the compiler (about 0.2 s) is worth it in one call
_IN_ALL = 1 << 24  # or in several
_LOADED = 1 << 14  # numbers for which a call is worth it once the compiler is there
_PAST = platform.machine() in ("x86_64", "AMD64")
_seen = 0


def worth(size):
    """Whether arrays of this many numbers are for the compiler."""
    global _seen
    if jit.loaded():
        return size >= _LOADED
    _seen += size
    return (size >= _AT_ONCE or _seen >= _IN_ALL) and jit.possible()


def steps_of(x):
    """What reads the steps of coordinates: a function of (x, low, high, first), or None for NumPy."""
    if not (plain(x) and x.strides == (x.itemsize,) and worth(len(x))):
        return None
    made = jit.function(steps.program(KINDS[x.dtype.char]), _steps_proof(x.dtype))
    return None if made is None else lambda *given: _steps(made, *given)


def _steps(made, x, low, high, first):
    limits = np.array([low, high, first], np.float64).view(np.int64)
    words = np.array([x.ctypes.data, len(x) - 1, *limits, 0])
    made(words.ctypes.data)
    return bool(words[steps.ANSWER] & 1), bool(words[steps.ANSWER] & 2)


def _steps_proof(dtype):
    def proof(made):
        for n in (2, 9, 40):
            x = np.arange(n, dtype=dtype)
            bent = x.copy()
            bent[n // 2] += 0.25
            cases = ((x, (True, True)), (bent, (True, False)), (2 * bent, (False, False)))
            if any(
                _steps(made, y, 0.75, 1.25, y[1] - y[0]) != found for y, found in cases[: n - 1]
            ):
                return False
        return True

    return proof


def run(fields, terms, outputs, outs):
    """Outputs made of terms (field, stencil) in one pass over the fields; False where that is for NumPy."""
    arrays = [*fields, *outs]
    if not (all(map(plain, arrays)) and len({a.dtype for a in arrays}) == 1):
        return False
    if not worth(arrays[0].size):
        return False
    tasks = tasks_of(fields, terms, outputs, outs)
    calls = [_program(task.program) for task in tasks or ()]
    if not calls or None in calls:
        return False
    call(tasks, calls, _PAST)
    return True


def _program(program):
    return jit.function(text(program), lambda made: _proof(made, program))


def _proof(made, program):
    """Whether a program gives on a small array what NumPy gives, to the bit."""
    rng = np.random.default_rng(0)
    shape = (4,) * (program.rank - 1) + (67,)
    dtype = _DTYPES[program.kind]
    fields = [rng.standard_normal(shape).astype(dtype) for _ in range(program.fields)]
    terms = [(t.field, _like(t, shape[t.axis], rng, program.kind)) for t in program.terms]
    out, expected = np.empty(shape, dtype), np.empty(shape, dtype)
    outputs = [(program.how, tuple(zip(program.signs, range(len(terms)), strict=True)))]
    tasks = tasks_of(fields, terms, outputs, [out], [t.along for t in program.terms])
    if tasks is None or tasks[0].program != program:
        return False
    call(tasks, [made])
    combined(fields, terms, outputs, [expected])
    return np.array_equal(out, expected)


_DTYPES = {"double": np.dtype(np.float64), "float": np.dtype(np.float32)}


def _like(term, count, rng, kind):
    """A stencil that makes the same term."""
    second = term.inside == "bend" or term.along == "curves"
    if term.inside == "three":
        dtype = _DTYPES[term.given if term.along in ("slopes", "curves") else term.computed]
        step = np.cumsum(rng.uniform(0.5, 1.5, count)).astype(dtype)
    else:
        step = 1e-16 if second and term.scaled == "fdiv" else 0.7
        step = step if term.computed == kind else np.float64(step)
    if second:
        return Second(step, term.axis)
    edge_order = 1 if term.ends == "difference" else 2
    return Stencil(step, term.axis, edge_order, fused=term.scaled == "fmul")
