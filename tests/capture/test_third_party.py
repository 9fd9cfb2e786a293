"""Third parties' code as it is, against the derivatives that they publish.

SciPy's and NumPy's always; statsmodels, scikit-learn, astropy and lmfit where they
are installed (`pip install -e '.[third-party]'`). Where a published derivative and ours
disagree, differences decide, and those that are wrong themselves are named here.
"""

import pytest
from capture.third_party import WRONG_AS_PUBLISHED, every

PAIRS = list(every())


@pytest.mark.parametrize("pair", PAIRS, ids=repr)
@pytest.mark.filterwarnings("ignore")  # theirs, from points outside the domain
def test_theirs_and_ours_agree(pair):
    word, _, _ = pair.verdict
    assert word == ("published wrong" if pair.name in WRONG_AS_PUBLISHED else "right")


@pytest.mark.filterwarnings("ignore")
def test_most_are_right_to_twelve_digits():
    right = [apart for word, apart, _ in (p.verdict for p in PAIRS[::7]) if word == "right"]
    assert sum(apart <= 1e-12 for apart in right) >= 0.7 * len(right)
