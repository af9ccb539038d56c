"""scan: what harms a parser goes, what is well formed is read; see test_page for the whole."""

from __future__ import annotations

from pipeline.clean.scan import scanned


def test_data_addresses_go() -> None:
    """A picture that is written into its address is not parsed."""
    html, _ = scanned('<img src="data:image/png;base64,' + "A" * 5000 + '">')

    assert html == '<img src="data:,">'


def test_linked_data_comes_out() -> None:
    """Linked data is read before the scripts go."""
    html, data = scanned('<p>A<script type="application/ld+json">{"a": 1}</script>B</p>')

    assert (html, data) == ("<p>AB</p>", ({"a": 1},))
