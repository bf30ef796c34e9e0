"""What the server counts about itself."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from app.services.metrics import Metrics


def samples(metrics: Metrics) -> dict[str, float]:
    """Return every sample by its name and labels, as ``name{label=value}``."""
    found = {}
    for family in text_string_to_metric_families(metrics.text().decode()):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


def test_answers_are_counted_by_route_and_status() -> None:
    metrics = Metrics()
    metrics.count_request("GET", "/api/images/<id:image_id>", 200, 0.02)
    metrics.count_request("GET", "/api/images/<id:image_id>", 200, 0.2)
    found = samples(metrics)
    route = "route=/api/images/<id:image_id>"
    assert found[f"maskwright_requests_total{{method=GET,{route},status=200}}"] == 2
    assert found[f"maskwright_request_seconds_bucket{{le=0.025,{route}}}"] == 1
    assert found[f"maskwright_request_seconds_count{{{route}}}"] == 2


def test_embeddings_and_the_queue_are_counted() -> None:
    metrics, queue = Metrics(), ["a", "b"]
    metrics.watch_queue(lambda: len(queue))
    metrics.count_embedding(is_hit=False)
    metrics.count_encode(3.0)
    found = samples(metrics)
    assert found["maskwright_embedding_requests_total{result=miss}"] == 1
    assert found["maskwright_embedding_requests_total{result=hit}"] == 0
    assert found["maskwright_encode_seconds_sum{}"] == 3.0
    assert found["maskwright_encode_queue_length{}"] == 2


def test_two_servers_of_one_program_count_apart() -> None:
    Metrics().count_encode(1.0)
    assert samples(Metrics())["maskwright_encode_seconds_count{}"] == 0
