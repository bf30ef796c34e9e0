"""What a browser must know about the model."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """The model that the server runs.

    Attributes:
        model_id: Hash of all weights and the preprocessing.
        encoder_id: Hash of the encoder and the preprocessing; an embedding must name it.
        name: In the registry.
        image_size: Side of the square model input, in pixels.
        mask_size: Side of the square low-resolution logits.
        mask_threshold: A logit above it means object.
        tensor_shapes: Names and shapes in an embedding file, in the decoder's order.
        parameter_count: Number of weights.
        decoder_etag: Names the decoder file; ``None`` while it is being exported.
    """

    model_id: str
    encoder_id: str
    name: str
    image_size: int
    mask_size: int
    mask_threshold: float
    tensor_shapes: tuple[tuple[str, tuple[int, ...]], ...]
    parameter_count: int
    decoder_etag: str | None
