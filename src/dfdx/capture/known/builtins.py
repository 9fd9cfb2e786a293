"""Stand-ins for builtins: what asks for a type, what calls back, what would need a plain number."""

from functools import cache

from ...graph import Operand
from ...primitive import shape_of
from ..calls import follow
from ..rounded import is_off, looked_through, read
from ..shown import Digits, seen
from ..traced import Traced, is_complex, plain


@cache
def stand_ins():
    """From the builtin to its stand-in."""
    return {
        float: _float,
        complex: _complex,
        isinstance: _isinstance,
        type: _type,
        round: _round,
        pow: _pow,
        map: lambda g, *values, **options: map(follow(g), *values, **options),
        filter: lambda g, values: filter(None if g is None else follow(g), values),
        sorted: _with_key(sorted),
        max: _with_key(max),
        min: _with_key(min),
        print: _print,
        iter: _iter,
    }


def _float(*args):
    """float(x): a traced number is a float already."""
    if len(args) == 1 and isinstance(args[0], Operand):
        x = args[0]
        if is_complex(x):
            raise TypeError("float() argument must be a string or a real number, not 'complex'")
        return x.item() if shape_of(x) else x
    if len(args) == 1 and type(args[0]) is Digits:
        return read(args[0])
    return float(*args)


def _complex(real=0.0, imag=0.0, /):
    if isinstance(real, Operand) or isinstance(imag, Operand):
        from ..complexes import joined

        return joined(real, imag)
    return complex(real) if type(real) is str else complex(real, imag)


def _seen_as(x):
    """A plain value of the type that the user's code believes x to have."""
    if is_complex(x):
        return getattr(x, "content", x)._plain() if isinstance(x, Operand) else x
    value = plain(getattr(x, "content", x))
    if shape_of(value):
        return value
    if x.tape.ieee:
        import numpy as np

        return np.float64(value)
    return value


def _isinstance(x, kinds):
    if isinstance(x, Operand):
        return isinstance(x, kinds) or isinstance(_seen_as(x), kinds)
    return isinstance(x, kinds)


def _type(*args, **options):
    if len(args) == 1 and isinstance(args[0], Operand):
        return type(_seen_as(args[0]))
    return type(*args, **options)


def _round(number, ndigits=None):
    """round(x, n) of a traced number is looked through: rounding is for show, and noted."""
    if ndigits is None or (type(number) is float and is_off()):
        return round(number) if ndigits is None else number
    if type(number) is Traced:
        rounded = round(plain(number), ndigits)
        return looked_through(number, rounded, f"round(x, {ndigits})")
    return round(number, ndigits)


def _pow(base, exp, mod=None):
    return base**exp if mod is None else pow(base, exp, mod)


def _with_key(function):
    """A function whose `key` is called back."""

    def call(*args, **options):
        if options.get("key") is not None:
            options["key"] = follow(options["key"])
        return function(*args, **options)

    return call


def _print(*values, file=None, **options):
    """print(…): what goes to the screen does not come back."""
    if file is None:
        values = [plain(getattr(v, "content", v)) if isinstance(v, Operand) else v for v in values]
        return print(*values, **options)
    return print(*map(seen, values), file=file, **options)


def _iter(*args):
    if len(args) == 2:
        return iter(follow(args[0]), args[1])
    return iter(*args)
