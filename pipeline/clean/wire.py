"""Wire credit: the news agency that a story came from, as the page, byline or dateline names it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.clean.markup import Told

AGENCIES = {
    "Reuters": "reuters|thomson reuters",
    "AP": "ap|the ap|associated press|the associated press|ap news",
    "AFP": "afp|agence france-presse|agence france presse",
    "PA": "pa|pa media|press association|pa news agency|the press association",
    "dpa": "dpa|deutsche presse-agentur|dpa-infocom|dpa-afx",
    "EFE": "efe|agencia efe|efe news",
    "ANSA": "ansa|agenzia ansa",
    "Xinhua": "xinhua|xinhua news agency",
    "TASS": "tass|itar-tass",
    "Interfax": "interfax",
    "RIA Novosti": "ria novosti",
    "Kyodo": "kyodo|kyodo news",
    "Yonhap": "yonhap|yonhap news agency",
    "Anadolu": "anadolu|anadolu agency|anadolu ajansı",
    "PTI": "pti|press trust of india",
    "ANI": "ani|asian news international",
    "IANS": "ians|indo-asian news service",
    "UPI": "upi|united press international",
    "AAP": "aap|australian associated press",
    "CP": "cp|canadian press|the canadian press|la presse canadienne",
    "Bloomberg": "bloomberg|bloomberg news",
    "Belga": "belga",
    "Lusa": "lusa|agência lusa",
    "APA": "apa",
    "ATS": "ats|keystone-ats",
    "Keystone-SDA": "sda|keystone-sda",
    "epd": "epd",
    "KNA": "kna",
    "SID": "sid",
    "NTB": "ntb",
    "TT": "tt|tt nyhetsbyrån",
    "Ritzau": "ritzau",
    "ANP": "anp",
    "STT": "stt|stt-lehtikuva",
    "PAP": "pap",
    "ČTK": "čtk",
    "Adnkronos": "adnkronos",
    "Europa Press": "europa press",
    "LaPresse": "lapresse",
    "Agência Brasil": "agência brasil",
}  # fmt: skip
BY_NAME = {name: agency for agency, told in AGENCIES.items() for name in told.split("|")}
LOWER = frozenset({"dpa", "epd", "sid", "dpa-infocom", "dpa-afx", "afp", "ap", "apa", "sda"})
"""Agencies that write themselves small, but only where nothing else stands."""
ANY = "|".join(map(re.escape, sorted(BY_NAME, key=len, reverse=True)))
AGENCY = re.compile(rf"(?<![\w.-])(?<!\w/)(?:{ANY})(?![\w-])", re.IGNORECASE)
WHOLE = re.compile(
    r"^\W*(?:by |von |par |por |from |source:? |quelle:? |with )?(?:the )?"
    r"(?P<name>[\w .-]{2,30}?)(?: staff| news agency| news| agency| reporters?| writers?)?"
    r"(?: in .{2,30})?\W*$",
    re.IGNORECASE,
)
MAX_SHORT = 4
MAX_NOTE = 400


def agency_in(text: str) -> str | None:
    """Return the agency that a dateline or note of the wire names.

    >>> agency_in("OSLO (Reuters)"), agency_in("Oslo (dpa)"), agency_in("They were at the spa.")
    ('Reuters', 'dpa', None)
    """
    for found in AGENCY.finditer(text[:MAX_NOTE]):
        word = found[0]
        if (len(word) > MAX_SHORT and word[0].isupper()) or is_short_form(word, text):
            return BY_NAME[word.lower()]
    return None


def is_short_form(word: str, text: str) -> bool:
    """Say whether an abbreviation is written as its agency does: "AP", "dpa", "(ap)"."""
    return word.isupper() or word in {"dpa", "epd"} or (word in LOWER and f"({word}" in text)


def agency_named(text: str) -> str | None:
    """Return the agency that *text* is the name of, for a line where a writer is named.

    >>> agency_named("By The Associated Press"), agency_named("Reuters Staff")
    ('AP', 'Reuters')
    >>> agency_named("Mike Bloomberg"), agency_named("Ap Nguyen")
    (None, None)
    """
    found = WHOLE.match(text)
    name = found["name"].lower() if found else ""
    short = len(name) <= MAX_SHORT and found and not is_short_form(found["name"], f"({name}")
    return None if short else BY_NAME.get(name)


def credit(notes: Iterable[Told], names: Iterable[Told]) -> Told | None:
    """Return the agency that a story came from, and where it is told.

    Args:
        notes: datelines and notes of the wire.
        names: what stands where a writer or source is named.

    """
    for origin, text in notes:
        if (agency := agency_in(text)) is not None:
            return origin, agency
    for origin, text in names:
        for part in re.split(r"[,;/&|]| and | und | et | y ", text):
            if (agency := agency_named(part)) is not None:
                return origin, agency
    return None
