"""Compare automatic masks with what people made of them: shares above 90 % and 75 % IoU.

Accept the proposals of some photographs and correct them; each is compared with the mask that the
model made.
"""

import argparse
import sys

from app.commands.options import add_store_options, to_whole_number
from app.errors import AppError
from app.services.agreement_check import check_agreement
from app.storage.store import opened_store

HELP = "how far automatic masks agree with corrected ones"
MOST_COMPARED = 50_000


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add = parser.add_argument
    add("--project", type=_to_id, default=1, help="id of the project")
    add("--sample", type=_to_id, default=MOST_COMPARED, help="masks that are compared at most")
    add("--seed", type=_to_seed, default=0, help="of the sample")
    add_store_options(parser)


def run(options: argparse.Namespace) -> int:
    """Compare and print; return 0, or 1 if there is nothing to compare.

    Raises:
        StartUpError: If the store cannot be used.
    """
    with opened_store(options.data_dir, options.database_url) as store:
        try:
            found = check_agreement(store.database, options.project, options.sample, options.seed)
        except AppError as error:
            sys.stderr.write(f"maskwright: {error.message}; {error.hint}\n")
            return 1
    if not found.pairs:
        sys.stderr.write(
            "maskwright: the project must hold accepted proposals, got none; accept and correct "
            "some on the page first\n"
        )
        return 1
    sys.stdout.write(
        f"{found.pairs} of {found.available} automatic masks compared\n"
        f"above 90 % IoU: {found.above_high / found.pairs:.1%}\n"
        f"above 75 % IoU: {found.above_fair / found.pairs:.1%}\n"
        f"mean IoU: {found.mean_iou:.3f}\n"
        f"unchanged: {found.unchanged / found.pairs:.1%}\n"
    )
    return 0


def _to_id(text: str) -> int:
    return to_whole_number(text, 1, 2**63 - 1)


def _to_seed(text: str) -> int:
    return to_whole_number(text, 0, 2**32)
