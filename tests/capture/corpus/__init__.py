"""Functions as people write them, with points: what capture is measured on.

Nothing here knows dfdx. Every module ends with its `CASES`: a function and the
arguments of one call, all of which vary. `benchmarks/coverage` runs the same files
through other libraries.
"""
