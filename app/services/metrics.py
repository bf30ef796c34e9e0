"""What the server counts about itself, for Prometheus; nothing in it names a person or a file."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_REQUEST_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_ENCODE_BUCKETS_S = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The counters of one server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "maskwright_requests",
            "Answers, by method, route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "maskwright_request_seconds",
            "Time until an answer was ready, by route.",
            ("route",),
            buckets=_REQUEST_BUCKETS_S,
            registry=self._registry,
        )
        self._encode_seconds = Histogram(
            "maskwright_encode_seconds",
            "Time to compute and keep one embedding.",
            buckets=_ENCODE_BUCKETS_S,
            registry=self._registry,
        )
        self._embedding_requests = Counter(
            "maskwright_embedding_requests",
            "Embeddings that were asked for: a hit was there, a miss had to be computed.",
            ("result",),
            registry=self._registry,
        )
        for result in ("hit", "miss"):
            self._embedding_requests.labels(result)  # shown as 0 before the first one
        self._queue_length = Gauge(
            "maskwright_encode_queue_length",
            "Images that wait to be encoded.",
            registry=self._registry,
        )

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer.

        Args:
            method: HTTP method.
            route: The pattern of the address, never the address itself: ids tell who did what.
            status: HTTP status.
            seconds: Time it took.
        """
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def count_embedding(self, *, is_hit: bool) -> None:
        """Count one embedding that was asked for."""
        self._embedding_requests.labels("hit" if is_hit else "miss").inc()

    def count_encode(self, seconds: float) -> None:
        """Count one embedding that was computed."""
        self._encode_seconds.observe(seconds)

    def watch_queue(self, length: Callable[[], int]) -> None:
        """Ask for the length of the queue whenever somebody looks."""
        self._queue_length.set_function(length)

    def text(self) -> bytes:
        """Return everything in the text format of Prometheus."""
        return generate_latest(self._registry)
