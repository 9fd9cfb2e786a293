"""Formulas as people type them, read into a graph without eval.

`parse("x^2 sin x")` is a function of x. It says how it was understood
(`read_as`: x² · sin(x)), because a typed formula leaves room for doubt; where the
doubt is real (sin x y, log2x, xyw) the formula is refused with the ways to write it.
"""

from ...graph import Graph
from ...walk import run
from .branches import branching, evaluate
from .errors import mistake
from .lexer import WORD, tokens
from .parser import Parser
from .words import Words

LENGTH = 10_000  # characters
NODES = 5_000  # operations


class Formula:
    """A typed formula: a function of its variables, and its graph. See `parse`.

    text        the formula as it was typed
    variables   the names of its arguments, in order
    graph       its Graph; the inputs are the variables
    read_as     how it was understood, in mathematical notation
    """

    __slots__ = ("__weakref__", "_branching", "graph", "text", "variables")
    is_graph = True  # there is nothing to capture

    def __init__(self, text, variables, graph):
        self.text = text
        self.variables = variables
        self.graph = graph
        self._branching = branching(graph)

    @property
    def read_as(self):
        from ...readings.formula import text

        return text(self.graph)

    @property
    def __name__(self):
        return self.text

    @property
    def __signature__(self):
        from inspect import Parameter, Signature

        return Signature([Parameter(v, Parameter.POSITIONAL_OR_KEYWORD) for v in self.variables])

    def __call__(self, *args, **named):
        if named or len(args) != len(self.variables):
            args = self._bound(args, named)
        values = [float(a) if type(a) is int else a for a in args]
        return evaluate(self.graph, values) if self._branching else run(self.graph, *values)[0]

    def _bound(self, args, named):
        """The arguments in order, when some came by name."""
        given = dict(zip(self.variables, args, strict=False))
        wrong = []
        for name, value in named.items():
            name = name if name in self.variables else canonical(name)
            if name not in self.variables:
                wrong.append(f"{name} is not a variable of it")
            elif name in given:
                wrong.append(f"{name} is given twice")
            given[name] = value
        wrong += [f"{name} is missing" for name in self.variables if name not in given]
        if len(args) > len(self.variables):
            wrong.append(f"{len(args)} values are given")
        if wrong:
            names = ", ".join(self.variables) or "no variable"
            raise TypeError(f"{self.text} is a function of {names}: {', '.join(wrong)}")
        return [given[name] for name in self.variables]

    def __repr__(self):
        return f"parse({self.text!r})"

    def __str__(self):
        return self.read_as

    def _repr_latex_(self):
        from ...readings.formula import latex

        return f"$\\displaystyle {latex(self.graph)}$"

    def __reduce__(self):
        return parse, (self.text, self.variables)


def parse(text, variables=None):
    """The function that a typed formula means.

    `variables` names its arguments in order; without it they are the variables that
    occur: x, y, z and t first (with a subscript or without), then the others by alphabet.

    What may be typed: + - * / ^ (or **), brackets, products without a sign
    (`2x`, `x sin x`, `xy`), functions with or without brackets (`sin 2x` is
    sin(2x), `sin^2 x` is sin(x)²), `|x|`, `√x`, `x²`, `5!`, `30°`, `x mod 3`,
    Greek letters and their names, subscripts (`x_1`), and every function that has a
    card. `log` is the natural logarithm; `log10`, `log2`, `log_b(x)` and `log(x, b)` are
    the others. Multiplication and division go from left to right: `1/2x` is (1/2)·x.
    `pi` and `e` are constants. Longer words are explained in `formula.words`.

    FormulaError, with the place and a suggestion, where the text is no formula or
    leaves doubt; TypeError where it is no text.

    >>> f = parse("x^2 sin x")
    >>> f.read_as
    'x² · sin(x)'
    >>> f(0.5)
    0.11985638465105075
    >>> parse("2 z^3 x^2").variables
    ('x', 'z')
    >>> parse("2 z^3 x^2")(x=1, z=2)
    16.0
    """
    if not isinstance(text, str):
        kind = type(text).__name__
        raise TypeError(f"a formula is a text such as 'x^2 sin x', not {kind}: {text!r:.60}")
    if len(text) > LENGTH:
        message = f"the formula is {len(text):,} characters long; at most {LENGTH:,} are read"
        raise mistake(text, LENGTH, LENGTH, message)
    declared = None if variables is None else _names(variables)
    words = Words(text, declared)
    node = Parser(text, words.resolved(tokens(text))).formula()
    names = tuple(sorted(words.symbols, key=_place)) if declared is None else declared
    graph = Graph([words.symbols[name] for name in names], [node])
    if len(graph) > NODES:
        message = f"the formula has {len(graph):,} operations; at most {NODES:,} are read"
        raise mistake(text, 0, 0, message)
    return Formula(text, names, graph)


def canonical(name):
    """The name under which a variable is known: θ is theta, x₁ is x_1.

    >>> canonical("θ₁")
    'theta_1'
    """
    found = tokens(name)
    if len(found) != 2 or found[0][0] is not WORD:
        if isinstance(name, str) and name.isidentifier():
            return name
        raise ValueError(f"{name!r} is not the name of a variable")
    return found[0][1]


def _names(variables):
    """The declared names, in order; a text may list them with spaces or commas."""
    if isinstance(variables, str):
        variables = variables.replace(",", " ").split()
    names = tuple(canonical(name) for name in variables)
    if len(set(names)) < len(names):
        raise ValueError(f"a variable is listed twice: {', '.join(names)}")
    return names


def _place(name):
    """Where a variable comes among the arguments: x, y, z, t, then the alphabet; x_2 before x_10."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    base = letters.rstrip("_").partition("_")[0]
    rank = "xyzt".index(base) if base and base in "xyzt" else 4
    return rank, letters.rstrip("_").lower(), int(digits or -1), name
