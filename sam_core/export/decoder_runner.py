"""An exported decoder in onnxruntime: the image once, then one run per prompt."""

import torch
from jaxtyping import Float
from torch import Tensor

from sam_core.export.graph_file import GraphRunner

OF_IMAGE = "_of_image"
"""An output with this ending is a constant: the input without it wants it back."""


class DecoderRunner:
    """Answer prompts about one image with a file of `export_decoder`.

    Args:
        runner: The open file.
        features: Feature maps of the image, in the order of the file's inputs.
    """

    def __init__(self, runner: GraphRunner, *features: Tensor) -> None:
        self._runner = runner
        names = list(runner.input_shapes)[: len(features)]
        outputs = runner.run(self._empty() | dict(zip(names, features, strict=True)))
        self._constants = {
            name.removesuffix(OF_IMAGE): value
            for name, value in outputs.items()
            if name.endswith(OF_IMAGE)
        }

    def __call__(
        self,
        coords: Float[Tensor, "1 n 2"],
        labels: Float[Tensor, "1 n"],
        mask_input: Float[Tensor, "1 1 h w"] | None = None,
    ) -> list[Tensor]:
        """Return logits, predicted IoU and stability of all masks.

        Args:
            coords: Pixel indices x, y in model space.
            labels: Labels of the points.
            mask_input: Low-resolution logits of an earlier answer.
        """
        prompts = {"point_coords": coords, "point_labels": labels}
        if mask_input is not None:
            prompts["mask_input"] = mask_input
        outputs = self._runner.run(self._empty() | self._constants | prompts)
        return [value for name, value in outputs.items() if not name.endswith(OF_IMAGE)]

    def _empty(self) -> dict[str, Tensor]:
        """Return no image, no constants, no mask, and one point, for what is not given."""
        inputs = {}
        for name, shape in self._runner.input_shapes.items():
            lengths = [length if isinstance(length, int) else 0 for length in shape]
            inputs[name] = torch.zeros(lengths)
        one_point = {"point_coords": torch.zeros(1, 1, 2), "point_labels": torch.zeros(1, 1)}
        return inputs | one_point
