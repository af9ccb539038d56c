"""A trained encoder as an int8 model in ONNX, without its word table."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

from training.language.corpora import TAGS
from training.language.net import EntityNet

OPSET = 17


class Shipped(nn.Module):
    """The net for one window without padding: it needs no mask."""

    def __init__(self, net: EntityNet) -> None:
        """Take the trained *net*."""
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor, types: Tensor) -> Tensor:
        """Return the scores of the tags of a window."""
        return self.net(vectors, types, torch.ones_like(types))


def write_encoder(net: EntityNet, folder: Path, name: str, version: str) -> None:
    """Write *net* to *folder*: fused, dynamically quantised to int8 (Jacob et al., CVPR 2018)."""
    net.eval()
    net.bert.set_attn_implementation("eager")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as room, torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain, fused = Path(room) / "plain.onnx", Path(room) / "fused.onnx"
        write_plain(net, plain)
        fuse(net, plain, fused)
        quantize_dynamic(
            str(fused), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8,
            per_channel=True, reduce_range=False,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip
    meta = {"name": name, "version": version, "tags": TAGS}
    (folder / "meta.json").write_text(json.dumps(meta, indent=2) + "\n", "utf-8")


def write_plain(net: EntityNet, path: Path) -> None:
    """Write *net* as it is."""
    width = net.bert.config.hidden_size
    example = (torch.randn(1, 16, width), torch.zeros(1, 16, dtype=torch.long))
    torch.onnx.export(
        Shipped(net), example, str(path), input_names=["vectors", "types"],
        output_names=["scores"], opset_version=OPSET, dynamo=False, do_constant_folding=True,
        dynamic_axes={name: {1: "pieces"} for name in ("vectors", "types", "scores")},
    )  # fmt: skip


def fuse(net: EntityNet, plain: Path, fused: Path) -> None:
    """Write the model in *plain* with attention and activations as one operator each."""
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    options.enable_skip_layer_norm = False  # on CPU it takes five times as long as its two parts
    options.enable_bias_skip_layer_norm = False
    made = optimizer.optimize_model(
        str(plain), model_type="bert", num_heads=net.bert.config.num_attention_heads,
        hidden_size=net.bert.config.hidden_size, optimization_options=options, opt_level=0,
    )  # fmt: skip
    made.save_model_to_file(str(fused))
