"""What a method found at a point, and how."""


class Answer:
    """What a method found at one point: the value in the structure that f returns, and the story."""

    __slots__ = ("error", "evaluations", "left", "method", "notes", "right", "trace", "value")

    def __init__(self, value, method, trace=None, notes=(), **facts):
        self.value = value
        self.method = method
        self.trace = trace
        self.notes = notes
        self.evaluations = facts.get("evaluations", 1)
        self.error = facts.get("error")
        self.left = facts.get("left")
        self.right = facts.get("right")

    def released(self):
        """The value alone; the trace behind it is freed."""
        if self.trace is not None:
            self.trace.tape.release()
        return self.value
