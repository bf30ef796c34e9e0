"""``python -m app [command]``: find the command, run it, or say in one line why not."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType

from app.commands import (
    agreement,
    backup,
    doctor,
    embed,
    export,
    import_annotations,
    models,
    propose,
    restore,
    serve,
    tune,
    users,
)
from app.config import environment_defaults
from app.errors import StartUpError
from app.logs import configure_logs

COMMANDS: dict[str, ModuleType] = {
    "serve": serve,
    "embed": embed,
    "export": export,
    "import": import_annotations,
    "propose": propose,
    "agreement": agreement,
    "doctor": doctor,
    "tune": tune,
    "models": models,
    "backup": backup,
    "restore": restore,
    "users": users,
}
_EXIT_NOT_STARTED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status.

    Args:
        arguments: Command line without the program; ``None`` takes the real one.
    """
    configure_logs("text")
    name, options = parse(sys.argv[1:] if arguments is None else arguments, os.environ)
    try:
        return int(COMMANDS[name].run(options))
    except StartUpError as error:
        sys.stderr.write(f"maskwright: {error}\n")
        return _EXIT_NOT_STARTED


def parse(
    arguments: Sequence[str], environment: Mapping[str, str]
) -> tuple[str, argparse.Namespace]:
    """Return the command and its options: the given ones, then the environment, then defaults."""
    is_named = bool(arguments) and arguments[0] in COMMANDS
    name, rest = (arguments[0], arguments[1:]) if is_named else ("serve", arguments)
    command = COMMANDS[name]
    parser = argparse.ArgumentParser(
        prog=f"python -m app {name}" if is_named else "python -m app [command]",
        description=(command.__doc__ or "").strip(),
        epilog=None if is_named else _list_of_commands(),
        formatter_class=_HelpFormatter,
    )
    command.add_options(parser)
    parser.set_defaults(**environment_defaults(environment))
    return name, parser.parse_args(rest)


class _HelpFormatter(argparse.ArgumentDefaultsHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Show defaults, and leave the lines of the epilog as they are."""


def _list_of_commands() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.HELP}" for name, command in COMMANDS.items()]
    return "\n".join(["commands (each has --help):", *lines])
