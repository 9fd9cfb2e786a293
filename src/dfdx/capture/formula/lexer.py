"""From characters to tokens: numbers, words, signs, and the raised figures of x² and e⁻ˣ.

A token is `(kind, value, start, end)`. Every way to write a sign becomes one
sign (`·`, `×` and `*` are the product), raised figures become a power in
brackets, and what has no meaning in a formula is told with what to write instead.
"""

# ruff: noqa: SIM905 (a list of words reads best as words)

from .errors import mistake

NUMBER, WORD, SIGN, END = "number", "word", "sign", "end"

SIGNS = {
    "**": "^", "^": "^", "*": "*", "·": "*", "×": "*", "⋅": "*", "∙": "*", "∗": "*", "\u2062": "*",
    "/": "/", "÷": "/", "∕": "/", "⁄": "/", "+": "+", "-": "-", "−": "-", "–": "-", "﹣": "-",
    "(": "(", ")": ")", "[": "[", "]": "]", "{": "{", "}": "}", "|": "|", "∣": "|", ",": ",",
    "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "√": "√", "∛": "∛", "!": "!", "°": "°", "º": "°",
    "%": "%", "//": "//", "<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">=",
    "==": "==", "!=": "!=", "≠": "!=",
}  # fmt: skip
SPACES = "\u2061\u200b\ufeff"  # apply-function and two spaces of no width; the others are isspace()
RAISED = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        "0123456789+-()abcdefghijklmnoprstuvwxyz",
        strict=True,
    )
)
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx", strict=True))
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΥΦΨΩϑϕϵς",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
        " sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Upsilon Phi Psi"
        " Omega theta phi epsilon sigma".split(),
        strict=True,
    )
)
REFUSED = {
    "=": ("an equation: a formula is only its right-hand side", ""),
    ";": ("a semicolon has no meaning here", "arguments are separated by a comma: max(x, y)"),
    "'": ("a prime or quote has no meaning here", "write the function itself; dfdx differentiates it"),
    '"': ("a quote has no meaning here", "write the formula without quotes"),
    "\\": ("LaTeX commands are not read here", "write sqrt(x), pi, (a + b)/c"),
    "$": ("a dollar sign has no meaning here", "write the formula alone"),
    "&": ("& has no meaning here", "write conditions one inside the other: choose(x > 0, …, …)"),
    "~": ("~ has no meaning here", ""),
    "±": ("± means two values; a formula gives one", "write one formula with + and one with -"),
    "∞": ("infinity is not a number that a formula can contain", ""),
    "∂": ("write the function itself; dfdx differentiates it", ""),
    "∫": ("integrals are not read here", ""),
    "∑": ("sums over an index are not read here", "write the terms: x + x^2 + x^3"),
    "∏": ("products over an index are not read here", "write the factors"),
    "∇": ("write the function itself; dfdx differentiates it", ""),
    ":": ("a colon has no meaning here", "division is written /"),
    "_": ("a subscript must follow a name", "write x_1"),
    "…": ("… stands for something left out: write it out", ""),
    ".": ("a point without digits", "a product is written *, a number 0.5"),
    "?": ("? has no meaning here", ""),
    "@": ("@ has no meaning here", "write the point separately: --at 3"),
    "#": ("# has no meaning here", ""),
}  # fmt: skip
for _like, _as in zip("’‘′`“”„ΣΠ", "''''\"\"\"∑∏", strict=True):
    REFUSED[_like] = REFUSED[_as]


def tokens(text):
    """The tokens of the text, the last one of kind END.

    >>> [value for kind, value, start, end in tokens("2x² ÷ α_1")]
    [2.0, 'x', '^', '(', 2.0, ')', '/', 'alpha_1', '']
    """
    found = []
    at = 0
    while at < len(text):
        c = text[at]
        if c.isspace() or c in SPACES:
            at += 1
        elif c in RAISED:
            at = _raised(text, at, found)
        elif c.isdecimal() or (c == "." and text[at + 1 : at + 2].isdecimal()):
            at = _number(text, at, found)
        elif c in FRACTIONS:
            found.append((NUMBER, FRACTIONS[c], at, at + 1))
            at += 1
        elif c.isalpha() and c not in "ºªΣΠ":
            at = _word(text, at, found)
        else:
            at = _sign(text, at, found)
    found.append((END, "", len(text), len(text)))
    return found


def _sign(text, at, found):
    for size in (2, 1):
        sign = SIGNS.get(text[at : at + size])
        if sign is not None and len(text[at : at + size]) == size:
            found.append((SIGN, sign, at, at + size))
            return at + size
    c = text[at]
    if c == "=":
        right = text[at + 1 :].strip()
        hint = f"write {right}" if 0 < len(right) <= 60 and "=" not in right else ""
        raise mistake(text, at, at + 1, "write only the right-hand side, without =", hint)
    message, hint = REFUSED.get(c, (f"{c!r} has no meaning in a formula", ""))
    raise mistake(text, at, at + 1, message, hint)


def _digits(text, at):
    while at < len(text) and text[at].isdecimal():
        at += 1
    return at


def _number(text, start, found):
    at = _digits(text, start)
    if text[at : at + 1] == ".":
        at = _digits(text, at + 1)
    if text[at : at + 1] in ("e", "E"):
        power = at + 2 if text[at + 1 : at + 2] in ("+", "-", "−") else at + 1
        stop = _digits(text, power)
        at = stop if stop > power else at
    if text[at : at + 1] == "." and text[at + 1 : at + 2].isdecimal():
        raise mistake(text, start, _digits(text, at + 1), "a number with two points")
    if (
        text[start:at] == "0"
        and text[at : at + 1] in ("x", "X")
        and text[at + 1 : at + 2].isalnum()
    ):
        raise mistake(text, start, at + 2, "hexadecimal numbers are not read here")
    value = float(text[start:at].replace("−", "-"))
    if value == float("inf"):
        raise mistake(text, start, at, "this number is too large", "the largest is about 1.8e308")
    found.append((NUMBER, value, start, at))
    return at


def _raised(text, start, found):
    """x²ⁿ: the raised figures are read as if they stood in brackets after ^."""
    stop = start
    while stop < len(text) and text[stop] in RAISED:
        stop += 1
    inner = "".join(RAISED[c] for c in text[start:stop])
    found.append((SIGN, "^", start, stop))
    found.append((SIGN, "(", start, start))
    for kind, value, first, last in tokens(inner)[:-1]:
        found.append((kind, value, start + first, start + last))
    found.append((SIGN, ")", stop, stop))
    return stop


def _word(text, start, found):
    """A run of Latin letters and digits, or one letter of another script, with its subscript."""
    c = text[start]
    at = start + 1
    name = GREEK.get(c)
    if name is None:
        c = c if c.isascii() else _plain(c)
        while c.isascii() and at < len(text) and text[at].isascii() and text[at].isalnum():
            at += 1
        name = c + text[start + 1 : at]
    below, at = _subscript(text, at)
    found.append((WORD, f"{name}_{below}" if below else name, start, at))
    return at


def _plain(c):
    """A letter of a mathematical alphabet as the plain letter that it shows."""
    from unicodedata import normalize

    plain = normalize("NFKC", c)
    return plain if len(plain) == 1 and plain.isalpha() else c


def _subscript(text, at):
    """What stands in `_1`, `_max`, `_{12}` or `₁₂` at this place, and where it ends."""
    stop = at
    if text[at : at + 1] and text[at] in LOWERED:
        while stop < len(text) and text[stop] in LOWERED:
            stop += 1
        return "".join(LOWERED[c] for c in text[at:stop]), stop
    if text[at : at + 1] != "_":
        return "", at
    if text[at + 1 : at + 2] == "{":
        stop = text.find("}", at)
        inner = text[at + 2 : stop].strip() if stop >= 0 else ""
        if not inner.isalnum() or not inner.isascii():
            raise mistake(text, at, at + 2, "a subscript is letters or digits", "write x_{12}")
        return inner, stop + 1
    parts = []
    while text[at : at + 1] == "_":
        part, stop = _one_subscript(text, at + 1)
        if not part:
            raise mistake(text, at, at + 1, "a subscript is missing after _", "write x_1")
        parts.append(part)
        at = stop
    return "_".join(parts), at


def _one_subscript(text, start):
    """Digits, or a word, or one Greek letter."""
    c = text[start : start + 1]
    if c and c in GREEK:
        return GREEK[c], start + 1
    if c.isdecimal():
        stop = _digits(text, start)  # x_1y is x_1 times y
    else:
        stop = start
        while stop < len(text) and text[stop].isascii() and text[stop].isalnum():
            stop += 1
    return text[start:stop], stop
