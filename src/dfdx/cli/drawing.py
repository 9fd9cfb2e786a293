"""The picture that ends an answer: which curve, which tangent, and whether it is worth the time."""

from math import inf, isfinite, nan

from ..errors import NotDifferentiable

_SLOW = 2e-3  # seconds per call: a picture takes about 500 calls
_SLOW_MAP = 5e-4  # a map takes about 2,000


def drawing(target, answer, out):
    """The lines of the picture, or one line that says why there is none."""
    from ..explain.picture import picture

    (point,) = answer["points"]
    f, x = target.along(answer["variable"], answer["fixed"]), point["at"]
    if not isfinite(x) or (point["value"] is None and target.graph is None):
        return []
    slopes = _slopes(f, point, answer["order"])
    if target.graph is None:
        f = _quiet(f)
    if point["value"] is not None and _takes(f, x) > _SLOW:
        return [out.dim("no picture: the function takes too long for hundreds of calls")]
    return picture(
        f,
        x,
        slopes,
        name=answer["variable"],
        title=answer["name"],
        width=out.width - 1,
        style=style_of(out),
        colour=out.colour,
    )


def gradient_drawing(target, answer, out):
    """The lines of the map with the gradient, or one line that says why there is none."""
    if not answer["exists"] or answer["value"] is None:
        return []
    from ..explain.steepest import steepest_map

    point = tuple(answer["point"].values())
    f = map_of(target, answer["variables"], point)
    if f is None:
        return [out.dim("no picture: the function takes too long for thousands of calls")]
    return steepest_map(
        f,
        point,
        answer["gradient"],
        names=answer["variables"],
        title=answer["name"],
        width=out.width - 1,
        style=style_of(out),
        colour=out.colour,
    )


def style_of(out):
    """How the terminal is drawn on."""
    return "braille" if out.style == "unicode" else "ascii"


def map_of(target, names, point):
    """The function of the named numbers, nan where it has no value; None where it is too slow for a map."""
    from ..explain.window import safe

    f = target.f
    if target.graph is None:
        if len(names) > len(target.variables):
            import numpy as np

            def f(*numbers):
                return target.f(np.array(numbers))

        f = _quiet(f)
    f = safe(f)
    return f if _takes(f, *point) <= _SLOW_MAP else None


def _slopes(f, point, order):
    """The slopes of the tangent on either side; nan where there is none."""
    if point["value"] is None:
        return nan, nan
    if order == 1 and point["exists"]:
        return point["derivative"], point["derivative"]
    if order == 1 and point["left"] is not None:
        return _usable(point["left"], point["message"]), _usable(point["right"], point["message"])
    from ..calculus.derivative import derivative

    try:
        slope = derivative(f, point["at"])
    except (NotDifferentiable, ArithmeticError, ValueError):
        return nan, nan
    return slope, slope


def _usable(slope, message):
    """A one-sided slope as the picture can draw it: a jump has no tangent."""
    return nan if abs(slope) == inf and "jump" in (message or "") else slope


def _takes(f, *x):
    """How long one call takes, in seconds; a slow one may have been interrupted, and is tried again."""
    from time import perf_counter

    least = inf
    for _ in range(2):
        start = perf_counter()
        f(*x)
        least = min(least, perf_counter() - start)
        if least <= _SLOW:
            break
    return least


def _quiet(f):
    """f without what it prints and warns, and nan where it raises: the picture calls it often."""
    import warnings
    from contextlib import redirect_stdout
    from io import StringIO

    def value(*x):
        with redirect_stdout(StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return f(*x)
            except Exception:
                return nan

    return value
