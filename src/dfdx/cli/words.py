"""The words of the command: what is typed, what is asked for.

Read by hand because formulas and points may begin with a minus sign
(`dfdx "-x^2" --at -pi/2`): an option is a word that begins with two.
"""

from ..errors import FormulaError

COMMANDS = ("derivative", "gradient", "data", "descend", "fit")
VALUED = (
    "at", "order", "wrt", "side", "along", "h", "x", "y", "out", "noise", "season", "period", "unit",
    "from", "method", "rate", "schedule", "tol", "sigma", "weights",
)  # fmt: skip
FLAGS = ("steps", "robust", "sort", "force", "absolute", "json", "plain", "help", "version")
SHORT = {"-h": "help", "-V": "version", "-v": "version", "-o": "out"}
_FORMULAS, _DATA, _TABLES = ("derivative", "gradient"), ("data",), ("data", "fit")
_DESCENT, _FIT = ("descend",), ("fit",)
ONLY = {  # the commands that an option belongs to
    "at": _FORMULAS, "wrt": _FORMULAS, "along": ("gradient",), "order": ("derivative", "data"),
    "side": ("derivative",), "h": ("derivative",), "steps": (*_FORMULAS, "descend"),
    "x": _TABLES, "y": _TABLES, "out": _TABLES, "noise": _DATA, "season": _DATA, "period": _DATA,
    "unit": _DATA, "robust": _DATA, "sort": _DATA, "force": _TABLES,
    "from": ("descend", "fit"), "method": ("data", "descend"), "rate": _DESCENT, "schedule": _DESCENT,
    "tol": _DESCENT, "sigma": _FIT, "weights": _FIT, "absolute": _FIT,
}  # fmt: skip


EXAMPLE = {  # what to type
    "derivative": 'dfdx "x^2 sin x" --at 3',
    "gradient": 'dfdx gradient "x y^2" --at 3,2',
    "descend": 'dfdx descend "(1-x)^2 + (y-x^2)^2" --from -1.2,1',
}


class Usage(ValueError):
    """The command cannot be understood; the message says what to write."""


class Options:
    """What is asked for; what was not typed is None or False. `file` is the table of `dfdx fit`."""

    __slots__ = ("command", "file", "formula", *VALUED, *FLAGS)

    def __init__(self):
        for name in self.__slots__:
            setattr(self, name, False if name in FLAGS else None)
        self.order = 1

    @property
    def start(self):
        """What --from says."""
        return getattr(self, "from")


def read(words):
    """The options that the words of the command line mean.

    >>> options = read(["x^2", "--at", "-1", "--steps"])
    >>> options.command, options.formula, options.at, options.steps
    ('derivative', 'x^2', '-1', True)
    """
    options, plain = Options(), []
    words = list(words)
    descent = next((word for word in words if word in COMMANDS), None) == "descend"
    while words:
        word = words.pop(0)
        if word == "--":
            plain += words
            break
        name, equals, value = word[2:].partition("=")
        if word in SHORT:
            name, equals = SHORT[word], ""
        elif not word.startswith("--") or not word[2:3].isalpha():
            plain.append(word)
            continue
        if name in FLAGS and not (descent and name == "steps"):
            if equals:
                raise Usage(f"--{name} takes no value")
            setattr(options, name, True)
        elif name in VALUED or name == "steps":
            if not equals and not words:
                raise Usage(f"--{name} needs a value: {EXAMPLES[name]}")
            setattr(options, name, value if equals else words.pop(0))
        else:
            raise Usage(f"there is no option --{name}{_like(name)}; dfdx --help lists them")
    options.command = plain.pop(0) if plain and plain[0] in COMMANDS else COMMANDS[0]
    options.file = plain.pop() if options.command == "fit" and len(plain) > 1 else None
    options.formula = " ".join(plain).strip()
    if not (options.help or options.version):
        _check(options)
    return options


EXAMPLES = {
    "at": "--at 3, --at x=1,z=2, --at 0:2:0.5",
    "order": "--order 2",
    "wrt": "--wrt x",
    "side": "--side left or --side right",
    "along": "--along 3,4",
    "h": "--h 1e-4 or --h all",
    "x": "--x time",
    "y": "--y temp",
    "out": "-o out.csv",
    "noise": "--noise auto, or a standard deviation",
    "season": "--season 12",
    "period": "--period 360",
    "unit": "--unit h",
    "from": "--from -1.2,1 or --from x=-1.2,y=1",
    "method": "--method tv, or exact, compact, gcv, … of dfdx data; --method gradient,adam of dfdx descend",
    "rate": "--rate 0.01, or --rate gradient=0.001,adam=0.1",
    "schedule": "--schedule cosine or --schedule 1/t",
    "steps": "--steps 500",
    "tol": "--tol 1e-6",
    "sigma": "--sigma COLUMN",
    "weights": "--weights COLUMN",
}


def _like(name):
    from ..capture.formula.errors import nearest

    found = nearest(name, [*VALUED, *FLAGS])
    return f"; did you mean --{found[0]}?" if found else ""


def _check(options):
    if not options.formula and options.command == "data":
        raise Usage("a file is missing: dfdx data temps.csv --x time --y temp")
    if options.command == "fit" and not (options.formula and options.file):
        raise Usage(
            'a model and a table are needed: dfdx fit "a exp(-b t)" data.csv --x t --y signal'
        )
    if not options.formula:
        raise Usage(f"a formula is missing: {EXAMPLE[options.command]}")
    for name, commands in ONLY.items():
        given = getattr(options, name)
        if given not in (None, False, 1) and options.command not in commands:
            if name == "at" and options.command != "data":
                raise Usage(f"where dfdx {options.command} begins is said by --from, not by --at")
            raise Usage(f"--{name} belongs to dfdx {commands[0]}, not to dfdx {options.command}")
    if options.command in ("descend", "fit"):
        return
    if not isinstance(options.order, int):
        options.order = _whole(options.order)
    if options.side not in (None, "left", "right"):
        raise Usage(f"--side is left or right, not {options.side}")
    for name in ("steps", "h", "side", "along"):
        if getattr(options, name) and options.at is None:
            raise Usage(f"--{name} needs a point: add --at")
    for name in ("steps", "h"):
        if getattr(options, name) and options.order != 1:
            raise Usage(
                f"--{name} is about the first derivative, not about --order {options.order}"
            )


def _whole(text):
    try:
        order = int(text)
    except ValueError:
        raise Usage(f"--order is a whole number (1 for f′, 2 for f″), not {text}") from None
    if not 1 <= order <= 64:
        raise Usage(f"--order goes from 1 to 64, not {order}")
    return order


def number(text, what):
    """The number that a text means, which may be a formula without variables: `pi/2`, `1e-3`.

    >>> number("1e-3", "--h"), number("2^3", "--at")
    (0.001, 8.0)
    """
    try:
        return float(text)
    except ValueError:
        pass
    from ..capture.formula import parse

    if not text.strip():
        raise Usage(f"a number is missing in {what}")
    try:
        value = parse(text, ())()
    except FormulaError as error:
        if text.strip().isidentifier():
            message = f"{text.strip()} is not a number; write 3, -2.5, 1e-3, pi/2 or sqrt(2)"
            raise Usage(f"in {what}: {message}") from None
        raise Usage(f"in {what}: {error}") from None
    except (ArithmeticError, ValueError) as error:
        raise Usage(f"in {what}: {text} is not a number ({error})") from None
    return float(value)


def separated(text, mark=","):
    """The parts of a text between marks that stand outside of brackets.

    >>> separated("1,max(2,3)")
    ['1', 'max(2,3)']
    """
    parts, depth = [""], 0
    for c in text:
        depth += (c in "([{") - (c in ")]}")
        if c == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += c
    return [part.strip() for part in parts]


def points(text, word="--at"):
    """What --at (or another word) says: `(values without a name, {name: values})`.

    >>> points("1,2"), points("x=1,2,a=3"), points("0:1:0.5")
    (([1.0, 2.0], {}), ([], {'x': [1.0, 2.0], 'a': [3.0]}), ([0.0, 0.5, 1.0], {}))
    """
    bare, named, current = [], {}, None
    for part in separated(text):
        name, equals, value = part.partition("=")
        if equals:
            from ..capture.formula import canonical

            try:
                current = canonical(name.strip())
            except ValueError:
                raise Usage(f"in {word}: {name.strip()!r} is not the name of a variable") from None
            if current in named:
                raise Usage(f"in {word}: {current} is given twice")
            named[current] = []
            part = value
        (bare if current is None else named[current]).extend(_values(part, word))
    return bare, named


def _values(part, word):
    """One number, or the numbers of a range first:last:step."""
    ends = separated(part, ":")
    if len(ends) == 1:
        return [number(part, word)]
    if len(ends) > 3:
        raise Usage(f"in {word}: a range is first:last:step, as in 0:2:0.5, not {part}")
    first, last = number(ends[0], word), number(ends[1], word)
    step = number(ends[2], word) if len(ends) == 3 else (last - first) / 10
    if not step or not (last - first) / step >= 0:
        raise Usage(f"in {word}: with the step {step:g} the range {part} never arrives")
    count = (last - first) / step
    if not count <= 10_000:
        raise Usage(f"in {word}: the range {part} has more than 10,000 points")
    n = int(count + 1e-9)
    if abs(count - n) < 1e-9 and n:  # the ends are hit exactly, and 3/10 is 0.3
        return [(first * (n - k) + last * k) / n for k in range(n + 1)]
    return [first + k * step for k in range(n + 1)]
