from __future__ import annotations

from torch import nn

from sam_core.export.shared_modules import share_modules


def test_exchanging_a_part_leaves_the_original_alone_and_shares_the_rest() -> None:
    original = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 4))
    variant = share_modules(original)
    variant[1] = nn.Identity()
    assert isinstance(original[1], nn.Linear)
    assert variant[0] is original[0]
