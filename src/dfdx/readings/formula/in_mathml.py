"""A graph in MathML, which browsers show as mathematics without any script."""

from ...numbers import Known
from .layout import ATOM, LIMIT, POWER, PRODUCT, Piece, parts_of_name, written
from .names import GREEK, LETTERS, array_name
from .stacked import FRACTION, Stacked

OPEN = '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
APPLY, TIMES, DOT = "<mo>&#x2061;</mo>", "<mo>&#x2062;</mo>", "<mo>·</mo>"
ROOT_PI = "<msqrt><mi>π</mi></msqrt>"
KNOWN = {  # what is more than one letter
    "ln 2": (f"<mi>ln</mi>{APPLY}<mn>2</mn>", PRODUCT),
    "ln 10": (f"<mi>ln</mi>{APPLY}<mn>10</mn>", PRODUCT),
    "√2": ("<msqrt><mn>2</mn></msqrt>", POWER),
    "√π": (ROOT_PI, POWER),
    "2/√π": (f"<mfrac><mn>2</mn>{ROOT_PI}</mfrac>", FRACTION),
    "√(2π)": (f"<msqrt><mn>2</mn>{TIMES}<mi>π</mi></msqrt>", POWER),
    "π/180": ("<mfrac><mi>π</mi><mn>180</mn></mfrac>", FRACTION),
    "180/π": ("<mfrac><mn>180</mn><mi>π</mi></mfrac>", FRACTION),
}


class MathML(Stacked):
    """The notation of presentation MathML (the core that browsers know)."""

    minus = "<mo>−</mo>"

    def group(self, text):
        return f"<mrow><mo>(</mo>{text}<mo>)</mo></mrow>"

    def joined(self, a, sign, b):
        return f"{a}<mo>{escaped(sign)}</mo>{b}"

    def marked(self, text):
        return f"{row(text)}<mo>!</mo>"

    def figures(self, digits):
        if digits in ("inf", "nan"):
            return "<mi>∞</mi>" if digits == "inf" else "<mi>nan</mi>"
        return f"<mn>{digits}</mn>"

    def begins_with_digit(self, text):
        while text.startswith("<"):
            text = text.partition(">")[2]
        return text[:1].isdigit()

    def product(self, a, b, dot):
        return f"{a}{DOT if dot else TIMES}{b}"

    def fraction(self, a, b):
        return f"<mfrac>{row(a)}{row(b)}</mfrac>"

    def script(self, base, exponent):
        return f"<msup>{row(base)}{row(exponent)}</msup>"

    def below(self, letter, order):
        return f"<msub><mi>{letter}</mi>{row(order)}</msub>"

    def root(self, a, degree):
        if degree == 2:
            return Piece(f"<msqrt>{a.text}</msqrt>")
        return Piece(f"<mroot>{row(a.text)}<mn>3</mn></mroot>")

    def indexed(self, a, index):
        inside = f"<mo>[</mo><mtext>{escaped(index)}</mtext><mo>]</mo>"
        return Piece(f"<mrow>{self.at_least(a, ATOM)}{inside}</mrow>")

    def between(self, left, a, right):
        return Piece(f"<mrow><mo>{left}</mo>{a.text}<mo>{right}</mo></mrow>")

    def cases(self, cases):
        rows = "".join(
            f"<mtr><mtd>{value.text}</mtd><mtd>"
            + (
                f"<mtext>if&#xA0;</mtext>{condition.text}"
                if condition
                else "<mtext>otherwise</mtext>"
            )
            + "</mtd></mtr>"
            for value, condition in cases
        )
        text = f"<mrow><mo>{{</mo><mtable columnalign='left'>{rows}</mtable></mrow>"
        return Piece(text, cases=cases)

    def function(self, op, name):
        return f"<mi>{escaped(LETTERS.get(op.name, name))}</mi>"

    def arguments(self, parts):
        return APPLY + self.group("<mo>,</mo>".join(parts))

    def constant(self, value):
        if isinstance(value, Known):
            text, level = KNOWN.get(value.text, (f"<mi>{value.text}</mi>", ATOM))
            return Piece(text, level)
        if getattr(value, "shape", ()) or isinstance(value, (list, tuple)):
            return Piece(f"<mtext>{array_name(value)}</mtext>")
        return self.number(value)

    def variable(self, name):
        base, below = parts_of_name(name)
        base = f"<mi>{escaped(GREEK.get(base, base))}</mi>"
        if not below:
            return Piece(base)
        tag = "mn" if below.isdecimal() else "mi"
        return Piece(f"<msub>{base}<{tag}>{escaped(GREEK.get(below, below))}</{tag}></msub>")

    def left_out(self):
        return Piece("<mo>⋯</mo>")


def escaped(text):
    """The text with the three characters that markup reserves written as references.

    >>> escaped("a<b")
    'a&lt;b'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def row(text):
    """The markup as one element: a letter or number as it is, anything longer in a row.

    >>> row("<mi>x</mi>")
    '<mi>x</mi>'
    """
    return text if text.count("<") == 2 else f"<mrow>{text}</mrow>"


def mathml(source, limit=LIMIT):
    """The formula of a graph (or of one node) as a MathML element.

    Beyond `limit` operations shared parts get names, as in `text`.

    >>> from dfdx.graph import variable
    >>> x = variable("x")
    >>> mathml(x**2).removeprefix(OPEN)
    '<msup><mi>x</mi><mn>2</mn></msup></math>'
    """
    outputs, definitions, missing = written(source, MathML(), limit)
    line = outputs[0].text
    if len(outputs) > 1:
        line = f"<mrow><mo>(</mo>{'<mo>,</mo>'.join(p.text for p in outputs)}<mo>)</mo></mrow>"
    if definitions:
        listed = "<mo>,</mo>".join(f"{name.text}<mo>=</mo>{p.text}" for name, p in definitions)
        line += f"<mtext>&#xA0;where&#xA0;</mtext>{listed}"
    if missing:
        line += f"<mtext>&#xA0;[{missing:,} more operations]</mtext>"
    return f"{OPEN}{line}</math>"
