"""Where the arrays' side of a card is found: NumPy's or SciPy's function of that name."""

from importlib import import_module


def find(card):
    """The function on arrays that the card names."""
    if callable(card.numpy):
        return card.numpy
    return getattr(import_module(card.module), card.numpy)
