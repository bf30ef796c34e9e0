from __future__ import annotations

import pytest
import torch
from torch import nn

from sam_core.export.transposed_convolution import DoubleByProduct


@pytest.mark.parametrize("bias", [True, False])
def test_equals_the_transposed_convolution(bias: bool) -> None:
    torch.manual_seed(0)
    convolution = nn.ConvTranspose2d(6, 5, kernel_size=2, stride=2, bias=bias)
    x = torch.randn(2, 6, 3, 4)
    assert torch.allclose(DoubleByProduct(convolution)(x), convolution(x), atol=1e-6)
