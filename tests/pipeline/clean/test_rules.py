"""rules: what is noise goes with its kind, what only looks like it stays."""

from __future__ import annotations

import pytest

from pipeline.clean.lines import clean_lines
from pipeline.clean.rules import INLINE, RULES

STORY = (
    "Ministers from nine countries met in Oslo on Monday to talk about the price of cod.",
    "The talks went on until midnight, and nobody left the hall before the vote was counted.",
    "Norway had asked for a quota of nine tonnes, Iceland for ten, and both went home with eight.",
)
TRAPS = """\
Sign up to the treaty, he told them, and the sanctions will be lifted.
Subscribe to that view and you will end up alone, the minister warned.
Related charges against two officials were dropped last week.
Photo: it was the only word on the wall.
Image: that is what the regime lives by, one diplomat said.
By Sunday the fire had crossed the river.
By nightfall, rebels held the airport
The group has links to the Kurdistan Workers' Party [PKK].
“We are ready to talk to the government (of Sudan)”
He was quoted by the Reuters news agency as saying that talks would go on.
The statement was carried by state news agency TASS.
She said she had watched the video on Facebook.
The protest was organised on Telegram and WhatsApp.
Follow the money, prosecutors say, and it leads to Cyprus.
Share prices in Tokyo fell 3 percent.
Copyright law will be changed in the spring, the commission said.
This article of the constitution has been amended four times since 1990.
March 5, 2024 was the deadliest day of the war.
“No.”
Watch: that was the word the prosecution hung its case on.
More from the region: two soldiers were killed in Mali.
Terms of use of the port will be set by a joint commission.
Get out of our country, they shouted at the app's owners.
He took all the credit: “We won.”
Anna Petrova is a journalist who was arrested in March.
With reporting by phone, the observers covered 300 stations.
Your data will be used by the state, the bill says.
Editing by the censor removed two of the nine chapters.
Topics: that was all the agenda said.
Home, she said, is where the border is.
What the bank fears""".splitlines()
NOISE = [
    ("By signing up you agree to our terms and privacy policy.", "consent"),
    ("Sign up for our weekly newsletter and never miss a story", "newsletter"),
    ("Already a subscriber? Log in", "paywall"),
    ("Advertisement - Continue reading below", "advert"),
    ("Fleet put to sea: what the skippers say [INTERVIEW]", "related"),
    ("READ MORE: Trawlers stay in port", "read-more"),
    ("View 31 comments", "comments"),
    ("Share on WhatsApp", "share"),
    ("Play Video", "player"),
    ("A trawler off Bodø on Sunday. (Photo: Ana Lind/AFP)", "caption"),
    ("With reporting by Ana Lind in Reykjavik", "credit"),
    ("Updated 5 March 2026, 10:12 GMT", "stamp"),
    ("By Ana Lind and Tom Ray", "byline"),
    ("Tags: cod, quotas, Norway", "tags"),
    ("Top stories", "navigation"),
    ("Ines Roth and Karl Bem win the Golden Reel in Cannes", "related"),
]


def body(line: str) -> str:
    """Return a story with *line* in the middle."""
    return "\n\n".join([*STORY, line, *STORY])


@pytest.mark.parametrize("line", TRAPS)
def test_a_line_of_the_story_stays(line: str) -> None:
    """A sentence or subhead that only looks like noise is not lost."""
    assert clean_lines(body(line), "Cod").text.split("\n\n")[3] == line


@pytest.mark.parametrize(("line", "kind"), NOISE)
def test_noise_goes_with_its_kind(line: str, kind: str) -> None:
    """Each kind of noise is taken out and named."""
    cleaned = clean_lines(body(line), "Cod")

    assert [(cut.text, cut.kind) for cut in cleaned.removed] == [(line, kind)]


def test_trailer_only_at_the_end() -> None:
    """A source line is a trailer under the story and a paragraph in the middle of it."""
    line = "Source: Harbour Post"

    assert clean_lines("\n".join([*STORY, line]), "Cod").removed[0].kind == "trailer"
    assert clean_lines(body(line), "Cod").removed == ()


def test_teaser_under_the_headline() -> None:
    """A second headline goes if it is about somebody the story lacks; a standfirst stays."""
    teaser, standfirst = (
        "Ines Roth to visit Lima for film prize",
        "Norway and Iceland both go home with less",
    )

    assert clean_lines("\n".join(["Cod", teaser, *STORY]), "Cod").removed[1].by == "stranger"
    assert clean_lines("\n".join(["Cod", standfirst, *STORY]), "Cod").text.startswith(standfirst)


def test_ids_are_unique() -> None:
    """No two rules have the same id: a record names the rule that made a cut."""
    ids = [rule.id for rule in RULES] + [rule.id for rule in INLINE]

    assert len(set(ids)) == len(ids)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "line",
    [
        "By " + "A" * 1900,
        *(part * (1900 // len(part)) for part in ("Aa ", "11/", "1 min ", "share ", "(", "— ")),
        *(part * (1900 // len(part)) for part in ("Home > ", "#a ", "12:30 ", "A-", "photo by ")),
    ],
)
def test_no_pattern_runs_away(line: str) -> None:
    """Of a line made to make patterns run away, every word is kept or accounted for."""
    cleaned = clean_lines("\n".join([*STORY, line, *STORY]))

    assert line.strip() in (*cleaned.text.split("\n\n"), *(cut.text for cut in cleaned.removed))
