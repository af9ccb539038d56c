"""Trained nets as int8 models in ONNX, each for one window at a time."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

from pipeline.encoder.windows import MOST
from training.language.corpora import TAGS
from training.language.net import HEADS, WIDTH, EntityNet
from training.language.tree_net import LABEL, TreeNet
from training.language.trees import Names

OPSET = 17
ROOT, NEVER = "ROOT", -1e4
TOLD = 3
"""The layer of the encoder whose states the parser reads."""
Axes = Mapping[str, Mapping[int, str]]


class ShippedEncoder(nn.Module):
    """The encoder for one window without padding: it needs no mask."""

    def __init__(self, net: EntityNet) -> None:
        """Take the trained *net*."""
        super().__init__()
        net.bert.set_attn_implementation("eager")
        places = net.bert.embeddings.position_embeddings
        places.weight = nn.Parameter(places.weight[: MOST + 2])
        self.net = net

    def forward(self, vectors: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores of the tags of a window, and what the layer `TOLD` sees of it."""
        seen = self.net.bert(
            inputs_embeds=vectors, token_type_ids=types, attention_mask=torch.ones_like(types),
            output_hidden_states=True,
        )  # fmt: skip
        return self.net.head(seen.last_hidden_state), seen.hidden_states[TOLD]


class ShippedParser(nn.Module):
    """The parser for one run of tokens; of tags and rules it says which is best."""

    def __init__(self, net: TreeNet) -> None:
        """Take the trained *net*."""
        super().__init__()
        net.eager()
        self.net = net

    def forward(self, states: Tensor) -> tuple[Tensor, ...]:
        """Return what is said of the tokens; `above` also of the root, which is its first row."""
        said = self.net(states, None)
        best = (one[:, 1:].argmax(-1) for one in (said.tags, said.classes, said.rules))
        return said.arcs[:, 1:], said.below[:, 1:], said.above, *best, said.starts[:, 1:, 0]


class ShippedLabels(nn.Module):
    """The layer that labels each token under its head; only a root, which needs none, is a root."""

    def __init__(self, net: TreeNet, root: int) -> None:
        """Take the trained *net* and the number of the root's label."""
        super().__init__()
        self.layer = net.label
        self.layer.bias.data[root] = NEVER

    def forward(self, below: Tensor, above: Tensor) -> Tensor:
        """Return the number of the best label of each token."""
        return self.layer(torch.relu(below + above)).argmax(-1)


def write_encoder(net: EntityNet, folder: Path, name: str, version: str) -> None:
    """Write *net* to *folder*, without its word table."""
    example = {"vectors": torch.randn(1, 16, WIDTH), "types": torch.zeros(1, 16, dtype=torch.long)}
    axes = {name: {1: "pieces"} for name in (*example, "scores", "states")}
    write_model(ShippedEncoder(net), example, axes, folder / "encoder.onnx")
    write_meta(folder, {"name": name, "version": version, "pipeline": ["ner"], "tags": TAGS})


def write_parser(net: TreeNet, names: Names, folder: Path, name: str, version: str) -> None:
    """Write *net* to *folder* in two models: labels are told once heads are chosen."""
    axes: dict[str, dict[int, str]] = {
        "states": {1: "tokens"}, "arcs": {1: "tokens", 2: "heads"}, "below": {1: "tokens"},
        "above": {1: "heads"}, "tags": {1: "tokens"}, "classes": {1: "tokens"},
        "rules": {1: "tokens"}, "starts": {1: "tokens"},
    }  # fmt: skip
    example = {"states": torch.randn(1, 16, WIDTH)}
    write_model(ShippedParser(net), example, axes, folder / "trees.onnx")
    pair = {name: torch.randn(1, 16, LABEL) for name in ("below", "above")}
    axes = {name: {1: "tokens"} for name in (*pair, "labels")}
    labels = ShippedLabels(net, names.labels.index(ROOT))
    write_model(labels, pair, axes, folder / "labels.onnx")
    finds = ["tagger", "parser", "lemmatizer"]
    write_meta(folder, {"name": name, "version": version, "pipeline": finds, **asdict(names)})


def write_meta(folder: Path, meta: Mapping[str, object]) -> None:
    """Write what a model is, and what its outputs mean."""
    (folder / "meta.json").write_text(json.dumps(meta, indent=2) + "\n", "utf-8")


def write_model(net: nn.Module, example: Mapping[str, Tensor], axes: Axes, path: Path) -> None:
    """Write *net*: fused, dynamically quantised to int8 (Jacob et al., CVPR 2018)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as room, torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain, fused = Path(room) / "plain.onnx", Path(room) / "fused.onnx"
        torch.onnx.export(
            net.eval(), tuple(example.values()), str(plain), input_names=list(example),
            output_names=[name for name in axes if name not in example],
            opset_version=OPSET, dynamo=False, do_constant_folding=True, dynamic_axes=axes,
        )  # fmt: skip
        fuse(plain, fused)
        quantize_dynamic(
            str(fused), str(path), ["MatMul", "Attention"], weight_type=QuantType.QInt8,
            per_channel=True, reduce_range=False,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip


def fuse(plain: Path, fused: Path) -> None:
    """Write the model in *plain* with attention and activations as one operator each."""
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    options.enable_skip_layer_norm = False  # on a CPU these three take longer than their parts
    options.enable_bias_skip_layer_norm = False
    options.enable_bias_gelu = False
    made = optimizer.optimize_model(
        str(plain), model_type="bert", num_heads=HEADS, hidden_size=WIDTH,
        optimization_options=options, opt_level=0,
    )  # fmt: skip
    made.save_model_to_file(str(fused))
