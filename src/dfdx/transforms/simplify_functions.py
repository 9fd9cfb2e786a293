"""What a function of simplified expressions becomes: inverses, parity, special values, choices."""

from math import ceil, floor

from .simplify_numbers import MINUS_ONE, ONE, Exact
from .simplify_tables import EVEN, ODD, TURNS, UNDOES, VALUES
from .simplify_terms import Call, Number, Product, Sum, named

COMPARED = {
    "less": lambda a, b: a < b, "less_equal": lambda a, b: not b < a,
    "greater": lambda a, b: b < a, "greater_equal": lambda a, b: not a < b,
    "equal": lambda a, b: a == b, "not_equal": lambda a, b: a.p * b.q != b.p * a.q,
}  # fmt: skip
ROUNDED = {
    "floor": lambda x: floor(x), "ceil": lambda x: ceil(x),
    "trunc": lambda x: floor(x) if x >= 0 else ceil(x),
}  # fmt: skip


def applied(algebra, op, args, guards):
    """The expression op(args), simplified; `guards` as in `simplify`."""
    name = op.name
    if all(type(a) is Number for a in args):
        found = _number(name, [a.value for a in args])
        if found is not None:
            return algebra.number(found)
    if name in ("equal", "not_equal") and args[1] is algebra.zero and algebra.is_positive(args[0]):
        return algebra.zero if name == "equal" else algebra.one
    if name == "choose":
        return _chosen(algebra, op, args, guards)
    if len(args) == 1:
        return _of_one(algebra, op, args[0])
    if name in ("maximum", "minimum", "fmax", "fmin") and args[0] is args[1]:
        return args[0]
    return algebra.call(op, tuple(args))


def _of_one(algebra, op, x):
    name = op.name
    if name == "log":
        if x is algebra.e:
            return algebra.one
        if type(x) is Product and x.factor == ONE and len(x.powers) == 1:
            base, exponent = x.powers[0]
            if base is algebra.e:
                return exponent
    if type(x) is Call and (name, x.op.name) in UNDOES:
        return x.args[0]
    if name in TURNS:
        found = _turned(algebra, name, x)
        if found is not None:
            return found
    if (name in ODD or name in EVEN) and _is_negative(algebra, x):
        opposite = algebra.scaled(MINUS_ONE, x)
        if name in EVEN:
            return algebra.call(op, (opposite,))
        return algebra.scaled(MINUS_ONE, algebra.call(op, (opposite,)))
    return algebra.call(op, (x,))


def _is_negative(algebra, x):
    """Whether every number in front is negative: -x, -x - 1."""
    if type(x) is Sum:
        return all(c.p < 0 for _, c in x.terms)
    return algebra.split(x)[0].p < 0


def _number(name, values):
    """A function of numbers where that is a fraction, else None."""
    if len(values) == 1:
        x = values[0]
        if name in ROUNDED:
            return Exact(ROUNDED[name](x.p / x.q)) if abs(x) < Exact(2**40) else None
        if name == "sign":
            return Exact((x.p > 0) - (x.p < 0))
        found = VALUES.get((name, x.p)) if x.is_integer else None
        return None if found is None else Exact(found)
    if name in COMPARED:
        return Exact(int(COMPARED[name](*values)))
    if name in ("maximum", "minimum"):
        return max(values) if name == "maximum" else min(values)
    return None


def _turned(algebra, name, x):
    """sin, cos and tan of multiples of π/6, where they are fractions."""
    c, u = algebra.split(x)
    if u is not algebra.pi or c.decimal:
        return None
    steps = c * Exact(6)
    found = TURNS[name][steps.p % 12] if steps.is_integer else None
    return None if found is None else algebra.number(Exact(*found))


def _chosen(algebra, op, args, guards):
    condition, yes, no = args
    if yes is no:
        return yes
    if type(condition) is Number:
        return yes if condition.value.p else no
    if not guards and _is_guard(condition, yes, no):
        return no
    return algebra.call(op, (condition, yes, no))


def _is_guard(condition, yes, no):
    """Whether the choice only sets the value at one point: 0 where x = 0, else a formula."""
    return (
        type(condition) is Call
        and named(condition, "equal")
        and type(condition.args[1]) is Number
        and type(yes) is Number
        and type(no) is not Number
    )
