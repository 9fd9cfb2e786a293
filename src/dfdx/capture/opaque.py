"""What cannot be followed, taken as one operation: the last trace before plain samples.

In such a trace every call is guarded. Where a followed function forces a traced number to a
plain one (a compiled function without a rule, text, another process), or passes it on as text
and returns plain numbers, it is called again with plain numbers. If it then gives a number or
arrays, has touched nothing that is traced and left what it was given unchanged, it is a function
of its arguments as far as can be told, and is recorded as one operation; `make` makes the
primitive. The innermost function that can be so taken is, and the rest stays exact.
"""

from ..errors import Leak
from ..graph import Operand
from ..primitive import shape_of
from ..structure import reshape, take
from ..trees import alone, flatten, numpy
from .traced import Traced, plain

_NEVER = (type, bool)


def guarded(g, called, make):
    """What is called in the place of g: `called`, its followed version, or one operation made by `make`."""

    def call(*args, **kwargs):
        given, rebuild = flatten((args, kwargs), alone)
        tape = _tape(given)
        if tape is None:
            return called(*args, **kwargs)
        leaks, suspect, tape.suspect = len(tape.leaks), tape.suspect, ""
        try:
            result = called(*args, **kwargs)
        except (Exception, Leak):
            found = _recorded(g, given, rebuild, tape, make)
            if found is None:
                tape.suspect = tape.suspect or suspect
                raise
        else:
            if len(tape.leaks) == leaks and not (tape.suspect and _has_numbers(result)):
                tape.suspect = tape.suspect or suspect
                return result
            found = _recorded(g, given, rebuild, tape, make)
            if found is None:
                tape.suspect = tape.suspect or suspect
                return result
        del tape.leaks[leaks:]
        tape.suspect = suspect
        return found[0]

    return call


def _tape(leaves):
    """The innermost open tape among the leaves; None without traced ones."""
    newest = None
    for x in leaves:
        if (
            isinstance(x, Operand)
            and x.tape.open
            and (newest is None or x.tape.level > newest.level)
        ):
            newest = x.tape
    return newest


def _recorded(g, given, rebuild, tape, make):
    """What g gives, recorded as one operation, in a tuple; None where it may not be one."""
    if any(hasattr(x, "__next__") for x in given):  # spent by the call that failed
        return None
    places = [k for k, x in enumerate(given) if isinstance(x, Operand)]
    operands = [_settled(given[k]) for k in places]
    values = [plain(x) for x in operands]

    def on(*numbers):
        leaves = [_copied(x) for x in given]
        for k, v in zip(places, numbers, strict=True):
            leaves[k] = _copied(v)
        args, kwargs = rebuild(leaves)
        return leaves, args, kwargs, g(*args, **kwargs)

    before = len(tape.nodes), len(tape.leaks)
    tape.suspect = ""
    try:
        leaves, args, kwargs, y = on(*values)
        after, _ = flatten((args, kwargs), alone)
    except (Exception, Leak):
        return None
    if (len(tape.nodes), len(tape.leaks)) != before or tape.suspect:
        return None
    kept = zip(given, leaves, after, strict=False)
    if len(after) != len(given) or any(_changed(x, v, w) for x, v, w in kept):
        return None
    outputs, build = flatten(y, alone)
    if not outputs or not all(map(_is_number, outputs)):
        return None
    shapes = [shape_of(v) for v in outputs]
    name = getattr(g, "__name__", type(g).__name__)
    if len(outputs) == 1:
        op = make(lambda *xs: flatten(on(*xs)[3], alone)[0][0], name, values, outputs[0])
        return None if op is None else (build([_marked(op(*operands))]),)
    op = make(lambda *xs: _joined(flatten(on(*xs)[3], alone)[0]), name, values, _joined(outputs))
    if op is None:
        return None
    whole, parts, at = _marked(op(*operands)), [], 0
    np = numpy()
    for s in shapes:
        size = int(np.prod(s))
        part = take(whole, np.arange(at, at + size)) if s else take(whole, at)
        parts.append(reshape(part, s) if s else part)
        at += size
    return (build(parts),)


def _marked(y):
    """y, and on its tape, and on those of outer derivatives, that there is a sampled operation."""
    x = y
    while type(x) is Traced:
        x.tape.sampled = True
        x = x.value
    return y


def _settled(x):
    return x if type(x) is Traced else x.content


def _copied(x):
    if isinstance(x, Operand):
        return plain(_settled(x))
    return x.copy() if type(x).__name__ == "ndarray" else x


def _changed(x, before, after):
    """True where a plain array that was given is no longer what it was."""
    if type(before).__name__ == "ndarray":
        was = plain(_settled(x)) if isinstance(x, Operand) else x
        return before is not after or not numpy().array_equal(was, after, equal_nan=True)
    return before is not after


def _has_numbers(result):
    """True where a result holds plain numbers, beside or instead of traced ones."""
    leaves, _ = flatten(result, alone)
    return any(map(_is_number, leaves))


def _is_number(y):
    if type(y) in _NEVER or isinstance(y, Operand):
        return False
    if isinstance(y, float):
        return True
    dtype = getattr(y, "dtype", None)
    return dtype is not None and dtype.kind == "f"


def _joined(outputs):
    import numpy as np

    return np.concatenate([np.ravel(v) for v in outputs])
