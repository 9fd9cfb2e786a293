"""A writer of LLVM's language: values have names, blocks have labels, loops carry what they change.

Every operation is one line of text; its result is a name that later lines use. Numbers are written so
that the type says how wide: `float` and `double` alone or as `<n x double>`, with the same body for both.
"""

from contextlib import contextmanager

BYTES = {"float": 4, "double": 8}


def wide(kind, width):
    """The type of `width` numbers of a kind side by side."""
    return kind if width == 1 else f"<{width} x {kind}>"


class Writer:
    """The text of one function `kernel(words)`, which gets the address of its arguments."""

    def __init__(self):
        self.lines = ["define void @kernel(ptr %words) nounwind {", "start:"]
        self.block, self._count = "start", 0
        self._called = {}

    def text(self):
        """The whole program."""
        ends = ["  fence seq_cst", "  ret void", "}"]  # what went past the cache is seen by all
        return "\n".join([*self.lines, *ends, *self._called.values(), "!0 = !{i32 1}", ""])

    def fresh(self, stem="v"):
        self._count += 1
        return f"{stem}{self._count}"

    def does(self, operation):
        """A line without a result."""
        self.lines.append(f"  {operation}")

    def gives(self, operation):
        """A line with a result: its name."""
        name = f"%{self.fresh()}"
        self.does(f"{name} = {operation}")
        return name

    def begins(self, label):
        """The block that the next lines belong to."""
        self.lines.append(f"{label}:")
        self.block = label

    def goes(self, label):
        self.does(f"br label %{label}")

    def parts(self, condition, yes, no):
        self.does(f"br i1 {condition}, label %{yes}, label %{no}")

    @contextmanager
    def loop(self, start, stop, step=1, carried=()):
        """Counts from start to below stop; `carried` are (type, first value), changed by `Turn.next`."""
        before = self.block
        head, body, done = self.fresh("head"), self.fresh("body"), self.fresh("done")
        self.goes(head)
        self.begins(head)
        at = len(self.lines)
        turn = Turn(f"%{self.fresh()}", [f"%{self.fresh()}" for _ in carried])
        self.lines += [""] * (1 + len(carried))
        self.parts(self.gives(f"icmp slt i64 {turn.count}, {stop}"), body, done)
        self.begins(body)
        yield turn
        more = self.gives(f"add i64 {turn.count}, {step}")
        latch = self.block
        self.goes(head)
        names = [turn.count, *turn.values]
        kinds = ["i64", *(kind for kind, _ in carried)]
        first, later = [start, *(value for _, value in carried)], [more, *turn.next]
        for k, (name, kind) in enumerate(zip(names, kinds, strict=True)):
            self.lines[at + k] = (
                f"  {name} = phi {kind} [ {first[k]}, %{before} ], [ {later[k]}, %{latch} ]"
            )
        self.begins(done)

    def word(self, index):
        """Argument number `index` (a number or the name of one), a whole number."""
        return self.gives(f"load i64, ptr {self.place('%words', self._bytes(index))}, align 8")

    def pointer(self, index):
        return self.gives(f"inttoptr i64 {self.word(index)} to ptr")

    def _bytes(self, index):
        return 8 * index if isinstance(index, int) else self.gives(f"mul i64 {index}, 8")

    def place(self, base, offset):
        """The address `offset` bytes behind another."""
        return self.gives(f"getelementptr i8, ptr {base}, i64 {offset}")

    def item(self, kind, base, index):
        """The address of number `index` of an array."""
        return self.gives(f"getelementptr {kind}, ptr {base}, i64 {index}")

    def load(self, kind, width, place):
        return self.gives(f"load {wide(kind, width)}, ptr {place}, align {BYTES[kind]}")

    def spread(self, kind, width, value):
        """The same number in every place of a vector."""
        if width == 1:
            return value
        one = self.gives(f"insertelement {wide(kind, width)} poison, {kind} {value}, i64 0")
        return self.gives(
            f"shufflevector {wide(kind, width)} {one}, {wide(kind, width)} poison, "
            f"<{width} x i32> zeroinitializer"
        )

    def cast(self, value, given, wanted, width):
        """A number of one kind as one of another, rounded to nearest."""
        if given == wanted:
            return value
        how = "fpext" if BYTES[wanted] > BYTES[given] else "fptrunc"
        return self.gives(f"{how} {wide(given, width)} {value} to {wide(wanted, width)}")

    def combine(self, how, kind, width, a, b):
        """Arithmetic: fadd, fsub, fmul, fdiv."""
        return self.gives(f"{how} {wide(kind, width)} {a}, {b}")

    def root(self, kind, width, value):
        """The square root, correctly rounded."""
        name = ("" if width == 1 else f"v{width}") + f"f{8 * BYTES[kind]}"
        kinds = wide(kind, width)
        self._called[name] = f"declare {kinds} @llvm.sqrt.{name}({kinds})"
        return self.gives(f"call {kinds} @llvm.sqrt.{name}({kinds} {value})")


class Turn:
    """One turn of a loop: its number, what it carries, and what the next turn gets."""

    def __init__(self, count, values):
        self.count, self.values, self.next = count, values, []
