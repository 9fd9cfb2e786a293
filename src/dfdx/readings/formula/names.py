"""How functions and letters are called in print, where that is not the name of their card."""

# ruff: noqa: SIM905 (a list of words reads best as words)

GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron rho sigma"
        " tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Sigma Upsilon Phi Psi"
        " Omega".split(),
        "αβγδεζηθικλμνξορστυφχψωΓΔΘΛΞΣΥΦΨΩ",
        strict=True,
    )
)
WORDS = {  # the names that textbooks use
    "log": "ln", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arsinh",
    "acosh": "arcosh", "atanh": "artanh", "maximum": "max", "minimum": "min", "sign": "sgn",
    "absolute": "abs", "remainder": "mod", "rint": "round",
}  # fmt: skip
LETTERS = {  # one letter is the usual name
    "gamma": "Γ", "digamma": "ψ", "zeta": "ζ", "j0": "J₀", "j1": "J₁", "y0": "Y₀", "y1": "Y₁",
    "i0": "I₀", "i1": "I₁", "k0": "K₀", "k1": "K₁",
}  # fmt: skip
ORDERED = {"jv": "J", "yv": "Y", "iv": "I", "kv": "K", "yn": "Y", "kn": "K"}  # order below: J₂(x)
RAISED = frozenset(  # sin²(x), not sin(x)²
    "sin cos tan cot sec csc sinh cosh tanh log".split()
)
ASCII_KNOWN = {  # how a known constant is typed
    "π": "pi", "τ": "2*pi", "φ": "(1 + sqrt(5))/2", "γ": "0.5772156649015329", "ln 2": "ln(2)",
    "ln 10": "ln(10)", "√π": "sqrt(pi)", "√2": "sqrt(2)", "2/√π": "2/sqrt(pi)", "√(2π)": "sqrt(2*pi)",
    "π/180": "pi/180", "180/π": "180/pi", "e": "e",
}  # fmt: skip


def plain_number(value):
    """The digits of a number: 2 for 2.0, and the shortest decimal that is this float.

    >>> plain_number(2.0), plain_number(0.1), plain_number(-1e-7)
    ('2', '0.1', '-1e-07')
    """
    if isinstance(value, complex):
        return str(value)
    if isinstance(value, int):
        return str(int(value))
    value = float(value)
    if value == value and abs(value) < 1e16 and value == int(value) and str(value) != "-0.0":
        return str(int(value))
    return float.__repr__(value)


def array_name(value):
    """A constant array: its numbers if they are few, else its shape.

    >>> array_name([1, 2])
    '[1, 2]'
    """
    shape = getattr(value, "shape", (len(value),) if isinstance(value, (list, tuple)) else ())
    if len(shape) == 1 and shape[0] <= 6:
        return f"[{', '.join(plain_number(v) for v in value)}]"
    return f"array({'×'.join(map(str, shape))})"


def operation_name(op):
    """The name of a primitive that is no function of numbers: sum, dot, matmul, take[…], solve."""
    spec = getattr(op, "spec", None)
    if spec is None:
        return str(op.name or type(op).__name__.lower())
    left, _, right = spec.partition("->")
    operands = left.split(",")
    renamed = {}
    for c in spec:
        if c.isalpha():
            renamed.setdefault(c, "ijklmnopqrstuvwxyz"[len(renamed) % 18])
    pattern = "".join(renamed.get(c, c) for c in spec)
    usual = {
        "i,i->": "dot", "ij,jk->ik": "matmul", "ij,j->i": "matmul", "i,ij->j": "matmul",
        "ij->ji": "transpose", "ii->": "trace", "ii->i": "diagonal", "i->ii": "diag",
        "i,j->ij": "outer",
    }  # fmt: skip
    if pattern in usual:
        return usual[pattern]
    if len(operands) == 1 and not right and len(set(left)) == len(left):
        return "sum"
    if len(operands) == 1 and len(set(right)) == len(right) and set(left) <= set(right):
        return "repeat" if left != right else "copy"
    return f"contract[{spec.replace('->', '→')}]"
