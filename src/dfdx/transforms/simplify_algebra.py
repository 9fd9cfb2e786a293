"""The algebra of simplifying: sums and products that are each made in one form only.

Like terms and like factors meet by themselves, because a sum keeps its terms in a
collection and a product its bases. Every rule here is true wherever the expression
that it replaces has a value.
"""

from ..graph import Constant, constant
from ..numbers import Known, e, pi
from ..pointwise import Pointwise
from ..rules.arithmetic import absolute
from .simplify_numbers import HALF, MINUS_ONE, ONE, ZERO, Exact
from .simplify_tables import SQUARES
from .simplify_terms import (
    Atom,
    Call,
    Number,
    Product,
    Sum,
    content,
    denominators,
    has_square,
    is_even,
    is_square,
    is_whole,
    named,
)

CROWD = 16  # a sum or product of more parts than this is not spread out again


class Algebra:
    """Makes expressions; each exists once."""

    def __init__(self):
        self.known = {}
        self.one = self.number(ONE)
        self.zero = self.number(ZERO)
        self.minus_one = self.number(MINUS_ONE)
        self.half = self.number(HALF)
        self.e = self.atom(constant(e))
        self.pi = self.atom(constant(pi))

    # making

    def _made(self, kind, key, **fields):
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = kind()
            found.serial = len(self.known)
            found.weight = None
            for name, value in fields.items():
                setattr(found, name, value)
            found.above_zero = self._above_zero(found)
        return found

    def number(self, value):
        """The expression of an Exact."""
        return self._made(Number, (value.p, value.q, value.decimal), value=value)

    def atom(self, node):
        return self._made(Atom, node, node=node)

    def call(self, op, args, shapes=None):
        """A primitive applied to expressions, as it stands."""
        return self._made(Call, (id(op), shapes, *args), op=op, args=args, shapes=shapes)

    def split(self, x):
        """An expression as number times expression."""
        if type(x) is Number:
            return x.value, self.one
        if type(x) is Product:
            return x.factor, self._product(ONE, x.powers)
        return ONE, x

    # sums

    def add(self, parts):
        """The sum of c · x over the pairs (x, c)."""
        found = {}
        for x, c in parts:
            if type(x) is Sum and len(x.terms) <= CROWD:
                for t, k in x.terms:
                    found[t] = found[t] + c * k if t in found else c * k
            else:
                k, t = self.split(x)
                found[t] = found[t] + c * k if t in found else c * k
        found = {t: c for t, c in found.items() if c.p}
        collected = self._squares_collected(found) if len(found) > 1 else None
        return self._sum(found) if collected is None else collected

    def _sum(self, found):
        if not found:
            return self.zero
        if len(found) == 1:
            ((t, c),) = found.items()
            return self.scaled(c, t)
        key = "+", frozenset((t, c.p, c.q, c.decimal) for t, c in found.items())
        return self._made(Sum, key, terms=tuple(found.items()))

    def scaled(self, c, x):
        """c x for a number c; a sum takes it into its terms."""
        if c == ONE:
            return x
        if type(x) is Number:
            return self.number(c * x.value)
        if type(x) is Sum and len(x.terms) <= CROWD:
            return self._sum({t: c * k for t, k in x.terms}) if c.p else self.zero
        return self.multiply([x], c)

    def _squares_collected(self, found):
        """sin² + cos² = 1 and cosh² − sinh² = 1, with the same number in front of both, or None."""
        for t in filter(has_square, found):
            for base, exponent in t.powers:
                rule = SQUARES.get(base.op.name) if is_square(base, exponent) else None
                if rule is None:
                    continue
                name, sign, total = rule
                rest = self.multiply([t, self.power(base, self.number(Exact(-2)))])
                for u, c in found.items():
                    if c == found[t] * Exact(sign) and self._partner(u, base, name, rest):
                        others = [pair for pair in found.items() if pair[0] not in (t, u)]
                        return self.add([*others, (rest, found[t] * Exact(total))])
        return None

    def _partner(self, u, base, name, rest):
        """Whether u is rest · name(x)², where base is another function of the same x."""
        for b, exponent in u.powers if type(u) is Product else ():
            if is_square(b, exponent) and b.op.name == name and b.args == base.args:
                return self.multiply([u, self.power(b, self.number(Exact(-2)))]) is rest
        return False

    # products

    def multiply(self, parts, factor=ONE):
        """The product of the expressions and a number."""
        powers = {}
        todo = list(reversed(parts))
        while todo:
            x = todo.pop()
            if type(x) is Number:
                factor = factor * x.value
            elif type(x) is Product and (len(x.powers) <= CROWD or not powers):
                factor = factor * x.factor
                for base, exponent in x.powers:
                    factor = factor * self._gather(powers, base, exponent, todo)
            elif type(x) is Sum and (plain := self._primitive(x)) is not None:
                todo.extend(plain)
            else:
                factor = factor * self._gather(powers, x, self.one, todo)
            if not factor.p:
                return self.zero
        self._join_signs(powers)
        if len(powers) == 1:
            ((base, exponent),) = powers.items()
            if exponent is self.one:
                return base if factor == ONE else self._scaled(factor, base)
        return self._product(factor, tuple(powers.items()))

    def _join_signs(self, powers):
        """u sgn(u) = |u|, and sgn(u)/|u| = 1/u."""
        for base in [b for b in powers if type(b) is Call and named(b, "sign")]:
            u = base.args[0]
            size = self.call(absolute, (u,))
            if powers[base] is not self.one or type(u) not in (Atom, Call):
                continue
            if powers.get(u) is self.one and size not in powers:
                del powers[base], powers[u]
                powers[size] = self.one
            elif u not in powers and is_whole(powers.get(size)):
                del powers[base]
                powers[u] = powers.pop(size)

    def in_front(self, number, x):
        """number · x, written with the number in front of a sum."""
        if type(x) is Sum:
            return self._product(number, ((x, self.one),))
        return self.scaled(number, x)

    def _scaled(self, factor, base):
        if type(base) is Sum:
            return self._sum({t: factor * c for t, c in base.terms})
        return self._product(factor, ((base, self.one),))

    def _product(self, factor, powers):
        if not powers:
            return self.number(factor)
        if factor == ONE and len(powers) == 1 and powers[0][1] is self.one:
            return powers[0][0]
        key = "*", factor.p, factor.q, factor.decimal, frozenset(powers)
        return self._made(Product, key, factor=factor, powers=powers)

    def _gather(self, powers, base, exponent, todo):
        """Multiply base^exponent into `powers`; the number that this leaves in front."""
        sign = ONE
        if type(base) is Sum and base not in powers and is_whole(exponent) and powers:
            opposite = self._sum({t: -c for t, c in base.terms})
            if opposite in powers and is_whole(powers[opposite]):
                sign = MINUS_ONE if exponent.value.p % 2 else ONE
                base = opposite
        if base not in powers:
            powers[base] = exponent
            return sign
        merged = self.add([(powers.pop(base), ONE), (exponent, ONE)])
        again = self.power(base, merged)
        if type(again) is Product and again.factor == ONE and again.powers == ((base, merged),):
            powers[base] = merged
        elif again is base and type(base) in (Atom, Call, Sum):
            powers[base] = self.one
        else:
            todo.append(again)
        return sign

    def _primitive(self, x):
        """The factors of a sum without common divisor, sign or denominators; None where it has none.

        2x + 4 is 2 (x + 2), and 1/x + 1 is (1 + x)/x: fractions inside fractions resolve.
        """
        number = content(x.terms)
        if all(c.p < 0 for _, c in x.terms):
            number = -number
        below = denominators(x.terms)
        if number == ONE and not below:
            return None
        outside = [self.power(b, self.number(n)) for b, n in below.items()]
        if outside:
            inverse = [self.power(b, self.number(-n)) for b, n in below.items()]
            parts = [(self.multiply([t, *inverse]), c * number.inverse()) for t, c in x.terms]
            return [self.add(parts), self.number(number), *outside]
        return [self._sum({t: c * number.inverse() for t, c in x.terms}), self.number(number)]

    # powers

    def power(self, base, exponent):
        """base^exponent."""
        if type(exponent) is Number:
            n = exponent.value
            if not n.p:
                return self.one
            if n == ONE:
                return base
            if type(base) is Number:
                return self._number_power(base, exponent)
            if type(base) is Product:
                return self._product_power(base, exponent)
            if type(base) is Sum:
                return self._sum_power(base, exponent)
        elif type(base) is Number and base.value == ONE:
            return base
        elif type(base) is Product and self._is_positive_power(base):
            ((inner, own),) = base.powers
            return self.power(inner, self.multiply([own, exponent]))
        if base is self.e:
            return self._exponential(exponent)
        if type(base) is Call and is_even(exponent) and named(base, "absolute"):
            return self.power(base.args[0], exponent)
        return self._product(ONE, ((base, exponent),))

    def _number_power(self, base, exponent):
        found = base.value.power(exponent.value)
        if found is not None:
            return self.number(found)
        return self._product(ONE, ((base, exponent),))

    def _exponential(self, exponent):
        """e^u, where e^(n ln v) = v^n."""
        n, u = self.split(exponent)
        if type(u) is Call and named(u, "log"):
            return self.power(u.args[0], self.number(n))
        return self._product(ONE, ((self.e, exponent),))

    def _is_positive_power(self, base):
        """Whether the product is one power of a positive base: (e^a)^b = e^(a b)."""
        return base.factor == ONE and len(base.powers) == 1 and self._is_positive(base.powers[0][0])

    def is_positive(self, x):
        """Whether x > 0 whatever the variables are: a positive number to any power."""
        if type(x) is Product:
            return x.factor.p > 0 and all(self.is_positive(b) for b, _ in x.powers)
        return self._is_positive(x)

    def _is_positive(self, base):
        if type(base) is Number:
            return base.value.p > 0
        return type(base) is Atom and base.above_zero

    def _product_power(self, base, exponent):
        n = exponent.value
        if n.is_integer:
            front = base.factor.power(n)
            if front is None:
                return self._product(ONE, ((base, exponent),))
            raised = [self.power(b, self.multiply([k, exponent])) for b, k in base.powers]
            return self.multiply(raised, front)
        front = base.factor.power(n) if base.factor.p > 0 else None
        if front is None:
            return self._product(ONE, ((base, exponent),))
        if len(base.powers) == 1:
            return self.multiply([self._power_of_power(*base.powers[0], exponent)], front)
        outside = [(b, k) for b, k in base.powers if self._is_positive(b)]
        inside = self._product(ONE, tuple(p for p in base.powers if p not in outside))
        if not outside:
            return self.multiply([self._raw(inside, exponent)], front)
        raised = [self.power(b, self.multiply([k, exponent])) for b, k in outside]
        return self.multiply([*raised, self.power(inside, exponent)], front)

    def _raw(self, base, exponent):
        return self._product(ONE, ((base, exponent),))

    def _power_of_power(self, base, inner, exponent):
        """(base^inner)^exponent for an exponent that is no integer: √(x²) = |x|."""
        if type(inner) is Number or self._is_positive(base):
            if is_even(inner) and not base.above_zero:
                base = self.absolute(base)
            return self.power(base, self.multiply([inner, exponent]))
        return self._raw(self._product(ONE, ((base, inner),)), exponent)

    def _sum_power(self, base, exponent):
        if is_whole(exponent):
            parts = self._primitive(base)
            if parts is None:
                return self._raw(base, exponent)
            return self.multiply([self.power(part, exponent) for part in parts])
        divisor = content(base.terms)
        front = divisor.power(exponent.value)
        if divisor == ONE or front is None:
            return self._raw(base, exponent)
        inner = self._sum({t: c * divisor.inverse() for t, c in base.terms})
        return self.multiply([self._raw(inner, exponent)], front)

    # signs

    def absolute(self, x):
        """|x|, without what is never negative."""
        c, u = self.split(x)
        if u.above_zero:
            return self.scaled(abs(c), u)
        if type(u) is Product:
            outside = [p for p in u.powers if self._power_above_zero(*p)]
            inside = self._product(ONE, tuple(p for p in u.powers if p not in outside))
            if outside:
                kept = self._product(ONE, tuple(outside))
                return self.multiply([kept, self.absolute(inside)], abs(c))
        return self.scaled(abs(c), self.call(absolute, (u,)))

    def _above_zero(self, x):
        """Whether x ≥ 0 wherever it has a value, as far as the form shows it."""
        if type(x) is Number:
            return x.value.p >= 0
        if type(x) is Call:
            return isinstance(x.op, Pointwise) and x.op.bounds[0] >= 0
        if type(x) is Product:
            return x.factor.p > 0 and all(self._power_above_zero(*p) for p in x.powers)
        if type(x) is Sum:
            return all(c.p > 0 and t.above_zero for t, c in x.terms)
        return type(x.node.op) is Constant and isinstance(x.node.op.value, Known)

    def _power_above_zero(self, base, exponent):
        return (
            is_even(exponent)
            or (type(exponent) is Number and not exponent.value.is_integer)
            or base.above_zero
        )
