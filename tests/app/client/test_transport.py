"""Requests over a real connection, and connections that fail."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from app.client.errors import ClientError, ConnectionFailedError
from app.client.transport import Transport, read_file
from tests.helpers.sample_images import jpeg


def transport(address: str, token: str = "") -> Transport:
    return Transport(address, token, 10)


def test_names_of_uploads_may_hold_anything(address: str) -> None:
    name = 'K"ä\r\nse\\x.jpg'
    answer = transport(address).upload("/api/images", name, jpeg(), project=None)
    assert "\n" not in answer["file_name"]
    assert answer["file_name"].endswith("x.jpg")


def test_a_refusal_has_the_code_of_the_server(address: str) -> None:
    with pytest.raises(ClientError) as caught:
        transport(address).get("/api/images/9")
    assert (caught.value.code, caught.value.status) == ("image_not_found", 404)
    with pytest.raises(ClientError) as caught:
        transport(address).get("/api/images", project="x")
    assert caught.value.code == "field_invalid"


def test_a_download_that_is_refused_leaves_no_file(address: str, tmp_path: Path) -> None:
    with pytest.raises(ClientError, match="project_not_found"):
        transport(address).download("/api/projects/9/backup", tmp_path / "a.zip")
    assert list(tmp_path.glob("*.zip*")) == []


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"])
def test_a_connection_that_is_cut_leaves_no_file(answer: bytes, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def cut() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=cut)
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(ConnectionFailedError, match="must be answered"):
            transport(address).download("/x", tmp_path / "a.zip")
        thread.join()
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ConnectionFailedError):
        transport(f"http://127.0.0.1:{port}").get("/api/health")


@pytest.mark.parametrize("address", ["", "127.0.0.1:8000", "ftp://x", "http://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address must look like"):
        transport(address)


def test_a_file_is_read_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    assert read_file(tmp_path / "a.txt") == ("a.txt", b"x")


def test_a_cookie_is_sent_back_until_the_server_takes_it_away() -> None:
    answers = [
        b"Set-Cookie: key=abc; HttpOnly; Path=/\r\n",
        b"",
        b"Set-Cookie: key=; Max-Age=0\r\n",
        b"",
    ]
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            for headers in answers:
                connection, _ = listener.accept()
                with connection:
                    seen.append(connection.recv(65536))
                    connection.sendall(
                        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + headers + b"\r\n{}"
                    )

        thread = threading.Thread(target=answer)
        thread.start()
        client = transport(f"http://127.0.0.1:{listener.getsockname()[1]}")
        for _ in answers:
            client.get("/x")
        thread.join()
    assert [b"Cookie: key=abc\r\n" in request for request in seen] == [False, True, True, False]
