"""Formula: a graph as people write it, in text, LaTeX and MathML.

The text is always wanted; the others are loaded when they are first asked for.
"""

from importlib import import_module

from .text import text

__all__ = ["latex", "mathml", "text"]
_HOMES = {"latex": "in_latex", "mathml": "in_mathml"}


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
