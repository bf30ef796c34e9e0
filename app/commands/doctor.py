"""Look whether the store is whole: database, originals, masks, embeddings."""

import argparse
import sys
from contextlib import ExitStack

from app.commands.options import add_store_options
from app.services.store_doctor import examine
from app.storage.store import opened_store
from app.storage.store_lock import store_lock

HELP = "check the store and put right what can be"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_store_options(parser)
    parser.add_argument(
        "--repair", action="store_true", help="put right what can be; the server must be stopped"
    )


def run(options: argparse.Namespace) -> int:
    """Print what is found and return 0 if nothing is left to do, else 1.

    Raises:
        StartUpError: If the store cannot be used, or a server uses it and shall be repaired.
    """
    left = found = 0
    with ExitStack() as stack:
        if options.repair:
            stack.enter_context(store_lock(options.data_dir))
        store = stack.enter_context(opened_store(options.data_dir, options.database_url))
        for finding in list(examine(store)):
            if finding.is_harmless:
                sys.stdout.write(f"note: {finding.what}; {finding.remedy}\n")
                continue
            found += 1
            if options.repair and finding.repair is not None:
                finding.repair()
                sys.stdout.write(f"repaired: {finding.what}\n")
                continue
            left += 1
            remedy = finding.remedy or "run this with --repair"
            sys.stdout.write(f"problem: {finding.what}; {remedy}\n")
    sys.stdout.write(f"{found} problems, {left} left\n" if found else "the store is whole\n")
    return 1 if left else 0
