"""The grammar of typed formulas: operator precedence (Pratt), building graph as it reads.

From loose to tight: comparisons; + and −; a sign in front; ·, /, mod and
products without a sign, from left to right (so 1/2x is x/2, which the echo shows);
powers, from right to left; `!` and `°`. A function takes the brackets behind it,
or else the product behind it up to the next sign or function: sin 2x cos x is
sin(2x)·cos(x). Where that product may have ended before (sin x y) it is refused.
"""

from math import factorial

from ...graph import Constant, constant
from ...numbers import e
from ...rules.arithmetic import (
    absolute,
    add,
    divide,
    floor_divide,
    multiply,
    power,
    remainder,
    subtract,
)
from ...rules.choice import COMPARISONS
from ...rules.elementary import cbrt, exp, sqrt
from ...rules.rounding import ceil, floor
from .calls import CLOSERS, POWER, Calls, minus, number
from .lexer import END, NUMBER, SIGN
from .names import DEGREE, function
from .words import CALL, VALUE

COMPARE, SUM, PREFIX, PRODUCT, POSTFIX = 10, 20, 25, 30, 60  # and POWER, 50
BINARY = {
    "+": (SUM, add),
    "-": (SUM, subtract),
    "*": (PRODUCT, multiply),
    "/": (PRODUCT, divide),
    "//": (PRODUCT, floor_divide),
    "%": (PRODUCT, remainder),
    "mod": (PRODUCT, remainder),
}
for _sign, _card in zip(("<", "<=", ">", ">=", "==", "!="), COMPARISONS, strict=True):
    BINARY[_sign] = (COMPARE, _card)
AROUND = {"⌊": floor, "⌈": ceil}  # brackets that are functions
PREFIXED = {"√": sqrt, "∛": cbrt}


class Parser(Calls):
    """One formula being read, from its tokens; `formula()` gives its node."""

    __slots__ = ()

    def formula(self):
        """The node of the whole formula."""
        if self.kind is END:
            raise self.error("the formula is empty", self.token, "write for example x^2 sin x")
        node = self.expression(SUM)
        token = self.token
        if token[0] is END:
            return node
        if token[1] == ",":
            raise self.comma()
        if token[1] in BINARY:
            hint = "inside a function it is a condition: choose(x < 0, -x, x)"
            raise self.error("a comparison is true or false, not a function", token, hint)
        raise self.error(f"nothing was opened that this {token[1]} could close", token)

    # the grammar

    def expression(self, least):
        """A term and everything behind it that binds at least as tightly as `least`."""
        self.enter()
        left = self.operand(least)
        while True:
            kind, value = self.token[:2]
            if kind is SIGN and value in BINARY:
                binding, card = BINARY[value]
                if binding < least:
                    break
                left = self.binary(left, card, binding)
            elif kind is SIGN and value == "^" and least <= POWER:
                left = self.raised(left)
            elif kind is SIGN and value in ("!", "°"):
                left = self.postfix(left)
            elif self.opens_term():
                if least > PRODUCT:
                    break
                self.check_product()
                left = multiply(left, self.expression(PRODUCT + 1))
            else:
                break
        self.depth -= 1
        return left

    def binary(self, left, card, binding):
        self.at += 1
        right = self.expression(binding + 1)
        after = self.sign()
        if binding == COMPARE and BINARY.get(after, (0,))[0] == COMPARE:
            hint = "put one condition inside the other: choose(a < x, choose(x < b, …, …), …)"
            raise self.error("two comparisons in a row", self.token, hint)
        self.mods += card in (remainder, floor_divide)
        return card(left, right)

    def raised(self, left):
        """What stands at ^, right to left; e^x is the function exp."""
        self.at += 1
        token = self.token
        figures = token[1] == "(" and token[2] == token[3]  # x², not x^2
        exponent = self.group() if figures else self.expression(POWER)
        if type(left.op) is Constant and left.op.value is e:
            return exp(exponent)
        return power(left, exponent)

    def postfix(self, left):
        token = self.token
        self.at += 1
        if token[1] == "°":
            return multiply(left, constant(DEGREE))
        if self.sign() == "!":
            raise self.error("a double factorial is not read here", self.token, "write (x!)!")
        value = left.op.value if type(left.op) is Constant else None
        if type(value) is float and value == int(value) and 0 <= value <= 170:
            return constant(float(factorial(int(value))))
        return function("factorial").build(left)

    def operand(self, least):
        """A number, a name, a bracket, a function with its argument, or one of these with a sign."""
        token = self.token
        kind, value = token[:2]
        if kind is NUMBER:
            self.at += 1
            return number(value)
        if kind is VALUE:
            self.at += 1
            return value
        if kind is CALL:
            return self.call()
        if value in CLOSERS and kind is SIGN:
            return self.group()
        if value == "|":
            return self.bar()
        if value in PREFIXED:
            return self.root(PREFIXED[value])
        if value in ("+", "-"):
            self.at += 1
            mods = self.mods
            inside = self.expression(max(PREFIX + 1, least))
            if self.mods > mods and value == "-":
                hint = "write (-x) mod y or -(x mod y)"
                raise self.error("a minus sign before mod can be read in two ways", token, hint)
            return minus(inside) if value == "-" else inside
        raise self.missing(token)

    def missing(self, token):
        before = self.found[self.at - 1] if self.at else None
        hint = ""
        if token[0] is END:
            message = "a term is missing at the end"
            if before is not None and before[1] == "%":
                hint = "% is the remainder; a percentage is a number: 0.5"
        elif token[1] == ",":
            message = "a term is missing before this comma"
        elif token[1] == "^" and before is not None and before[1] in BINARY:
            message, hint = "a term is missing before ^", "a power is written x^2 or x**2"
        elif before is not None and before[1] in ("(", "[", "{") and token[1] in (")", "]", "}"):
            message = "there is nothing in these brackets"
        else:
            message = f"a term is missing before {token[1]}"
        return self.error(message, token, hint)

    def group(self):
        """A bracket; ⌊x⌋ and ⌈x⌉ are functions."""
        opener = self.token
        inside = self.between(opener)
        if len(inside) > 1:
            self.at -= 1
            raise self.error("a list of terms has no meaning here", opener, until=self.token)
        card = AROUND.get(opener[1])
        return inside[0] if card is None else card(inside[0])

    def between(self, opener, many=False):
        """The terms between the bracket at this place and the one that closes it."""
        self.at += 1
        outer = self.bars, self.mods
        self.bars = 0
        inside = [self.expression(0)]
        while many and self.sign() == ",":
            self.at += 1
            inside.append(self.expression(0))
        self.bars, self.mods = outer
        self.close(opener)
        return inside

    def close(self, opener):
        wanted = CLOSERS[opener[1]]
        token = self.token
        if self.sign() == wanted:
            self.at += 1
            return
        if self.sign() == ",":
            raise self.comma()
        if token[0] is END:
            message = f"this {opener[1]} is never closed"
            raise self.error(message, opener, f"a {wanted} is missing")
        raise self.error(f"{wanted} was expected here, to close the {opener[1]}", token)

    def root(self, card):
        """√ with the bracket, or else the one number or name, behind it."""
        token = self.token
        self.at += 1
        bracket = self.sign() in CLOSERS
        inside = self.group() if bracket else self.expression(POSTFIX)
        if self.sign() == "^" and not bracket:
            sign = token[1]
            hint = f"write {sign}(x^2) or ({sign}x)^2"
            raise self.error(f"how far does {sign} reach?", self.token, hint)
        return card(inside)

    def bar(self):
        opener = self.token
        self.at += 1
        self.bars += 1
        mods = self.mods
        inside = self.expression(SUM)
        self.bars -= 1
        self.mods = mods
        if self.sign() != "|":
            raise self.error("this | is never closed", opener, "write |x| or abs(x)")
        self.at += 1
        return absolute(inside)

    def comma(self):
        """The error for a comma outside the arguments of a function."""
        k = self.at
        before, after = self.found[k - 1], self.found[k + 1]
        hint = "arguments belong to a function: max(x, y)"
        if before[0] is NUMBER and after[0] is NUMBER and before[3] + 1 == after[2]:
            whole = self.text[before[2] : before[3]]
            hint = f"a decimal number is written with a point: {whole}.{self.text[after[2] : after[3]]}"
        return self.error("a comma outside the arguments of a function", self.token, hint)

    # products without a sign

    def opens_term(self):
        """Whether a term can begin here, which makes a product with the one before."""
        kind, value = self.token[:2]
        if kind is SIGN:
            return value in CLOSERS or value in PREFIXED or (value == "|" and not self.bars)
        return kind is not END

    def check_product(self):
        """Refuse a number behind a term: x 2 is a slip for x^2, x*2 or x_2."""
        token = self.token
        if token[0] is not NUMBER:
            return
        before = self.found[self.at - 1]
        if before[0] is NUMBER:
            raise self.error("two numbers in a row", before, "write a * between them", token)
        was, now = (self.text[t[2] : t[3]] for t in (before, token))
        hint = (
            f"write {was}*{now} or {was}^{now}" if before[0] is VALUE else "write * or ^ before it"
        )
        raise self.error("a number behind a term", token, hint)
