"""A drawing of small dots in the characters of a terminal.

A braille character holds 2 x 4 dots, so 70 columns are 140 dots wide. Where the
terminal has no braille a character shows one of three heights. The canvas counts
in dots, from the top left; it has layers, and in every cell the first layer wins. Without
braille the `solid` layers are lines, the others a row of colons.
"""

BRAILLE = "braille"
ASCII = "ascii"

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # Unicode 15, table 2800
_HEIGHTS = {1: "'", 2: "-", 4: ".", 3: "!", 6: "i", 5: "|", 7: "|"}


class Canvas:
    """`width` x `height` cells, `columns` x `rows` dots; each layer is a dict from cell to dots."""

    __slots__ = ("columns", "height", "layers", "marks", "rows", "solid", "style", "width")

    def __init__(self, width, height, style=BRAILLE, layers=2, solid=(0,)):
        self.width = width
        self.height = height
        self.style = style
        self.columns, self.rows = (
            (2 * width, 4 * height) if style == BRAILLE else (width, 3 * height)
        )
        self.layers = [{} for _ in range(layers)]
        self.marks = {}
        self.solid = solid

    def cell(self, column, row):
        """The cell in which a dot stands, as (column, row)."""
        if self.style == BRAILLE:
            return column // 2, row // 4
        return column, row // 3

    def dot(self, layer, column, row):
        """Set a dot; outside of the canvas nothing happens."""
        if 0 <= column < self.columns and 0 <= row < self.rows:
            bit = _BITS[row % 4][column % 2] if self.style == BRAILLE else 1 << row % 3
            dots = self.layers[layer]
            at = self.cell(column, row)
            dots[at] = dots.get(at, 0) | bit

    def line(self, layer, start, end, dash=0):
        """Dots from start to end, each (column, row) as floats; `dash` dots on, as many off."""
        (c0, r0), (c1, r1) = start, end
        steps = max(1, round(max(abs(c1 - c0), abs(r1 - r0))))
        for k in range(steps + 1):
            if not dash or k // dash % 2 == 0:
                t = k / steps
                self.dot(layer, round(c0 + t * (c1 - c0)), round(r0 + t * (r1 - r0)))

    def mark(self, column, row, character, kind=-1):
        """Put a character over the cell in which the dot stands."""
        if 0 <= column < self.columns and 0 <= row < self.rows:
            self.marks[self.cell(column, row)] = character, kind

    def row(self, y, blank=" "):
        """Row y of cells as a list of (text, layer): layer None is blank, -1 (or its kind) a mark.

        >>> canvas = Canvas(3, 1)
        >>> canvas.line(0, (0, 0), (5, 3))
        >>> "".join(text for text, layer in canvas.row(0))
        '⠑⠢⢄'
        """
        parts = []
        for x in range(self.width):
            text, kind = self._character((x, y), blank)
            if parts and parts[-1][1] == kind:
                parts[-1] = (parts[-1][0] + text, kind)
            else:
                parts.append((text, kind))
        return parts

    def _character(self, at, blank):
        if at in self.marks:
            return self.marks[at]
        found = [k for k, dots in enumerate(self.layers) if at in dots]
        if not found:
            return blank, None
        if self.style == BRAILLE:
            dots = 0
            for k in found:
                dots |= self.layers[k][at]
            return chr(0x2800 + dots), found[0]
        first = found[0]
        return (_HEIGHTS[self.layers[first][at]] if first in self.solid else ":"), first
