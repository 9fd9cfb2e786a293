"""Formula: a graph as people write it, in text, LaTeX and MathML."""

from .latex import latex
from .mathml import mathml
from .text import text

__all__ = ["latex", "mathml", "text"]
