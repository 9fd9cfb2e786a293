"""The example in examples/digits.py does what the page says: a network that reads digits."""

import re
import subprocess
import sys

import pytest
from house import ROOT


@pytest.mark.parametrize("seed", [0, 1])
def test_digits_are_read(seed):
    pytest.importorskip("sklearn")
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / "digits.py", str(seed)],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert "trained" in done.stdout and "note" not in done.stdout
    assert float(re.search(r"correct: (.*)", done.stdout).group(1)) >= 0.97
