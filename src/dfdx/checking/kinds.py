"""Which derivative a hand-written function gives, recognised from the shapes of what it returns."""

from ..capture.trace import name_of
from .layout import Misfit, Shapes
from .points import arity, fresh

PRODUCTS = ("vjp", "jvp", "hessp")
KINDS = ("derivative", "elementwise", "gradient", "jacobian", "hessian", *PRODUCTS)


class Ambiguous(ValueError):
    """A product of which the shapes do not tell what it is."""


class Given:
    """What df gave at a point.

    kind, layout       which derivative it is, and its Layout
    shapes             of the call of f
    answer             what df returned; None for a product
    components         its numbers as a flat array
    turned             whether it is a Jacobian with its axes the wrong way round
    """

    __slots__ = ("answer", "components", "kind", "layout", "shapes", "turned")

    def __init__(self, kind, shapes, layout, answer=None, components=None, turned=False):
        self.kind, self.shapes, self.layout, self.answer = kind, shapes, layout, answer
        self.components, self.turned = components, turned


def possible(shapes):
    """The kinds that a derivative of such a function can have, the likeliest first."""
    if shapes.is_scalar:
        return ("derivative", "hessian") if shapes.is_line else ("gradient", "hessian")
    if shapes.is_line:
        return ("derivative",)
    if shapes.outs == shapes.ins and len(shapes.outs) == 1:
        return "jacobian", "elementwise"
    return ("jacobian",)


def recognise(f, df, args, kind, wrt, order):
    """What df gives at a point, as Given; Misfit where it fits no derivative of f."""
    every = _every(f, args, wrt)
    if kind is None and order == 1 and _takes_more(df, args):
        kind = _product(df, args, every[0])
    if kind in PRODUCTS:
        return Given(kind, every[0], every[0].layout(kind))
    answer = df(*fresh(args))
    first = None
    for shapes in every:
        for name in (kind,) if kind else possible(shapes):
            try:
                layout = _layout(shapes, name)
                return Given(name, shapes, layout, answer, layout.read(answer))
            except Misfit as misfit:
                first = first or misfit
    for shapes in every:
        turned = _turned(shapes, answer)
        if turned is not None and kind in (None, "jacobian"):
            return Given("jacobian", shapes, shapes.layout("jacobian"), answer, turned, True)
    raise first


def _layout(shapes, kind):
    try:
        return shapes.layout(kind)
    except (ValueError, TypeError):
        raise Misfit(f"{shapes.values[0]} has no {kind} here") from None


def _every(f, args, wrt):
    """The shapes with all arguments varying, then with the first alone: the others may be data."""
    if wrt is not None:
        return [Shapes(f, args, (wrt,) if isinstance(wrt, int) else tuple(wrt))]
    found, error = [], None
    for places in (None, (0,)) if len(args) > 1 else (None,):
        try:
            found.append(Shapes(f, args, places))
        except TypeError as problem:
            error = error or problem
    if not found:
        raise error
    return found


def _takes_more(df, args):
    least, _ = arity(df)
    return least > len(args)


def _product(df, args, shapes):
    """vjp, jvp or hessp: which of them takes and gives such shapes."""
    name = "df" if name_of(df) == "f" else name_of(df)
    least, _ = arity(df)
    if least == len(args) + len(shapes.ins) != len(args) + 1:
        return "jvp"
    if shapes.is_scalar and not shapes.is_line:
        try:
            answer = df(*fresh((*args, shapes.call.args[shapes.call.wrt[0]])))
            shapes.layout("hessp").read(answer)
            return "hessp"
        except Misfit:
            return "jvp"
        except (TypeError, ValueError):
            return "vjp"
    if shapes.outs != shapes.ins:
        try:
            shapes.layout("vjp").read(df(*fresh(args), shapes.rebuild_out(shapes.value)))
            return "vjp"
        except (Misfit, TypeError, ValueError):
            return "jvp"
    raise Ambiguous(
        f"{name} takes one more argument than the point has: say what it gives, "
        'kind="vjp" (of a covector on the value) or kind="jvp" (of a direction)'
    )


def _turned(shapes, answer):
    """The components of a Jacobian that was given transposed; None where it was not."""
    if len(shapes.outs) != 1 or len(shapes.ins) != 1:
        return None
    import numpy as np

    from .layout import numbers

    try:
        found = numbers(answer)
    except Misfit:
        return None
    (o,), (i,) = shapes.outs, shapes.ins
    if found.shape != i + o:
        return None
    return np.moveaxis(found, range(len(i)), range(len(o), len(o) + len(i))).ravel().astype(float)
