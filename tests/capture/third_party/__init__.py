"""Code of third parties as it is: functions that come with an analytic derivative to compare with."""
