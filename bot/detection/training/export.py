"""A trained encoder as an int8 ONNX file of some 23 MB. Needs torch and onnx."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

from bot.detection.training.bert import HEADS, WIDTH, Bert, mean

_OPSET = 17


class _Shipped(nn.Module):
    """The part of the model that ships: pieces to the mean of the last states, and to the tags of each piece."""

    def __init__(self, model: Bert) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        states = self.model.states(ids, mask, segments)
        return mean(states, mask), self.model.tags(states)


def export(model: Bert, path: Path) -> None:
    """Write the encoder, its attention fused and its matrices in int8 with one scale a column."""
    shipped = _Shipped(model).eval()
    sample = torch.ones((1, 8), dtype=torch.long)
    axes = {name: {0: "batch", 1: "length"} for name in ("ids", "mask", "segments")}
    with tempfile.TemporaryDirectory() as folder:
        whole, fused = str(Path(folder) / "whole.onnx"), str(Path(folder) / "fused.onnx")
        torch.onnx.export(
            shipped, (sample, sample, sample * 0), whole, input_names=list(axes), output_names=["mean", "tags"],
            dynamic_axes={**axes, "mean": {0: "batch"}, "tags": axes["ids"]}, opset_version=_OPSET, dynamo=False,
        )  # fmt: skip
        optimize_model(whole, "bert", num_heads=HEADS, hidden_size=WIDTH, opt_level=0).save_model_to_file(fused)
        floats = {"DefaultTensorType": TensorProto.FLOAT}
        quantize_dynamic(fused, str(path), weight_type=QuantType.QInt8, per_channel=True, extra_options=floats)
