"""The frame of a picture: axes with round numbers, colours where the terminal has them."""

from math import floor, inf, log10

from .canvas import ASCII

CURVE, TANGENT, MARK, FRAME = 0, 1, -1, None
_COLOURS = {CURVE: "\x1b[36m", TANGENT: "\x1b[33m", MARK: "\x1b[1;33m", FRAME: "\x1b[2m"}
_PLAIN = "\x1b[0m"
_LINES = {True: ("|", "+", "+", "-", "+", "."), False: ("│", "┤", "└", "─", "┬", "·")}


def ticks(low, high, most):
    """Up to `most` round numbers between low and high with their texts.

    >>> ticks(-0.3, 10.2, 5)
    [(0.0, '0'), (5.0, '5'), (10.0, '10')]
    """
    step = round_step((high - low) / most)
    first, last = -floor(-low / step), floor(high / step)
    if not 0 <= last - first <= 4 * most:  # so close together that no round number tells them apart
        return []
    values = [k * step + 0.0 for k in range(first, last + 1)]
    return list(zip(values, _texts(values, step), strict=True))


def round_step(width):
    """The next round number (1, 2 or 5 times a power of ten) that is not less than the width."""
    power = 10.0 ** floor(log10(width))
    for m in (1, 2, 5, 10):
        if m * power >= width * 0.999:
            return m * power
    return inf


def _texts(values, step):
    """The values with as many digits as tell them apart."""
    largest = max(map(abs, values), default=0.0)
    least = floor(log10(step) + 1e-9)
    if largest < 1e9 and least >= -5:
        return [f"{v:.{max(0, -least)}f}" for v in values]
    digits = max(0, floor(log10(largest)) - least) if largest else 0
    return [_short_exponent(f"{v:.{digits}e}") if v else "0" for v in values]


def _short_exponent(text):
    """1.5e6 for 1.5e+06."""
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}"


def framed(canvas, place, ups, margin, ends, colour, across=None, palette=None):
    """The rows of the canvas between its axes, as texts.

    `place` gives the dot of a point (x, y), `ups` are the ticks of the upright axis with
    texts at most `margin` long, `ends` the interval that is shown; `across` are the ticks
    of the other axis, by default round numbers; `palette` the colours of layers and marks.
    """
    bar, notch, corner, flat, tee, blank = _LINES[canvas.style == ASCII]
    labels = {canvas.cell(0, round(place(ends[0], y)[1]))[1]: text for y, text in ups}
    zero = next((canvas.cell(0, round(place(ends[0], y)[1]))[1] for y, t in ups if y == 0), None)
    lines = []
    for y in range(canvas.height):
        frame = f"{labels.get(y, ''):>{margin}} {notch if y in labels else bar}"
        body = canvas.row(y, blank if y == zero else " ")
        lines.append((paint(frame, FRAME, colour) + joined(body, colour, palette)).rstrip())
    below, numbers = [flat] * canvas.width, [" "] * (canvas.width + margin + 2)
    if across is None:
        across = ticks(*ends, max(2, min(7, canvas.width // 10)))
    for p, text in across:
        column = canvas.cell(round(place(p, 0.0)[0]), 0)[0]
        first = margin + 2 + column - len(text) // 2
        last = first + len(text)
        if last <= len(numbers) and not "".join(numbers[max(0, first - 1) : last + 1]).strip():
            below[column] = tee
            numbers[first:last] = text
    lines.append(paint(" " * (margin + 1) + corner + "".join(below), FRAME, colour))
    lines.append(paint("".join(numbers).rstrip(), FRAME, colour))
    return lines


def joined(parts, colour, palette=None):
    """A row of the canvas as one text."""
    return "".join(paint(text, kind, colour, palette) for text, kind in parts)


def paint(text, kind, colour, palette=None):
    """The text in the colour of its kind, where colours are wanted."""
    if not colour or not text.strip():
        return text
    return f"{(palette or _COLOURS)[kind]}{text}{_PLAIN}"
