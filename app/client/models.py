"""Which model answers, and teaching it from accepted masks."""

from app.client.errors import WorkFailedError
from app.client.model_values import Lessons, ModelChoice, TuningRun
from app.client.transport import Transport
from app.client.waiting import wait_for

TUNING_S = 24 * 3600.0


class Models:
    """Lists the models of a server and chooses among them.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self) -> list[ModelChoice]:
        """Return the model of the settings, then the tuned ones, oldest first."""
        return [ModelChoice.from_json(one) for one in self._transport.get("/api/models")["models"]]

    def served(self) -> ModelChoice:
        """Return the model that answers now."""
        return next(model for model in self.all() if model.is_served)

    def use(self, model_id: str) -> list[ModelChoice]:
        """Let another model answer from now on, in every open page too, and return all."""
        answer = self._transport.send("POST", f"/api/models/{model_id}/use")
        return [ModelChoice.from_json(one) for one in answer["models"]]


class Tuning:
    """Teaches the model from the accepted masks of a project, in a process of its own.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def lessons(self, project_id: int) -> Lessons:
        """Return how much a project gives to learn from, and how much is needed."""
        return Lessons.from_json(self._transport.get(f"/api/projects/{project_id}/lessons"))

    def start(self, project_id: int, minutes: float | None = None) -> TuningRun:
        """Start a run and return at once.

        Args:
            project_id: Whose masks.
            minutes: How long the steps may take; the server's own choice without it.
        """
        body = {"project_id": project_id}
        return self._send(body if minutes is None else {**body, "minutes": minutes})

    def resume(self) -> TuningRun:
        """Let an interrupted run go on and return at once."""
        return self._send({"resume": True})

    def state(self) -> TuningRun:
        """Return how far the newest run is."""
        return TuningRun.from_json(self._transport.get("/api/tuning"))

    def wait(self, timeout_s: float = TUNING_S) -> TuningRun:
        """Wait until the newest run has ended and return what came of it.

        Raises:
            WorkFailedError: If it failed or was interrupted, or is not done in time.
        """
        found = wait_for(lambda: self._transport.get("/api/tuning"), timeout_s)
        if found["state"] == "interrupted":
            raise WorkFailedError(
                "tuning_interrupted",
                "the run must end by itself, but its process ended in the middle",
                "let it go on with resume",
            )
        return TuningRun.from_json(found)

    def cancel(self) -> None:
        """End the run and forget it; what was tuned before stays."""
        self._transport.send("DELETE", "/api/tuning")

    def _send(self, body: object) -> TuningRun:
        return TuningRun.from_json(self._transport.send("POST", "/api/tuning", body))
