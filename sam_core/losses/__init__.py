"""The paper's training losses."""

from sam_core.losses.detection import box_loss as box_loss
from sam_core.losses.detection import centre_loss as centre_loss
from sam_core.losses.dice import dice_loss as dice_loss
from sam_core.losses.focal import sigmoid_focal_loss as sigmoid_focal_loss
from sam_core.losses.mask_loss import NORMALISED_LOSS as NORMALISED_LOSS
from sam_core.losses.mask_loss import MaskLoss as MaskLoss
from sam_core.losses.mask_loss import MaskLossWeights as MaskLossWeights
from sam_core.losses.mask_loss import mask_loss as mask_loss
from sam_core.losses.mask_loss import mask_losses as mask_losses
from sam_core.losses.mask_quality import mask_iou as mask_iou
from sam_core.losses.mask_quality import quality_loss as quality_loss
from sam_core.losses.normalised_focal import normalised_focal_loss as normalised_focal_loss
