"""Archives of strangers are read in place; hostile ones are refused before anything is read."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from app.errors import UnprocessableError
from app.importers.archive_tree import opened_tree
from tests.helpers.foreign_archives import pack


def refusal(path: Path, name: str | None = None) -> str:
    with pytest.raises(UnprocessableError) as caught, opened_tree(path) as tree:
        tree.read(name or tree.names[0])
    return f"{caught.value.code}: {caught.value.message}"


def test_files_are_found_by_ending_and_folder(tmp_path: Path) -> None:
    files = {"a/labels/1.TXT": "one", "a\\labels\\2.txt": "two", "labels.txt": "", "b/": ""}
    junk = {"__MACOSX/a/labels/._1.txt": "", "a/labels/.DS_Store": ""}
    with opened_tree(pack(tmp_path / "a.zip", files | junk)) as tree:
        assert tree.names == ["a/labels/1.TXT", "a/labels/2.txt", "labels.txt"]
        assert tree.named(".txt", "labels") == ["a/labels/1.TXT", "a/labels/2.txt"]
        assert tree.read("a/labels/2.txt") == b"two"
        with tree.open_text("a/labels/1.TXT") as file:
            assert file.read() == "one"


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../b.txt", "/etc/passwd", "C:\\a.txt", "..\\a.txt", "a/.."]
)
def test_a_file_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = pack(tmp_path / "a.zip", {"good.txt": "", name: "x"})
    assert refusal(path).startswith("archive_unusable")
    assert "leads outside" in refusal(path)
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"labels/a.txt": bytes(80 * 1024 * 1024)})
    assert "unpack to 83886080" in refusal(path)


def test_one_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.importers.archive_tree.LARGEST_ENTRY", 10)
    assert "of 11 bytes" in refusal(pack(tmp_path / "a.zip", {"a.txt": "x" * 11}))


def test_too_many_files_and_equal_names_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "twice" in refusal(pack(tmp_path / "a.zip", {"a/b.txt": "", "a\\b.txt": ""}))
    monkeypatch.setattr("app.importers.archive_tree.MOST_ENTRIES", 1)
    assert "2 files" in refusal(pack(tmp_path / "b.zip", {"a.txt": "", "b.txt": ""}))


def test_a_file_without_a_name_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("\0a.txt"), "")
    assert "without a name" in refusal(tmp_path / "a.zip")


def test_a_cut_archive_is_damaged(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": "x" * 1000})
    path.write_bytes(path.read_bytes()[:-30])
    assert refusal(path, "a.txt").startswith("archive_damaged")


def test_a_file_name_that_is_no_text_is_damage(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"ä.txt": "x"})
    path.write_bytes(path.read_bytes().replace("ä".encode(), b"\x90\x90"))
    assert "a file name that is no text" in refusal(path, "a.txt")


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x" * 1000)
    content = bytearray(path.read_bytes())
    content[500] ^= 1
    path.write_bytes(content)
    assert refusal(path).startswith("archive_damaged")


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": "x"})
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + offset
        struct.pack_into("<H", content, at, struct.unpack_from("<H", content, at)[0] | 1)
    path.write_bytes(content)
    assert "without a password" in refusal(path)
