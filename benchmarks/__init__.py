"""Comparisons with other libraries: the same problem, the same answer, then the clock."""

import os

os.environ.setdefault("JAX_ENABLE_X64", "1")  # the others compute with 64 bits by themselves
