"""What every test shares: how hypothesis searches.

Examples have no deadline (nothing asserts a time), and where CI is set they are
the same in every run, so that a red run can be seen again.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "dfdx",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("dfdx")
