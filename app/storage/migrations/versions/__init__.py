"""One file per step. A step that was released is never changed; a new one is added after it."""
