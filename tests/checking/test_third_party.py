"""Published derivatives: no false alarm among those that are right, and those that are wrong are found."""

import pytest
from capture.third_party import WRONG_AS_PUBLISHED, every

from dfdx import check

PAIRS = list(every())


@pytest.mark.parametrize("pair", PAIRS, ids=repr)
@pytest.mark.filterwarnings("ignore")  # theirs, from points outside the domain
def test_check_knows_right_from_wrong(pair):
    report = check(pair.f, pair.published, *pair.points)
    assert report.right == (pair.name not in WRONG_AS_PUBLISHED), report
