"""The two sweeps over a tape: tangents forward, cotangents backward.

Both ask the cards for the partials and multiply. Sums, differences, products and
functions of one operand, the bulk of scalar code, are handled inside the loop.
"""

from ..contraction import Contraction, sum_to
from ..indexing import names_once
from ..pointwise import PLAIN, Pointwise, times
from ..primitive import add_up, shape_of
from ..rules.arithmetic import add, divide, multiply, subtract
from ..rules.choice import choose
from ..structure import Take
from .traced import Traced

_IEEE = (ZeroDivisionError, ValueError, OverflowError)


def pull(tape, outputs, cotangents, inputs, chosen=None, strong=False):
    """The cotangents of the inputs for those of the outputs (None for zero).

    `chosen` gives, for values that stand exactly on a kink, the partials to use
    there. `strong` makes 0 times infinity zero.
    """
    for node, g in zip(outputs, cotangents, strict=True):
        if g is not None:
            node.adjoint = add_up(node.adjoint, g)
    special = bool(chosen) or strong
    own = {}
    for node in reversed(tape.nodes):
        g = node.adjoint
        op = node.op
        if g is None or op is None:
            continue
        node.adjoint = None
        if special:
            _send(node, _special(node, g, chosen, strong))
        elif type(g) is float and op is multiply:
            x, y = node.args
            if type(x) is Traced and x.tape is tape:
                share = g * (y.value if type(y) is Traced and y.tape is tape else y)
                x.adjoint = share if x.adjoint is None else x.adjoint + share
            if type(y) is Traced and y.tape is tape:
                share = g * (x.value if type(x) is Traced and x.tape is tape else x)
                y.adjoint = share if y.adjoint is None else y.adjoint + share
        elif type(g) is float and (op is add or op is subtract):
            x, y = node.args
            if type(x) is Traced and x.tape is tape:
                x.adjoint = g if x.adjoint is None else x.adjoint + g
            if type(y) is Traced and y.tape is tape:
                share = g if op is add else -g
                y.adjoint = share if y.adjoint is None else y.adjoint + share
        elif type(op) is Pointwise and op.arity == 1:
            x = node.args[0]
            p = op.partials[0]
            try:
                share = g * p(node.value, x.value) if callable(p) else times(g, p)
            except (*_IEEE, TypeError):
                _send(node, _shares(node, g))
                continue
            if share is not None:
                x.adjoint = share if x.adjoint is None else x.adjoint + share
        elif op is add or op is subtract:
            x, y = node.args
            if type(x) is Traced and x.tape is tape:
                have = shape_of(x.value)
                share = g if g.shape == have else sum_to(g, have)
                x.adjoint = share if x.adjoint is None else x.adjoint + share
            if type(y) is Traced and y.tape is tape:
                have = shape_of(y.value)
                share = g if g.shape == have else sum_to(g, have)
                share = share if op is add else -share
                y.adjoint = share if y.adjoint is None else y.adjoint + share
        elif type(op) is Pointwise and op.arity == 2:
            x, y = node.args
            on_x = type(x) is Traced and x.tape is tape
            on_y = type(y) is Traced and y.tape is tape
            a = x.value if on_x else x
            b = y.value if on_y else y
            p, q = op.partials
            to_x = to_y = None
            try:
                if op is divide and type(g) is not float and type(b) is not Traced:
                    to_x = g / b if on_x else None
                    to_y = g * (node.value / b) if on_y else None
                else:
                    if on_x:
                        p = p(node.value, a, b) if callable(p) else p
                        to_x = times(g, p) if type(p) is int else g * p
                    if on_y:
                        q = q(node.value, a, b) if callable(q) else q
                        to_y = times(g, q) if type(q) is int else g * q
            except (*_IEEE, TypeError):
                _send(node, _shares(node, g))
                continue
            if on_x and to_x is not None:
                if type(to_x) is not float and to_x.shape != (have := shape_of(a)):
                    to_x = sum_to(to_x, have)
                x.adjoint = to_x if x.adjoint is None else x.adjoint + to_x
            if to_y is not None:
                if type(to_y) is not float and to_y.shape != (have := shape_of(b)):
                    to_y = sum_to(to_y, have)
                if op is divide and type(g) is not float and type(b) is not Traced:
                    to_y = -to_y
                y.adjoint = to_y if y.adjoint is None else y.adjoint + to_y
        elif type(op) is Take and type(g) is not Traced:
            _put_back(node, op, g, own)
        elif type(op) is Contraction and type(g) is not Traced:
            _send_contracted(node, op, g, tape)
        elif op is choose:
            _send_chosen(node, g)
        elif len(node.args) == 1:
            x = node.args[0]
            try:
                (share,) = op.pull(g, node.value, (x.value,), _WANTED)
            except _IEEE:
                _send(node, _shares(node, g))
                continue
            if share is not None:
                x.adjoint = share if x.adjoint is None else add_up(x.adjoint, share)
        else:
            _send(node, _shares(node, g))
    found = [x.adjoint for x in inputs]
    for x in tape.inputs:
        x.adjoint = None
    return found


_WANTED = (True,)


def _send_chosen(node, g):
    """To each side of a choice what it was chosen for, and zero elsewhere."""
    c, *sides = node.args
    if type(c) is Traced and c.tape is node.tape:
        c = c.value
    plain_sides = type(g).__name__ == "ndarray" and not isinstance(c, Traced)
    for k, x in enumerate(sides):
        if type(x) is not Traced or x.tape is not node.tape:
            continue
        if type(g) is float and type(c) is bool:
            share = g if c is (k == 0) else 0.0
        else:
            pick = choose.on_arrays if plain_sides else choose
            share = pick(c, 0.0, g) if k else pick(c, g, 0.0)
            share = sum_to(share, shape_of(x.value))
        x.adjoint = share if x.adjoint is None else x.adjoint + share


def _send_contracted(node, op, g, tape):
    """To each operand of a contraction the contraction of g with the others."""
    values = [a.value if type(a) is Traced and a.tape is tape else a for a in node.args]
    for v in values:
        if type(v) is Traced:  # an outer derivative watches
            _send(node, _shares(node, g))
            return
    for k, x in enumerate(node.args):
        if type(x) is Traced and x.tape is tape:
            share = op.transposed(k, values[k]).value(*values[:k], *values[k + 1 :], g)
            x.adjoint = share if x.adjoint is None else x.adjoint + share


def _put_back(node, op, g, own):
    """Add g at the place it was taken from, in an array made once for each source.

    `own` holds the arrays made here, which nothing else refers to, so n elements
    taken one by one cost n steps and not n².
    """
    (x,) = node.args
    have = x.adjoint
    if type(op.index) is int and have is not None and own.get(id(x)) is have:  # a loop's next
        have[op.index] += g
    elif have is None:
        x.adjoint = own[id(x)] = op.transpose(g, shape_of(x.value))
    elif type(have) is Traced or not shape_of(have) or not names_once(op.index):
        x.adjoint = have + op.transpose(g, shape_of(x.value))
    else:
        if own.get(id(x)) is not have:
            x.adjoint = own[id(x)] = have.copy()
        x.adjoint[op.index] += g


def push(tape, outputs, inputs, tangents):
    """The tangents of the outputs for those of the inputs (None for zero)."""
    for x in tape.inputs:
        x.tangent = None
    for x, dx in zip(inputs, tangents, strict=True):
        x.tangent = dx
    for node in tape.nodes:
        op = node.op
        if op is None:
            continue
        if type(op) is Pointwise and type(node.value) is float and op.arity <= 2:
            try:
                node.tangent = _scalar_tangent(node, op, tape)
                continue
            except (*_IEEE, TypeError):
                pass  # an array as a tangent, a partial that is not finite, no rule: the general way
        dxs = [a.tangent if type(a) is Traced and a.tape is tape else None for a in node.args]
        if all(dx is None for dx in dxs):
            node.tangent = None
            continue
        values, _ = _operands(node)
        try:
            node.tangent = node.op.push(node.value, values, dxs)
        except _IEEE:
            node.tangent = _ieee(node.op.push, node.value, values, dxs)
    return [node.tangent for node in outputs]


def _scalar_tangent(node, op, tape):
    """The tangent of a function of one or two numbers."""
    if op.arity == 1:
        (x,) = node.args
        if x.tangent is None:
            return None
        p = op.partials[0]
        p = p(node.value, x.value) if callable(p) else p
        return times(x.tangent, p)
    x, y = node.args
    on_x = type(x) is Traced and x.tape is tape
    on_y = type(y) is Traced and y.tape is tape
    dx = x.tangent if on_x else None
    dy = y.tangent if on_y else None
    if dx is None and dy is None:
        return None
    a = x.value if on_x else x
    b = y.value if on_y else y
    p, q = op.partials
    if dx is not None:
        p = p(node.value, a, b) if callable(p) else p
        dx = times(dx, p)
    if dy is not None:
        q = q(node.value, a, b) if callable(q) else q
        dy = times(dy, q)
    return add_up(dx, dy)


def _operands(node):
    """The values of a node's operands, and which of them are on its tape."""
    tape = node.tape
    active = [type(a) is Traced and a.tape is tape for a in node.args]
    values = [a.value if on else a for a, on in zip(node.args, active, strict=True)]
    return values, active


def _shares(node, g):
    values, active = _operands(node)
    try:
        return node.op.pull(g, node.value, values, active)
    except _IEEE:
        return _ieee(lambda y, args: node.op.pull(g, y, args, active), node.value, values)


def _send(node, shares):
    for a, share in zip(node.args, shares, strict=True):
        if share is not None:
            a.adjoint = add_up(a.adjoint, share)


def _ieee(rule, y, values, *rest):
    """A rule on numbers where Python raises: the same with NumPy's inf and nan."""
    import numpy as np

    y, *values = (np.float64(v) if type(v) in PLAIN else v for v in (y, *values))
    with np.errstate(all="ignore"):
        found = rule(y, values, *rest)
    if isinstance(found, (tuple, list)):
        return [float(v) if type(v) is np.float64 else v for v in found]
    return float(found) if type(found) is np.float64 else found


def _special(node, g, chosen, strong):
    """The shares with the partials chosen at kinks, or with a strong zero."""
    values, active = _operands(node)
    if chosen and id(node) in chosen:
        partials = zip(chosen[id(node)], active, values, strict=True)
        return [_fitted(times(g, p), x) if on else None for p, on, x in partials]
    if not strong or type(node.op) is not Pointwise:
        return _shares(node, g)
    return _ieee(lambda y, args: _strong(node.op, g, y, args, active), node.value, values)


def _fitted(share, x):
    """A share in the shape of its operand."""
    return share if share is None or type(share) is float else sum_to(share, shape_of(x))


def _strong(op, g, y, args, active):
    """g times the partials, where a zero in g wins over an infinite partial."""
    import numpy as np

    shares = []
    for k, on in enumerate(active):
        p = op.partial(k, y, args) if on else None
        if p is None:
            shares.append(None)
        else:
            product = np.where(np.equal(g, 0), 0.0, np.multiply(g, p))
            shares.append(sum_to(product if product.shape else float(product), shape_of(args[k])))
    return shares
