"""The user's functions, with their calls routed through dfdx.

A function is compiled again from its own source with every call `g(a)` written as
`call(g, a)`. What is called is decided when it is called, by what it is, so
`math.sin`, an alias of it and `from math import *` are the same. File name, line
numbers, globals, closure cells and defaults stay the user's own: tracebacks and
debuggers show the user's source.
"""

import __future__
import ast
import linecache
from copy import deepcopy
from types import CodeType, FunctionType
from weakref import WeakKeyDictionary

CALL = "__dfdx_call__"

# What the interpreter or the compiler treats in its own way must be called by its own name.
_UNTOUCHED = {"super", "locals", "globals", "vars", "dir", "eval", "exec", "__import__"}

_trees = {}  # file name -> (lines, module tree)
_codes = WeakKeyDictionary()  # code object -> rewritten code, or None where there is no source
_made = set()  # rewritten code objects, and those nested in them


def rewritten(f, call):
    """f with its calls routed through `call`; f itself where it has no source."""
    code = f.__code__
    if code in _made:
        return f
    if code not in _codes:
        _codes[code] = _compile(f)
    new = _codes[code]
    if new is None:
        return f
    cells = dict(zip(code.co_freevars, f.__closure__ or (), strict=True))
    cells[CALL] = _cell(call)
    closure = tuple(cells[name] for name in new.co_freevars)
    g = FunctionType(new, f.__globals__, f.__name__, f.__defaults__, closure)
    g.__kwdefaults__ = f.__kwdefaults__
    g.__dict__.update(f.__dict__)
    g.__qualname__ = f.__qualname__
    return g


def _cell(value):
    return (lambda: value).__closure__[0]


def _compile(f):
    """The rewritten code of f, or None where its source cannot be found for certain."""
    code = f.__code__
    node = _find(f)
    if node is None:
        return None
    body = _Rewriter().visit(deepcopy(node))
    outer = _enclosed(body, code, f.__qualname__)
    try:
        module = compile(outer, code.co_filename, "exec", dont_inherit=True, flags=_future(code))
    except (SyntaxError, ValueError):
        return None
    new = _inner(module)
    if new is None or not set(new.co_freevars) <= {*code.co_freevars, CALL}:
        return None
    new = new.replace(co_name=code.co_name, co_qualname=code.co_qualname)
    _remember(new)
    return new


def _future(code):
    """The `from __future__` flags that the function was compiled with."""
    mask = 0
    for name in __future__.all_feature_names:
        mask |= getattr(__future__, name).compiler_flag
    return code.co_flags & mask


def _remember(code):
    stack = [code]
    while stack:
        c = stack.pop()
        _made.add(c)
        stack.extend(k for k in c.co_consts if type(k) is CodeType)


_NAME = "__dfdx_function__"


def _enclosed(body, code, qualname):
    """A module in which a function with the free variables as parameters defines the function."""
    names = [*code.co_freevars, CALL]
    if isinstance(body, ast.Lambda):
        inner = ast.Assign([ast.Name(_NAME, ast.Store())], body)
    else:
        body.name = _NAME
        body.decorator_list = []
        body.returns = None
        for a in ast.walk(body.args):
            if isinstance(a, ast.arg):
                a.annotation = None
        body.args.defaults = [ast.Constant(None) for _ in body.args.defaults]
        body.args.kw_defaults = [d and ast.Constant(None) for d in body.args.kw_defaults]
        inner = body
    arguments = ast.arguments([], [ast.arg(n) for n in names], None, [], [], None, [])
    outer = ast.FunctionDef("__dfdx_outer__", arguments, [inner], [], None)
    owner = _owner(qualname)
    top = ast.ClassDef(owner, [], [], [outer], []) if owner else outer  # for private names
    for n in (outer, top):
        if not hasattr(n, "type_params"):
            n.type_params = []
    module = ast.Module([top], [])
    line = code.co_firstlineno
    for n in ast.walk(module):
        if "lineno" in n._attributes and not hasattr(n, "lineno"):
            n.lineno = n.end_lineno = line
            n.col_offset = n.end_col_offset = 0
    return module


def _owner(qualname):
    """The class in whose body the function stands, if any: its name mangles private names."""
    parts = qualname.split(".")
    return parts[-2] if len(parts) > 1 and parts[-2] != "<locals>" else None


def _inner(module):
    """The code of the function itself, two or three levels down."""
    stack = [module]
    while stack:
        code = stack.pop()
        nested = [c for c in code.co_consts if type(c) is CodeType]
        if code.co_name == "__dfdx_outer__":
            return next((c for c in nested if c.co_name in (_NAME, "<lambda>")), None)
        stack.extend(nested)
    return None


def _find(f):
    """The syntax tree of the function, found by its position in its file; None if in doubt."""
    code = f.__code__
    tree = _tree(code.co_filename, f.__globals__)
    if tree is None:
        return None
    found = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            first = node.lineno
            if isinstance(node, ast.FunctionDef):
                if node.name != code.co_name:
                    continue
                first = min([first, *(d.lineno for d in node.decorator_list)])
            elif code.co_name != "<lambda>":
                continue
            if first == code.co_firstlineno and _same_arguments(node, code):
                found.append(node)
    if len(found) > 1:
        found = [n for n in found if _covers(n, code)]
    return found[0] if len(found) == 1 else None


def _same_arguments(node, code):
    a = node.args
    names = [p.arg for p in (*a.posonlyargs, *a.args, *a.kwonlyargs)]
    names += [p.arg for p in (a.vararg, a.kwarg) if p is not None]
    return list(code.co_varnames[: len(names)]) == names


def _covers(node, code):
    """True when the instructions lie within the node: tells two lambdas on one line apart."""
    inside = node.body if isinstance(node, ast.Lambda) else node
    start = (inside.lineno, inside.col_offset)
    end = (inside.end_lineno, inside.end_col_offset)
    places = [p for p in code.co_positions() if None not in p]
    spans = [((a, c), (b, d)) for a, b, c, d in places if (a, c) != (b, d)]
    if isinstance(node, ast.Lambda):  # its last instruction returns the value of the whole body
        return (start, end) in spans and all(start <= s and e <= end for s, e in spans)
    return all(start <= s and e <= end for s, e in spans)


def _tree(filename, module_globals):
    lines = linecache.getlines(filename, module_globals)
    if not lines:
        return None
    known = _trees.get(filename)
    if known is not None and known[0] == lines:
        return known[1]
    try:
        tree = ast.parse("".join(lines), filename)
    except (SyntaxError, ValueError):
        tree = None
    _trees[filename] = (lines, tree)
    return tree


class _Rewriter(ast.NodeTransformer):
    """Every call `g(…)` becomes `call(g, …)`."""

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in _UNTOUCHED:
            return node
        routed = ast.Call(ast.Name(CALL, ast.Load()), [node.func, *node.args], node.keywords)
        return _at(routed, node)


def _at(new, old):
    for n in ast.walk(new):
        if "lineno" in n._attributes and not hasattr(n, "lineno"):
            ast.copy_location(n, old)
    return new
