"""Machine code: text of LLVM's language, written here, compiled by llvmlite, called as a function.

`emit` writes the text, `stencils` and `steps` are the programs, `jit` makes them run. What runs has an
equal in NumPy: without llvmlite, or where a program does not prove itself, that one answers.
"""
