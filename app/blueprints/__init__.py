"""Routes. A view parses, calls one service, and answers; nothing else says HTTP."""
