"""Data sets of images with masks, and random views of them."""

from sam_core.data.coco_dataset import CocoMaskDataset as CocoMaskDataset
from sam_core.data.coco_dataset import ImageRecord as ImageRecord
from sam_core.data.training_samples import SampleSettings as SampleSettings
from sam_core.data.training_samples import TrainingSample as TrainingSample
from sam_core.data.training_samples import TrainingSamples as TrainingSamples
