"""The examples beside the rules of a source."""

from __future__ import annotations

from pipeline.clean.source_rules import SourceRules
from pipeline.clean.source_tests import Example, failures

STORY = "Ministers from nine countries met in Oslo on Monday to talk about the price of cod."
TEXT = f"{STORY}\nThe Gazette needs your help.\nAdvertisement"


def test_what_is_kept_to_is_not_told() -> None:
    """Lines that stay and go as the example says are no failures."""
    rules = SourceRules(remove=("The Gazette needs*",))
    example = Example(TEXT, "Cod", stay=("Ministers *",), go=("The Gazette *", "Advertisement"))
    assert list(failures(rules, example)) == []


def test_what_is_not_kept_to_is_told_with_its_place() -> None:
    """Each line that goes and should stay, or the other way, is named, and who took it."""
    example = Example(TEXT, "Cod", stay=("Advertisement", "Trawlers*"), go=("The Gazette *",))
    assert list(failures(SourceRules(), example)) == [
        (("stay", 0), "this line goes, by advert as advert: Advertisement"),
        (("stay", 1), "no line of `text` looks like this"),
        (("go", 0), "this line stays: The Gazette needs your help."),
    ]


def test_a_text_of_which_nothing_is_left_is_a_failure() -> None:
    """An article that the clean stage would leave out is told as such."""
    ((way, what),) = failures(SourceRules(), Example("Advertisement", go=("Advertisement",)))
    assert (way, what.partition(":")[0]) == (("text",), "nothing is left of this text")


def test_a_page_is_read_as_one() -> None:
    """The text of an example may be a page; it is cleaned as pages are."""
    page = f"<html><body><article><h1>Cod</h1><p>{STORY}</p><p>Then they left.</p></article></body>"
    assert list(failures(SourceRules(), Example(page, stay=("Ministers *",)))) == []
