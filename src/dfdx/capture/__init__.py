"""Your code, and formulas as people type them, become graphs."""
