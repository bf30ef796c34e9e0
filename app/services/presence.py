"""Who is on which image just now; known only while the server runs."""

import threading
import time
from collections.abc import Callable

# A page says that it is there every 8 seconds; who is silent is gone for all within 30.
FORGOTTEN_AFTER_S = 20.0


class Presence:
    """Remembers who looked at an image a moment ago.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[tuple[int, str], float] = {}

    def note(self, image_id: int, name: str) -> list[str]:
        """Say that somebody is on an image.

        Returns:
            Who else is there, by name.
        """
        with self._lock:
            now = self._clock()
            self._seen = {key: at for key, at in self._seen.items() if now - at < FORGOTTEN_AFTER_S}
            if name:
                self._seen[image_id, name] = now
            return sorted(who for image, who in self._seen if image == image_id and who != name)

    def leave(self, image_id: int, name: str) -> None:
        """Say that somebody left an image."""
        with self._lock:
            self._seen.pop((image_id, name), None)
