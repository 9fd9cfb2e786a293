"""The tables: what dfdx knows about functions, one line each."""

from . import operators as operators
