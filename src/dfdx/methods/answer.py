"""What a method found at a point, and how."""


class Answer:
    """What a method found at one point: the value in the structure that f returns, and the story.

    value    for all partials a table [value][leaf]
    error    of the form of the value; None where it was not asked for
    trace    the trace behind an exact answer
    values   what f returned, flattened; `rebuild` puts such a list into the form of f's value
    """

    __slots__ = (
        "error", "evaluations", "left", "method", "noise", "notes", "reach", "rebuild", "right",
        "trace", "value", "values",
    )  # fmt: skip

    def __init__(
        self, value, method, trace=None, notes=(), *, evaluations=1, error=None, left=None, right=None,
        values=None, rebuild=None, noise=None, reach=None,
    ):  # fmt: skip
        self.value = value
        self.method = method
        self.trace = trace
        self.notes = notes
        self.evaluations = evaluations
        self.error = error
        self.left, self.right = left, right
        self.values = trace.values if values is None and trace is not None else values
        self.rebuild = rebuild
        self.noise, self.reach = noise, reach

    def released(self):
        """The value alone; the trace behind it is freed."""
        if self.trace is not None:
            self.trace.tape.release()
        return self.value
