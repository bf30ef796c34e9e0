"""The image encoder as an ONNX file: a normalised, padded image in, features out."""

from collections.abc import Sequence
from pathlib import Path

from torch import Tensor, nn

from sam_core.export.check_parity import Run, check_same, example_features, example_image
from sam_core.export.graph_file import GraphFile, accept_graph, contract_metadata
from sam_core.export.onnx_decoder import FEATURE_NAMES
from sam_core.modeling import HybridImageEncoder, ImageFeatures, Sam

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

    def expected(image: Tensor) -> tuple[Tensor, ...]:
        features = sam.encode_image(image)
        return (features.image_embeddings, *features.high_res_features)

    def check(run: Run) -> None:
        check_same(expected, run, (image,), "a padded image")

    accept_graph(graph, (image,), file, check)


class EncoderGraph(nn.Module):
    """The encoder as a function that returns a flat tuple of feature maps.

    Args:
        sam: The model; its encoder is not changed.
    """

    def __init__(self, sam: Sam) -> None:
        super().__init__()
        encoder = sam.image_encoder
        if isinstance(encoder, HybridImageEncoder):
            encoder = encoder.for_fixed_size()
        self.image_encoder = encoder

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """Return the embedding and, if the model has them, the maps of stride 4 and 8.

        Args:
            image: As `Sam.preprocess` returns it.
        """
        features = self.image_encoder(image)
        if isinstance(features, ImageFeatures):
            return (features.image_embeddings, *features.high_res_features)
        return (features,)


def _format_numbers(values: Sequence[float]) -> str:
    return ",".join(f"{value:.6g}" for value in values)
