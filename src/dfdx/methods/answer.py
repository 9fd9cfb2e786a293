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

    def __init__(self, value, method, trace=None, notes=(), **facts):
        self.value = value
        self.method = method
        self.trace = trace
        self.notes = notes
        self.evaluations = facts.get("evaluations", 1)
        self.error = facts.get("error")
        self.left = facts.get("left")
        self.right = facts.get("right")
        self.values = facts.get("values")
        self.rebuild = facts.get("rebuild")
        self.noise = facts.get("noise")
        self.reach = facts.get("reach")

    def released(self):
        """The value alone; the trace behind it is freed."""
        if self.trace is not None:
            self.trace.tape.release()
        return self.value
