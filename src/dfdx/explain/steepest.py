"""The gradient at a point on a map: an arrow straight across the contour lines.

The lines have equal steps, so where they are close it is steep; one of them goes through the point, and the
arrow stands upright on it. That can be seen only where the map is so small that the lines near the point are
nearly straight, so maps from large to small are tried.
"""

from math import cos, hypot, isfinite, pi, sin

from .canvas import BRAILLE
from .contours import even
from .digits import short
from .landscape import box_of, landscape

_HALVINGS = 44
_LINES = 10
_AROUND = 12  # points on the circle that is looked at
_BENT = 0.4  # of the rise to the circle: how far the function may leave its tangent plane there


def steepest_map(
    f, point, gradient, *, names, title="f", width=78, height=16, style=BRAILLE, colour=False
):
    """The map around a point with the gradient as an arrow, as a list of lines.

    f gives nan where it is undefined. Nothing (an empty list) where nothing can be drawn.

    >>> lines = steepest_map(lambda x, y: x * y, (1.0, 2.0), (2.0, 1.0), names=("x", "y"))
    >>> lines[-1].strip()
    '→ the gradient: straight uphill, 2.236068 for each unit'
    """
    x, y = point
    here = f(x, y)
    if not all(map(isfinite, (x, y, here, *gradient))):
        return []
    half = _half(f, point, here, gradient)
    box = box_of(point, half, width - 8, height, style)
    if not (x - half < x < x + half and y - half < y < y + half):
        return []
    steep = hypot(*gradient)

    def told(levels):
        if len(levels) < 2:
            return f"{title} has no other lines here"
        step = short(levels[1] - levels[0], 4)
        return f"lines: {step} from one to the next; {title} = {short(here, 4)} through the point"

    lines = landscape(
        f, box, lambda known: even(known, here, _LINES), point=point, arrow=gradient if steep else None,
        names=names, title=title, told=told, width=width, height=height, style=style, colour=colour,
    )  # fmt: skip
    if not steep:
        return lines
    mark = "→" if style == BRAILLE else "#"
    indent = " " * (len(lines[-1]) - len(lines[-1].lstrip()))
    return [*lines, f"{indent}{mark} the gradient: straight uphill, {short(steep)} for each unit"]


def _half(f, point, here, gradient):
    """Half the height of the map: so small that near the point the function is like its tangent plane."""
    start = max(4.0 if abs(v) <= 8 else abs(v) / 2 for v in point)
    half = start
    for _ in range(_HALVINGS):
        if _is_straight(f, point, here, gradient, half / 3):
            return half
        half /= 2
    return start


def _is_straight(f, point, here, gradient, radius):
    """True where f on the circle is known, and near its tangent plane if that is not level."""
    rise = hypot(*gradient) * radius
    for k in range(_AROUND):
        dx, dy = radius * cos(2 * pi * k / _AROUND), radius * sin(2 * pi * k / _AROUND)
        there = f(point[0] + dx, point[1] + dy)
        if there != there:
            return False
        if rise and abs(there - here - dx * gradient[0] - dy * gradient[1]) > _BENT * rise:
            return False
    return True
