"""The syntax tree of a function, from the lines of its file, and only when it is certain.

The lines that a function's instructions come from are parsed by themselves. Of what is
found there, the tree is taken that compiles to the function's own instructions again: so
two lambdas on one line are told apart, and a file that was changed after it was imported
is found out.
"""

import __future__

import ast
import linecache
from types import CodeType, ModuleType

_INNER = "__dfdx_function__"
_OUTER = "__dfdx_outer__"


def syntax(f):
    """The FunctionDef or Lambda of f; None where no source compiles to its code."""
    code = f.__code__
    lines = linecache.getlines(code.co_filename, f.__globals__)
    if not lines and code.co_filename.startswith("<frozen "):
        lines = linecache.getlines(f.__globals__.get("__file__") or "")
    if not lines:
        return None
    texts = _lambdas if code.co_name == "<lambda>" else _block
    for text, shift in (*texts(lines, code), ("".join(lines), 0)):
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        ast.increment_lineno(tree, shift)
        for node in _candidates(tree, code):
            if _gives(node, f):
                return node
    return None


def _block(lines, code):
    """The lines of a `def`, as `(text, how far its line numbers are off)`."""
    first = code.co_firstlineno
    text = "".join(lines[first - 1 : _last_line(code)])
    if text[:1].isspace():
        yield "if 1:\n" + text, first - 2
    else:
        yield text, first - 1


def _lambdas(lines, code):
    """The text from every `lambda` of the first line to where the code ends, in parentheses."""
    first = code.co_firstlineno
    ends = [(c, d) for _, c, _, d in code.co_positions() if c and d]
    if not ends or first > len(lines):
        return
    last, column = max(ends)
    rows = [line.encode() for line in lines[first - 1 : last]]
    rows[-1] = rows[-1][:column]
    start = rows[0].find(b"lambda")
    while start >= 0:
        row = b" " * start + rows[0][start:]
        yield b"".join([b"(\n", row, *rows[1:], b"\n)"]).decode(), first - 2
        start = rows[0].find(b"lambda", start + 1)


def _last_line(code):
    """The last line that an instruction of the code, or of code within it, comes from."""
    last = code.co_firstlineno
    stack = [code]
    while stack:
        c = stack.pop()
        last = max([last, *(p[1] or p[0] or 0 for p in c.co_positions())])
        stack.extend(k for k in c.co_consts if type(k) is CodeType)
    return last


def _candidates(tree, code):
    """The functions that begin on the line of the code, with its name and its arguments."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            if node.name != code.co_name:
                continue
        elif isinstance(node, ast.Lambda) and code.co_name == "<lambda>":
            first = node.lineno
        else:
            continue
        if first == code.co_firstlineno and _arguments(node, code) is not None:
            yield node


def _arguments(node, code):
    a = node.args
    names = [p.arg for p in (*a.posonlyargs, *a.args, *a.kwonlyargs)]
    names += [p.arg for p in (a.vararg, a.kwarg) if p is not None]
    found = code.co_varnames[: len(names)]
    same = all(
        x == y or x.endswith(y) for x, y in zip(found, names, strict=False)
    )  # __x in a class
    return names if same and len(found) == len(names) else None


def _gives(node, f):
    """True when the node compiles to the code of f."""
    modules = [name for name, v in f.__globals__.items() if type(v) is ModuleType]
    try:
        return same_code(compiled(node, f.__code__, imported=modules), f.__code__)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def compiled(node, code, *more, imported=()):
    """The node compiled in the place of `code`: its file, lines, flags, free variables and `more` of them.

    What is `imported` at the top of a module is compiled a little differently. The node
    itself stays as it is.
    """
    names = [*code.co_freevars, *more]
    if isinstance(node, ast.Lambda):
        inner = ast.Assign([ast.Name(_INNER, ast.Store())], _bare(node))
    else:
        inner = _bare(node)
    arguments = ast.arguments([], [ast.arg(n) for n in names], None, [], [], None, [])
    outer = _generic(ast.FunctionDef(_OUTER, arguments, [inner], [], None))
    owner = owner_of(code)
    top = _generic(ast.ClassDef(owner, [], [], [outer], [])) if owner else outer
    imports = [ast.Import([ast.alias(name) for name in imported])] if imported else []
    for n in (*imports, top, outer, *arguments.args, inner, *ast.iter_child_nodes(inner)):
        _place(n, code.co_firstlineno)
    for n in imports:
        for alias in n.names:
            _place(alias, code.co_firstlineno)
    flags = code.co_flags & _FUTURE
    tree = ast.Module([*imports, top], [])
    module = compile(tree, code.co_filename, "exec", flags, dont_inherit=True)
    new = _find_inner(module)
    return _renamed(new, new.co_qualname, code.co_qualname).replace(co_name=code.co_name)


_FUTURE = 0
for _name in __future__.all_feature_names:
    _FUTURE |= getattr(__future__, _name).compiler_flag


def _bare(node):
    """A copy of the function's node without what is evaluated outside of it."""
    a = node.args
    free = lambda p: p and ast.copy_location(ast.arg(p.arg), p)
    arguments = ast.arguments(
        [free(p) for p in a.posonlyargs],
        [free(p) for p in a.args],
        free(a.vararg),
        [free(p) for p in a.kwonlyargs],
        [d and ast.copy_location(ast.Constant(None), d) for d in a.kw_defaults],
        free(a.kwarg),
        [ast.copy_location(ast.Constant(None), d) for d in a.defaults],
    )
    if isinstance(node, ast.Lambda):
        return ast.copy_location(ast.Lambda(arguments, node.body), node)
    new = _generic(type(node)(_INNER, arguments, node.body, [], None))
    return ast.copy_location(new, node)


def _generic(node):
    if "type_params" in node._fields:
        node.type_params = []
    return node


def _place(n, line):
    if "lineno" in n._attributes and not hasattr(n, "lineno"):
        n.lineno = n.end_lineno = line
        n.col_offset = n.end_col_offset = 0


def owner_of(code):
    """The innermost class around the function: its name mangles private names.

    >>> owner_of(owner_of.__code__.replace(co_qualname="A.method.<locals>.f"))
    'A'
    """
    parts = code.co_qualname.split(".")
    for k in range(len(parts) - 2, -1, -1):
        if parts[k] != "<locals>" and parts[k + 1] != "<locals>":
            return parts[k]
    return None


def _find_inner(module):
    """The code of the function itself, two or three levels down."""
    stack = [module]
    while stack:
        code = stack.pop()
        nested = [c for c in code.co_consts if type(c) is CodeType]
        if code.co_name == _OUTER:
            return next(c for c in nested if c.co_name in (_INNER, "<lambda>"))
        stack.extend(nested)
    raise ValueError("nothing was compiled")


def _renamed(code, old, new):
    """The code, and the functions and classes in it, with the qualified names that they had."""
    rename = lambda name: new + name[len(old) :] if name.startswith(old) else name
    consts = tuple(
        _renamed(c, old, new) if type(c) is CodeType else rename(c) if type(c) is str else c
        for c in code.co_consts
    )
    return code.replace(co_consts=consts, co_qualname=rename(code.co_qualname))


def same_code(a, b):
    """True when two code objects do the same, wherever they stand."""
    if any(name.startswith("@py_") for name in b.co_varnames):  # pytest has rewritten its asserts
        return set(a.co_names) - {"AssertionError"} <= set(b.co_names)
    return (
        (a.co_code == b.co_code or _steps(a) == _steps(b))
        and a.co_names == b.co_names
        and a.co_varnames == b.co_varnames
        and a.co_freevars == b.co_freevars
        and a.co_cellvars == b.co_cellvars
        and len(a.co_consts) == len(b.co_consts)
        and all(map(_same_constant, a.co_consts, b.co_consts))
    )


def _same_constant(a, b):
    if type(a) is not type(b):
        return False
    if type(a) is CodeType:
        return same_code(a, b)
    if type(a) is tuple and a and all(type(v) is str for v in a):
        return sorted(a) == sorted(b) if all(type(v) is str for v in b) else False
    return a == b if type(a) is frozenset else repr(a) == repr(b)


def _steps(code):
    """The instructions without what depends on the imports of the module: how a method is loaded."""
    import dis  # late: seldom needed

    return [
        (
            step.opname.replace("LOAD_METHOD", "LOAD_ATTR"),
            None if step.opcode in dis.hasjrel else step.argval,
        )
        for step in dis.get_instructions(code)
        if step.opname not in ("PUSH_NULL", "EXTENDED_ARG")
    ]
