"""Are coordinates even? One pass over them says it.

The program answers with two bits: all steps lie between two numbers; all are the same as the first. With
a NaN among them, neither holds.
"""

from functools import lru_cache

from .emit import BYTES, Writer, wide

ANSWER = 5  # the words: address of x, how many steps, low, high and first as doubles, the answer


@lru_cache
def program(kind):
    """The text for coordinates of a kind ('float' or 'double')."""
    w, size = Writer(), BYTES[kind]
    width = 64 // size
    whole = "i64" if kind == "double" else "i32"
    x, count = w.pointer(0), w.word(1)
    limits = [
        w.cast(w.load("double", 1, w.place("%words", 8 * k)), "double", kind, 1) for k in (2, 3, 4)
    ]
    vectors = w.gives(f"and i64 {count}, {-width}")

    def held(turn, n, limits):
        here = w.place(x, w.gives(f"mul i64 {turn.count}, {size}"))
        step = w.combine(
            "fsub", kind, n, w.load(kind, n, w.place(here, size)), w.load(kind, n, here)
        )
        low, high, first = limits
        tests = [("oge", low), ("ole", high), ("oeq", first)]
        above, below, same = (
            w.gives(f"fcmp {how} {wide(kind, n)} {step}, {what}") for how, what in tests
        )
        bit = "i1" if n == 1 else f"<{n} x i1>"
        found = [w.gives(f"and {bit} {above}, {below}"), same]
        to = whole if n == 1 else f"<{n} x {whole}>"
        turn.next = [
            w.gives(f"and {to} {old}, {w.gives(f'sext {bit} {new} to {to}')}")
            for old, new in zip(turn.values, found, strict=True)
        ]

    many = f"<{width} x {whole}>"
    full = "<" + ", ".join([f"{whole} -1"] * width) + ">"
    spread = [w.spread(kind, width, v) for v in limits]
    with w.loop("0", vectors, width, [(many, full)] * 2) as turn:
        held(turn, width, spread)
    sums = []
    for value in turn.values:
        total = w.gives(f"extractelement {many} {value}, i64 0")
        for k in range(1, width):
            total = w.gives(
                f"and {whole} {total}, {w.gives(f'extractelement {many} {value}, i64 {k}')}"
            )
        sums.append(total)
    with w.loop(vectors, count, 1, [(whole, s) for s in sums]) as turn:
        held(turn, 1, limits)
    answer = "0"
    for k, value in enumerate(turn.values):
        one = w.gives(f"and {whole} {value}, {1 << k}")
        answer = w.gives(f"or {whole} {answer}, {one}")
    answer = answer if whole == "i64" else w.gives(f"zext i32 {answer} to i64")
    w.does(f"store i64 {answer}, ptr {w.place('%words', 8 * ANSWER)}, align 8")
    return w.text()
