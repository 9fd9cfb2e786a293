"""Tables in files: rows of text that stay as they are, and the columns of them that are numbers."""

import csv
import os
import sys

from .words import Usage

_TOLD = 100_000  # rows between two signs of life
_NAMED = 5  # broken rows that are named one by one


class Table:
    """The rows of a file; `header` are the names of its columns, `first` the line of the first row."""

    def __init__(self, path):
        self.path = path
        try:
            with open(path, newline="", encoding="utf-8-sig") as file:
                start = file.read(4096)
                file.seek(0)
                self.dialect = _dialect(start)
                self.rows = list(_told(csv.reader(file, self.dialect)))
        except OSError as error:
            raise Usage(f"{path} cannot be read: {error.strerror or error}") from None
        except UnicodeDecodeError:
            raise Usage(f"{path} is not a text file in UTF-8") from None
        self.rows = [row for row in self.rows if row]
        if not self.rows:
            raise Usage(f"{path} is empty")
        named = not any(_is_number(cell) for cell in self.rows[0])
        self.header = self.rows.pop(0) if named else [str(k + 1) for k in range(len(self.rows[0]))]
        self.named = named
        self.first = 2 if named else 1

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

        values, broken = np.empty(len(self.rows)), []
        for k, row in enumerate(self.rows):
            cell = row[place].strip() if place < len(row) else ""
            try:
                values[k] = float(cell) if cell else np.nan
            except ValueError:
                values[k] = np.nan
                broken.append((k + self.first, cell))
            if values[k] in (np.inf, -np.inf):
                values[k] = np.nan
                broken.append((k + self.first, cell))
        return values, broken

    def coordinates(self, place):
        """A column as floats, or as dates where it holds dates; every row needs one."""
        import numpy as np

        cells = [row[place].strip() if place < len(row) else "" for row in self.rows]
        try:
            return np.array([float(cell) for cell in cells])
        except ValueError:
            pass
        try:
            dates = [np.datetime64(cell.replace("Z", "")) for cell in cells]
            return np.array(dates, dtype="datetime64[us]")
        except ValueError:
            pass
        dated = sum(not _is_number(cell) for cell in cells[:100]) > len(cells[:100]) // 2
        for k, cell in enumerate(cells):
            if _is_date(cell) if dated else _is_number(cell):
                continue
            what = "a date such as 2024-05-01" if dated else "a number"
            raise Usage(f"{self.path}, line {k + self.first}: {cell!r} is not {what}")
        raise Usage(f"{self.path}: column {self.header[place]} is neither numbers nor dates")

    def written(self, path, names, columns):
        """The same rows with further columns, in a file that appears whole or not at all."""
        if os.path.realpath(path) == os.path.realpath(self.path):
            raise Usage(f"{path} is the file that is read; choose another one for -o")
        part = f"{path}.part"
        try:
            with open(part, "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, self.dialect)
                if self.named:
                    writer.writerow([*self.header, *names])
                width = len(self.header)
                for row, *cells in zip(self.rows, *columns, strict=True):
                    filled = row + [""] * (width - len(row))
                    writer.writerow([*filled, *("" if c != c else repr(float(c)) for c in cells)])
            os.replace(part, path)
        except OSError as error:
            raise Usage(f"{path} cannot be written: {error.strerror or error}") from None


def told_rows(what, broken):
    """A sentence about rows that were taken as missing, by their lines."""
    lines = ", ".join(f"line {line} ({cell!r})" for line, cell in broken[:_NAMED])
    more = f" and {len(broken) - _NAMED} more" if len(broken) > _NAMED else ""
    return f"{what} is no number in {lines}{more}; taken as missing"


def _dialect(start):
    try:
        return csv.Sniffer().sniff(start, delimiters=",;\t")
    except csv.Error:
        return csv.excel


def _told(rows):
    """The rows, with a sign of life on a terminal while a long file is read."""
    shown = sys.stderr.isatty()
    count = 0
    for row in rows:
        count += 1
        if shown and count % _TOLD == 0:
            print(f"\r{count:,} rows read", end="", file=sys.stderr, flush=True)
        yield row
    if shown and count >= _TOLD:
        print(f"\r{count:,} rows read", file=sys.stderr)


def _is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _is_date(cell):
    import numpy as np

    try:
        np.datetime64(cell.replace("Z", ""))
    except ValueError:
        return False
    return cell != ""
