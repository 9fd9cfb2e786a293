r"""A graph in LaTeX: `x^{2} \sin(x)`."""

from ...numbers import Known
from .layout import ATOM, LIMIT, PRODUCT, Piece, parts_of_name, written
from .names import GREEK, array_name
from .stacked import FRACTION, Stacked

SIGNS = {"−": "-", "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "mod": r"\bmod"}
BARS = {"|": "|", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil"}
TALL = ("\\frac", "\\sqrt", "\\left", "\\begin")  # brackets grow around these
FUNCTIONS = {"maximum": r"\max", "minimum": r"\min", "gamma": r"\Gamma", "digamma": r"\psi"}


class Latex(Stacked):
    """The notation of LaTeX (amsmath)."""

    def group(self, text):
        return f"\\left({text}\\right)" if any(t in text for t in TALL) else f"({text})"

    def joined(self, a, sign, b):
        return f"{a} {SIGNS.get(sign, sign)} {b}"

    def figures(self, digits):
        return {"inf": r"\infty", "nan": r"\mathrm{nan}"}.get(digits, digits)

    def begins_with_digit(self, text):
        return text[:1].isdigit() or text.removeprefix(r"\frac{")[:1].isdigit()

    def product(self, a, b, dot):
        return f"{a} \\cdot {b}" if dot else f"{a} {b}"

    def fraction(self, a, b):
        return f"\\frac{{{a}}}{{{b}}}"

    def script(self, base, exponent):
        return f"{base}^{{{exponent}}}"

    def below(self, letter, order):
        return f"{letter}_{{{order}}}"

    def root(self, a, degree):
        return Piece(f"\\sqrt{'' if degree == 2 else '[3]'}{{{a.text}}}")

    def indexed(self, a, index):
        return Piece(f"{self.at_least(a, ATOM)}\\left[\\text{{{escaped(index)}}}\\right]")

    def between(self, left, a, right):
        return Piece(f"\\left{BARS[left]} {a.text} \\right{BARS[right]}")

    def cases(self, cases):
        rows = [
            f"{value.text} & \\text{{if }} {condition.text}"
            if condition
            else f"{value.text} & \\text{{otherwise}}"
            for value, condition in cases
        ]
        return Piece(r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}", cases=cases)

    def function(self, op, name):
        given = getattr(op, "latex", None) or FUNCTIONS.get(op.name)
        return given if isinstance(given, str) else f"\\operatorname{{{escaped(name)}}}"

    def arguments(self, parts):
        return self.group(", ".join(parts))

    def constant(self, value):
        if isinstance(value, Known):
            if value.latex.startswith(r"\frac"):
                return Piece(value.latex, FRACTION)
            return Piece(value.latex, PRODUCT if " " in value.latex else ATOM)
        if getattr(value, "shape", ()) or isinstance(value, (list, tuple)):
            name = array_name(value)
            if name.startswith("["):
                return Piece(f"\\left{name[:-1]}\\right]")
            return Piece(f"\\text{{{name}}}")
        return self.number(value)

    def variable(self, name):
        base, below = parts_of_name(name)
        base = _letters(base)
        return Piece(f"{base}_{{{_letters(below)}}}" if below else base)

    def left_out(self):
        return Piece(r"\cdots")


def _letters(name):
    if name in GREEK:
        return "o" if name == "omicron" else "\\" + name
    return name if len(name) == 1 or name.isdecimal() else f"\\mathrm{{{escaped(name)}}}"


def escaped(name):
    r"""A name with the characters that LaTeX reads as commands marked as plain.

    >>> print(escaped("log_ndtr"))
    log\_ndtr
    """
    return "".join("\\" + c if c in "_&%$#{}" else c for c in name)


def latex(source, limit=LIMIT):
    r"""The formula of a graph (or of one node) in LaTeX, without dollar signs.

    Beyond `limit` operations shared parts get names, as in `text`.

    >>> from dfdx.graph import variable
    >>> from dfdx.rules.elementary import sin
    >>> x = variable("x")
    >>> print(latex(x**2 * sin(x) / 2))
    \frac{x^{2} \sin(x)}{2}
    """
    outputs, definitions, missing = written(source, Latex(), limit)
    line = outputs[0].text
    if len(outputs) > 1:
        line = f"\\left({', '.join(p.text for p in outputs)}\\right)"
    if definitions:
        listed = ",\\; ".join(f"{name.text} = {piece.text}" for name, piece in definitions)
        line += f" \\quad \\text{{where }} {listed}"
    if missing:
        line += f" \\quad \\text{{[{missing:,} more operations]}}"
    return line
