"""Learn an image encoder from pictures alone: hide most patches and predict their pixels."""

from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float, Int, UInt8
from torch import Tensor, nn
from torch.nn import functional

from sam_core.modeling.hybrid_encoder import HybridImageEncoder
from sam_core.modeling.image_encoder import Block
from sam_core.modeling.plain_encoder import PlainImageEncoder
from sam_core.modeling.sam import IMAGENET_MEAN, IMAGENET_STD

PATCH = 16
MASKED_SHARE = 0.75
HIDDEN_GREY = 128


class ReconstructionFigure(NamedTuple):
    """Three pictures of the same size for a figure."""

    image: UInt8[np.ndarray, "s s 3"]
    masked: UInt8[np.ndarray, "s s 3"]
    reconstruction: UInt8[np.ndarray, "s s 3"]


class MaskedAutoencoder(nn.Module):
    """Predict the hidden patches of an image from the visible ones.

    There are two ways to hide a patch, and the encoder decides which one is possible:

    * A plain transformer takes the visible patches only; that is the masked autoencoder
      proper, and three quarters of the encoder's work are saved. A decoder fills the gaps
      with one learnt token and predicts the pixels. The neck takes no part and stays random.
    * Convolutions need the whole grid. There, hidden patches are painted over with one learnt
      colour before the encoder, and all tokens, neck included, go on to the decoder. That is
      masked image modelling in the way of SimMIM, not a masked autoencoder: it saves no work.
      The maps for the mask decoder take no part and stay random.

    The decoder is thrown away after the pre-training.

    Source:
        He et al. 2021 (masked autoencoder), arXiv:2111.06377; Xie et al. 2021 (SimMIM),
        arXiv:2111.09886. Changed: two decoder blocks; with convolutions SimMIM's one linear
        layer is replaced by the same two blocks, so that both ways can be compared.

    Args:
        encoder: What is to be trained.
        decoder_width: Width of a token in the decoder.
        decoder_depth: Blocks of the decoder.
        decoder_heads: Heads per block of the decoder.
    """

    pixel_mean: Tensor
    pixel_std: Tensor

    def __init__(
        self,
        encoder: HybridImageEncoder | PlainImageEncoder,
        decoder_width: int = 128,
        decoder_depth: int = 2,
        decoder_heads: int = 4,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        is_plain = isinstance(encoder, PlainImageEncoder)
        after_neck = next(encoder.neck.parameters()).shape[0]
        width = encoder.pos_embed.shape[1] if is_plain else after_neck
        self.to_decoder = nn.Linear(width, decoder_width)
        if is_plain:
            self.mask_token = nn.Parameter(torch.zeros(1, 1, decoder_width))
        else:
            self.mask_colour = nn.Parameter(torch.zeros(1, 3, 1, 1))
        self.blocks = nn.ModuleList(
            Block(decoder_width, decoder_heads) for _ in range(decoder_depth)
        )
        self.norm = nn.LayerNorm(decoder_width)
        self.to_pixels = nn.Linear(decoder_width, 3 * PATCH * PATCH)
        self.register_buffer("pixel_mean", torch.tensor(IMAGENET_MEAN).reshape(-1, 1, 1), False)
        self.register_buffer("pixel_std", torch.tensor(IMAGENET_STD).reshape(-1, 1, 1), False)

    def forward(
        self, images: UInt8[Tensor, "b 3 s s"], masked: Bool[Tensor, "b n"]
    ) -> Float[Tensor, "b n pixels"]:
        """Return the predicted patches, each normalised to mean 0 and deviation 1.

        Args:
            images: RGB images.
            masked: Which patches are hidden, row by row, equally many in each image.
        """
        grid = images.shape[-1] // PATCH
        pixels = (images.float() - self.pixel_mean) / self.pixel_std
        if isinstance(self.encoder, PlainImageEncoder):
            tokens = self._around_visible(self.encoder, pixels, masked)
        else:
            hidden = masked.reshape(-1, 1, grid, grid).float()
            hidden = functional.interpolate(hidden, scale_factor=PATCH, mode="nearest")
            painted = pixels * (1 - hidden) + self.mask_colour * hidden
            tokens = self.encoder(painted).image_embeddings.flatten(2).transpose(1, 2)
            tokens = self.to_decoder(tokens)
        positions = sine_positions(grid, tokens.shape[-1]).to(tokens)
        tokens = (tokens + positions).reshape(-1, grid, grid, tokens.shape[-1])
        for block in self.blocks:
            tokens = block(tokens)
        out: Tensor = self.to_pixels(self.norm(tokens.flatten(1, 2)))
        return out

    def loss(
        self, images: UInt8[Tensor, "b 3 s s"], masked: Bool[Tensor, "b n"]
    ) -> Float[Tensor, ""]:
        """Return the mean squared error of the hidden patches; 1 is as good as no idea.

        The target is each patch minus its mean, divided by its deviation, so that contrast
        counts and not brightness.
        """
        predicted = self(images, masked).float()
        target, _, _ = normalise_patches(cut_patches(images.float()))
        error: Tensor = (predicted - target)[masked].square().mean()
        return error

    def _around_visible(
        self,
        encoder: PlainImageEncoder,
        pixels: Float[Tensor, "b 3 s s"],
        masked: Bool[Tensor, "b n"],
    ) -> Float[Tensor, "b n c"]:
        visible = visible_patches(masked)
        seen = self.to_decoder(encoder.encode_visible(pixels, visible))
        canvas = self.mask_token.to(seen.dtype).expand(*masked.shape, -1)
        out: Tensor = canvas.scatter(1, visible.unsqueeze(-1).expand_as(seen), seen)
        return out


def random_patch_mask(
    batch: int, patches: int, share: float, generator: torch.Generator | None = None
) -> Bool[Tensor, "b n"]:
    """Return which patches are hidden: in each image the same number, on random places.

    Args:
        batch: Number of images.
        patches: Patches of an image.
        share: Hidden share of them.
        generator: Source of randomness; ``None`` is torch's own.
    """
    order = torch.rand(batch, patches, generator=generator).argsort(dim=1)
    return order < round(share * patches)


def visible_patches(masked: Bool[Tensor, "b n"]) -> Int[Tensor, "b m"]:
    """Return the numbers of the patches that are not hidden, equally many in each image."""
    return (~masked).nonzero()[:, 1].reshape(len(masked), -1)


def cut_patches(images: Float[Tensor, "b 3 s s"]) -> Float[Tensor, "b n pixels"]:
    """Return the pixels of each patch as a row: by line, by column, by colour."""
    batch, _, side, _ = images.shape
    tiles = images.reshape(batch, 3, side // PATCH, PATCH, side // PATCH, PATCH)
    return tiles.permute(0, 2, 4, 3, 5, 1).reshape(batch, (side // PATCH) ** 2, -1)


def join_patches(patches: Float[Tensor, "b n pixels"]) -> Float[Tensor, "b 3 s s"]:
    """Return the images that :func:`cut_patches` cut."""
    batch, count, _ = patches.shape
    grid = round(count**0.5)
    tiles = patches.reshape(batch, grid, grid, PATCH, PATCH, 3)
    return tiles.permute(0, 5, 1, 3, 2, 4).reshape(batch, 3, grid * PATCH, grid * PATCH)


def normalise_patches(
    patches: Float[Tensor, "b n pixels"],
) -> tuple[Float[Tensor, "b n pixels"], Float[Tensor, "b n 1"], Float[Tensor, "b n 1"]]:
    """Return patches of mean 0 and deviation 1, the means and the deviations.

    A flat patch keeps its zeros: deviations below one grey level count as one.
    """
    mean = patches.mean(dim=-1, keepdim=True)
    deviation = patches.std(dim=-1, keepdim=True).clamp(min=1.0)
    return (patches - mean) / deviation, mean, deviation


def sine_positions(grid: int, width: int) -> Float[Tensor, "n c"]:
    """Return fixed sines and cosines of the row and the column of each patch.

    Source:
        Vaswani et al. 2017, arXiv:1706.03762, section 3.5; half of the channels for each axis.
    """
    quarter = width // 4
    frequencies = 10000.0 ** -(torch.arange(quarter) / quarter)
    angles = torch.arange(grid)[:, None] * frequencies
    axis = torch.cat([angles.sin(), angles.cos()], dim=1)
    rows = axis[:, None].expand(-1, grid, -1)
    columns = axis[None].expand(grid, -1, -1)
    return torch.cat([rows, columns], dim=2).flatten(0, 1)


@torch.no_grad()
def reconstruct_for_figure(
    autoencoder: MaskedAutoencoder,
    image: UInt8[np.ndarray, "s s 3"],
    share: float = MASKED_SHARE,
    seed: int = 0,
) -> ReconstructionFigure:
    """Return an image, the image with hidden patches, and the model's idea of them.

    The model predicts normalised patches; for the eye they get the true mean and deviation
    of their patch back. Visible patches are shown as they are.

    Args:
        autoencoder: A pre-trained model.
        image: Square RGB picture, its side a multiple of 16.
        share: Hidden share of the patches.
        seed: Seed of the places of the hidden patches.
    """
    device = autoencoder.pixel_mean.device
    batch = torch.from_numpy(np.array(image)).permute(2, 0, 1).unsqueeze(0).to(device)
    patches = cut_patches(batch.float())
    generator = torch.Generator().manual_seed(seed)
    masked = random_patch_mask(1, patches.shape[1], share, generator).to(device)
    _, mean, deviation = normalise_patches(patches)
    predicted = autoencoder(batch, masked).float() * deviation + mean
    hidden = masked.unsqueeze(-1)
    grey = torch.full_like(patches, HIDDEN_GREY)
    return ReconstructionFigure(
        np.array(image),
        _to_picture(torch.where(hidden, grey, patches)),
        _to_picture(torch.where(hidden, predicted, patches)),
    )


def _to_picture(patches: Float[Tensor, "1 n pixels"]) -> UInt8[np.ndarray, "s s 3"]:
    joined = join_patches(patches)[0].round().clamp(0, 255).to(torch.uint8)
    return joined.permute(1, 2, 0).cpu().numpy()
