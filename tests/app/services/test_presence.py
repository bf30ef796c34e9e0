"""Who is on an image just now."""

from __future__ import annotations

from app.services.presence import FORGOTTEN_AFTER_S, Presence


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_everybody_sees_the_others_on_the_same_image() -> None:
    presence = Presence(Seconds())
    assert presence.note(1, "Ada") == []
    assert presence.note(1, "Ben") == ["Ada"]
    assert presence.note(2, "Cleo") == []
    assert presence.note(1, "Ada") == ["Ben"]


def test_who_is_silent_is_gone_within_half_a_minute() -> None:
    clock = Seconds()
    presence = Presence(clock)
    presence.note(1, "Ada")
    for _ in range(4):
        clock.now += 8
        seen = presence.note(1, "Ben")
    assert seen == []
    # The last sign may be just too young at one question; the next one comes 8 seconds later.
    assert FORGOTTEN_AFTER_S + 8 < 30


def test_who_leaves_is_gone_at_once() -> None:
    presence = Presence(Seconds())
    presence.note(1, "Ada")
    presence.leave(1, "Ada")
    presence.leave(1, "Ada")
    assert presence.note(1, "Ben") == []


def test_a_program_without_a_name_sees_and_is_not_seen() -> None:
    presence = Presence(Seconds())
    presence.note(1, "Ada")
    assert presence.note(1, "") == ["Ada"]
    assert presence.note(1, "Ada") == []
