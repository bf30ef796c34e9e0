"""The image encoder as an ONNX file: a normalised, padded image in, features out."""

from collections.abc import Sequence
from pathlib import Path

from torch import Tensor, nn

from sam_core.export.check_parity import Run, check_same, example_features, example_image
from sam_core.export.graph_file import GraphFile, accept_graph, contract_metadata
from sam_core.export.onnx_decoder import FEATURE_NAMES
from sam_core.modeling import Sam

CONTRACT = "maskwright-encoder/1"


def export_encoder(sam: Sam, path: str | Path, *, model_name: str) -> None:
    """Write the image encoder.

    Args:
        sam: The model, on the CPU.
        path: Where to write; the file appears only when it has proven equal to torch. A
            model above 2 GiB gets a second file, ``<name>.data``, that must stay beside it.
        model_name: Registry name, kept in the file's metadata.

    Raises:
        ExportError: If onnxruntime does not give what torch gives.
    """
    graph, image = EncoderGraph(sam), example_image(sam)
    metadata = contract_metadata(sam, model_name, CONTRACT) | {
        "pixel_mean": _format_numbers(sam.pixel_mean.flatten().tolist()),
        "pixel_std": _format_numbers(sam.pixel_std.flatten().tolist()),
    }
    file = GraphFile(
        path=Path(path),
        input_names=("image",),
        output_names=FEATURE_NAMES[: len(example_features(sam))],
        metadata=metadata,
    )

    def check(run: Run) -> None:
        check_same(graph, run, (image,), "a padded image")

    accept_graph(graph, (image,), file, check)


class EncoderGraph(nn.Module):
    """The encoder as a function that returns a flat tuple of feature maps.

    Args:
        sam: The model; its encoder is used, not copied.
    """

    def __init__(self, sam: Sam) -> None:
        super().__init__()
        self.image_encoder = sam.image_encoder
        self._sam = [sam]  # in a list, so that the decoder is no part of this module

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """Return the embedding and, if the model has them, the maps of stride 4 and 8.

        Args:
            image: As `Sam.preprocess` returns it.
        """
        features = self._sam[0].encode_image(image)
        return (features.image_embeddings, *features.high_res_features)


def _format_numbers(values: Sequence[float]) -> str:
    return ",".join(f"{value:.6g}" for value in values)
