"""Your code, and formulas as people type them, become graphs."""

from . import in_place as in_place
from . import operators as operators
from . import rounded as rounded
