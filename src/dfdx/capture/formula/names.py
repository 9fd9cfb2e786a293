"""The names that a formula may use: functions, constants, Greek letters.

Every card is known by its own name; besides, by the names that textbooks use
(`ln`, `arcsin`, `max`). Functions without a card are written with cards. The
tables of special functions are read only when a name is not found before.
"""

# ruff: noqa: SIM905 (a list of words reads best as words)

from ...graph import constant
from ...numbers import degree, e, pi
from ...pointwise import CARDS
from ...rules import arithmetic, choice, elementary, rounding  # noqa: F401 (they fill CARDS)

CONSTANTS = {"pi": pi, "Pi": pi, "PI": pi, "e": e}
DEGREE = degree
ALIASES = {
    "abs": "absolute", "sgn": "sign", "signum": "sign", "ln": "log", "lg": "log10", "lb": "log2",
    "ld": "log2", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2",
    "arctg": "atan", "tg": "tan", "ctg": "cot", "cotg": "cot", "cosec": "csc", "arcsinh": "asinh",
    "arccosh": "acosh", "arctanh": "atanh", "arsinh": "asinh", "arcosh": "acosh",
    "artanh": "atanh", "mod": "remainder", "pow": "power", "ceiling": "ceil", "round": "rint",
    "Gamma": "gamma", "where": "choose", "sigmoid": "expit", "logistic": "expit", "neg": "negative",
    "psi": "digamma", "besselj": "jv", "bessely": "yv", "besseli": "iv", "besselk": "kv",
    "step": "heaviside", "sinus": "sin", "cosinus": "cos", "if": "choose",
}  # fmt: skip
BESSEL = {"J": "jv", "Y": "yv", "I": "iv", "K": "kv"}  # J_0(x), I_n(x)
INVERSES = {
    "sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh",
    "cot": "arccot", "sec": "arcsec", "csc": "arccsc",
}  # fmt: skip
COMMON = (
    "sin cos tan cot sec csc sinh cosh tanh ln log lg exp sqrt cbrt abs arcsin arccos arctan asin "
    "acos atan"
).split()
MEANT = {  # what people write who mean something else
    "sine": "sin", "cosine": "cos", "tangent": "tan", "root": "sqrt", "cost": "cos t", "squareroot": "sqrt",
    "sqr": "square", "sh": "sinh", "ch": "cosh", "th": "tanh", "cth": "coth", "power": "^",
    "loge": "ln", "modulus": "abs", "frac": "/", "fact": "factorial",
    "derivative": "", "diff": "", "int": "", "sum": "", "integral": "",
}  # fmt: skip
GREEK_NAMES = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron rho sigma tau"
    " upsilon phi chi psi omega".split()
)
GREEK_CAPITALS = frozenset("Gamma Delta Theta Lambda Xi Sigma Upsilon Phi Psi Omega".split())


class Function:
    """What a name before an argument means: how many arguments, and what they make."""

    __slots__ = ("build", "least", "most", "name")

    def __init__(self, name, build, least=1, most=None):
        self.name = name
        self.build = build
        self.least = least
        self.most = least if most is None else most

    def takes(self):
        """How many arguments, in words."""
        if self.least == self.most:
            return f"{self.least} argument{'s' if self.least > 1 else ''}"
        if self.most > 99:
            return f"{self.least} or more arguments"
        return f"{self.least} or {self.most} arguments"


def _folded(card):
    """max(a, b, c) as max(max(a, b), c)."""

    def build(first, *others):
        for x in others:
            first = card(first, x)
        return first

    return build


def logarithm(x, base=None):
    """ln x, or the logarithm to a base; bases 2, 10 and e have cards of their own."""
    if base is None:
        return elementary.log(x)
    value = getattr(base.op, "value", None)
    if type(value) is float and value in (2.0, 10.0):
        return (elementary.log2 if value == 2.0 else elementary.log10)(x)
    return elementary.log(x) if value is e else elementary.log(x) / elementary.log(base)


def _piecewise(*parts):
    """piecewise(condition, value, …, value otherwise)."""
    *cases, found = parts
    for k in range(len(cases) - 2, -1, -2):
        found = choice.choose(cases[k], cases[k + 1], found)
    return found


def _clip(x, low, high):
    return arithmetic.minimum(arithmetic.maximum(x, low), high)


WRITTEN = {  # functions that have no card, written with cards
    "sech": Function("sech", lambda x: 1.0 / elementary.cosh(x)),
    "csch": Function("csch", lambda x: 1.0 / elementary.sinh(x)),
    "coth": Function("coth", lambda x: 1.0 / elementary.tanh(x)),
    "arccot": Function("arccot", lambda x: constant(pi) / 2.0 - elementary.atan(x)),
    "arcsec": Function("arcsec", lambda x: elementary.acos(1.0 / x)),
    "arccsc": Function("arccsc", lambda x: elementary.asin(1.0 / x)),
    "log": Function("log", logarithm, 1, 2),
    "max": Function("max", _folded(arithmetic.maximum), 2, 100),
    "min": Function("min", _folded(arithmetic.minimum), 2, 100),
    "clip": Function("clip", _clip, 3),
    "piecewise": Function("piecewise", _piecewise, 3, 101),
    "hypot": Function("hypot", _folded(elementary.hypot), 2, 100),
}
for _other, _name in (
    ("acot", "arccot"),
    ("asec", "arcsec"),
    ("acsc", "arccsc"),
    ("arcctg", "arccot"),
):
    WRITTEN[_other] = WRITTEN[_name]

_loaded = []


def special_tables():
    """Read the tables of special functions, once."""
    if not _loaded:
        _loaded.append(True)
        from importlib import import_module
        from pkgutil import iter_modules

        from ... import rules

        for module in iter_modules(rules.__path__):
            if module.name.startswith("special"):
                import_module(f"{rules.__name__}.{module.name}")


def function(name, deep=True):
    """The function of that name, or None; `deep` looks into the special tables too.

    >>> function("arcsin").takes()
    '1 argument'
    >>> function("speed") is None
    True
    """
    if name in WRITTEN:
        return WRITTEN[name]
    card = CARDS.get(ALIASES.get(name, name))
    if card is None and deep:
        special_tables()
        card = CARDS.get(ALIASES.get(name, name))
    return None if card is None else Function(name, card, card.arity)


def function_names():
    """Every name that `function` knows, for suggestions."""
    special_tables()
    known = {name for name, card in ALIASES.items() if card in CARDS}
    return sorted({*CARDS, *known, *WRITTEN})
