"""`check(f, df, *points)`: is a hand-written derivative right?"""

import numpy as np

from ..calculus.form import parameters
from ..capture.trace import name_of
from ..errors import NoRule, NotConverged, NotDifferentiable, NotTraceable
from ..trees import describe
from .compare import RTOL, coarseness, differing, distance, relative, scattered
from .expected import expected
from .hints import hints
from .kinds import KINDS, PRODUCTS, Ambiguous, recognise
from .layout import Misfit
from .points import fresh, read_points
from .products import products
from .report import Checked, Mistake, Result, shown, undefined

_UNKNOWN = (NotConverged, NotTraceable, NoRule)


def check(f, df, *points, kind=None, wrt=None, order=1, rtol=RTOL):
    """Is df the derivative of f? A report that is true when it is, and otherwise says what is wrong.

    What df gives is recognised from the shapes: the derivative of a function of one number (of the
    given `order`), a gradient, a Jacobian, a Hessian, or the slopes of a function that acts element by
    element. `kind=` says it ("derivative", "gradient", "jacobian", "hessian", "elementwise") and is
    needed for products where shapes do not tell: "vjp" for df(*point, covector), "jvp" for
    df(*point, direction), "hessp" for the Hessian times a direction.

    Each point is one argument, or a tuple of all arguments of a function of several. What
    varies are all arguments, or those named in `wrt` (places); where df gives the gradient by the first
    alone, the others count as data. There is no step to choose: the comparison is with the exact
    derivative where f can be traced, otherwise with samples and their error. Values of df
    that scatter when its arguments change in the last place are allowed that much; `rtol`, the
    relative difference that still counts as right, matters only for a df that is approximate by intention.

    The report (`Checked`) has `.right`, `.kind`, `.results` (one for each point), `.mistakes`, `.hints`.
    Errors that f or df raise are raised.

    >>> print(check(lambda x: x**3, lambda x: 3 * x**2, 2.0))
    right: df is the derivative of f at x = 2.0, to the last digit
      compared with: exact (reverse sweep)
    >>> def f(x, y):
    ...     return x**2 * y
    >>> print(check(f, lambda x, y: (x * y, x**2), 3.0, 5.0))
    wrong: df as the gradient of f
      at x = 3.0, y = 5.0
        component  given  expected  off by
        ∂f/∂x      15.0   30.0      -15 (50 %)
        the other component is right
      perhaps: ∂f/∂x is half of what it should be: the 2 of a square is missing
    """
    for what, value in (("f", f), ("df", df)):
        if not callable(value):
            raise TypeError(f"check needs functions; {what} is {describe(value)}")
    if kind is not None and kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
    if isinstance(order, bool) or not isinstance(order, int) or order < 1:
        raise ValueError(f"order is a whole number, 1 or more, not {order!r}")
    every = list(_each(f, read_points(f, points)))
    try:
        return _checked(f, df, every, kind, wrt, order, rtol)
    except Ambiguous:
        for product in ("vjp", "jvp"):
            report = _checked(f, df, every, product, wrt, order, rtol)
            if report:
                return report
        raise


def _checked(f, df, every, kind, wrt, order, rtol):
    seen, told, found = kind or "derivative", [], []
    for args in every:
        result, given, facts = _at(f, df, args, kind, wrt, order, rtol)
        found.append(result)
        seen = given.kind if given is not None else seen
        told.append(facts)
    df_name = "df" if name_of(df) == "f" else name_of(df)
    return Checked((name_of(f), df_name), seen, found, hints(f, df, [t for t in told if t], order))


def _each(f, points):
    """The points; an array for a function that takes only numbers is as many points as it has numbers."""
    for args in points:
        if len(args) == 1 and isinstance(args[0], np.ndarray) and args[0].ndim:
            try:
                f(*fresh(args))
            except TypeError:
                yield from ((float(x),) for x in args[0].ravel())
                continue
        yield args


def _at(f, df, args, kind, wrt, order, rtol):
    """`(Result, what was given, facts for the hints)` at one point."""
    names = parameters(f)
    names = [
        names[k] if k < len(names) else f"x{k + 1}" if len(args) > 1 else "x"
        for k in range(len(args))
    ]
    point = shown(args, names)
    given = None
    try:
        given = recognise(f, df, args, kind, wrt, order)
        if given.kind in PRODUCTS:
            return products(f, df, args, given, point, rtol), given, None
        truth = expected(f, args, given, order)
    except Misfit as misfit:
        return Result("wrong", point, message=f"the form is wrong: {misfit}"), given, None
    except NotDifferentiable as error:
        words = str(error).splitlines()[0]
        return (
            Result("no derivative", point, message=f"{words}\nchoose a point beside it"),
            given,
            None,
        )
    except _UNKNOWN as error:
        words = str(error).splitlines()[0]
        return (
            Result("unknown", point, message=f"there is nothing to compare with: {words}"),
            given,
            None,
        )
    if any(n.startswith(("on a kink", "on a break")) for n in truth.notes):
        return _on_kink(given, truth, point, args, names), given, None
    values = [given.components, truth.values, truth.errors]
    rtol = max(rtol, coarseness(given.answer))
    read = given.layout.read
    scatter = lambda: 0.0 if given.turned else scattered(df, args, read)
    places = differing(*values, rtol, scatter, given.shapes.scale)
    if given.turned and not places.size:
        shape = tuple(map(int, np.shape(given.layout.form)))
        words = f"the Jacobian is transposed: its shape is value × argument, {shape}"
        return Result("wrong", point, message=words), given, None
    result = _result(point, given.layout, values, places, truth)
    return result, given, (args, given, values, places)


def _result(point, layout, values, places, truth):
    given, exact, errors = values
    apart = relative(given, exact)
    if not places.size:
        least = 1e-10 * np.max(np.abs(exact), initial=0.0) + 1e3 * errors
        usual = apart[np.abs(exact) > least]  # a share of what is zero says nothing
        worst = float(np.max(usual[np.isfinite(usual)], initial=0.0))
        return Result(
            "right", point, worst=worst, method=truth.method, notes=truth.notes, size=layout.size
        )
    by_size = places[np.argsort(-distance(given, exact)[places], kind="stable")]
    mistakes = [
        Mistake(layout.label(int(k)), float(given[k]), float(exact[k]), float(errors[k]))
        for k in by_size
    ]
    message = undefined(given[places], exact[places])
    worst = float(np.max(apart[places], initial=0.0))
    return Result("wrong", point, mistakes, message, worst, truth.method, truth.notes, layout.size)


def _on_kink(given, truth, point, args, names):
    """At a kink any slope between the sides may be given; the one of least size is ours."""
    if not distance(given.components, truth.values).any():
        return Result(
            "right", point, method=truth.method, notes=truth.notes, size=given.layout.size
        )
    note = next(n for n in truth.notes if n.startswith(("on a kink", "on a break")))
    words = f"f stands {note.split(':')[0]}: it has no derivative there\nchoose a point beside it"
    return Result("no derivative", point, message=words)
