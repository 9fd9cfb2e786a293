"""Which of several equal forms is the shortest to read: factored, over one denominator, multiplied out.

The length of a form is estimated as the number of characters of its text. Only
forms that an expression suggests itself are tried: its common factors, and the
products of sums in its terms.
"""

from ..graph import Variable
from ..rules.choice import choose
from .simplify_fractions import reduced
from .simplify_numbers import HALF, ONE, Exact
from .simplify_terms import Atom, Call, Number, Product, Sum, content, denominators, is_whole

MANY = 40  # terms; a longer sum is left as it is
HIGH = 4  # sums to a power beyond that are not multiplied out


def weight(x):
    """About how many characters the text of an expression has."""
    if x.weight is None:
        x.weight = _weight(x)
    return x.weight


def _weight(x):
    if type(x) is Number:
        return _digits(x.value)
    if type(x) is Atom:
        return min(len(x.node.op.name), 3) if type(x.node.op) is Variable else 1
    if type(x) is Call:
        return len(x.op.name) + 2 * len(x.args) + sum(map(weight, x.args))
    if type(x) is Sum:
        terms = sum(_product(abs(c), _powers(t)) for t, c in x.terms)
        return terms + 3 * (len(x.terms) - 1)
    return _product(x.factor, x.powers) + (x.factor.p < 0)


def _digits(value):
    if value.decimal:
        return len(str(value.as_float()))
    return len(str(value.p)) + (1 + len(str(value.q)) if value.q != 1 else 0)


def _powers(t):
    if type(t) is Product:
        return t.powers
    return () if type(t) is Number else ((t, None),)


def _product(factor, powers):
    above = below = parts = 0
    for base, exponent in powers:
        alone = len(powers) == 1 and factor == ONE
        size = _power(base, exponent, alone)
        if is_below(base, exponent):
            below += size + 1
            parts += 1
        else:
            above += size + 1
    if factor.decimal:
        above += _digits(factor) + 1
    else:
        if abs(factor.p) != 1 or not above:
            above += len(str(abs(factor.p))) + 1
        if factor.q != 1:
            below += len(str(factor.q)) + 1
            parts += 1
    return above - 1 + (below + (2 if parts > 1 else 0))


def _power(base, exponent, alone):
    size = weight(base)
    bracket = 2 if type(base) in (Sum, Product) else 0
    if exponent is None or (type(exponent) is Number and abs(exponent.value) == ONE):
        return size + (0 if alone else bracket)
    if type(exponent) is Number and abs(exponent.value) == HALF:
        return 1 + size + bracket
    if is_whole(exponent):
        return size + bracket + len(str(abs(exponent.value.p)))
    above = weight(exponent)
    return size + bracket + above + (3 if above > 2 else 0)


def is_below(base, exponent):
    """Whether a power is written in the denominator: x⁻², but not e⁻ˣ or x⁻ⁿ."""
    return type(exponent) is Number and exponent.value.p < 0


def shortest(algebra, x):
    """The shortest of the forms of a sum or a product; x itself where none is shorter."""
    if type(x) is Sum and len(x.terms) <= MANY:
        return _shortest_sum(algebra, x)
    if type(x) is Product and len(x.powers) <= MANY:
        x = reduced(algebra, x)
    if type(x) is Product and len(x.powers) <= MANY:
        for form in (
            _cancelled(algebra, x),
            _difference_of_squares(algebra, x),
            _by_cases(algebra, x),
        ):
            if form is not None and weight(form) < weight(x):
                return form
    return x


def _shortest_sum(algebra, x):
    best = x
    forms = [x]
    spread = _spread(algebra, x)
    if spread is not None and spread is not x:
        forms.append(spread)
    for form in forms:
        if weight(form) < weight(best):
            best = form
        if type(form) is not Sum:
            continue
        for below in (False, True):
            found = _factored(algebra, form, below)
            patience = _patience(form, found, below)
            if found is not None and weight(found) <= weight(best) + patience:
                best = found
    cases = _by_cases(algebra, x)
    return best if cases is None or weight(cases) >= weight(best) else cases


def _patience(x, found, below):
    """How much longer a factored form may be: a little for one fraction, or e^x in front."""
    if below and len(x.terms) <= _fractions(x):
        return 2
    if type(found) is Product and any(type(k) is not Number for _, k in found.powers):
        return 1
    return -1


def _fractions(x):
    """How many terms of a sum have a denominator."""
    return sum(
        (c.q != 1 and not c.decimal) or any(k is not None and is_below(b, k) for b, k in _powers(t))
        for t, c in x.terms
    )


def _factored(algebra, x, below):
    """The sum with its common factors in front; `below`: over its common denominator too."""
    common = _common(algebra, x, below)
    number = content(x.terms)
    if below == (number.q == 1) or (not below and denominators(x.terms)):
        number = ONE  # a divisor goes with the other denominators, and not without them
    if not common and number == ONE:
        return None
    if below and number.q == 1 and not denominators(x.terms):
        return None
    inverse = [algebra.power(b, algebra.scaled(Exact(-1), k)) for b, k in common]
    rest = algebra.add(
        [(algebra.multiply([t, *inverse]), c * number.inverse()) for t, c in x.terms]
    )
    if type(rest) is Sum:
        spread = _spread(algebra, rest)
        if spread is not None and weight(spread) < weight(rest):
            rest = spread
    if common:
        factors = [algebra.power(b, k) for b, k in common]
        return reduced(algebra, algebra.multiply([*factors, rest], number))
    return algebra.in_front(number, rest)


def _common(algebra, x, below):
    """The powers (base, exponent) that all terms share; with `below`, those of any denominator."""
    each = [_by_base(algebra, t) for t, _ in x.terms]
    found = []
    for base, k in each[0]:
        if k is not algebra.one and all((base, k) in mine for mine in each):
            shared = _shared([mine[base, k] for mine in each])
            if shared is not None:
                c, n = shared
                found.append((base, algebra.add([(k, c), (algebra.one, n)])))
        elif k is algebra.one and all((base, k) in mine for mine in each):
            n = min(mine[base, k][1] for mine in each)
            if n.p > 0:
                found.append((base, algebra.number(n)))
    if below:
        found += [(b, algebra.number(n)) for b, n in denominators(x.terms).items()]
    return found


def _by_base(algebra, t):
    """A term's powers base^(c k + n) as {(base, k): (c, n)}; k is 1 where c is 0."""
    found = {}
    for base, exponent in _powers(t):
        if exponent is None or type(exponent) is Number:
            found[base, algebra.one] = _ZERO, ONE if exponent is None else exponent.value
            continue
        n = _ZERO
        if type(exponent) is Sum:
            n = dict(exponent.terms).get(algebra.one, _ZERO)
            exponent = algebra.add([(exponent, ONE), (algebra.one, -n)])
        c, k = algebra.split(exponent)
        found[base, k] = c, n
    return found


def _shared(exponents):
    """What several exponents (c, n), meaning c k + n, have in common, or None."""
    if len({c for c, _ in exponents}) == 1:
        return exponents[0][0], min(n for _, n in exponents)
    if any(n.p for _, n in exponents) or len({c.p > 0 for c, _ in exponents}) > 1:
        return None
    return min((c for c, _ in exponents), key=abs), _ZERO


_ZERO = Exact(0)


def _spread(algebra, x):
    """The sum with the sums in its terms multiplied out, or None where that is long."""
    parts, changed = [], False
    for t, c in x.terms:
        products = _multiplied_out(algebra, t)
        if products is None:
            return None
        changed = changed or len(products) > 1
        parts.extend((p, k * c) for p, k in products)
        if len(parts) > 2 * MANY:
            return None
    return algebra.add(parts) if changed else None


def _multiplied_out(algebra, t):
    """A term as a list of (term, number), its sums multiplied out; None where that is long."""
    rest, sums = [], []
    for base, exponent in _powers(t):
        if type(base) is Sum and (exponent is None or is_whole(exponent)):
            times = 1 if exponent is None else exponent.value.p
            if 0 < times <= HIGH:
                sums.extend([base] * times)
                continue
        rest.append(base if exponent is None else algebra.power(base, exponent))
    products = [(algebra.multiply(rest), ONE)]
    for s in sums:
        if len(products) * len(s.terms) > 2 * MANY:
            return None
        products = [(algebra.multiply([p, u]), c * d) for p, c in products for u, d in s.terms]
    return products


def _cancelled(algebra, x):
    """A product with one sum multiplied out, where a factor cancels against its terms, or None."""
    for base, exponent in x.powers:
        if type(base) is not Sum or exponent is not algebra.one or len(base.terms) > 6:
            continue
        others = tuple(p for p in x.powers if p[0] is not base)
        if any(_meets(base, b, k) for b, k in others):
            outside = [algebra.power(b, k) for b, k in others]
            terms = [(algebra.multiply([*outside, t]), c * x.factor) for t, c in base.terms]
            return algebra.add(terms)
    return None


def _meets(total, base, exponent):
    """Whether a term of the sum has the base with an exponent of the other sign."""
    if type(exponent) is not Number:
        return False
    for t, _ in total.terms:
        for b, k in _powers(t):
            if b is base and (k is None or type(k) is Number):
                above = k is None or k.value.p > 0
                if above != (exponent.value.p > 0):
                    return True
    return False


def _by_cases(algebra, x):
    """Terms that all choose by the same condition as one choice, or None."""
    terms = x.terms if type(x) is Sum else ((x, x.factor),)
    condition, yes, no = None, [], []
    for t, c in terms:
        chosen = [b for b, k in _powers(t) if k in (None, algebra.one) and _is_choice(b)]
        if not chosen or condition not in (None, chosen[0].args[0]):
            return None
        condition = chosen[0].args[0]
        others = [algebra.power(b, k or algebra.one) for b, k in _powers(t) if b is not chosen[0]]
        yes.append((algebra.multiply([*others, chosen[0].args[1]]), c))
        no.append((algebra.multiply([*others, chosen[0].args[2]]), c))
    return algebra.call(choose, (condition, algebra.add(yes), algebra.add(no)))


def _is_choice(x):
    return type(x) is Call and x.op is choose


def _difference_of_squares(algebra, x):
    """A product where (a + b)(a - b), both to one power, became a² - b², or None."""
    pairs = [(b, k) for b, k in x.powers if type(b) is Sum and len(b.terms) == 2]
    for n, (a, exponent) in enumerate(pairs):
        for b, other in pairs[n + 1 :]:
            mine, its = dict(a.terms), dict(b.terms)
            if exponent is other and mine.keys() == its.keys():
                signs = sorted((mine[t] == its[t]) - (mine[t] == -its[t]) for t in mine)
                if signs == [-1, 1]:
                    squares = [(algebra.multiply([t, t]), mine[t] * its[t]) for t in mine]
                    power = algebra.power(algebra.add(squares), exponent)
                    rest = [algebra.power(c, k) for c, k in x.powers if c is not a and c is not b]
                    return algebra.multiply([power, *rest], x.factor)
    return None
