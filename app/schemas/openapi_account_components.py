"""The shapes of users and sessions as JSON Schema, for the OpenAPI document."""

from app.domain.image_record import ImageState
from app.domain.review import Verdict
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
from app.schemas.review_schema import LONGEST_COMMENT, MOST_AT_ONCE
from app.schemas.user_schema import LONGEST_TYPED, LONGEST_USER_NAME

_ASSIGNMENT = thing({"image_id": ID, "user_id": ID})
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
    "NewReview": thing(
        {"verdict": words(Verdict)}, comment=text(LONGEST_COMMENT), annotation_id=nullable(ID)
    ),
    "Review": thing(
        {
            "id": ID,
            "image_id": ID,
            "annotation_id": nullable(ID),
            "client_key": nullable(TEXT),
            "verdict": words(Verdict),
            "comment": TEXT,
            "author": TEXT,
            "is_outdated": FLAG,
            "created_at": TEXT,
        }
    ),
    "Reviews": thing({"reviews": listing(ref("Review"))}),
    "ReviewResult": thing({"review": ref("Review"), "image_state": words(ImageState)}),
    "AssignmentWish": thing(
        {"image_ids": listing(ID, minItems=1, maxItems=MOST_AT_ONCE)}, user_id=nullable(ID)
    ),
    "Assignments": thing({"assignments": listing(_ASSIGNMENT)}),
    "Teamwork": thing({"reviews": listing(ref("Review")), "assignments": listing(_ASSIGNMENT)}),
    "People": thing({"people": listing(TEXT)}),
}
