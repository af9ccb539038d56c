"""A model in ONNX, run by one thread: processes are what runs side by side."""

from __future__ import annotations

from pathlib import Path

from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

SLOWER = ["SkipLayerNormFusion", "BiasGeluFusion"]
"""Fusions that take longer on a CPU than what they replace: the first one five times as long."""


def open_session(path: Path, *, in_windows: bool = False) -> InferenceSession:
    """Return the model in the file *path*, ready to run.

    Memory is given back between runs: a worker lives long and the longest article is rare.  A model
    that reads *in_windows* never needs much, keeps it, and is a tenth faster.
    """
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = in_windows
    options.log_severity_level = 3
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
    )
