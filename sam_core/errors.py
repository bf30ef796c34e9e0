"""The exceptions that the model core raises on purpose.

::

    SamCoreError
    ├── CheckpointError      a weights file is missing, damaged or of another model
    ├── ImageError           an array is not an image that the model can take   (ValueError)
    ├── ImageNotSetError     a prediction was asked for before an image was set (RuntimeError)
    ├── PromptError          points, boxes or a mask prompt do not fit together (ValueError)
    ├── MaskError            a mask or its run-length code is malformed         (ValueError)
    ├── ExportError          an exported graph does not equal its torch model
    ├── DatasetError         an image or annotation of a data set cannot be used
    └── TrainingConfigError  a training configuration is wrong              (ValueError)

Messages say what must hold, what was got, and what to do. Where the published
package raised a built-in exception, ours derives from it, so that code written for
that package still catches it.
"""


class SamCoreError(Exception):
    """Any failure that the model core reports on purpose."""


class CheckpointError(SamCoreError):
    """A weights file cannot be used: missing, damaged, or made for another model."""


class ImageError(SamCoreError, ValueError):
    """An array is not an image that the model can take."""


class ImageNotSetError(SamCoreError, RuntimeError):
    """A prediction was asked for before an image was set."""


class PromptError(SamCoreError, ValueError):
    """Points, boxes or a mask prompt are malformed or do not fit together."""


class MaskError(SamCoreError, ValueError):
    """A mask or its run-length code is malformed."""


class ExportError(SamCoreError):
    """An exported graph could not be made, or does not give what torch gives."""


class DatasetError(SamCoreError):
    """An image or an annotation of a training set is missing, broken or contradictory."""


class TrainingConfigError(SamCoreError, ValueError):
    """A training configuration has an unknown key or an impossible value."""
