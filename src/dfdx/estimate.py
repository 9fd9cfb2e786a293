"""An answer with what is known about it."""


class Estimate:
    """A derivative, how far it may be off, and how it was found.

    value        the number, array or structure that the operator returns
    error        a bound on its error, of the same form; nan where none is known
    method       how it was found, in words
    evaluations  how often the function was called
    left, right  the one-sided derivatives, where they were looked at (else None)
    notes        what the user should know, as sentences
    noise        the noise of one value of the function, where it was sampled (else None)
    reach        how far from the point the function was sampled (else None)

    >>> print(Estimate(6.0, 1e-15, "exact"))
    6.0 ± 1e-15 (exact)
    """

    __slots__ = (
        "error", "evaluations", "left", "method", "noise", "notes", "reach", "right", "value",
    )  # fmt: skip

    def __init__(
        self, value, error, method, evaluations=1, left=None, right=None, notes=(), noise=None,
        reach=None,
    ):  # fmt: skip
        put = object.__setattr__
        put(self, "value", value)
        put(self, "error", error)
        put(self, "method", method)
        put(self, "evaluations", evaluations)
        put(self, "left", left)
        put(self, "right", right)
        put(self, "notes", tuple(notes))
        put(self, "noise", noise)
        put(self, "reach", reach)

    def __setattr__(self, name, value):
        raise AttributeError(f"an Estimate does not change; {name} is fixed")

    def __float__(self):
        return float(self.value)

    def __str__(self):
        error = f"{self.error:.2g}" if isinstance(self.error, float) else str(self.error)
        notes = "".join(f"\n  note: {note}" for note in self.notes)
        return f"{self.value} ± {error} ({self.method}){notes}"

    def __repr__(self):
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields())
        return f"Estimate({fields})"

    def __eq__(self, other):
        if type(other) is not Estimate:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self):
        order = (
            "value",
            "error",
            "method",
            "evaluations",
            "left",
            "right",
            "notes",
            "noise",
            "reach",
        )
        return Estimate, tuple(getattr(self, name) for name in order)

    def _fields(self):
        yield from ("value", "error", "method", "evaluations")
        if self.left is not None or self.right is not None:
            yield from ("left", "right")
        if self.noise is not None:
            yield from ("noise", "reach")
        if self.notes:
            yield "notes"
