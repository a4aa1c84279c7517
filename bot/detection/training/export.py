"""A trained encoder as an int8 ONNX file of some 23 MB. Needs torch and onnx."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from bot.detection.training.bert import Bert

_OPSET = 17


class _Mean(nn.Module):
    """The part of the model that ships: pieces to the mean of the last states."""

    def __init__(self, model: Bert) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor) -> Tensor:
        return self.model.mean(ids, mask, segments)


def export(model: Bert, path: Path) -> None:
    """Write the encoder, its matrices in int8 with one scale a column."""
    shipped = _Mean(model).eval()
    sample = torch.ones((1, 8), dtype=torch.long)
    axes = {name: {0: "batch", 1: "length"} for name in ("ids", "mask", "segments")}
    with tempfile.TemporaryDirectory() as folder:
        whole = str(Path(folder) / "whole.onnx")
        torch.onnx.export(
            shipped, (sample, sample, sample * 0), whole, input_names=list(axes), output_names=["mean"],
            dynamic_axes={**axes, "mean": {0: "batch"}}, opset_version=_OPSET, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, str(path), weight_type=QuantType.QInt8, per_channel=True)
