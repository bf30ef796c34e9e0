"""The networks. No files are read here and no device is chosen."""

from sam_core.modeling.dense_prompt_encoder import DensePromptEncoder as DensePromptEncoder
from sam_core.modeling.hybrid_encoder import HybridImageEncoder as HybridImageEncoder
from sam_core.modeling.hybrid_encoder import ImageFeatures as ImageFeatures
from sam_core.modeling.image_encoder import ImageEncoderViT as ImageEncoderViT
from sam_core.modeling.mask_decoder import MaskDecoder as MaskDecoder
from sam_core.modeling.mask_rating import MaskRating as MaskRating
from sam_core.modeling.object_detector import ObjectDetector as ObjectDetector
from sam_core.modeling.object_detector import ObjectFinder as ObjectFinder
from sam_core.modeling.plain_encoder import PlainImageEncoder as PlainImageEncoder
from sam_core.modeling.prompt_encoder import PromptEncoder as PromptEncoder
from sam_core.modeling.sam import Sam as Sam
from sam_core.modeling.two_way_transformer import TwoWayTransformer as TwoWayTransformer
