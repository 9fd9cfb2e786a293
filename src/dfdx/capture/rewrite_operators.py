"""What the interpreter does by itself, written as calls: operators, attributes, items, `with`, `for`.

`a + b` becomes `deep.add(a, b)`, a property `c.area` becomes `deep.load(c, "area")`, and so
on, so that methods of the user's own classes that the interpreter calls are followed
like the rest. It costs more than routing calls alone, and most code does not need it.
"""

import ast

from .replacing import at

_BINARY = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "truediv", ast.FloorDiv: "floordiv",
    ast.Mod: "mod", ast.Pow: "pow", ast.MatMult: "matmul", ast.BitAnd: "and_", ast.BitOr: "or_",
    ast.BitXor: "xor", ast.LShift: "lshift", ast.RShift: "rshift",
}  # fmt: skip
_UNARY = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert"}
_COMPARED = {
    ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne",
    ast.In: "contains", ast.NotIn: "lacks",
}  # fmt: skip
_LITERALS = (ast.Tuple, ast.List, ast.Constant, ast.Dict, ast.Set, ast.ListComp, ast.JoinedStr)
_TEMPORARY = "__dfdx_object__", "__dfdx_index__"


class Operators:
    """Operators and loads become calls of methods of what stands under the name `deep`."""

    def __init__(self, deep, owner):
        self.deep = deep
        self.owner = owner

    def prepare(self, function):
        """Mark what stands in classes within the function: private names belong to them."""
        stack = [(function, self.owner, False)]
        while stack:
            node, owner, in_class = stack.pop()
            node._owner = owner
            node._in_class = in_class
            inside = type(node) is ast.ClassDef
            for child in ast.iter_child_nodes(node):
                stack.append((child, node.name if inside else owner, inside))

    def replaced(self, node):
        """What stands for the node, whose parts have been replaced already."""
        change = getattr(self, "_" + type(node).__name__, None)
        return node if change is None else change(node)

    def _call(self, name, *args, place):
        method = ast.Attribute(ast.Name(self.deep, ast.Load()), name, ast.Load())
        return at(ast.Call(method, list(args), []), place)

    # expressions
    def _BinOp(self, node):
        return self._call(_BINARY[type(node.op)], node.left, node.right, place=node)

    def _UnaryOp(self, node):
        if type(node.op) is ast.Not:
            node.operand = self._truth(node.operand)
            return node
        if type(node.operand) is ast.Constant:
            return node
        return self._call(_UNARY[type(node.op)], node.operand, place=node)

    def _Compare(self, node):
        """A chain a < b < c only where b may be written twice."""
        if any(type(b) not in (ast.Name, ast.Constant) for b in node.comparators[:-1]):
            return node
        parts, a = [], node.left
        for op, b in zip(node.ops, node.comparators, strict=True):
            name = _COMPARED.get(type(op))
            if name:
                parts.append(self._call(name, a, b, place=node))
            else:
                parts.append(at(ast.Compare(a, [op], [b]), node))
            a = b
        return parts[0] if len(parts) == 1 else at(ast.BoolOp(ast.And(), parts), node)

    def _Attribute(self, node):
        if type(node.ctx) is not ast.Load:
            return node
        return self._call("load", node.value, self._name(node), place=node)

    def _name(self, node):
        """The attribute's name as a constant, a private one as the compiler would mangle it."""
        name = node.attr
        owner = getattr(node, "_owner", None)
        if owner and name.startswith("__") and not name.endswith("__"):
            stripped = owner.lstrip("_")
            name = f"_{stripped}{name}" if stripped else name
        return ast.Constant(name)

    def _Subscript(self, node):
        if type(node.ctx) is not ast.Load:
            return node
        return self._call("item", node.value, self._index(node.slice), place=node)

    def _index(self, index):
        """An index as an expression: a slice is made by hand."""
        if type(index) is ast.Tuple:
            index.elts = [self._index(part) for part in index.elts]
        if type(index) is not ast.Slice:
            return index
        parts = [p or at(ast.Constant(None), index) for p in (index.lower, index.upper, index.step)]
        return self._call("slice", *parts, place=index)

    def _IfExp(self, node):
        node.test = self._truth(node.test)
        return node

    def _truth(self, test):
        """A condition; of `and` and `or`, every part is one."""
        if type(test) is ast.BoolOp:
            test.values = [self._truth(part) for part in test.values]
            return test
        return self._call("truth", test, place=test)

    def _Starred(self, node):
        if type(node.ctx) is ast.Load:
            node.value = self._iterated(node.value)
        return node

    def _comprehension(self, node):
        node.iter = self._iterated(node.iter)
        node.ifs = [self._truth(test) for test in node.ifs]
        return node

    def _YieldFrom(self, node):
        node.value = self._iterated(node.value)
        return node

    def _iterated(self, node):
        return node if type(node) in _LITERALS else self._call("iterate", node, place=node)

    def _FormattedValue(self, node):
        node.value = self._call("shown", node.value, place=node.value)
        return node

    def _Call(self, node):
        if type(node.func) is ast.Name and node.func.id == "eval" and 1 <= len(node.args) <= 3:
            around = [
                at(ast.Call(ast.Name(name, ast.Load()), [], []), node)
                for name in ("globals", "locals")
            ]
            return self._call("evaluate", node.args[0], *node.args[1:], *around, place=node)
        return node

    # statements
    def _If(self, node):
        node.test = self._truth(node.test)
        return node

    _While = _Assert = _If

    def _For(self, node):
        node.iter = self._iterated(node.iter)
        return node

    def _withitem(self, node):
        node.context_expr = self._call("context", node.context_expr, place=node.context_expr)
        return node

    def _Assign(self, node):
        (target, *others) = node.targets
        if others:
            return node
        if type(target) in (ast.Tuple, ast.List):
            node.value = self._iterated(node.value)
        return self._stored(target, node.value, node) or node

    def _AnnAssign(self, node):
        return (node.value and self._stored(node.target, node.value, node)) or node

    def _stored(self, target, value, node):
        """The statement that stores the value, where the user's class may have a say."""
        if type(target) is ast.Attribute:
            call = self._call("store", value, target.value, self._name(target), place=node)
        elif type(target) is ast.Subscript:
            call = self._call("put", value, target.value, self._index(target.slice), place=node)
        else:
            return None
        return at(ast.Expr(call), node)

    def _AugAssign(self, node):
        """`o.a += v`: the object and the index are found once, then loaded, then stored."""
        target, name = node.target, "i" + _BINARY[type(node.op)].strip("_")
        if type(target) is ast.Name:
            load = at(ast.Name(target.id, ast.Load()), target)
            return at(ast.Assign([target], self._call(name, load, node.value, place=node)), node)
        if getattr(node, "_in_class", False):
            return node
        held, place = _TEMPORARY
        before = [self._temporary(held, target.value, node)]
        known = at(ast.Name(held, ast.Load()), node)
        if type(target) is ast.Attribute:
            key, load, store = self._name(target), "load", "store"
        else:
            before.append(self._temporary(place, self._index(target.slice), node))
            key, load, store = ast.Name(place, ast.Load()), "item", "put"
        again = [at(ast.Name(held, ast.Load()), node), _copy(key)]
        old = self._call(load, known, key, place=node)
        new = self._call(name, old, node.value, place=node)
        return [*before, at(ast.Expr(self._call(store, new, *again, place=node)), node)]

    def _temporary(self, name, value, node):
        return at(ast.Assign([ast.Name(name, ast.Store())], value), node)


def _copy(key):
    return ast.Constant(key.value) if type(key) is ast.Constant else ast.Name(key.id, ast.Load())
