"""What many scores say together, as the numbers of the page."""

from dataclasses import dataclass

from .outcome import middle, share


@dataclass(frozen=True)
class Summary:
    """The scores of one contestant on some cases; what it does not offer is left out.

    An answer that is missing where there is a derivative counts as 0 digits.
    """

    scores: tuple

    @classmethod
    def of(cls, scores, *groups):
        """Of the scores whose group is one of these (of all without any)."""
        chosen = (s for s in scores if not groups or s.case.group in groups)
        return cls(tuple(s for s in chosen if not s.outcome.crash.startswith("NotOffered")))

    @property
    def there(self):
        return [s for s in self.scores if s.case.exists]

    @property
    def digits(self):
        return middle(s.digits or 0.0 for s in self.there)

    @property
    def calls(self):
        return middle(s.outcome.calls for s in self.there)

    @property
    def covered(self):
        return share(s.covered for s in self.there)

    @property
    def width(self):
        """The stated error as a multiple of the true one, where that is not 0."""
        return middle(s.width for s in self.there if s.answered and s.off)

    @property
    def wrong(self):
        return sum(s.wrong for s in self.there)

    @property
    def crashes(self):
        return sum(bool(s.outcome.crash) for s in self.scores if s.case.exists)

    @property
    def refused(self):
        """Cases with a derivative that were flagged as not answered, without a crash."""
        return sum(not s.answered and not s.outcome.crash for s in self.there)

    @property
    def denied(self):
        """Cases with a derivative of which it was said that there is none."""
        return sum(s.outcome.method == "denied" for s in self.there)

    @property
    def missing(self):
        return [s for s in self.scores if not s.case.exists]

    @property
    def told(self):
        return sum(not s.wrong for s in self.missing)

    @property
    def named(self):
        """Told as NotDifferentiable, each one-sided derivative that exists right to 8 digits."""
        return sum(s.outcome.left is not None and sides_right(s) for s in self.missing)

    @property
    def most_calls(self):
        return max((s.outcome.calls for s in self.missing), default=None)


def sides_right(score):
    """Whether each one-sided derivative that exists was told, to 8 digits."""
    o = score.outcome
    pairs = ((score.case.left, o.left), (score.case.right, o.right))
    return all(_same(want, told) for want, told in pairs if want is not None)


def _same(want, told):
    if told is None:
        return False
    return want == told or abs(told - want) <= 1e-8 * max(abs(want), 1e-3)
