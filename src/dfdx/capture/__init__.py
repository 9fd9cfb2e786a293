"""Your code, and formulas as people type them, become graphs."""

from . import operators as operators
