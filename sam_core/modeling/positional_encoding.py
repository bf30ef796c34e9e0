"""Random-Fourier positions: the common language of clicks, boxes and image cells."""

import math

import torch
from jaxtyping import Float
from torch import Tensor, nn


class PositionEmbeddingRandom(nn.Module):
    """Encode positions by the sine and cosine of random projections.

    The dot product of two encodings depends on the difference of their positions
    alone and falls with their Euclidean distance, in every direction alike. Two
    separate sinusoids for x and y do not have that property.

    Source:
        Tancik et al. 2020, arXiv:2006.10739, section 5 (Gaussian mapping). ``B`` of
        the paper is ``positional_encoding_gaussian_matrix``.

    Example:
        >>> import torch
        >>> _ = torch.manual_seed(0)
        >>> encode = PositionEmbeddingRandom(128)
        >>> points = torch.tensor([[[100.0, 100.0], [110.0, 100.0], [400.0, 300.0]]])
        >>> here, near, far = encode.forward_with_coords(points, (512, 512))[0]
        >>> bool(here @ near > here @ far)
        True
    """

    positional_encoding_gaussian_matrix: Tensor

    def __init__(self, num_pos_feats: int = 64, scale: float = 1.0) -> None:
        super().__init__()
        self.register_buffer(
            "positional_encoding_gaussian_matrix", scale * torch.randn(2, num_pos_feats)
        )

    def _encode_unit_square(self, coords: Float[Tensor, "... 2"]) -> Float[Tensor, "... c"]:
        centred = 2 * coords - 1
        phases = 2 * math.pi * (centred @ self.positional_encoding_gaussian_matrix)
        return torch.cat([phases.sin(), phases.cos()], dim=-1)

    def forward(self, size: tuple[int, int]) -> Float[Tensor, "c h w"]:
        """Return the encoding of every cell centre of a grid.

        Args:
            size: Rows and columns of the grid.
        """
        height, width = size
        like = self.positional_encoding_gaussian_matrix
        rows = (torch.arange(height, device=like.device, dtype=like.dtype) + 0.5) / height
        columns = (torch.arange(width, device=like.device, dtype=like.dtype) + 0.5) / width
        grid_y, grid_x = torch.meshgrid(rows, columns, indexing="ij")
        return self._encode_unit_square(torch.stack([grid_x, grid_y], dim=-1)).permute(2, 0, 1)

    def forward_with_coords(
        self, coords_input: Float[Tensor, "b n 2"], image_size: tuple[int, int]
    ) -> Float[Tensor, "b n c"]:
        """Return the encoding of points.

        Args:
            coords_input: x, y in continuous model space, where a pixel's centre is at +0.5.
            image_size: Height and width of the model's input, in pixels.
        """
        height, width = image_size
        extent = coords_input.new_tensor([width, height])
        return self._encode_unit_square(coords_input / extent)
