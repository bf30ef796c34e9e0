"""The shapes of users and sessions as JSON Schema, for the OpenAPI document."""

from app.domain.user import Permission, Role
from app.schemas.openapi_shapes import (
    FLAG,
    ID,
    TEXT,
    Schema,
    listing,
    nullable,
    ref,
    text,
    thing,
    words,
)
from app.schemas.user_schema import LONGEST_TYPED, LONGEST_USER_NAME

_PASSWORD = text(LONGEST_TYPED, minLength=1)

ACCOUNT_COMPONENTS: dict[str, Schema] = {
    "Credentials": thing({"name": text(LONGEST_TYPED, minLength=1), "password": _PASSWORD}),
    "NewPassword": thing({"password": _PASSWORD, "new_password": _PASSWORD}),
    "NewUser": thing(
        {
            "name": text(LONGEST_USER_NAME, minLength=1),
            "password": _PASSWORD,
            "role": words(Role),
        }
    ),
    "UserChanges": thing({}, role=words(Role), is_disabled=FLAG, password=_PASSWORD),
    "User": thing(
        {"id": ID, "name": TEXT, "role": words(Role), "is_disabled": FLAG, "created_at": TEXT}
    ),
    "Users": thing({"users": listing(ref("User"))}),
    "Session": thing(
        {
            "has_accounts": FLAG,
            "user": nullable(ref("User")),
            "permissions": listing(words(Permission)),
        }
    ),
}
