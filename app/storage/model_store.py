"""Tuned models and the choice among them, in the database."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.model_version import (
    CurvePoint,
    Lesson,
    ModelVersion,
    NewVersion,
    Scores,
)
from app.storage.database import Database, utc_now
from app.storage.tables import ModelSwitchRow, ModelVersionRow


class ModelStore:
    """Keeps versions of models and which one is served.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_all(self) -> list[ModelVersion]:
        """Return all versions, oldest first, whatever base they were made from."""
        with self._database.read() as session:
            rows = session.scalars(select(ModelVersionRow).order_by(ModelVersionRow.id))
            return [_to_version(row) for row in rows]

    def find(self, model_id: str) -> ModelVersion | None:
        """Return a version, or ``None`` if there is none."""
        with self._database.read() as session:
            row = _row(session, model_id)
            return None if row is None else _to_version(row)

    def add(self, version: NewVersion) -> ModelVersion:
        """Keep a version, or find the one with these weights, which is then the same."""
        with self._database.write() as session:
            row = _row(session, version.model_id)
            if row is None:
                row = ModelVersionRow(
                    model_id=version.model_id,
                    base_id=version.base_id,
                    encoder_id=version.encoder_id,
                    name=version.name,
                    file_sha256=version.file_sha256,
                    byte_count=version.byte_count,
                    lesson_json=json.dumps(asdict(version.lesson)),
                    created_at=utc_now(),
                )
                session.add(row)
                session.flush()
            return _to_version(row)

    def remove(self, model_id: str) -> None:
        """Forget a version; the masks that it made stay."""
        with self._database.write() as session:
            session.execute(delete(ModelVersionRow).where(ModelVersionRow.model_id == model_id))

    def chosen(self, base_id: str) -> tuple[str | None, str | None]:
        """Return the model that was chosen last and the one that was served before it.

        ``None`` means the base itself, because nobody has chosen yet.
        """
        with self._database.read() as session:
            newest = list(
                session.scalars(
                    select(ModelSwitchRow.model_id)
                    .where(ModelSwitchRow.base_id == base_id)
                    .order_by(ModelSwitchRow.id.desc())
                    .limit(2)
                )
            )
        newest_two: list[str | None] = [*newest, None, None]
        return newest_two[0], newest_two[1]

    def choose(self, base_id: str, model_id: str) -> None:
        """Note that a model is served from now on; choosing it again changes nothing."""
        with self._database.write() as session:
            newest = session.scalar(
                select(ModelSwitchRow.model_id)
                .where(ModelSwitchRow.base_id == base_id)
                .order_by(ModelSwitchRow.id.desc())
                .limit(1)
            )
            if newest != model_id:
                session.add(
                    ModelSwitchRow(base_id=base_id, model_id=model_id, created_at=utc_now())
                )


def _row(session: Session, model_id: str) -> ModelVersionRow | None:
    return session.scalar(select(ModelVersionRow).where(ModelVersionRow.model_id == model_id))


def _to_version(row: ModelVersionRow) -> ModelVersion:
    version = NewVersion(
        model_id=row.model_id,
        base_id=row.base_id,
        encoder_id=row.encoder_id,
        name=row.name,
        file_sha256=row.file_sha256,
        byte_count=row.byte_count,
        lesson=_to_lesson(json.loads(row.lesson_json)),
    )
    return ModelVersion(row.id, version, row.created_at)


def _to_lesson(values: dict[str, Any]) -> Lesson:
    curve = tuple(
        CurvePoint(point["seconds"], Scores(**point["scores"])) for point in values.pop("curve")
    )
    before, after = Scores(**values.pop("before")), Scores(**values.pop("after"))
    return Lesson(**values, before=before, after=after, curve=curve)
