"""What the person who starts the server can choose; read once, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

STATIC_DIR = Path(__file__).resolve().parent.parent / "static"
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class AppConfig:
    """All settings of one server.

    Attributes:
        host: Address to listen on; other machines see the server only if this is changed.
        port: TCP port; 0 takes any free one.
        data_dir: Folder of the database, the images and the embeddings.
        database_url: Address of a PostgreSQL database that is used instead of the SQLite file
            in the folder; empty for the file. It may hold a password and is never shown.
        model: A name of ``sam_core.sam_model_registry``.
        checkpoint: Weights file; ``None`` takes the weights that ship with the program.
        images_root: Folder outside of which "add a folder" adds nothing.
        max_upload_mb: Largest image file, in MiB.
        max_embeddings_mb: Size of the embeddings that are kept, in MiB; the rest is computed again.
        threads: Threads for the model; 0 leaves the choice to torch.
        token: What a request must bring; empty for a server that only this machine reaches.
        log_format: ``text`` for people or ``json`` for programs.
        allowed_hosts: Further host names under which the server may be reached.
        static_dir: Folder of the page.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    data_dir: Path = Path("maskwright-data")
    database_url: str = field(default="", repr=False)
    model: str = "maskwright_s"
    checkpoint: Path | None = None
    images_root: Path = field(default_factory=Path.home)
    max_upload_mb: int = 200
    max_embeddings_mb: int = 20 * 1024
    threads: int = 0
    token: str = field(default="", repr=False)
    log_format: str = "text"
    allowed_hosts: tuple[str, ...] = ()
    static_dir: Path = STATIC_DIR

    @property
    def max_upload_bytes(self) -> int:
        """Largest image file, in bytes."""
        return self.max_upload_mb * MEBIBYTE

    @property
    def max_embeddings_bytes(self) -> int:
        """Size of the embeddings that are kept, in bytes."""
        return self.max_embeddings_mb * MEBIBYTE


def environment_defaults(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that the environment gives, by field name, as text.

    Args:
        environment: Variables such as ``MASKWRIGHT_DATA_DIR``; others are ignored.
    """
    names = (
        *("host", "port", "data_dir", "model", "checkpoint", "images_root"),
        *("max_upload_mb", "max_embeddings_mb", "threads", "log_format", "token"),
    )
    found = {name: environment.get(f"MASKWRIGHT_{name.upper()}", "") for name in names}
    # Without the program's own name in front, as hosting services set it.
    found["database_url"] = environment.get("DATABASE_URL", "")
    return {name: text for name, text in found.items() if text}
