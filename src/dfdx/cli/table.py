"""Tables in files: rows of text that stay as they are, and the columns of them that are numbers."""

import csv
import io
import os
import sys

from .words import Usage

_TOLD = 100_000  # rows between two signs of life
_NAMED = 5  # broken rows that are named one by one
_LOOKED_AT, _LINES = 65_536, 50  # letters and lines that tell how the columns are parted
_MISSING = ("nan", "na", "n/a", "null", "none", "-")  # what people write for a missing number


class Table:
    """The rows of a file or of standard input (`-`); `header` are the names of its columns.

    `lines` are the lines of the file in which the rows end. `shown`: signs of life while a long file is read.
    """

    def __init__(self, path, shown=False):
        self.path = "standard input" if path == "-" else path
        self.shown = shown and sys.stderr.isatty()
        try:
            text = _text(path)
            self.dialect = dialect_of(text[:_LOOKED_AT])
            reader = csv.reader(io.StringIO(text, newline=""), self.dialect)
            found = [(row, line) for row, line in self._told(reader) if any(row)]
        except OSError as error:
            raise Usage(f"{self.path} cannot be read: {error.strerror or error}") from None
        except UnicodeDecodeError:
            raise Usage(f"{self.path} is not a text file in UTF-8") from None
        except csv.Error as error:
            raise Usage(f"{self.path}, line {reader.line_num}: {error}") from None
        if not found:
            raise Usage(f"{self.path} is empty")
        self.rows, self.lines = [row for row, _ in found], [line for _, line in found]
        self.commas = False  # a comma was read as a decimal point
        self.named = not any(self._is_number(cell) for cell in self.rows[0])
        if self.named:
            self.header = [name.strip() for name in self.rows.pop(0)]
            self.lines.pop(0)
        else:
            self.header = [str(k + 1) for k in range(len(self.rows[0]))]
        if not self.rows:
            raise Usage(f"{self.path} has a header and no rows")

    def _told(self, reader):
        """The rows with their lines, and a sign of life on a terminal while a long file is read."""
        count = 0
        for row in reader:
            count += 1
            if self.shown and count % _TOLD == 0:
                print(f"\r{count:,} rows read", end="", file=sys.stderr, flush=True)
            yield row, reader.line_num
        if self.shown and count >= _TOLD:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)

    def said(self, what):
        """A sign of life for the work on many rows, on a terminal."""
        if self.shown and len(self.rows) >= _TOLD:
            end = f"\r{what} {len(self.rows):,} rows" if what else "\r" + " " * 40 + "\r"
            print(end, end="", file=sys.stderr, flush=True)

    def sorted_by(self, order):
        """The rows in that order."""
        self.rows, self.lines = [self.rows[k] for k in order], [self.lines[k] for k in order]

    def cells(self, place):
        """A column as texts."""
        return [row[place].strip() if place < len(row) else "" for row in self.rows]

    def number(self, cell):
        """A cell as a number; a comma is a decimal point where it does not part the columns."""
        try:
            return float(cell)
        except ValueError:
            if self.dialect.delimiter == "," or cell.count(",") != 1 or "." in cell:
                raise
        value = float(cell.replace(",", "."))
        self.commas = True
        return value

    def _is_number(self, cell):
        try:
            self.number(cell)
        except ValueError:
            return False
        return True

    def column(self, name, default):
        """The place of a column by its name or its number; without a name the default place."""
        if name is None:
            if default >= len(self.header):
                raise Usage(
                    f"{self.path} has {len(self.header)} columns; --x and --y name two of them"
                )
            return default
        if name in self.header:
            return self.header.index(name)
        if name.isdigit() and 1 <= int(name) <= len(self.header):
            return int(name) - 1
        known = ", ".join(self.header)
        raise Usage(f"{self.path} has no column {name!r}; it has {known}")

    def measurements(self, place):
        """`(values, broken)`: a column as floats, nan where a cell is empty or no number."""
        import numpy as np

        cells = self.cells(place)
        try:
            values = np.array(cells, dtype=float)
        except ValueError:
            values = None
        if values is not None and not np.isinf(values).any():
            return values, []
        values, broken = np.full(len(cells), np.nan), []
        for k, cell in enumerate(cells):
            if not cell or cell.lower() in _MISSING:
                continue
            try:
                value = self.number(cell)
            except ValueError:
                value = np.inf
            if value in (np.inf, -np.inf):
                broken.append((self.lines[k], cell))
            else:
                values[k] = value
        return values, broken

    def coordinates(self, place):
        """A column as floats, or as dates where it holds dates; every row needs one."""
        import numpy as np

        cells = self.cells(place)
        try:
            return np.array(cells, dtype=float)
        except ValueError:
            pass
        try:
            return np.array([self.number(cell) for cell in cells])
        except ValueError:
            pass
        try:
            dates = np.array([cell.removesuffix("Z") for cell in cells], dtype="datetime64[us]")
            if not np.isnat(dates).any():
                return dates
        except ValueError:
            pass
        dated = sum(not self._is_number(cell) for cell in cells[:100]) > len(cells[:100]) // 2
        for k, cell in enumerate(cells):
            if _is_date(cell) if dated else self._is_number(cell):
                continue
            what = "a date such as 2024-05-01" if dated else "a number"
            said = f"{cell!r} is not {what}" if cell else f"there is no {self.header[place]}"
            raise Usage(f"{self.path}, line {self.lines[k]}: {said}")
        raise Usage(f"{self.path}: column {self.header[place]} is neither numbers nor dates")

    def free(self, path):
        """Usage where a file of that name would be lost."""
        if os.path.realpath(path) == os.path.realpath(self.path):
            raise Usage(f"{path} is the file that is read; choose another one for -o")
        if os.path.exists(path):
            raise Usage(f"{path} is there already; --force writes over it")

    def written(self, path, names, columns, force=False):
        """The same rows with further columns, in a file that appears whole or not at all."""
        if not force or os.path.realpath(path) == os.path.realpath(self.path):
            self.free(path)
        part = f"{path}.{os.getpid()}.part"
        try:
            with open(part, "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, self.dialect)
                width = max(len(self.header), max(map(len, self.rows)))
                if self.named:
                    more = [""] * (width - len(self.header))
                    writer.writerow([*self.header, *more, *names])
                for row, *cells in zip(self.rows, *(c.tolist() for c in columns), strict=True):
                    filled = row + [""] * (width - len(row))
                    writer.writerow([*filled, *map(self._shown, cells)])
            os.replace(part, path)
        except OSError as error:
            raise Usage(f"{path} cannot be written: {error.strerror or error}") from None
        finally:
            if os.path.exists(part):
                os.remove(part)

    def _shown(self, value):
        if value != value:
            return ""
        return repr(value).replace(".", ",") if self.commas else repr(value)


def told_rows(what, broken):
    """A sentence about rows that were taken as missing, by their lines."""
    lines = ", ".join(f"line {line} ({cell!r})" for line, cell in broken[:_NAMED])
    more = f" and {len(broken) - _NAMED} more" if len(broken) > _NAMED else ""
    return f"{what} is no number in {lines}{more}; taken as missing"


def dialect_of(start):
    """How the columns of a text are parted: the mark that gives every line the same number of cells.

    >>> dialect_of("a;b\\n1,5;2\\n3,5;4").delimiter, dialect_of("1  2\\n3  4").delimiter
    (';', ' ')
    """

    class Found(csv.excel):
        lineterminator = "\n"

    lines = [line for line in start.splitlines()[:_LINES] if line.strip()]
    best = 0.0
    for mark in ("\t", ";", ",", " "):
        rows = list(csv.reader(lines, delimiter=mark, skipinitialspace=mark == " "))
        counts = [len(row) for row in rows]
        usual = max(set(counts), key=counts.count) if counts else 1
        score = (usual > 1) * counts.count(usual) / max(len(counts), 1)
        if score > best + 1e-9:
            best, Found.delimiter, Found.skipinitialspace = score, mark, mark == " "
    return Found


def _text(path):
    """All of a file, or of standard input."""
    if path == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig")
    with open(path, "rb") as file:
        return file.read().decode("utf-8-sig")


def _is_date(cell):
    import numpy as np

    try:
        np.datetime64(cell.replace("Z", ""))
    except ValueError:
        return False
    return cell != ""
