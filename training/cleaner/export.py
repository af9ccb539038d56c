"""The trained encoder as an int8 model in ONNX, without its word table."""

from __future__ import annotations

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

from training.cleaner.net import LineNet

INPUTS = ("vectors", "types", "shares")


class Shipped(nn.Module):
    """The net for one passage without padding: it needs no mask."""

    def __init__(self, net: LineNet) -> None:
        """Take the trained *net*."""
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor, types: Tensor, shares: Tensor) -> Tensor:
        """Return the log-odds of the lines of a passage."""
        return self.net(vectors, types, shares, torch.ones_like(types))


def write_encoder(net: LineNet, path: Path) -> None:
    """Write *net* to *path*: fused, dynamically quantised to int8 (Jacob et al., CVPR 2018)."""
    net.eval()
    net.bert.set_attn_implementation("eager")
    width = net.bert.config.hidden_size
    example = (torch.randn(1, 16, width), torch.zeros(1, 16, dtype=torch.long),
               torch.full((1, 2, 16), 1 / 16))  # fmt: skip
    with TemporaryDirectory() as folder, torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        torch.onnx.export(
            Shipped(net), example, str(plain), input_names=list(INPUTS), output_names=["log_odds"],
            dynamic_axes={"vectors": {1: "pieces"}, "types": {1: "pieces"},
                          "shares": {1: "lines", 2: "pieces"}, "log_odds": {1: "lines"}},
            opset_version=17, dynamo=False, do_constant_folding=True,
        )  # fmt: skip
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        made = optimizer.optimize_model(
            str(plain), model_type="bert", num_heads=net.bert.config.num_attention_heads,
            hidden_size=width, optimization_options=options, opt_level=0,
        )  # fmt: skip
        made.save_model_to_file(str(fused))
        quantize_dynamic(
            str(fused), str(path), weight_type=QuantType.QInt8, per_channel=True,
            reduce_range=False, extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip
