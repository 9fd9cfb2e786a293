"""Differences along the axes of arrays, all of them in one pass.

A program walks the rows of arrays of any rank; along a row it takes every term (the difference of one field
along one axis) and makes the output from the terms. What differs from row to row is in tables: for the
first place of an axis, those inside and the last one, how far away the values lie that a term takes, and
their weights. A term has one of these forms, in NumPy's order of operations:

    difference   (f[o1] − f[o0]) · or / c0
    three        c0·f[o0] + c1·f[o1] + c2·f[o2]
    bend         ((−2 f[o0] + f[o1]) + f[o2]) · c0

Along the rows themselves, the weights of `three` may change from place to place: they lie in arrays
(`arrays`), or come from the coordinates on the way (`slopes`, `curves`).

Large outputs are written past the cache, line by line, where all of them begin alike in their lines.
"""

from dataclasses import dataclass
from functools import lru_cache

from .emit import BYTES, Writer, wide

PLACES = 14  # words of a term: three places of (form, o0, o1, o2), weights, what lies along the row
_LINE = 64


@dataclass(frozen=True)
class Term:
    """The difference of a field along an axis: its forms inside and at the ends, and its arithmetic."""

    field: int
    axis: int
    inside: str
    ends: str
    computed: str  # the kind of number in which weights and division are
    scaled: str = "fdiv"  # by the divisor; "fmul" by its reciprocal
    along: str = ""  # "arrays", "slopes" or "curves" on the last axis
    given: str = "double"  # the kind of the coordinates of slopes and curves


@dataclass(frozen=True)
class Program:
    """What is compiled: the rank, the kind of number, how many fields, the terms and their signs.

    `how` the output is made of them: as "sum", or "length", the root of the sum of squares.
    """

    rank: int
    kind: str
    fields: int
    terms: tuple
    signs: tuple
    how: str

    def words(self):
        """Where the arguments lie: (axes, fields, output, terms); word 0 is whether to go past the cache."""
        axes = 1
        fields = axes + 3 * self.rank
        output = fields + self.fields * self.rank
        return axes, fields, output, output + self.rank


@lru_cache
def text(program):
    """The program in LLVM's language."""
    return _Rows(program).text()


class _Rows:
    def __init__(self, program):
        self.p, self.w = program, Writer()
        self.size = BYTES[program.kind]
        self.width = _LINE // self.size
        self.last = program.rank - 1
        axes, fields, output, terms = program.words()
        w = self.w
        self.past = w.gives(f"icmp ne i64 {w.word(0)}, 0")
        self.axes = [[w.word(axes + 3 * r + k) for k in range(3)] for r in range(program.rank)]
        self.fields = [self._array(fields + k * program.rank) for k in range(program.fields)]
        self.output = self._array(output)
        self.places = [terms + PLACES * k for k in range(len(program.terms))]
        self.weights = [w.pointer(at + 12) for at in self.places]
        self.beside = [w.pointer(at + 13) if t.along else None for at, t in self._terms()]

    def _terms(self):
        return list(zip(self.places, self.p.terms, strict=True))

    def _array(self, at):
        return self.w.pointer(at), [self.w.word(at + 1 + r) for r in range(self.last)]

    def text(self):
        self._axis(0, [p for p, _ in self.fields], self.output[0], {})
        return self.w.text()

    def _axis(self, axis, fields, output, chosen):
        """The places of an axis, one after the other; `chosen` is what the terms take there."""
        if axis == self.last:
            self._row(fields, output, chosen)
            return
        low, high, count = self.axes[axis]
        with self.w.loop(low, high) as turn:
            here = self._moved(fields, self.fields, axis, turn.count)
            there = self._moved([output], [self.output], axis, turn.count)[0]
            place = self._place_of(turn.count, count)
            found = {
                k: self._choice(k, place, turn.count)
                for k, t in enumerate(self.p.terms)
                if t.axis == axis
            }
            self._axis(axis + 1, here, there, {**chosen, **found})

    def _moved(self, bases, arrays, axis, count):
        return [
            self.w.place(base, self.w.gives(f"mul i64 {count}, {strides[axis]}"))
            for base, (_, strides) in zip(bases, arrays, strict=True)
        ]

    def _place_of(self, index, count):
        """0 at the first place, 1 inside, 2 at the last one."""
        w = self.w
        behind = w.gives(f"zext i1 {w.gives(f'icmp sgt i64 {index}, 0')} to i64")
        end = w.gives(f"icmp eq i64 {index}, {w.gives(f'sub i64 {count}, 1')}")
        return w.gives(f"add i64 {behind}, {w.gives(f'zext i1 {end} to i64')}")

    def _choice(self, k, place, index):
        """What a term takes at a place: (its form's number, three distances, three weights)."""
        w, term = self.w, self.p.terms[k]
        start = w.gives(f"add i64 {w.gives(f'mul i64 {place}, 4')}, {self.places[k]}")
        form, *distances = (w.word(w.gives(f"add i64 {start}, {j}")) for j in range(4))
        row = index if term.inside == "three" and not term.along else place
        weights = w.place(self.weights[k], w.gives(f"mul i64 {row}, 24"))
        found = [w.load("double", 1, w.place(weights, 8 * j)) for j in range(3)]
        found = [w.cast(c, "double", term.computed, 1) for c in found]
        return w.gives(f"icmp eq i64 {form}, 1"), distances, found

    def _row(self, fields, output, chosen):
        """A row: single places, vectors, single places, in the order of memory.

        What goes past the cache is put together to lines on the way, so no place may be left for later, and
        the vectors begin with a line.
        """
        w = self.w
        low, high, count = self.axes[self.last]
        begin, end = low, high
        along = [k for k, t in enumerate(self.p.terms) if t.axis == self.last]
        if along:
            begin, end = self._greater("1", low), self._less(w.gives(f"sub i64 {count}, 1"), high)
        first = w.gives(f"ptrtoint ptr {w.item(self.p.kind, output, begin)} to i64")
        missing = w.gives(f"and i64 {w.gives(f'sub i64 0, {first}')}, {_LINE - 1}")
        missing = w.gives(f"lshr i64 {missing}, {self.size.bit_length() - 1}")
        missing = w.gives(f"select i1 {self.past}, i64 {missing}, i64 0")
        start = self._less(w.gives(f"add i64 {begin}, {missing}"), self._greater(low, end))
        whole = w.gives(f"and i64 {w.gives(f'sub i64 {end}, {start}')}, {-self.width}")
        stop = w.gives(f"add i64 {start}, {self._greater(whole, '0')}")
        with w.loop("0", "2") as side:
            late = w.gives(f"icmp ne i64 {side.count}, 0")
            here = w.gives(f"select i1 {late}, i64 {stop}, i64 {low}")
            there = w.gives(f"select i1 {late}, i64 {high}, i64 {start}")
            with w.loop(here, there) as turn:
                place = self._place_of(turn.count, count) if along else None
                one = {**chosen, **{k: self._choice(k, place, turn.count) for k in along}}
                self._values(output, self._pointed(one, fields), turn.count, 1, mixed=True)
            vectors, done = w.fresh("vectors"), w.fresh("side")
            w.parts(late, done, vectors)
            w.begins(vectors)
            inside = {**chosen, **{k: self._choice(k, "1", "1") for k in along}}
            self._vectors(output, self._pointed(inside, fields), start, stop)
            w.goes(done)
            w.begins(done)

    def _vectors(self, output, chosen, start, stop):
        """The places inside a row; where an end of another axis has another form, both are taken."""
        w = self.w
        spread = {
            k: (
                form,
                pointers,
                [w.spread(self.p.terms[k].computed, self.width, c) for c in weights],
            )
            for k, (form, pointers, weights) in chosen.items()
        }
        rare = None
        for k, term in enumerate(self.p.terms):
            if term.inside != term.ends and term.axis != self.last:
                form = spread[k][0]
                rare = w.gives(f"or i1 {rare}, {form}") if rare else form
        if rare:
            mixed, usual, done = w.fresh("mixed"), w.fresh("usual"), w.fresh("row")
            w.parts(rare, mixed, usual)
            w.begins(mixed)
            with w.loop(start, stop, self.width) as turn:
                self._values(output, spread, turn.count, self.width, mixed=True)
            w.goes(done)
            w.begins(usual)
        with w.loop(start, stop, self.width) as turn:
            self._values(output, spread, turn.count, self.width)
        if rare:
            w.goes(done)
            w.begins(done)

    def _pointed(self, chosen, fields):
        """Distances as addresses of the values that lie so far from the row."""
        found = {}
        for k, (form, distances, weights) in chosen.items():
            field = fields[self.p.terms[k].field]
            found[k] = form, [self.w.place(field, d) for d in distances], weights
        return found

    def _greater(self, a, b):
        return self.w.gives(f"select i1 {self.w.gives(f'icmp sgt i64 {a}, {b}')}, i64 {a}, i64 {b}")

    def _less(self, a, b):
        return self.w.gives(f"select i1 {self.w.gives(f'icmp slt i64 {a}, {b}')}, i64 {a}, i64 {b}")

    def _values(self, output, chosen, index, width, mixed=False):
        """The output at `width` places from index on."""
        w = self.w
        values = [self._mixed(k, chosen[k], index, width, mixed) for k in range(len(self.p.terms))]
        value, place = self._output(values, width), w.item(self.p.kind, output, index)
        past, through, done = w.fresh("past"), w.fresh("through"), w.fresh("stored")
        w.parts(self.past, past, through)
        for label in (past, through):
            w.begins(label)
            self._store(place, value, width, label == past)
            w.goes(done)
        w.begins(done)

    def _mixed(self, k, choice, index, width, mixed):
        """A term inside, or at an end where its form there is another."""
        term = self.p.terms[k]
        value = self._term(k, term.inside, choice, index, width)
        some = term.axis != self.last or width == 1  # vectors lie inside the row
        if mixed and some and (term.inside != term.ends or term.along):
            other = self._term(k, term.ends, choice, index, width, at_end=True)
            kinds = wide(self.p.kind, width)
            value = self.w.gives(f"select i1 {choice[0]}, {kinds} {other}, {kinds} {value}")
        return value

    def _store(self, place, value, width, past):
        w, kind = self.w, self.p.kind
        align = _LINE if past and width > 1 else self.size
        if past and width == 1:  # only whole numbers go past the cache one by one
            kind = f"i{8 * self.size}"
            value = w.gives(f"bitcast {self.p.kind} {value} to {kind}")
        how = ", !nontemporal !0" if past else ""
        w.does(f"store {wide(kind, width)} {value}, ptr {place}, align {align}{how}")

    def _term(self, k, form, choice, index, width, at_end=False):
        """One term, in one of its forms; `at_end` its weights are those of the table."""
        w, term, kind = self.w, self.p.terms[k], self.p.kind
        _, pointers, weights = choice
        if term.along and not at_end:
            weights = self._along(k, index, width)

        def value(j):
            return w.load(kind, width, w.item(kind, pointers[j], index))

        def computed(value):
            return w.cast(value, kind, term.computed, width)

        if form == "difference":
            step = w.combine("fsub", kind, width, value(1), value(0))
            found = w.combine(term.scaled, term.computed, width, computed(step), weights[0])
        elif form == "bend":
            less = w.spread(kind, width, "-2.0")
            both = w.combine("fmul", kind, width, value(0), less)
            for j in (1, 2):
                both = w.combine("fadd", kind, width, both, value(j))
            found = w.combine(term.scaled, term.computed, width, computed(both), weights[0])
        else:
            found = None
            for j in range(3):
                part = w.combine("fmul", term.computed, width, weights[j], computed(value(j)))
                found = w.combine("fadd", term.computed, width, found, part) if found else part
        return w.cast(found, term.computed, kind, width)

    def _along(self, k, index, width):
        """The weights at places of the last axis itself: read, or made of the coordinates."""
        w, term, base = self.w, self.p.terms[k], self.beside[k]
        if term.along == "arrays":
            size = BYTES[term.computed]
            return [
                w.load(term.computed, width, w.item(term.computed, column, index))
                for column in self._columns(base, size)
            ]
        kind, size = term.given, BYTES[term.given]
        if width == 1:  # an end has other weights, but what is read must be there
            most = w.gives(f"sub i64 {self.axes[self.last][2]}, 2")
            index = self._less(self._greater(index, "1"), most)
        here = w.item(kind, base, index)
        behind, middle, ahead = (w.load(kind, width, w.place(here, j * size)) for j in (-1, 0, 1))
        p = w.combine("fsub", kind, width, middle, behind)
        q = w.combine("fsub", kind, width, ahead, middle)
        both = w.combine("fadd", kind, width, p, q)
        below = [w.combine("fmul", kind, width, *pair) for pair in ((p, both), (p, q), (q, both))]
        if term.along == "slopes":
            above = [
                w.gives(f"fneg {wide(kind, width)} {q}"),
                w.combine("fsub", kind, width, q, p),
                p,
            ]
        else:
            above = [w.spread(kind, width, number) for number in ("2.0", "-2.0", "2.0")]
        found = [w.combine("fdiv", kind, width, a, b) for a, b in zip(above, below, strict=True)]
        return [w.cast(c, kind, term.computed, width) for c in found]

    def _columns(self, base, size):
        """The addresses of three arrays that lie one behind the other."""
        count = self.w.gives(f"mul i64 {self.axes[self.last][2]}, {size}")
        second = self.w.place(base, count)
        return base, second, self.w.place(second, count)

    def _output(self, values, width):
        w, kind, total = self.w, self.p.kind, None
        for sign, value in zip(self.p.signs, values, strict=True):
            if self.p.how == "length":
                value = w.combine("fmul", kind, width, value, value)
            how = "fadd" if sign > 0 else "fsub"
            total = value if total is None else w.combine(how, kind, width, total, value)
        return w.root(kind, width, total) if self.p.how == "length" else total
