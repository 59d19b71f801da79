"""200 worlds a test, always the same ones. `--hypothesis-profile=deep` tries many more, different
each time."""

from hypothesis import HealthCheck, settings

_UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "default", max_examples=200, derandomize=True, deadline=None, suppress_health_check=_UNHURRIED
)
settings.register_profile(
    "deep", max_examples=5000, derandomize=False, deadline=None, suppress_health_check=_UNHURRIED
)
settings.load_profile("default")
