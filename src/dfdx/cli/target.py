"""What is differentiated: a typed formula or a function in a file, behind one face."""

from ..capture.formula import parse
from .words import Usage


class Target:
    """A function with the names of its variables.

    f          the function, of all variables by position
    variables  their names
    needed     how many of them must have a value (the others have defaults)
    graph      the Graph of a formula; None for a function in a file
    title      the formula or the place of the function
    """

    __slots__ = ("f", "graph", "name", "needed", "title", "variables")

    def __init__(self, f, name, title, variables, needed, graph=None):
        self.f = f
        self.name = name
        self.title = title
        self.variables = variables
        self.needed = needed
        self.graph = graph

    def along(self, variable, fixed):
        """The function of one variable, the others fixed."""
        if len(self.variables) == 1 or (self.graph is None and not fixed):
            return self.f
        if self.graph is None:  # so that the call is followed: a function of ours is not
            return _partial(self, variable, fixed)

        def f(x):
            return self.f(*(x if name == variable else fixed[name] for name in self.variables))

        f.__name__ = self.name
        return f


def _partial(target, variable, fixed):
    from functools import partial

    k = target.variables.index(variable)
    before = [fixed[name] for name in target.variables[:k]]
    f = partial(
        target.f, *before, **{n: v for n, v in fixed.items() if n not in target.variables[:k]}
    )
    f.__name__ = target.name
    return f


def find(options):
    """The target that the command names. Raises Usage, FormulaError, or what loading a file raises."""
    text = options.formula
    if ":" in text or text.endswith(".py"):
        return _code(text)
    formula = parse(text)
    if not formula.variables:
        formula = parse(text, (options.wrt or "x",))
    names = list(formula.variables)
    return Target(formula, "f", text, names, len(names), formula.graph)


def _code(text):
    from .code import load, parameters

    if ":" not in text:
        raise Usage(f"which function of {text}? write dfdx {text}:NAME")
    f = load(text)
    names, needed = parameters(f)
    if not names:
        raise Usage(f"{text} has no parameters; there is nothing to vary")
    return Target(f, text.rpartition(":")[2], text, names, needed)


def one_variable(target, options):
    """`(variable, its values, {other: value})`: what varies and what is fixed.

    Raises Usage where the command does not say it.
    """
    from .words import points

    variable = _chosen(target, options)
    bare, named = ([], {}) if options.at is None else points(options.at)
    _known(target, named)
    needed = target.variables[: target.needed]
    if variable is None and len(needed) <= 1:
        variable = target.variables[0]
    if variable is None and named:
        several = [name for name in needed if name not in named or len(named[name]) > 1]
        variable = several[0] if len(several) == 1 and several[0] in named else None
    if variable is None:
        raise Usage(_which(target))
    if bare:
        named[variable] = bare
    others = [name for name in needed if name != variable]
    if options.at is not None:
        missing = [name for name in (variable, *others) if name not in named]
        if missing:
            raise Usage(f"{missing[0]} needs a value too: {_example(target, variable)}")
    fixed = {name: values for name, values in named.items() if name != variable}
    for name, values in fixed.items():
        if len(values) > 1:
            raise Usage(f"{name} is held fixed, so it has one value in --at, not {len(values)}")
    return variable, named.get(variable, []), {name: values[0] for name, values in fixed.items()}


def many_variables(target, text, word="--at", what="a gradient is taken at one point"):
    """The point that a text names, as {name: value} in the order of the variables.

    `word` is the option that the text belongs to, `what` says why there is one value for each.
    """
    from .words import points

    bare, named = points(text, word)
    _known(target, named)
    names = target.variables
    if bare and named:
        raise Usage("give the values either all by name (x=1,z=2) or all in order (1,2)")
    if target.graph is None and target.needed == 1 and len(bare) > len(names):
        return {f"{names[0]}[{k}]": value for k, value in enumerate(bare)}  # one array
    if bare:
        if not target.needed <= len(bare) <= len(names):
            listed = ", ".join(names)
            were = "1 value was" if len(bare) == 1 else f"{len(bare)} values were"
            several = "variable" if len(names) == 1 else f"{len(names)} variables"
            example = f"{word} {_all(names[: target.needed])}"
            raise Usage(f"{were} given for the {several} {listed}: {example}")
        named = {name: [value] for name, value in zip(names, bare, strict=False)}
    for name in names[: target.needed]:
        if name not in named:
            raise Usage(f"{name} needs a value: {word} {_all(names[: target.needed])}")
    for name, values in named.items():
        if len(values) > 1:
            raise Usage(f"{what}; {name} has {len(values)} values")
    point = {name: named[name][0] for name in names if name in named}
    skipped = [n for n in names[: len(point)] if n not in point]
    if skipped:
        raise Usage(f"{skipped[0]} needs a value, because it stands before others that have one")
    return point


def _chosen(target, options):
    """The variable that --wrt names, None where it is left out."""
    if options.wrt is None:
        return None
    from ..capture.formula import canonical

    try:
        name = canonical(options.wrt)
    except ValueError:
        name = options.wrt
    if name not in target.variables:
        raise Usage(f"--wrt {options.wrt}: the variables are {', '.join(target.variables)}")
    return name


def _known(target, named):
    for name in named:
        if name not in target.variables:
            listed = ", ".join(target.variables)
            raise Usage(f"{name} does not occur in {target.title}; its variables: {listed}")


def _which(target):
    names = target.variables[: target.needed]
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    read = f", read as {target.f.read_as}," if target.graph is not None else ""
    return (
        f"{target.title}{read} has {len(names)} variables, {listed}. Say which one varies:\n"
        f"    {_example(target, names[0])}\n"
        f"or ask for all partial derivatives:\n"
        f'    dfdx gradient "{target.title}" --at {_all(names)}'
    )


def _example(target, variable):
    names = [n for k, n in enumerate(target.variables) if k < target.needed or n == variable]
    wrt = f" --wrt {variable}" if len(names) > 1 else ""
    return f'dfdx "{target.title}" --at {_all(names)}{wrt}'


def _all(names):
    return ",".join(f"{name}={k}" for k, name in enumerate(names, 1))
