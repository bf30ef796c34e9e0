"""Settings that every Python test shares."""

from __future__ import annotations

import os

# Before torch is imported: tests run small models beside browsers and servers, where threads
# that wait for each other cost more than they bring.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings

# A loaded machine must not turn a slow example into a failure; CI repeats the same examples.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# The server with the tiny model, for tests of the server and of the documents; a real server
# and a real browser for the rest.
pytest_plugins = [
    "tests.helpers.accounts",
    "tests.helpers.app_fixtures",
    "tests.helpers.browser_fixtures",
    "tests.helpers.live_server",
    "tests.helpers.store_fixtures",
]


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say in one line each why tests were skipped, so that nobody takes them for passed."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"not run: {reason.removeprefix('Skipped: ')}", yellow=True)
