"""A whole task over a real connection, as a script does it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.client import Client, RevisionConflictError
from tests.helpers.app_fixtures import mask_json
from tests.helpers.project_files import ROOT, read_project_file
from tests.helpers.sample_images import jpeg


def test_from_a_photograph_to_a_file_and_back(address: str, tmp_path: Path) -> None:
    client = Client(address, author="Ada")
    project = client.projects.add("cats")
    (category,) = client.categories.all(project.id)
    image = client.images.add_bytes("photo.jpg", jpeg(), project.id)
    best = client.images.decode(image.id, points=[(10.5, 12.5, 1)])[0]
    assert best.segmentation["size"] == [image.height, image.width]
    client.images.decode(image.id, box=(1, 1, 20, 20), mask_input=best.low_res_logits)
    rectangle = mask_json()
    kept = client.annotations.add(
        image.id, category_id=category.id, segmentation=rectangle, notes="torn"
    )
    assert (kept.area, kept.notes, kept.author) == (120, "torn", "Ada")
    report = client.exports.save(tmp_path / "a.json", project_id=project.id)
    assert (report["compared"], report.remarks) == (1, {})
    trial = client.imports.run(tmp_path / "a.json", project_id=project.id, dry_run=True)
    assert (trial["added"], trial["already_there"]) == (0, 1)
    client.projects.save(project.id, tmp_path / "cats.zip")
    again = client.projects.add_saved(tmp_path / "cats.zip")
    assert (again.name, again.object_count) == ("cats (2)", 1)


def test_two_people_change_one_mask(address: str, image_id: int) -> None:
    ada, bo = (Client(address, author=name) for name in ("Ada", "Bo"))
    kept = ada.annotations.add(image_id, category_id=1, segmentation=mask_json())
    changed = bo.annotations.change(kept, notes="blurred")
    with pytest.raises(RevisionConflictError) as caught:
        ada.annotations.change(kept, notes="sharp")
    assert caught.value.current["notes"] == "blurred"
    ada.annotations.delete(changed)
    assert ada.annotations.all(image_id) == []
    restored = ada.annotations.restore(kept.id)
    assert restored.notes == "blurred"
    assert ada.annotations.get(kept.id) == restored
    found = [(version.change, version.changed_by) for version in ada.annotations.history(kept.id)]
    assert found == [("restored", "Ada"), ("deleted", "Ada"), ("changed", "Bo"), ("created", "Ada")]


def test_the_client_needs_nothing_but_python(tmp_path: Path) -> None:
    # Alone, in a folder of its own, without the packages of the server.
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").touch()
    target = tmp_path / "app" / "client"
    target.mkdir()
    for path in (ROOT / "app" / "client").glob("*.py"):
        (target / path.name).write_bytes(path.read_bytes())
    code = "from app.client import Client; print(Client().projects)"
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_example_of_the_readme_runs(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = re.findall(
        r"```python\n(from app\.client.*?)```", read_project_file("README.md"), re.S
    )
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cat.jpg").write_bytes(jpeg(640, 480))
    exec(compile(example.replace("http://127.0.0.1:8000", address), "README.md", "exec"), {})
    assert (tmp_path / "annotations.json").stat().st_size > 0
