"""Difference formulas as things to look at: weights, truncation term, noise, best step.

A formula takes values at the places x + o h and weighs them so that the Taylor series
of the sum begins with f⁽ⁿ⁾(x). The first term that does not cancel is the truncation
error; it falls with h. What each value is off by comes out multiplied by the sum of
the sizes of the weights, over hⁿ: it grows as h falls. The best step is between.
"""

from .stencils import places, weights

_FURTHER = 64  # terms of the series that are looked at for one that does not cancel


class Stencil:
    """The formula that gives f⁽ᵒʳᵈᵉʳ⁾(x) from values at x + o h for the offsets o.

    offsets, weights   exact fractions, in the order of the offsets
    order              of the derivative
    accuracy           p, where the truncation error falls as hᵖ
    truncation         (c, m): formula − f⁽ᵒʳᵈᵉʳ⁾(x) = c h^(m − order) f⁽ᵐ⁾(x) + …, c a fraction
    amplification      the sum of |wᵢ|: values off by ε put the result off by up to this times ε / h^order

    Any distances will do. Raises ValueError for offsets that repeat, for an order of 0 and for one
    that needs more places than there are.

    >>> one_sided = Stencil((0, 1, 2), 1)
    >>> print(one_sided)
    f′(x) = [−f(x + 2h) + 4f(x + h) − 3f(x)] / 2h + h²/3 f‴(x) + …
    >>> one_sided.truncation, one_sided.amplification
    ((Fraction(-1, 3), 3), Fraction(4, 1))
    """

    __slots__ = ("accuracy", "amplification", "offsets", "order", "truncation", "weights")

    def __init__(self, offsets, order=1):
        found = weights(offsets, order)
        if order == 0:
            raise ValueError("a stencil is a formula for a derivative: order is 1 or more")
        put = object.__setattr__
        put(self, "offsets", tuple(places(offsets)))
        put(self, "order", order)
        put(self, "weights", found)
        put(self, "amplification", sum(map(abs, found)))
        put(self, "truncation", _truncation(self.offsets, found))
        put(self, "accuracy", self.truncation[1] - order)

    def __setattr__(self, name, value):
        raise AttributeError(f"a Stencil does not change; {name} is fixed")

    def __call__(self, f, x, h):
        """The value of the formula for f at x with the step h (numbers, or arrays of points).

        The step is first made one that the numbers can take, (x + h) − x, so that the
        places are where the weights think they are. Raises ValueError where x + h is x.

        >>> central(1)(lambda x: x**3, 2.0, 0.5)
        12.25
        """
        step = (x + h) - x
        lost = step == 0
        if lost if isinstance(lost, bool) else lost.any():
            raise ValueError(f"the step {h!r} is lost beside {x!r}: x + h is x")
        total = 0.0
        for o, w in zip(self.offsets, self.weights, strict=True):
            if w:
                total = total + float(w) * f(x + float(o) * step)
        return total / step**self.order

    def best_step(self, noise=2.0**-53, next_derivative=1.0):
        """The step at which truncation and noise together are least.

        `noise` is how far each value may be off (for rounding: |f(x)| times 1.1e-16),
        `next_derivative` the size of the derivative in the truncation term. From
        |c| hᵖ M + A ε / hⁿ: its least value is at h = (n A ε / (p |c| M))^(1/(p + n)).

        >>> round(central(1).best_step(), 8)
        6.93e-06
        """
        noise, size = float(noise), abs(float(next_derivative))
        if not noise > 0 or not 0 < size < float("inf"):
            raise ValueError("best_step needs a noise above 0 and a derivative that is not 0")
        c, n, p = abs(float(self.truncation[0])), self.order, self.accuracy
        return (n * float(self.amplification) * noise / (p * c * size)) ** (1 / (p + n))

    def text(self):
        """The formula with its truncation term, as text."""
        return _written(self, _TEXT)

    def latex(self):
        """The formula with its truncation term, in LaTeX.

        >>> print(forward(1).latex())
        f'(x) = \\frac{f(x + h) - f(x)}{h} - \\frac{h}{2} f''(x) + \\cdots
        """
        return _written(self, _LATEX)

    __str__ = text

    def _repr_latex_(self):
        return f"${self.latex()}$"

    def __repr__(self):
        return f"Stencil(({', '.join(map(str, self.offsets))}), {self.order})"

    def __eq__(self, other):
        if type(other) is not Stencil:
            return NotImplemented
        return (self.offsets, self.order) == (other.offsets, other.order)

    def __hash__(self):
        return hash((self.offsets, self.order))

    def __reduce__(self):
        return Stencil, (self.offsets, self.order)


def _truncation(offsets, found):
    """(c, m): the first term beyond the derivative that does not cancel."""
    from math import factorial

    for m in range(len(offsets), len(offsets) + _FURTHER):
        total = sum(w * o**m for o, w in zip(offsets, found, strict=True))
        if total:
            return total / factorial(m), m
    raise AssertionError("a finite formula is not exact for all powers")


def forward(order=1, accuracy=1):
    """The formula with places at x and ahead of it: 0, 1, 2, …

    >>> print(forward(1, accuracy=2))
    f′(x) = [−f(x + 2h) + 4f(x + h) − 3f(x)] / 2h + h²/3 f‴(x) + …
    """
    _need(order, accuracy)
    return Stencil(range(order + accuracy), order)


def backward(order=1, accuracy=1):
    """The formula with places at x and behind it: 0, −1, −2, …

    >>> print(backward(2))
    f″(x) = [f(x) − 2f(x − h) + f(x − 2h)] / h² + h f‴(x) + …
    """
    _need(order, accuracy)
    return Stencil(range(0, -order - accuracy, -1), order)


def central(order=1, accuracy=2):
    """The formula with as many places ahead as behind; its accuracy is even.

    >>> print(central(2))
    f″(x) = [f(x + h) − 2f(x) + f(x − h)] / h² − h²/12 f⁽⁴⁾(x) + …
    """
    _need(order, accuracy)
    if accuracy % 2:
        raise ValueError(f"a central formula has an even accuracy, not {accuracy}: 2, 4, 6, …")
    reach = (order + 1) // 2 - 1 + accuracy // 2
    return Stencil(range(-reach, reach + 1), order)


def _need(order, accuracy):
    for name, value in (("order", order), ("accuracy", accuracy)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"{name} is a whole number, 1 or more, not {value!r}")


class _Signs:
    """How a formula is written: signs, fractions, primes."""

    __slots__ = ("end", "fraction", "minus", "power", "prime", "quotient")

    def __init__(self, **how):
        for name, value in how.items():
            setattr(self, name, value)


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _primed(n, marks, raised):
    return f"f{marks[n - 1]}" if n <= len(marks) else f"f{raised(n)}"


_TEXT = _Signs(
    minus="−",
    end="…",
    power=lambda n: "h" if n == 1 else "h" + str(n).translate(_RAISED),
    prime=lambda n: _primed(n, "′″‴", lambda n: f"⁽{str(n).translate(_RAISED)}⁾"),
    quotient=lambda up, low: f"[{up}] / {low}",
    fraction=lambda p, q, h: f"{'' if p == 1 else p}{h}" + (f"/{q}" if q != 1 else ""),
)
_LATEX = _Signs(
    minus="-",
    end=r"\cdots",
    power=lambda n: "h" if n == 1 else f"h^{{{n}}}" if n > 9 else f"h^{n}",
    prime=lambda n: _primed(n, ("'", "''", "'''"), lambda n: f"^{{({n})}}"),
    quotient=lambda up, low: rf"\frac{{{up}}}{{{low}}}",
    fraction=lambda p, q, h: (
        f"{'' if p == 1 else p}{h}" if q == 1 else rf"\frac{{{'' if p == 1 else p}{h}}}{{{q}}}"
    ),
)


def _written(s, signs):
    """The formula in the signs of a script."""
    from math import lcm

    whole = lcm(*(w.denominator for w in s.weights))
    terms = []
    for o, w in sorted(zip(s.offsets, s.weights, strict=True), reverse=True):
        if w:
            size = abs(w * whole)
            sign = signs.minus if w < 0 else "+" if terms else ""
            term = f"{'' if size == 1 else size}f({_place(o, signs)})"
            terms.append(f"{sign} {term}" if terms else f"{sign}{term}")
    low = ("" if whole == 1 else str(whole)) + signs.power(s.order)
    c, m = s.truncation
    rest = signs.fraction(abs(c.numerator), c.denominator, signs.power(m - s.order))
    sign = signs.minus if c > 0 else "+"
    return (
        f"{signs.prime(s.order)}(x) = {signs.quotient(' '.join(terms), low)} "
        f"{sign} {rest} {signs.prime(m)}(x) + {signs.end}"
    )


def _place(o, signs):
    """x, x + h, x − 3h/2, …"""
    if not o:
        return "x"
    sign = signs.minus if o < 0 else "+"
    return f"x {sign} {signs.fraction(abs(o.numerator), o.denominator, 'h')}"
