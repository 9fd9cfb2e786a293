"""One syntax tree made from another, node by node, at the same places in the file."""

import ast


def at(new, old):
    """The new node, and what is new in it, at the place of the old one."""
    stack = [new]
    while stack:
        n = stack.pop()
        if "lineno" in n._attributes:
            if hasattr(n, "lineno"):
                continue
            ast.copy_location(n, old)
        stack.extend(ast.iter_child_nodes(n))
    return new


# Not evaluated where they stand, or not as expressions.
_SKIPPED = {"pattern", "annotation", "returns", "type_params"}


def replace_all(function, change):
    """Replace every node in the body of the function by `change.replaced(node)`, inner nodes first.

    A loop, not a recursion: a sum of a thousand terms is a thousand levels deep. A list
    in the place of a statement is spliced in.
    """
    slots = []  # (node or list, field or index), outer ones first
    stack = [function]
    while stack:
        node = stack.pop()
        for field in ("body",) if node is function else node._fields:
            value = getattr(node, field, None) if field not in _SKIPPED else None
            if isinstance(value, ast.AST):
                slots.append((node, field))
                stack.append(value)
            elif type(value) is list:
                slots.extend((value, k) for k, v in enumerate(value) if isinstance(v, ast.AST))
                stack.extend(v for v in value if isinstance(v, ast.AST))
    for holder, place in reversed(slots):
        if type(holder) is not list:
            setattr(holder, place, change.replaced(getattr(holder, place)))
            continue
        new = change.replaced(holder[place])
        holder[place : place + 1] = new if type(new) is list else [new]
