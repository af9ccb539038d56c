"""No bytes break what reads strangers' bytes: hypothesis tries, within bounds, on each run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import FAILURES, SEEDS, TARGETS

EXAMPLES = {"feed": 150, "record": 300, "lines": 150, "page": 60, "source_file": 150}
PIECES = {
    "feed": ["<item>", "</item>", "<title>", "&#xD800;", "<![CDATA[", "]]>", "<!--", "&a;", "\0",
             '"', "{", "}", "[", '"items":', "<!DOCTYPE rss [", "]>", "<author>a@b (", "<a b='"],
    "record": ["{", "}", '"id":', '"body":', "null", "1e999", '"\\ud800"', "[", "]", ",", "\ufeff"],
    "lines": ["Read more: ", "\n", "\r", "\u2028", "By Ann Lee", "(AP) — ", "SHARE", "©", "\u200b",
              "\t", "Advertisement", "“", "He said so on Monday.", "1/2", "$"],
    "page": ["<p>", "</div>", "<script type='application/ld+json'>", "</script>", '{"@type":',
             '"NewsArticle"', "}", "<meta property='og:title' content='", "'>", "&#0;", "<time>",
             "<table><td colspan=9>", "<!--", "\0", "31/02/2022",
             "<link rel=canonical href='http://["],
    "source_file": ["- ", "id: ", "\n  ", "type: rss", "url: http://[", "[", "{", "&a ", "*a", "!!",
                    "? ", ": ", "#", "'", "99", "remove: ['*']", "tests: [{text: "],
}  # fmt: skip
"""What each reader takes for more than letters."""


def inputs(name: str) -> st.SearchStrategy[bytes]:
    """Return bytes that look like what the target *name* reads: seeds, pieces and noise, mixed."""
    piece = st.one_of(
        st.sampled_from(PIECES[name]).map(str.encode),
        st.sampled_from(SEEDS[name]),
        st.text(max_size=20).map(str.encode),
        st.binary(max_size=8),
    )
    mixed = st.lists(piece, max_size=12).map(b"".join)
    cut = st.tuples(st.sampled_from(SEEDS[name]), st.integers(0, 200), piece)
    return st.one_of(mixed, cut.map(lambda made: made[0][: made[1]] + made[2] + made[0][made[1] :]))


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_reader(name: str) -> None:
    """Whatever comes is read, or refused with a reason."""

    @settings(max_examples=EXAMPLES[name], deadline=None,
              suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
    @given(inputs(name))
    def holds(data: bytes) -> None:
        TARGETS[name](data)

    holds()


@pytest.mark.parametrize(("name", "data"), [(n, one) for n in TARGETS for one in FAILURES[n]])
def test_what_failed_once_holds(name: str, data: bytes) -> None:
    """Inputs that broke a reader of ours, or of others, are kept."""
    TARGETS[name](data)


@pytest.mark.parametrize(("name", "data"), [(n, one) for n in TARGETS for one in SEEDS[n]])
def test_the_seeds_are_read(name: str, data: bytes) -> None:
    """Honest inputs pass, or fuzzing would begin at a refusal."""
    TARGETS[name](data)
