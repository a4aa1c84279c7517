"""A trained reader as an int8 ONNX file of some 22 MB. Needs torch and onnx."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.retrieval.training.reader import WIDTH, Reader

_OPSET = 17


def export(model: Reader, path: Path) -> None:
    """Write what `bot.retrieval.judge` reads: its matrices in int8 with one scale a column."""
    model.eval()
    passage = torch.ones(2, 20)
    passage[:, :8] = 0
    axes = {name: {0: "batch", 1: "length"} for name in ("words", "passage")}
    with tempfile.TemporaryDirectory() as folder:
        whole = str(Path(folder) / "whole.onnx")
        torch.onnx.export(
            model, (torch.randn(2, 20, WIDTH), passage), whole, input_names=list(axes), output_names=["logit", "spots"],
            dynamic_axes={**axes, "logit": {0: "batch"}, "spots": axes["words"]}, opset_version=_OPSET, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            whole, str(path), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"],
            extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
