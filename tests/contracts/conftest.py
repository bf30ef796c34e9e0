"""The server of the HTTP contracts: the tiny model and an empty store."""

from tests.helpers.app_fixtures import (  # noqa: F401 -- fixtures, used by name
    app,
    client,
    config,
    context,
    tiny_model,
)
