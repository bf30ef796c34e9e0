"""The worker hands datumaro every mask of a file; a stand-in takes the place of datumaro."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench.datumaro_worker import main
from tests.helpers.coco_files import annotation, coco, compressed, rectangle, write


class StandInDataset:
    """Writes what it was given, so that a test can look at it."""

    def __init__(self, items: list[dict[str, Any]], categories: list[str]) -> None:
        self.items, self.categories = items, categories

    @classmethod
    def from_iterable(cls, items: list[dict[str, Any]], categories: list[str]) -> StandInDataset:
        return cls(items, categories)

    def export(self, folder: str, name: str, *, save_media: bool) -> None:
        assert (name, save_media) == ("coco_instances", False)
        Path(folder).mkdir()
        (Path(folder) / "items.json").write_text(json.dumps(self.items))


class StandInImage:
    @staticmethod
    def from_file(path: str, size: tuple[int, int]) -> dict[str, Any]:
        return {"path": path, "size": size}


def as_fields(**fields: Any) -> dict[str, Any]:
    code = fields.get("rle")
    return fields if code is None else {**fields, "rle": code["counts"].decode()}


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    contents: dict[str, dict[str, Any]] = {
        "datumaro": {"__version__": "1.0"},
        "datumaro.components": {},
        "datumaro.components.annotation": {"RleMask": as_fields},
        "datumaro.components.dataset": {"Dataset": StandInDataset},
        "datumaro.components.dataset_base": {"DatasetItem": as_fields},
        "datumaro.components.media": {"Image": StandInImage},
    }
    for name, members in contents.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)


def test_every_mask_is_handed_over_and_the_time_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = compressed(rectangle(5, 4, 20, 12))
    source = write(tmp_path / "a.json", coco(annotation(code), annotation(code, id=1)))
    assert main([str(source), str(tmp_path / "out")]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["version"] == "1.0"
    assert answer["seconds"] > 0
    (item,) = json.loads((tmp_path / "out" / "items.json").read_text())
    assert item["media"] == {"path": "photo.jpg", "size": [32, 48]}
    assert [mask["rle"] for mask in item["annotations"]] == [code["counts"]] * 2
