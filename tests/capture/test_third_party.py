"""Third parties' code as it is, against the derivatives that they publish.

SciPy's and NumPy's always; statsmodels, scikit-learn, astropy and lmfit where they
are installed (`pip install -e '.[third-party]'`). Where a published derivative and ours
disagree, differences decide, and those that are wrong themselves are named here.
"""

from importlib import import_module
from importlib.util import find_spec

import pytest

MODULES = {
    "of_scipy": ("scipy",),
    "of_statsmodels": ("statsmodels",),
    "of_others": ("astropy", "sklearn", "lmfit"),
}

# Published derivatives that differences do not confirm (statsmodels 0.14).
WRONG_AS_PUBLISHED = {
    "TransfFrank",  # the sign
    "TransfGumbel deriv",  # (-1)**(1 + theta) is complex
    "NegativeBinomial score",  # the row and column of alpha in the Hessian
    "NegativeBinomial hessian",
    "NegativeBinomial nb1 score",
    "NegativeBinomial nb1 hessian",
    "ZeroInflatedPoisson score",  # the block between inflation and mean, which is not 0
    "ZeroInflatedPoisson hessian",
}


def _pairs():
    for name, needs in MODULES.items():
        if all(find_spec(n) for n in needs):
            yield from import_module(f"capture.third_party.{name}").pairs()


PAIRS = list(_pairs())


@pytest.mark.parametrize("pair", PAIRS, ids=repr)
@pytest.mark.filterwarnings("ignore")  # theirs, from points outside the domain
def test_theirs_and_ours_agree(pair):
    word, _, _ = pair.verdict
    assert word == ("published wrong" if pair.name in WRONG_AS_PUBLISHED else "right")


@pytest.mark.filterwarnings("ignore")
def test_most_are_right_to_twelve_digits():
    right = [apart for word, apart, _ in (p.verdict for p in PAIRS[::7]) if word == "right"]
    assert sum(apart <= 1e-12 for apart in right) >= 0.7 * len(right)
