"""Send the server what its own document allows, and what it does not, and count its failures.

``python -m bench.fuzz --requests 20000 --json FILE``. Valid and invalid requests for every
route are made by schemathesis from ``/api/openapi.json``. No answer may have status 500, and
every answer must look as the document says.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import response_schema_conformance

from app import create_app
from app.config import AppConfig
from app.context import AppContext
from app.services.served_model import ServedModel
from bench.fuzz_ids import KNOWN_IDS, LivingIds
from bench.harness import describe_machine
from sam_core.build_sam import build_tiny
from sam_core.checkpoints import model_id

DEFAULT_REQUESTS = 20_000
EXAMPLES_PER_VISIT = 20
_CHECKS = [not_a_server_error, response_schema_conformance]
_SHOWN_FAILURES = 20
_MISSES = (404, 405)


@dataclass
class Tally:
    """What came of all requests.

    Attributes:
        requests: Number of answers.
        server_errors: Answers with status 500.
        unlike_document: Answers of another shape than the document says.
        statuses: Answers by status.
        failures: The first failures, in words.
        missed: By route, answers that say that there is no such thing, or no such method.
    """

    requests: int = 0
    server_errors: int = 0
    unlike_document: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def reached_share(self) -> float:
        """Which share of the requests got past the question whether there is such a thing."""
        return round(1 - self.missed.total() / max(1, self.requests), 3)


def main(arguments: list[str] | None = None) -> int:
    """Run the fuzzing, print or write its result, and return 1 if the server failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=DEFAULT_REQUESTS, help="at least so many")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, default=None, help="file of the result")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = fuzz(Path(folder), options.requests, options.seed)
    result = {
        "fuzz_requests": tally.requests,
        "fuzz_500": tally.server_errors,
        "reached_share": tally.reached_share,
        "unlike_document": tally.unlike_document,
        "statuses": {str(status): count for status, count in sorted(tally.statuses.items())},
        "failures": tally.failures,
        "seconds": round(time.monotonic() - began, 1),
        "machine": describe_machine(),
    }
    text = json.dumps(result, indent=2) + "\n"
    if options.json is not None:
        options.json.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 1 if tally.server_errors or tally.unlike_document else 0


def fuzz(folder: Path, requests: int, first_seed: int, examples: int = EXAMPLES_PER_VISIT) -> Tally:
    """Send at least so many requests to a server with something of everything in it.

    Args:
        folder: Empty; for the store and for the images that the server may add.
        requests: Least number.
        first_seed: Makes the requests repeatable.
        examples: Requests of one kind for one route before the next route's turn.
    """
    tally, visit = Tally(), first_seed
    while tally.requests < requests:
        visit = _fuzz_once(folder / f"from_{visit}", visit, tally, examples)
    return tally


def _fuzz_once(folder: Path, visit: int, tally: Tally, examples: int) -> int:
    """Visit every route of a new server and return the next visit."""
    app = make_server(folder)
    context: AppContext = app.extensions["maskwright"]
    try:
        ids = LivingIds(context, visit)
        ids.fill()
        for operation in read_operations(app):
            for mode in GenerationMode:
                visit += 1
                cases = operation.as_strategy(generation_mode=mode)
                send_some(cases, visit, tally, examples, ids)
    finally:
        context.close()
    return visit


def make_server(folder: Path) -> Flask:
    """Return a server on an empty store in a new folder, with the small model of the tests."""
    (folder / "pictures").mkdir(parents=True)
    sam = build_tiny()
    config = AppConfig(data_dir=folder / "data", images_root=folder / "pictures", max_upload_mb=2)
    return create_app(config, ServedModel(sam, "tiny", model_id(sam)))


def read_operations(app: Flask) -> list[Any]:
    """Return all operations of the document, those that delete last."""
    document: dict[str, Any] = json.loads(app.test_client().get("/api/openapi.json").text)
    for methods in document["paths"].values():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                if parameter["in"] == "path":  # ids that exist, or nearly
                    parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": KNOWN_IDS}
    schema = schemathesis.openapi.from_dict(document)
    schema.app = read_to_the_end(app)
    results: Any = schema.get_all_operations()
    found = [result.ok() for result in results]
    return sorted(found, key=lambda operation: operation.method.upper() == "DELETE")


def read_to_the_end(app: Flask) -> WSGIApplication:
    """Return the server as one that closes the files it sends: the caller here never does."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        parts = app(environ, start_response)
        try:
            return list(parts)
        finally:
            getattr(parts, "close", lambda: None)()

    return answer


def send_some(
    cases: Any,
    number: int,
    tally: Tally,
    examples: int = EXAMPLES_PER_VISIT,
    ids: LivingIds | None = None,
) -> None:
    """Send some examples of one operation and count the answers.

    Args:
        cases: From schemathesis.
        number: Makes the examples repeatable.
        tally: Where to count.
        examples: Their number.
        ids: Of what is there; without them the requests keep the ids that were made up.
    """

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def send(case: Any) -> None:
        if ids is not None:
            ids.aim(case)
        response = case.call()
        if ids is not None:
            ids.learn(case, response)
        tally.requests += 1
        tally.statuses[response.status_code] += 1
        tally.server_errors += response.status_code == 500
        if response.status_code in _MISSES:
            tally.missed[f"{case.method} {case.path}"] += 1
        note_failures(case, response, tally)

    run: Callable[[], None] = send
    try:
        run()
    except Unsatisfiable:
        return  # a route without parameters has no invalid request


def note_failures(case: Any, response: Any, tally: Tally) -> None:
    """Compare an answer with the document."""
    try:
        case.validate_response(response, checks=_CHECKS)
    except (Failure, FailureGroup) as failure:
        tally.unlike_document += response.status_code != 500
        if len(tally.failures) < _SHOWN_FAILURES:
            said = " ".join(str(failure).split())
            tally.failures.append(f"{case.method} {case.path}: {said[:600]}")


if __name__ == "__main__":
    sys.exit(main())
