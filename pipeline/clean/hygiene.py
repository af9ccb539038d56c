"""Text hygiene: what went wrong with a text on its way here, undone where that is certain.

Text that was decoded with the wrong charset, entities that were escaped twice, accents apart from
their letters, marks that nobody sees.  Words are never guessed: an apostrophe that the publisher
lost stays lost.  A paragraph stays a paragraph, and one that is in order comes back as it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from ftfy import fix_encoding

from schemas import RemovedLine

BETWEEN = "\n\n"
"""What stands between two paragraphs."""
ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]{2,8}\d{0,2});")
MARKUP = frozenset("<>")
"""Escaped, they are shown on purpose: a text about HTML writes ``&lt;p&gt;``."""
SPACES = "\t\x0b\x0c\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f"
ODD_SPACE = re.compile(rf"(?<! ) *[{SPACES}][ {SPACES}]*")
UNSEEN = "\u00ad\u180e\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb"
NEVER_SEEN = re.compile(f"[{UNSEEN}]")
JOINERS = re.compile(
    "(?:^|(?<=[\\s\u0000-\u058f]))[\u200b-\u200d]+|"
    "(?<![\u200b-\u200d])[\u200b-\u200d]++(?=[\\s\u0000-\u058f]|$)"
)
"""Zero-width space, joiner and non-joiner beside a letter of a script that has no use for them.

Persian, the scripts of India, Thai and emoji do, and keep them.
"""
WRONG = "\u0080-\u25ff\uf8ff\ufb01\ufb02"
"""What bytes above 127 are in the charsets that UTF-8 is mistaken for."""
MOJIBAKE = re.compile(f"[{WRONG}]{{2}}|[\u0080-\u009f]|[ÂÃÅÎÐÙ] ")
"""Without one of these there is none, and the slow test is left out."""
MAX_REPAIRED = 20_000
"""No paragraph is longer, and the test takes a second for a million characters."""
DAMAGE = re.compile(f"[&{SPACES}{UNSEEN}\u200b-\u200d]|{MOJIBAKE.pattern}")


def tidy(text: str) -> str:
    r"""Return *text*, at most a paragraph, with what is certainly damage undone.

    >>> tidy("The mayorâ€™s of\u00adfice said &ldquo;no&rdquo;\u00a0twice\u200b.")
    'The mayor’s office said “no” twice.'
    >>> tidy("Dont touch the mayors words, or a &lt;p&gt;.")
    'Dont touch the mayors words, or a &lt;p&gt;.'
    """
    if in_order(text):
        return text
    tidied = ENTITY.sub(resolved, text)
    if len(tidied) <= MAX_REPAIRED and MOJIBAKE.search(tidied):
        tidied = fix_encoding(tidied)
    tidied = unicodedata.normalize("NFC", JOINERS.sub("", NEVER_SEEN.sub("", tidied)))
    return ODD_SPACE.sub(" ", tidied).strip() or text


def in_order(text: str) -> bool:
    """Say whether there is nothing to do for *text*."""
    return not DAMAGE.search(text) and unicodedata.is_normalized("NFC", text)


def resolved(entity: re.Match[str]) -> str:
    """Return what *entity* stands for; itself where it is none, or an escaped angle bracket."""
    character = html.unescape(entity[0])
    control = any(unicodedata.category(one) == "Cc" for one in character)
    return entity[0] if control or character in MARKUP else character


def tidy_lines(text: str) -> str:
    r"""Return *text* with each of its lines tidied; there are as many as before.

    >>> tidy_lines("caf\u00c3\u00a9\n\nna\u00efve")
    'café\n\nnaïve'
    """
    return text if in_order(text) else "\n".join(map(tidy, text.split("\n")))


def tidied(text: str, removed: Sequence[RemovedLine]) -> tuple[str, tuple[RemovedLine, ...]]:
    """Return a clean *text* tidied, and its cuts where they stand in that.

    Only what was kept is touched: a cut keeps its words and its offsets as they are in the raw
    body, and moves within the text as its paragraph shrinks or grows.
    """
    if in_order(text):
        return text, tuple(removed)
    before = text.split(BETWEEN)
    after = [tidy(paragraph) for paragraph in before]
    starts, moved = offsets(before), offsets(after)

    def place(at: int) -> int:
        number = bisect_right(starts, at) - 1
        within = at - starts[number]
        if not within:
            return moved[number]
        if within >= len(before[number]):
            return moved[number] + len(after[number])
        head = len(tidy(before[number][:within] + "x")) - 1  # the x keeps a space before it
        return moved[number] + min(head, len(after[number]))

    cuts = (cut.model_copy(update={"at": place(cut.at)}) for cut in removed)
    return BETWEEN.join(after), tuple(cuts)


def offsets(paragraphs: Iterable[str]) -> list[int]:
    """Return where each paragraph begins in the text of them all.

    >>> offsets(["One", "Two"])
    [0, 5]
    """
    return list(accumulate((len(one) + len(BETWEEN) for one in paragraphs), initial=0))[:-1]
