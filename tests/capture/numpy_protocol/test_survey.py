"""NumPy's functions one by one: the gradient of every trial against differences.

No trial is wrong; those that are answered from samples are named.
"""

import linecache
import warnings

import numpy as np
import pytest
from capture.numpy_protocol.trials import trials

from dfdx import gradient

BY_DIFFERENCES = {
    "complex: parts set": "a part of a complex array is no view of it here",
    "ma of what varies": "masked arrays need plain numbers",
    "structured, written": "fields of structured arrays are plain numbers",
    "poly1d divided": "NumPy's own division asks for plain coefficients",
}
if np.__version__ < "2":
    _OLDER = ("vectorize with signature", "ndindex", "linalg.norm of order that varies")
    _OLDER += ("random order", "plain ** x")
    BY_DIFFERENCES |= dict.fromkeys(_OLDER, "an older NumPy takes another way")

# Public functions that have no trial, and why: all others of NumPy's must have one.
WITHOUT_TRIAL = {
    "constants, types and text": """
        array2string array_repr array_str asmatrix base_repr binary_repr bmat busday_count
        busday_offset can_cast common_type datetime_as_string datetime_data einsum_path
        format_float_positional format_float_scientific from_dlpack frombuffer fromfile fromregex
        fromstring genfromtxt get_include get_printoptions getbufsize geterr geterrcall info
        is_busday isdtype isfortran isnat issubdtype iterable load loadtxt may_share_memory
        min_scalar_type mintypecode nested_iters packbits printoptions promote_types require save
        savetxt savez savez_compressed set_printoptions setbufsize seterr seterrcall shares_memory
        show_config show_runtime test typename unpackbits byte_bounds deprecate deprecate_with_doc
        disp find_common_type issctype issubclass_ issubsctype lookfor maximum_sctype obj2sctype
        recfromcsv recfromtxt safe_eval sctype2char set_numeric_ops set_string_function source who
        add_docstring add_newdoc add_newdoc_ufunc asfarray compare_chararrays fastCopyAndTranspose
        tracemalloc_domain array_namespace_info
    """,
    "whole numbers": """
        bitwise_count bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift
        bitwise_xor gcd invert lcm left_shift right_shift
    """,
    "told by order or equality, as those that have one": """
        allclose array_equal array_equiv fmin greater isneginf isposinf less_equal logical_or
        logical_xor nanargmin not_equal argmin in1d isreal iscomplex isrealobj iscomplexobj isinf
        unique_all unique_counts unique_inverse
    """,
    "other names, and others of a family that has one": """
        acos acosh asin asinh asarray_chkfinite asanyarray asfortranarray atan atan2 atanh
        bitwise_and blackman broadcast_shapes empty flipud hanning histogram2d histogramdd
        identity ones ones_like sort_complex zeros tril_indices_from triu_indices rollaxis
        row_stack cumproduct alltrue sometrue product round_ msort permute_dims size ndim
        trapezoid trapz cumulative_sum cumulative_prod matvec vecmat vecdot unstack
        matrix_transpose unique_values astype isclose concat logical_and fix
    """,
}
OFFSETS = np.array([1.0, 2.0, 3.0, 4.0])
WEIGHTS = np.array([4 / 5, -1 / 5, 4 / 105, -1 / 280])


def weighed(y, start=1):
    """The numbers in y times different weights, added up: what user code would minimise."""
    if isinstance(y, (tuple, list)):
        return sum(weighed(part, start + 10 * k) for k, part in enumerate(y))
    if np.iscomplexobj(y):
        return weighed(np.real(y), start) + weighed(np.imag(y), start + 5)
    weights = np.cos(1.3 * np.arange(start, start + np.size(y))).reshape(np.shape(y))
    return np.sum(weights * y)


def minimised(name, f):
    """The number that a user would minimise, as a function of its own (each is verified once)."""
    word = "".join(c if c.isalnum() else "_" for c in name)
    text = f"def of_{word}(*xs):\n    return weighed(f(*xs))\n"
    file = f"<survey of {name}>"
    linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file
    space = {"weighed": weighed, "f": f, "__name__": __name__}
    exec(compile(text, file, "exec"), space)
    return space[f"of_{word}"]


def slope(f, args, directions, h=1e-3):
    def at(t):
        return f(*[a + t * d for a, d in zip(args, directions, strict=True)])

    return sum(w / h * (at(k * h) - at(-k * h)) for k, w in zip(OFFSETS, WEIGHTS, strict=True))


@pytest.mark.parametrize(
    ("name", "f", "args"), list(trials()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_trial(name, f, args):
    total = minimised(name, f)
    rng = np.random.default_rng(len(name))
    directions = [
        rng.normal(size=np.shape(a)) if np.shape(a) else float(rng.normal()) for a in args
    ]
    given = [np.copy(a) for a in args]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted = slope(total, args, directions)
        found = gradient(total).estimate(*args)
    values = (
        found.value if len(args) > 1 and not isinstance(found.value, np.ndarray) else [found.value]
    )
    if len(args) > 1 and isinstance(found.value, np.ndarray):
        values = list(found.value)
    assert all(np.array_equal(a, b) for a, b in zip(args, given, strict=True)), (
        "an input was changed"
    )
    ours = sum(np.sum(np.multiply(g, d)) for g, d in zip(values, directions, strict=True))
    scale = max(1.0, *(np.max(np.abs(g), initial=0.0) for g in values))
    assert abs(ours - wanted) <= 1e-7 * scale, (ours, wanted, found)
    if name in BY_DIFFERENCES:
        assert "differences" in found.method
    else:
        assert "differences" not in found.method, found.notes


def test_every_public_function_has_a_trial_or_a_reason():
    named = {name.split()[0] for name, _, _ in trials()}
    excused = {word for words in WITHOUT_TRIAL.values() for word in words.split()}
    missing = []
    for prefix, module in (("", np), ("linalg.", np.linalg), ("fft.", np.fft)):
        for name in module.__all__ if prefix else dir(np):
            g = None if name.startswith("_") else getattr(module, name, None)
            if callable(g) and not isinstance(g, type) and prefix + name not in named | excused:
                missing.append(prefix + name)
    assert not missing
