"""Random expression graphs of two variables, and their exact values by mpmath."""

import mpmath

from dfdx.graph import Constant, Graph, Variable, as_node, constant, variable
from dfdx.numbers import Known, e, log_2, pi, two_by_root_pi
from dfdx.rules import arithmetic as a
from dfdx.rules import elementary as f
from dfdx.rules.choice import choose, less
from dfdx.rules.rounding import floor

NUMBERS = (0.0, 1.0, 2.0, 3.0, -1.0, 0.5, 2, pi, e, log_2, two_by_root_pi)
EXPONENTS = (2.0, 3.0, -1.0, -2.0, 0.5, 1.0, 0.0, -0.5, 4.0, 1.5)
ONE = [
    *(f.sin, f.cos, f.tan, f.exp, f.log, f.sqrt, f.sinh, f.cosh, f.tanh, f.atan, f.asin, f.cbrt),
    *(f.log2, f.exp2, f.log1p, f.expm1, f.asinh, a.absolute, a.negative, a.reciprocal, a.square),
    *(a.sign, a.positive, floor),
]
TWO = [
    *(a.add, a.subtract, a.multiply, a.divide) * 2,
    *(a.multiply, f.hypot, a.maximum),
]


def random_graph(rng, size):
    """A graph of about `size` operations on x and y, whose latest results are used most."""
    x, y = variable("x"), variable("y")
    pool = [x, y, x, y, *map(constant, NUMBERS)]

    def old():
        return rng.choice(pool)

    def recent():
        return rng.choice(pool[-8:])

    for _ in range(size):
        kind = rng.random()
        if kind < 0.3:
            node = rng.choice(ONE)(recent() if rng.random() < 0.7 else old())
        elif kind < 0.42:
            node = a.power(recent(), constant(rng.choice(EXPONENTS)))
        elif kind < 0.46:
            node = a.power(recent(), old())
        elif kind < 0.49:
            node = choose(less(old(), old()), old(), old())
        else:
            node = rng.choice(TWO)(recent(), recent() if rng.random() < 0.6 else old())
        pool.append(node)
    return Graph([x, y], [as_node(pool[-1])])


def random_point(rng):
    """A point that is often on an integer, where formulas break."""
    return [
        rng.choice([rng.uniform(-3, 3), rng.uniform(0, 2), 0.0, 1.0, -1.0, 2.0]) for _ in range(2)
    ]


def exact_value(graph, point, digits=60):
    """The first output at the point, to many digits; None where it has no (real, finite) value."""
    with mpmath.workdps(digits):
        values = dict(zip(graph.inputs, map(mpmath.mpf, point), strict=True))
        for node in graph.nodes:
            if type(node.op) is Constant:
                number = node.op.value
                known = isinstance(number, Known)
                values[node] = number.mp(mpmath.mp) if known else mpmath.mpf(number)
            elif type(node.op) is not Variable:
                values[node] = _applied(node.op, [values[x] for x in node.args])
        return values[graph.outputs[0]]


def _applied(op, args):
    if op is choose:
        return None if args[0] is None else args[1] if args[0] else args[2]
    if None in args or (op is a.power and args[0] < 0 and args[1] != int(args[1])):
        return None
    try:
        exact = (
            getattr(mpmath.mp, op.mp)(*args) if isinstance(op.mp, str) else op.mp(mpmath.mp, *args)
        )
    except (ZeroDivisionError, ValueError):
        return None
    if (
        isinstance(exact, mpmath.mpc)
        or not mpmath.isfinite(exact)
        or abs(exact) > mpmath.mpf(10) ** 200
    ):
        return None
    return mpmath.mpf(0) if abs(exact) < mpmath.mpf(10) ** -48 else mpmath.mpf(exact)  # sin π
