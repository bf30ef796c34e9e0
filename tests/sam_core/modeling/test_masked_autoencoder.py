"""Masked pre-training: which patches are hidden, what is predicted, what is learnt."""

import numpy as np
import pytest
import torch

from sam_core.modeling import HybridImageEncoder, PlainImageEncoder
from sam_core.modeling.masked_autoencoder import (
    MaskedAutoencoder,
    cut_patches,
    join_patches,
    normalise_patches,
    random_patch_mask,
    reconstruct_for_figure,
    sine_positions,
    visible_patches,
)

SIDE, PATCHES = 64, 16


def build(kind: str) -> MaskedAutoencoder:
    torch.manual_seed(0)
    if kind == "plain":
        encoder: PlainImageEncoder | HybridImageEncoder = PlainImageEncoder(
            SIDE, embed_dim=16, depth=2, num_heads=2, out_chans=8
        )
    else:
        encoder = HybridImageEncoder(
            SIDE, (8, 8, 16), (1, 1, 2), 2, out_chans=16, global_attn_indexes=(1,)
        )
    return MaskedAutoencoder(encoder, decoder_width=16, decoder_heads=2)


@pytest.fixture(params=["plain", "hybrid"])
def autoencoder(request: pytest.FixtureRequest) -> MaskedAutoencoder:
    return build(request.param)


@pytest.fixture
def images() -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randint(0, 256, (2, 3, SIDE, SIDE), dtype=torch.uint8, generator=generator)


def test_each_image_hides_the_same_number_on_other_places() -> None:
    masked = random_patch_mask(8, PATCHES, 0.75, torch.Generator().manual_seed(0))
    assert masked.sum(dim=1).tolist() == [12] * 8
    assert len({tuple(row.tolist()) for row in masked}) > 1
    assert visible_patches(masked).shape == (8, 4)
    assert not masked.gather(1, visible_patches(masked)).any()


def test_patches_join_to_the_image_they_were_cut_from(images: torch.Tensor) -> None:
    patches = cut_patches(images.float())
    assert patches.shape == (2, PATCHES, 768)
    assert torch.equal(join_patches(patches), images.float())
    first = images[0, :, :16, 16:32].permute(1, 2, 0).flatten().float()
    assert torch.equal(patches[0, 1], first)


def test_normalised_patches_have_mean_zero_and_deviation_one(images: torch.Tensor) -> None:
    patches = cut_patches(images.float())
    target, mean, deviation = normalise_patches(patches)
    torch.testing.assert_close(target.mean(dim=-1), torch.zeros(2, PATCHES), atol=1e-5, rtol=0)
    torch.testing.assert_close(target.std(dim=-1), torch.ones(2, PATCHES))
    torch.testing.assert_close(target * deviation + mean, patches)


def test_a_flat_patch_is_all_zeros() -> None:
    assert not normalise_patches(torch.full((1, 1, 768), 7.0))[0].any()


def test_positions_differ_between_all_patches() -> None:
    positions = sine_positions(4, 16)
    assert positions.shape == (16, 16)
    assert len(positions.unique(dim=0)) == 16


def test_the_prediction_does_not_depend_on_hidden_pixels(
    autoencoder: MaskedAutoencoder, images: torch.Tensor
) -> None:
    masked = random_patch_mask(2, PATCHES, 0.75, torch.Generator().manual_seed(0))
    noise = torch.randint_like(images, 0, 256)
    hidden = masked.reshape(2, 1, 4, 4).repeat_interleave(16, 2).repeat_interleave(16, 3)
    with torch.no_grad():
        before = autoencoder(images, masked)
        after = autoencoder(torch.where(hidden, noise, images), masked)
        other = autoencoder(torch.where(hidden, images, noise), masked)
    torch.testing.assert_close(before, after)
    assert not torch.allclose(before, other)


def test_a_few_steps_lower_the_loss(autoencoder: MaskedAutoencoder) -> None:
    ramp = torch.arange(SIDE, dtype=torch.float32) * 3
    image = torch.stack(
        [ramp.expand(SIDE, SIDE), ramp.expand(SIDE, SIDE).T, ramp.expand(SIDE, SIDE)]
    )
    images = image.to(torch.uint8)[None]
    masked = random_patch_mask(1, PATCHES, 0.75, torch.Generator().manual_seed(0))
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=5e-3)
    losses = []
    for _ in range(25):
        loss = autoencoder.loss(images, masked)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[0] > 0.7
    assert losses[-1] < 0.5 * losses[0]


@pytest.mark.parametrize(
    ("kind", "untouched"), [("plain", ("neck",)), ("hybrid", ("skip4", "skip8"))]
)
def test_only_what_the_docstring_names_gets_no_gradient(
    kind: str, untouched: tuple[str, ...], images: torch.Tensor
) -> None:
    autoencoder = build(kind)
    torch.autograd.backward(autoencoder.loss(images, random_patch_mask(2, PATCHES, 0.75)))
    silent = {
        name.split(".")[1] for name, value in autoencoder.named_parameters() if value.grad is None
    }
    assert silent == set(untouched)


def test_the_figure_shows_visible_patches_as_they_are(
    autoencoder: MaskedAutoencoder, images: torch.Tensor
) -> None:
    image = images[0].permute(1, 2, 0).numpy()
    figure = reconstruct_for_figure(autoencoder, image, seed=3)
    assert np.array_equal(figure.image, image)
    hidden = (figure.masked == 128).all(axis=2)
    assert hidden.mean() == pytest.approx(0.75, abs=0.01)
    assert np.array_equal(figure.reconstruction[~hidden], image[~hidden])
    again = reconstruct_for_figure(autoencoder, image, seed=3)
    assert np.array_equal(again.reconstruction, figure.reconstruction)
