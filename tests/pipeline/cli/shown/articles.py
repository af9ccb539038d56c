"""An annotated article by hand: every kind of finding once, so that each can be looked for."""

from __future__ import annotations

from schemas import Dated, EnrichedArticle, Entity, Named, Place, Quote, Speaker

HEADLINE = "Cod talks open in Oslo"
TEXT = (
    'Ada Moor arrived on Monday. "We will act," Moor said, "and soon."\n\n'
    "Nobody knew what a Norwegian ship would cost."
)


def entity(words: str, label: str, name: str = "", **more: object) -> Entity:
    """Return the first mention of *words*."""
    where = HEADLINE if more.get("field") == "headline" else TEXT
    start = where.index(words)
    known = {"text": words, "label": label, "name": name or words, "start": start}
    return Entity.model_validate(known | {"end": start + len(words)} | more)


def annotated() -> EnrichedArticle:
    """Return the article."""
    first, second = TEXT.index('"We'), TEXT.index('"and')
    spans = ((first, first + 14), (second, second + 11))
    monday, moor = TEXT.index("Monday"), TEXT.index("Moor said")
    return EnrichedArticle(
        id="1",
        headline=HEADLINE,
        text=TEXT,
        entities=(
            entity("Oslo", "GPE", id="2", country="NOR", field="headline"),
            entity("Ada Moor", "PERSON", id="1"),
            entity("Monday", "DATE"),
            entity("Moor", "PERSON", "Ada Moor", id="1", start=moor, end=moor + 4),
            entity("Norwegian", "NORP", country="NOR"),
        ),
        named=(
            Named(id="1", name="Ada Moor", label="PERSON", aliases=("Moor",), mentions=2,
                  roles=("mayor of Oslo",), salience=0.8),
            Named(id="2", name="Oslo", label="GPE", country="NOR", mentions=1, in_headline=True,
                  salience=0.5),
        ),
        quotes=(
            Quote(text=TEXT[first:spans[1][1]], start=first, end=spans[1][1], spans=spans,
                  kind="direct", speaker=Speaker(text="Moor", name="Ada Moor"), cue="said"),
        ),
        dates=(
            Dated(text="Monday", start=monday, end=monday + 6, value="2026-11-02",
                  granularity="day", basis="relative"),
        ),
        locations=(Place(name="Oslo", country="NOR", lat=59.91, lon=10.75),),
        models={"language_model": "by hand 1"},
        notes=("made by hand",),
    )  # fmt: skip
