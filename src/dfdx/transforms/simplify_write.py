"""From simplified expressions back to nodes, in the order in which mathematics writes.

In a product: the number, constants, variables by name, exponentials, functions,
sums; negative powers below the line. In a sum: powers from high to low, what
contains functions as it came, a lone number last, and no leading minus sign where
that can be helped.
"""

from ..graph import Variable, constant
from ..primitive import Item
from ..rules.arithmetic import add, divide, multiply, negative, power, subtract
from ..rules.elementary import exp, sqrt
from .simplify_numbers import HALF, ONE, Exact
from .simplify_shorter import is_below, shortest, weight
from .simplify_terms import Atom, Call, Number, Product, Sum, is_whole

FORMS = 300  # expressions; of more no shorter forms are looked for
MAIN = "xyzt"  # these stand first in a sum and last in a product: x + a, a·x


class Writing:
    """The nodes of expressions, each written once; in a shorter form where there are not too many."""

    def __init__(self, algebra):
        self.algebra = algebra
        self.done = {}
        self.forms = True

    def write(self, roots):
        """The nodes of the roots. What was made first is written first, so this is no recursion."""
        seen, stack = set(roots), list(roots)
        while stack:
            for child in _children(stack.pop()):
                if child not in seen:
                    seen.add(child)
                    stack.append(child)
        self.forms = len(seen) <= FORMS
        for x in sorted(seen, key=lambda x: x.serial):
            if self.forms:
                weight(x)
            self.node(x)
        return [self.done[x] for x in roots]

    def node(self, x):
        """The node of an expression whose parts are written (or few)."""
        found = self.done.get(x)
        if found is None:
            best = shortest(self.algebra, x) if self.forms else x
            found = self.done[x] = self._node(best)
        return found

    def _node(self, x):
        if type(x) is Number:
            return self.number(x.value)
        if type(x) is Atom:
            return x.node
        if type(x) is Call:
            return self.call(x)
        if type(x) is Product:
            return self.product(x.factor, x.powers)
        return self.sum(x)

    def call(self, x):
        args = [self.node(a) for a in x.args]
        if x.shapes is not None and type(x.op) is not Item:
            args = [expanded(a, shape) for a, shape in zip(args, x.shapes, strict=True)]
        return x.op(*args) if args else x.op()

    def number(self, value):
        """A number: an integer, a decimal, or a fraction of integers."""
        if value.decimal or value.is_integer:
            return _float(value)
        return divide(_float(Exact(value.p)), _float(Exact(value.q)))

    # products

    def product(self, factor, powers):
        above = [p for p in powers if not is_below(*p)]
        below = [(b, self.algebra.number(-k.value)) for b, k in powers if is_below(b, k)]
        if factor.decimal:
            front, under = factor, ONE
        else:
            front, under = Exact(factor.p), Exact(factor.q)
        sign = front.p < 0 and abs(front) == ONE and bool(above)
        front = abs(front) if sign else front
        top = self._chain(front, above)
        if below or under != ONE:
            top = divide(top, self._chain(under, below))
        return negative(top) if sign else top

    def _chain(self, front, powers):
        """front · power · power …, from left to right."""
        factors = [self.power(b, k) for b, k in sorted(powers, key=_rank)]
        if front != ONE or not factors:
            factors.insert(0, _float(front))
        node = factors[0]
        for x in factors[1:]:
            node = multiply(node, x)
        return node

    def power(self, base, exponent):
        if exponent is self.algebra.one:
            return self.node(base)
        if type(exponent) is Number and exponent.value == HALF and not exponent.value.decimal:
            return sqrt(self.node(base))
        if base is self.algebra.e:
            return exp(self.node(exponent))
        return power(self.node(base), self.node(exponent))

    # sums

    def sum(self, x):
        terms = self._ordered(x.terms)
        node = None
        for t, c in terms:
            if node is None:
                node = self._term(c, t)
            elif c.p < 0:
                node = subtract(node, self._term(-c, t))
            else:
                node = add(node, self._term(c, t))
        return node

    def _term(self, c, t):
        if t is self.algebra.one:
            return self.number(c)
        if c == ONE:
            return self.node(t)
        return self.product(c, t.powers if type(t) is Product else ((t, self.algebra.one),))

    def _ordered(self, terms):
        """Powers from high to low in the places they have; a number last; a plus sign first."""
        order = [term for term in terms if term[0] is not self.algebra.one]
        places = [k for k, (t, _) in enumerate(order) if _degrees(t) is not None]
        names = {name for k in places for name in _degrees(order[k][0])}
        names = sorted(names, key=lambda name: (not _is_main(name), name))
        ranked = sorted((order[k] for k in places), key=lambda term: _height(term[0], names))
        for k, term in zip(places, ranked, strict=True):
            order[k] = term
        order += [term for term in terms if term[0] is self.algebra.one]
        if len(order) == 2 and order[0][1].p < 0 < order[1][1].p:
            order.reverse()
        return order


def expanded(node, shape):
    """The node in the shape that it had before simplifying."""
    if node.shape == shape:
        return node
    from ..contraction import expand_to

    return expand_to(node, shape)


def _float(value):
    return constant(value.p / value.q)


def _children(x):
    if type(x) is Call:
        return x.args
    if type(x) is Product:
        return [part for pair in x.powers for part in pair]
    return [t for t, _ in x.terms] if type(x) is Sum else ()


def _rank(pair):
    """Where a power stands in a product; what ranks the same stays in the order it came."""
    base, exponent = pair
    fixed = type(exponent) is Number
    if type(base) is Atom and type(base.node.op) is Variable:
        name = base.node.op.name
        return (_VARIABLE if fixed else _POWER), _is_main(name), name
    if type(base) in (Number, Atom) and fixed:
        return _NUMBER, type(base) is Atom, ""
    if type(base) in (Number, Atom):
        return _EXPONENTIAL, False, ""
    if type(base) is Sum:
        return _SUM, False, ""
    return _FUNCTION, type(base) is Call and base.op.name not in ("sin", "sinh"), ""


_NUMBER, _VARIABLE, _POWER, _EXPONENTIAL, _FUNCTION, _SUM = range(6)


def _is_main(name):
    return name[:1] in MAIN and (len(name) == 1 or not name[1].isalpha())


def _degrees(t):
    """The exponents of the variables in a term that is a product of their powers, else None."""
    found = {}
    for base, exponent in t.powers if type(t) is Product else ((t, None),):
        if type(base) is not Atom:
            return None
        if type(base.node.op) is not Variable:
            continue
        if exponent is not None and not (is_whole(exponent) and exponent.value.p > 0):
            return None
        found[base.node.op.name] = 1 if exponent is None else exponent.value.p
    return found


def _height(t, names):
    """The sorting key of a power product: high degree first, then the first variable's degree."""
    degrees = _degrees(t)
    return -sum(degrees.values()), [-degrees.get(name, 0) for name in names]
