"""A mask is kept once, also if the answer gets lost."""

from __future__ import annotations

from typing import Any

import pytest

from app.client import Client, ClientError
from app.client.errors import ConnectionFailedError
from app.client.transport import Transport
from tests.helpers.app_fixtures import mask_json


def test_an_answer_that_gets_lost_keeps_one_mask(
    address: str, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, lost = Transport.send, []

    def lose_the_first(self: Transport, *args: Any, **more: Any) -> Any:
        answer = send(self, *args, **more)
        if not lost:
            lost.append(answer)
            raise ConnectionFailedError("cut")
        return answer

    monkeypatch.setattr(Transport, "send", lose_the_first)
    client = Client(address)
    kept = client.annotations.add(image_id, category_id=1, segmentation=mask_json())
    assert kept.id == lost[0]["id"]
    assert client.annotations.all(image_id) == [kept]


def test_a_version_is_brought_back(address: str, image_id: int) -> None:
    annotations = Client(address).annotations
    kept = annotations.add(image_id, category_id=1, segmentation=mask_json())
    annotations.change(kept, segmentation=mask_json(box=(1, 1, 3, 3)))
    assert annotations.restore(kept.id, 1).segmentation == kept.segmentation
    with pytest.raises(ClientError, match="mask_size_mismatch"):
        annotations.add(image_id, category_id=1, segmentation={"size": [1, 1], "counts": "0"})
