"""From the text of a program to a function: the only file that knows llvmlite.

No second process tries the code first. The programs are plain: loads, stores, arithmetic, comparisons and
choices on vectors of 64 bytes, all of which LLVM's own vectoriser emits and splits for every processor; no
masks, no calls, no contraction of a·b + c, and code generation always optimises (fast instruction
selection is what has aborted on wide vectors). The features are those that the processor itself reports.
So what is left to fear are wrong numbers, and against them every program proves itself on a small case,
compared to the bit with NumPy by whoever asks for it (`proof`), before it is used.

Nothing is imported before the first program is wanted. DFDX_COMPILED=0 in the environment says never.
"""

import ctypes
import os
from threading import RLock

_lock = RLock()
_makes = None  # makes target machines; False when there is no compiler
_programs = {}  # text -> function or None
_engines = []  # what must live as long as the functions


def function(text, proof):
    """The compiled `kernel` of the text as a function of one address, or None.

    The function is called without the GIL, from any number of threads. `proof` gets it and says whether its
    numbers are right.
    """
    found = _programs.get(text, _programs)
    if found is not _programs:
        return found
    with _lock:
        if text not in _programs:
            _programs[text] = _made(text, proof)
        return _programs[text]


def possible():
    """Whether there is a compiler, which this call loads."""
    with _lock:
        return bool(_maker())


def loaded():
    """Whether the compiler is loaded already."""
    return bool(_makes)


def _made(text, proof):
    maker = _maker()
    if not maker:
        return None
    try:
        made = _compiled(text, maker())
        return made if proof(made) else None
    except (RuntimeError, OSError, MemoryError):
        return None


def _compiled(text, machine):
    import llvmlite.binding as llvm

    context = llvm.create_context()  # the global one is numba's too, and keeps every name
    module = llvm.parse_assembly(text, context)
    module.triple = machine.triple
    module.verify()
    engine = llvm.create_mcjit_compiler(module, machine)  # which owns the machine from now on
    engine.finalize_object()
    address = engine.get_function_address("kernel")
    if not address:
        raise RuntimeError("the program has no kernel")
    _engines.append((context, engine))
    return ctypes.CFUNCTYPE(None, ctypes.c_void_p)(address)


def _maker():
    """What makes a machine to compile for; False where there is no llvmlite, or one that does not work."""
    global _makes
    if _makes is None:
        _makes = False if os.environ.get("DFDX_COMPILED") == "0" else _found()
    return _makes


def _found():
    try:
        import llvmlite.binding as llvm

        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        target = llvm.Target.from_default_triple()
        cpu, features = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()
        options = {"cpu": cpu, "features": features, "opt": 2, "codemodel": "jitdefault"}
        return lambda: target.create_target_machine(**options)
    except (ImportError, OSError, RuntimeError, AttributeError):
        return False
