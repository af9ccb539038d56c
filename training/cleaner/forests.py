"""Training of the n-gram weights and of the forest for flattened text, and the forests as ONNX.

Scores that feed the next model are always out of fold: of a model that has not seen the site.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import lightgbm as lgb
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from sklearn.linear_model import LogisticRegression

from pipeline.clean.classifier.columns import first_columns
from training.cleaner.pages import FOLDS, Table

SETTINGS = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 31, "feature_fraction": 0.4,
    "lambda_l2": 1.0, "min_data_in_leaf": 20, "use_missing": False, "verbose": -1, "seed": 1,
    "deterministic": True, "num_threads": 2,
}  # fmt: skip
ROUNDS = 300


def out_of_fold(
    table: Table, fit: Callable[[NDArray[np.bool_]], Callable[[NDArray[np.bool_]], NDArray]]
) -> NDArray[np.float32]:
    """Return the scores of every line by a model that *fit* makes of the other folds."""
    scores = np.zeros(len(table.label), np.float32)
    for fold in range(FOLDS):
        held = table.fold == fold
        scores[held] = fit(table.learned & ~held)(held)
    return scores


def fit_words(table: Table, chosen: NDArray[np.bool_]) -> LogisticRegression:
    """Return a logistic regression over the n-grams of the *chosen* lines."""
    model = LogisticRegression(C=6, solver="liblinear", max_iter=200)
    return model.fit(table.grams[chosen], table.label[chosen], table.weight[chosen])


def word_scores(table: Table) -> NDArray[np.float32]:
    """Return what the n-grams say of each line, out of fold."""

    def fit(chosen: NDArray[np.bool_]) -> Callable[[NDArray[np.bool_]], NDArray]:
        model = fit_words(table, chosen)
        return lambda held: model.decision_function(table.grams[held])

    return out_of_fold(table, fit)


def fit_forest(
    table: Table, columns: NDArray[np.float32], chosen: NDArray[np.bool_]
) -> lgb.Booster:
    """Return a forest over the *columns* of the *chosen* lines."""
    held = lgb.Dataset(columns[chosen], table.label[chosen], weight=table.weight[chosen])
    return lgb.train(dict(SETTINGS), held, ROUNDS)


def forest_scores(table: Table, columns: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the log-odds that forests give each line, out of fold."""

    def fit(chosen: NDArray[np.bool_]) -> Callable[[NDArray[np.bool_]], NDArray]:
        model = fit_forest(table, columns, chosen)
        return lambda held: model.predict(columns[held], raw_score=True)

    return out_of_fold(table, fit)


def by_page(
    table: Table, build: Callable[..., NDArray[np.float32]], *parts: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the columns that *build* makes of the *parts*, page by page."""
    return np.vstack(
        [build(*(part[first:last] for part in parts)) for first, last in table.spans()]
    )


def first_table(table: Table, words: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the columns of the first forest for every line."""
    return by_page(table, first_columns, table.numbers, words)


def write_forest(model: lgb.Booster, path: Path) -> None:
    """Write *model* to *path* in ONNX: ``rows`` in, the log-odds out."""
    held = model.dump_model()
    columns = int(held["max_feature_idx"]) + 1
    node = helper.make_node(
        "TreeEnsembleRegressor", ["rows"], ["log_odds"], domain="ai.onnx.ml", n_targets=1,
        post_transform="NONE", aggregate_function="SUM", **attributes(held["tree_info"]),
    )  # fmt: skip
    graph = helper.make_graph(
        [node], "forest",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, columns])],
        [helper.make_tensor_value_info("log_odds", TensorProto.FLOAT, [None, 1])],
    )  # fmt: skip
    versions = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    made = helper.make_model(graph, opset_imports=versions, ir_version=9)
    onnx.checker.check_model(made)
    path.write_bytes(made.SerializeToString())


def attributes(trees: list[dict]) -> dict[str, list]:
    """Return the attributes of a TreeEnsembleRegressor for the *trees* of LightGBM's dump."""
    names = ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")
    nodes: dict[str, list] = {f"nodes_{name}": [] for name in names}
    leaves: dict[str, list] = {
        f"target_{name}": [] for name in ("treeids", "nodeids", "ids", "weights")
    }
    for number, tree in enumerate(trees):
        waiting, used = [(tree["tree_structure"], 0)], 1
        while waiting:
            node, place = waiting.pop()
            leaf = "leaf_value" in node
            row = [number, place, 0, 0.0, "LEAF", 0, 0]
            if leaf:
                for name, value in zip(leaves, (number, place, 0, node["leaf_value"]), strict=True):
                    leaves[name].append(value)
            else:
                row = [number, place, node["split_feature"], floor32(node["threshold"]),
                       "BRANCH_LEQ", used, used + 1]  # fmt: skip
                waiting += [(node["left_child"], used), (node["right_child"], used + 1)]
                used += 2
            for name, value in zip(nodes, row, strict=True):
                nodes[name].append(value)
    return nodes | leaves


def floor32(threshold: float) -> float:
    """Return the largest float32 not above *threshold*: the same comparison for float32 input."""
    near = np.float32(threshold)
    return float(near if near <= threshold else np.nextafter(near, np.float32(-np.inf)))
