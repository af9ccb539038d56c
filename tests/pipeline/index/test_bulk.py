from __future__ import annotations

from pipeline.index.bulk import BULK_BYTES, chunks


def test_bulks_are_cut_at_five_megabytes_and_one_giant_goes_alone():
    """No request is larger than it must be."""
    lines = [b"x" * (BULK_BYTES // 2 - 1)] * 3 + [b"x" * (BULK_BYTES * 2)] + [b"x"]
    assert list(chunks(lines, [0, 1, 2, 3, 4])) == [[0, 1], [2], [3], [4]]
