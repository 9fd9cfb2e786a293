"""Functions in typed formulas: sin x, sin 2x, sin² x, sin⁻¹ x, max(x, y)."""

from ...graph import Constant, Variable, constant
from ...rules.arithmetic import divide, multiply, negative, power
from .errors import mistake
from .lexer import END, NUMBER, SIGN
from .names import INVERSES, function
from .words import CALL, VALUE

CLOSERS = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"}
DEPTH = 100  # brackets, powers, signs and functions inside each other
POWER = 50  # how tightly a power binds: the argument of sin x^2 is x^2


class Calls:
    """The part of the parser that reads a function and its argument; see `formula.parser`."""

    __slots__ = ("at", "bars", "depth", "found", "mods", "text")

    def __init__(self, text, found):
        self.text = text
        self.found = found
        self.at = 0
        self.bars = 0  # how many |…| are open inside the present bracket
        self.mods = 0  # how many remainders were taken inside the present bracket
        self.depth = 0

    # the place in the text

    @property
    def token(self):
        return self.found[self.at]

    @property
    def kind(self):
        return self.found[self.at][0]

    def sign(self):
        """The sign at this place, or None."""
        kind, value = self.found[self.at][:2]
        return value if kind is SIGN else None

    def error(self, message, token, hint="", until=None):
        return mistake(self.text, token[2], (until or token)[3], message, hint)

    def enter(self):
        self.depth += 1
        if self.depth > DEPTH:
            message = f"more than {DEPTH} brackets, powers or functions inside each other"
            raise self.error(message, self.token, "name a part of it and insert it")

    def call(self):
        """A function, perhaps with a power on its name (sin² x), and its argument."""
        self.enter()
        token = self.token
        called = token[1]
        self.at += 1
        exponent = self.power_of_name() if self.sign() == "^" else None
        if self.sign() in ("(", "[", "{"):
            arguments = self.arguments(called, token)
        else:
            arguments = [self.bare_argument(called, token)]
        self.depth -= 1
        if exponent is None:
            return called.build(*arguments)
        if type(exponent.op) is Constant and exponent.op.value == -1.0:
            inverse = INVERSES.get(called.name)
            if inverse is None:
                hint = f"write 1/{called.name}(x), or the name of the inverse function"
                raise self.error("a power of -1 can mean 1/f or the inverse function", token, hint)
            return function(inverse).build(*arguments)
        return power(called.build(*arguments), exponent)

    def power_of_name(self):
        """The exponent in sin^2 x: one number, name or bracket, perhaps with a minus sign."""
        self.at += 1
        sign = self.sign()
        if sign == "-":
            self.at += 1
        token = self.token
        if token[0] in (NUMBER, VALUE):
            self.at += 1
            exponent = number(token[1]) if token[0] is NUMBER else token[1]
        elif self.sign() in ("(", "[", "{"):
            exponent = self.group()
        else:
            raise self.error("an exponent is missing after ^", token, "write sin^2 x or sin(x)^2")
        return minus(exponent) if sign == "-" else exponent

    def arguments(self, called, token):
        """The terms in the brackets behind a function."""
        opener = self.token
        if self.found[self.at + 1][:2] == (SIGN, CLOSERS[opener[1]]):
            close = self.found[self.at + 1]
            message = f"{called.name} takes {called.takes()}, there is none"
            raise self.error(message, token, until=close)
        inside = self.between(opener, many=True)
        close = self.found[self.at - 1]
        if not called.least <= len(inside) <= called.most:
            message = f"{called.name} takes {called.takes()}, there are {len(inside)}"
            if len(inside) == 1:
                message = f"{called.name} takes {called.takes()}, there is 1"
            hint = ""
            if len(inside) == 2 and all(type(x.op) is Constant for x in inside):
                hint = "a decimal number is written with a point: 3.5"
            elif len(inside) < called.least and called.most < 5:
                hint = f"write {called.name}({', '.join('xyzuv'[: called.least])})"
            raise self.error(message, token, hint, until=close)
        if called.name == "piecewise" and len(inside) % 2 == 0:
            hint = (
                "write piecewise(x < 0, -x, x): conditions with their values, and a value otherwise"
            )
            raise self.error("the value for all other cases is missing", token, hint, until=close)
        return inside

    def bare_argument(self, called, token):
        """The argument of a function without brackets: sin 2x."""
        if called.least > 1:
            letters = ", ".join("xyzuv"[: called.least])
            hint = f"write {called.name}({letters})"
            raise self.error(f"{called.name} needs its arguments in brackets", token, hint)
        sign = self.sign()
        if sign in ("+", "-"):
            self.at += 1
        if not self.opens_term():
            hint = f"write {called.name}(x)"
            raise self.error(f"{called.name} needs an argument", token, hint)
        start = begin = self.at
        product = self.expression(POWER)
        while self.opens_term() and self.kind is not CALL:
            self.check_product()
            if not self.goes_on(begin):
                raise self.unclear_end(called, start)
            begin = self.at
            product = multiply(product, self.expression(POWER))
        return minus(product) if sign == "-" else product

    def goes_on(self, begin):
        """Whether the argument whose last factor began at `begin` surely goes on: sin 2x, sin ωt.

        So it is behind a number or constant, between letters without a space, and
        between a parameter and x, y, z or t. In sin x y and sin x (x+1) it may have ended.
        """
        last, token = self.found[self.at - 1], self.token
        alone = last if self.at - begin == 1 else (None, None)
        if alone[0] is NUMBER or (alone[0] is VALUE and type(alone[1].op) is Constant):
            return True
        if token[0] is not VALUE:
            return False
        if last[3] == token[2]:
            return True
        return alone[0] is VALUE and not is_main(alone[1]) and is_main(token[1])

    def unclear_end(self, called, start):
        name = called.name
        argument = self.text[self.found[start][2] : self.found[self.at - 1][3]]
        token = self.token
        rest = "(…)" if token[0] is SIGN else self.text[token[2] : token[3]]
        if token[0] is not SIGN and self.found[self.at + 1][0] is not END:
            rest += "…"
        hint = f"write {name}({argument})*{rest} or {name}({argument}*{rest})"
        return self.error(f"where does the argument of {name} end?", token, hint)


def number(value):
    """The node of a typed number, or of a fraction such as ½."""
    if type(value) is tuple:
        return divide(constant(float(value[0])), constant(float(value[1])))
    return constant(value)


def minus(node):
    """−node; a number takes the sign itself."""
    if type(node.op) is Constant and type(node.op.value) is float:
        return constant(-node.op.value)
    return negative(node)


def is_main(node):
    """Whether a node is one of the usual variables x, y, z, t, perhaps with a subscript."""
    name = node.op.name if type(node.op) is Variable else ""
    return name.rstrip("0123456789").partition("_")[0] in ("x", "y", "z", "t")
