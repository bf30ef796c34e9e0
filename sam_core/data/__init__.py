"""Data sets of images with masks, and random views of them."""

from sam_core.data.coco_dataset import CocoMaskDataset as CocoMaskDataset
from sam_core.data.open_dataset import open_dataset as open_dataset
from sam_core.data.records import ImageRecord as ImageRecord
from sam_core.data.records import MaskDataset as MaskDataset
from sam_core.data.sa1b_dataset import Sa1bDataset as Sa1bDataset
from sam_core.data.training_samples import SampleSettings as SampleSettings
from sam_core.data.training_samples import TrainingSample as TrainingSample
from sam_core.data.training_samples import TrainingSamples as TrainingSamples
