"""See and change who may sign in; the first owner switches accounts on.

A password is asked for without showing it. Scripts set MASKWRIGHT_PASSWORD, or write it as one line
into the standard input.
"""

import argparse
import getpass
import os
import sys

from app.commands.options import add_store_options
from app.domain.user import Role, User
from app.errors import AppError, StartUpError
from app.schemas.user_schema import parse_user_name
from app.services.account_service import AccountService
from app.services.passwords import Passwords
from app.storage.session_store import SessionStore
from app.storage.store import opened_store
from app.storage.user_store import UserStore

HELP = "see and change who may sign in"
PASSWORD_VARIABLE = "MASKWRIGHT_PASSWORD"

_ACTIONS = ("list", "add", "role", "password", "disable", "enable")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("action", choices=_ACTIONS, help="what to do")
    parser.add_argument("name", nargs="?", default="", help="whom it concerns")
    parser.add_argument(
        "--role",
        choices=[role.value for role in Role],
        default=None,
        help="for add and role: what the person may do",
    )
    add_store_options(parser)


def run(options: argparse.Namespace) -> int:
    """Do it, say what came of it in one line per user, and return 0.

    Raises:
        StartUpError: If the store cannot be used, or the change is refused.
    """
    _check_words(options)
    with opened_store(options.data_dir, options.database_url) as store:
        database = store.database
        accounts = AccountService(UserStore(database), SessionStore(database), Passwords())
        try:
            users = _act(accounts, options)
        except AppError as error:
            raise StartUpError(f"{error.message}; {error.hint}") from error
    for user in users:
        sys.stdout.write(f"{_describe(user)}\n")
    return 0


def _check_words(options: argparse.Namespace) -> None:
    if options.action != "list" and not options.name:
        raise StartUpError(f"users {options.action} must name a user, got no name; add it")
    if options.action in ("add", "role") and options.role is None:
        roles = " or ".join(Role)
        raise StartUpError(f"users {options.action} must name a role, got none; add --role {roles}")


def _act(accounts: AccountService, options: argparse.Namespace) -> list[User]:
    if options.action == "list":
        return accounts.list_users()
    if options.action == "add":
        name = parse_user_name({"name": options.name})
        return [accounts.add_user(name, _read_password(), Role(options.role))]
    user = accounts.named(options.name)
    if options.action == "role":
        return [accounts.change_user(user.id, role=Role(options.role))]
    if options.action == "password":
        return [accounts.change_user(user.id, password=_read_password())]
    return [accounts.change_user(user.id, is_disabled=options.action == "disable")]


def _read_password() -> str:
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise StartUpError("both passwords must be the same, got two; run the command again")
    return password


def _describe(user: User) -> str:
    return f"{user.name} ({user.role}{', disabled' if user.is_disabled else ''})"
