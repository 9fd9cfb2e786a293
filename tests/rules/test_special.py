"""`scipy.special` under its own names: the same values, several at once, options, refusals."""

import numpy as np
import pytest
from scipy import special as scipy_special

from dfdx.errors import NoRule
from dfdx.graph import Operand, variable
from dfdx.pointwise import Pointwise
from dfdx.rules.special import OTHERS, function
from dfdx.rules.table import all_cards


def names_of_cards():
    return sorted(
        name
        for name, card in all_cards().items()
        if card.module == "scipy.special" and hasattr(scipy_special, name)
    )


def test_most_of_scipys_ufuncs_are_here():
    known = [
        name
        for name in dir(scipy_special)
        if isinstance(getattr(scipy_special, name), np.ufunc) and function(name)
    ]
    assert len(known) >= 150


@pytest.mark.parametrize("name", names_of_cards())
def test_a_card_has_scipys_arguments(name):
    theirs = getattr(scipy_special, name)
    if isinstance(theirs, np.ufunc) and isinstance(function(name), Pointwise):
        assert function(name).arity == theirs.nin


@pytest.mark.parametrize(
    "name, args",
    [
        ("airy", (1.5,)),
        ("comb", (7.5, 2.5)),
        ("ellipj", (0.7, 0.3)),
        ("fresnel", (1.2,)),
        ("iti0k0", (1.2,)),
        ("itj0y0", (1.2,)),
        ("jn", (2, 1.5)),
        ("lambertw", (0.4,)),
        ("lambertw", (-0.2, -1)),
        ("perm", (7, 3)),
        ("psi", (2.5,)),
        ("round", (2.5,)),
        ("shichi", (1.5,)),
        ("sici", (1.5,)),
        ("spherical_in", (2, 1.5)),
        ("spherical_jn", (2, 1.5)),
        ("spherical_jn", (2, 1.5, True)),
        ("spherical_kn", (2, 1.5, True)),
        ("spherical_yn", (2, 1.5, True)),
        ("zeta", (2.5,)),
        ("zeta", (2.5, 1.5)),
    ],
)
def test_values_are_scipys(name, args):
    found, truth = OTHERS[name](*args), getattr(scipy_special, name)(*args)
    np.testing.assert_allclose(np.real(found), np.real(truth), rtol=1e-13)


def test_operands_give_operands():
    x = variable("x")
    assert all(isinstance(y, Operand) for y in function("airy")(x))
    assert isinstance(function("spherical_jn")(1, x, derivative=True), Operand)


def test_what_has_no_real_values_is_refused():
    with pytest.raises(NoRule, match="branch 1"):
        function("lambertw")(0.5, 1)


def test_unknown_names():
    assert function("wofz") is None
    assert function("sin") is None
