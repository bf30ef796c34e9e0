"""The model that is served, which can change while the server runs."""

from app.services.served_model import ServedModel


class LiveModel:
    """A `ModelSource` that can be switched.

    Work that has begun goes on with the model that it began with.

    Args:
        base: The model that the settings name; it is served until another one is.
    """

    def __init__(self, base: ServedModel) -> None:
        self._base = base
        self._current = base

    @property
    def base(self) -> ServedModel:
        """The model that the settings name."""
        return self._base

    @property
    def current(self) -> ServedModel:
        """The model that is served now."""
        return self._current

    def switch(self, model: ServedModel) -> None:
        """Serve another model from now on."""
        self._current = model
