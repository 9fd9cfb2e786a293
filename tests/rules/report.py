"""What the release notes say about the table: cards, trials, worst errors. Run it as a module.

python -m tests.rules.report
"""

import warnings

from dfdx.rules.parameter import SAMPLED
from dfdx.rules.table import all_cards

from .measures import FIRST, curvatures, slopes, values


class Tally:
    """Trials and the worst of them."""

    def __init__(self):
        self.trials = 0
        self.errors = []

    def add(self, error, name):
        self.trials += 1
        self.errors.append((error, name))

    def __str__(self):
        self.errors.sort(reverse=True)
        worst, where = self.errors[0]
        half = self.errors[len(self.errors) // 2][0]
        near = self.errors[len(self.errors) // 100][0]
        numbers = f"median {half:8.2g}   99 % below {near:8.3g}   worst {worst:8.3g}"
        return f"{self.trials:6d} trials   {numbers} ({where})"


def main():
    """Measure every card in every reading and print one line per reading."""
    cards = all_cards()
    rows = {}

    def note(reading, error, name):
        rows.setdefault(reading, Tally()).add(error, name)

    for name, card in sorted(cards.items()):
        for pure, conditioned, _ in values(card):
            note("value", pure, name)
            note("value, relative to conditioning", conditioned, name)
        for reading in FIRST:
            for error, k, _ in slopes(card, reading):
                how = "by fits" if card.notes.get(k) == SAMPLED else "closed form"
                note(f"{reading}, {how}", error, name)
        for error, (j, k), _ in curvatures(card):
            fitted = SAMPLED in (card.notes.get(j), card.notes.get(k))
            note(f"reverse of reverse, {'by fits' if fitted else 'closed form'}", error, name)
    print(f"{len(cards)} pointwise cards; errors in ulp, against mpmath with 70 digits")
    for reading, tally in rows.items():
        print(f"{reading:38s}{tally}")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
