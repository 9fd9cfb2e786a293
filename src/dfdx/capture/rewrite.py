"""The user's functions, with their calls routed through dfdx.

A function is compiled again from its own source with every call `g(a)` written as
`follow(g)(a)` (or, which is faster, `known[g](a)` where g is a global function). What is
called is decided when it is called, by what it is, so `math.sin`, an alias of it and
`from math import *` are the same; and because `follow` returns what is to be called, no
frame of dfdx stands between the user's. File name, line numbers, globals, closure cells
and defaults stay the user's own: tracebacks and debuggers show the user's source. The
function itself is never changed.
"""

import ast
import builtins
from types import BuiltinFunctionType, FunctionType, ModuleType

from .replacing import at, replace_all
from .routed import CALL, DEEP, KNOWN, NAMES, NUMPY_KINDS, UNKNOWN, recall, remember
from .source import compiled, owner_of, syntax

# What the interpreter or the compiler treats in its own way must be called by its own name.
_UNTOUCHED = {"super", "globals", "eval", "exec", "__import__"}
_LOOKING_AROUND = {"locals", "vars", "dir"}  # these would show our names


def rewritten(f, cells):
    """f with its calls routed through what is in `cells`: name -> cell; None where it has no source.

    With a cell for DEEP its operators are routed as well.
    """
    code = f.__code__
    new = recall(code, DEEP in cells)
    if new is UNKNOWN:
        if any(name in code.co_freevars for name in NAMES):  # made in a rewritten function
            new = code
        else:
            new = remember(code, DEEP in cells, _compile(f, DEEP in cells))
            if new is code:
                return f
    elif new is code:
        return f
    if new is None:
        return None
    known = cells
    if f.__closure__:
        known = {**dict(zip(code.co_freevars, f.__closure__, strict=True)), **cells}
    closure = tuple([known[name] for name in new.co_freevars])
    return same_but(f, new, f.__globals__, closure)


def same_but(f, code, space, closure):
    """A function like f with other code, globals and cells."""
    g = FunctionType(code, space, f.__name__, f.__defaults__, closure)
    if f.__kwdefaults__:
        g.__kwdefaults__ = f.__kwdefaults__
    if f.__dict__:
        g.__dict__.update(f.__dict__)
    if g.__qualname__ != f.__qualname__:
        g.__qualname__ = f.__qualname__
    if g.__module__ is not f.__module__:
        g.__module__ = f.__module__
    if g.__doc__ is not f.__doc__:
        g.__doc__ = f.__doc__
    return g


def _compile(f, deep):
    """The rewritten code of f: its own where nothing is routed, None where no source is found."""
    node = syntax(f)
    if node is None:
        return None
    code = f.__code__
    try:
        if deep:
            from .rewrite_operators import Operators  # late: most functions need no more than calls

            operators = Operators(DEEP, owner_of(code))
            operators.prepare(node)
            replace_all(node, operators)
        replace_all(node, Calls(node, f.__globals__))
        new = compiled(node, code, *NAMES)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return new if set(NAMES) & set(new.co_freevars) else code


class Calls:
    """Every call `g(…)` in the function becomes `follow(g)(…)`, or `known[g](…)`."""

    def __init__(self, function, space):
        self.space = space
        self.bound = {name for node in ast.walk(function) for name in _bound(node)}

    def replaced(self, node):
        """What stands for the node, whose parts have been replaced already."""
        if type(node) is not ast.Call:
            return node
        name = node.func.id if type(node.func) is ast.Name else ""
        if name in NAMES or name in _UNTOUCHED:
            return node
        if name in _LOOKING_AROUND and not node.args and not node.keywords:
            clean = ast.Attribute(ast.Name(CALL, ast.Load()), "clean", ast.Load())
            return at(ast.Call(clean, [node], []), node)
        if type(node.func) is ast.Attribute and is_name(node.func.value, DEEP):
            return node
        if _is_identified(self._found(node.func)):
            routed = ast.Subscript(ast.Name(KNOWN, ast.Load()), node.func, ast.Load())
        else:
            routed = ast.Call(ast.Name(CALL, ast.Load()), [node.func], [])
        node.func = at(routed, node)
        return node

    def _found(self, node):
        """What a global name, or a name in a module, stands for now; None for anything else."""
        if type(node) is ast.Name and node.id not in self.bound:
            found = self.space.get(node.id)
            return vars(builtins).get(node.id) if found is None else found
        if type(node) is ast.Attribute:
            module = self._found(node.value)
            return vars(module).get(node.attr) if type(module) is ModuleType else None
        return None


def _is_identified(g):
    """True for what a dictionary finds by identity, without asking a method of the user's."""
    kind = type(g)
    return kind in (FunctionType, BuiltinFunctionType, type) or (
        kind.__module__ == "numpy"
        and kind.__hash__ is object.__hash__
        and kind.__name__ in NUMPY_KINDS
    )


def _bound(node):
    """The names that a node binds."""
    if type(node) is ast.Name:
        return () if type(node.ctx) is ast.Load else (node.id,)
    names = [getattr(node, field, None) for field in ("arg", "name", "asname", "rest")]
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        names = node.names
    elif type(node) is ast.alias:
        names.append(node.name.partition(".")[0])
    return [name for name in names if type(name) is str]


def is_name(node, name):
    """True for the name itself."""
    return type(node) is ast.Name and node.id == name


def evaluated(text, space, local, protocols):
    """eval(text, space, local) with its calls and operators routed."""
    if not isinstance(text, str):
        return eval(text, space, local)
    from .rewrite_operators import Operators

    tree = ast.parse(text.strip(), mode="eval")
    operators = Operators(DEEP, None)
    operators.prepare(tree)
    replace_all(tree, operators)
    replace_all(tree, Calls(tree, {}))
    names = {CALL: protocols.follow, KNOWN: protocols.follow.known, DEEP: protocols}
    return eval(compile(tree, "<string>", "eval"), {**space, **names}, local)
