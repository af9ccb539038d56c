"""What was served: an article, or one of the things that come in its place.

A story must never be taken for a wall or an error, for then analysts do not see it.  So those kinds
need few words, and words that no story begins with; where linked data describes an article, an
error or consent page is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.clean.headline import SEPARATOR, folded
from pipeline.clean.hygiene import tidy
from pipeline.clean.lines import Cleaned
from pipeline.clean.linked_data import ARTICLE
from pipeline.clean.markup import Markup
from schemas import ArticleKind

ERROR_WORDS = 120
WALL_WORDS = 400
STUB_WORDS = 150
EMPTY_WORDS = 5
STAMPS = 4
PICTURES = 5

MAX_ERROR_TITLE = 70
STATUS = r"(?:(?:http |error |status )*(?:40\d|410|429|50[0-4])(?: error)?)"
NOT_THERE = (
    r"(?:(?:this|that|the|requested) )*page (?:you (?:re|are|were) looking for |you requested )?"
    r"(?:(?:was |is |could |can |does )?not|cannot|(?:can|could|couldn|isn|wasn|doesn) t)(?: be)? "
    r"(?:found|available|exist)|we (?:can t|couldn t|cannot|could not) find (?:that|the|this) page|"
    r"page (?:introuvable|non trouvée)|(?:die )?seite (?:wurde )?nicht gefunden|"
    r"(?:diese )?seite existiert nicht|p[áa]gina (?:no encontrada|não encontrada|non trovata)|"
    r"pagina (?:non trovata|niet gevonden)|siden (?:blev |ble )?ikke (?:fundet|funnet)|"
    r"sidan (?:hittades inte|kunde inte hittas|finns inte)|страница не найдена|"
    r"nie znaleziono strony|strona nie istnieje|stránka nenalezena"
)
REFUSED = (
    r"not found|forbidden|unauthorized|access denied|access to this page has been denied|"
    r"zugriff verweigert|accès refusé|acceso denegado|request blocked|you have been blocked|"
    r"bad gateway|gateway time ?out|(?:internal )?server error|too many requests|"
    r"(?:service|site) (?:temporarily )?unavailable"
)
ROBOT = (
    r"just a moment|attention required|(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"are you (?:a )?(?:robot|human)|robot or human|i m not a robot|"
    r"checking your browser(?: before accessing)?|security check(?: required)?|"
    r"human verification|pardon our interruption|please (?:enable|turn on) (?:javascript|cookies)|"
    r"javascript is (?:disabled|not available)"
)
ERROR = re.compile(
    rf"(?:(?:oops|sorry|error|fehler|erreur) )*(?:{STATUS}(?: (?:{NOT_THERE}|{REFUSED}|page))?|"
    rf"{NOT_THERE}|{REFUSED}|{ROBOT})"
)
CONSENT_TITLE = re.compile(
    r"^\W*(?:before you continue|we (?:value|respect|care about) your privacy|your privacy|"
    r"privacy (?:settings|choices|preferences)|cookie (?:consent|settings|preferences|notice)|"
    r"consent(?: required)?\W*$|datenschutz-?einstellungen|ihre privatsphäre|"
    r"mit (?:werbung|cookies) weiterlesen|weiter mit werbung|nous respectons votre vie privée|"
    r"vos choix (?:en matière|concernant)|valoramos (?:tu|su) privacidad|"
    r"la tua privacy|a sua privacidade|jouw privacy|uw privacy)",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"we and our (?:\d+ )?(?:\w+ )?partners|store and/or access information|"
    r"(?:accept|reject|allow|agree to) all|(?:manage|customi[sz]e) (?:preferences|cookies|options|"
    r"choices|consent)|legitimate interest|withdraw (?:your )?consent|cookie policy|"
    r"wir und unsere (?:\d+ )?partner|alle(?:n)? (?:akzeptieren|ablehnen|zustimmen)|"
    r"nous et nos (?:\d+ )?partenaires|tout (?:accepter|refuser)|"
    r"nosotros y nuestros (?:\d+ )?socios|(?:aceptar|rechazar) todo|"
    r"noi e i nostri (?:\d+ )?partner|(?:accetta|rifiuta) tutto|"
    r"wij en onze (?:\d+ )?partners|alles (?:accepteren|weigeren)",
    re.IGNORECASE,
)
CONSENT_PHRASES = 3
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")
LIVE = re.compile(
    r"live-?blog|live-?ticker|live-updates?|en-direct|en-vivo|in-diretta|ao-vivo|/live/|\blive\b",
    re.IGNORECASE,
)
GALLERY = re.compile(
    r"/(?:photo-?)?galler(?:y|ies|ia|ie|ij)\b|/(?:photos|pictures|slideshows?|diaporama|bilder|"
    r"bildergalerie|fotostrecken?|fotogaleria|fotogalleria|fotos)/|\bin pictures\b",
    re.IGNORECASE,
)
LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage"})


def article_kind(url: str, markup: Markup, cleaned: Cleaned) -> ArticleKind:
    """Return what was served at *url*.

    >>> page = Markup(titles=(("text", "404 Not Found"),))
    >>> article_kind("", page, Cleaned("The page has moved or never was.", (), "404 Not Found"))
    'error-page'
    """
    words = len(cleaned.text.split())
    named = any(map(ARTICLE.search, markup.types))
    if not named and words < ERROR_WORDS and any(map(is_error, titles(markup, cleaned))):
        return "error-page"
    if not named and words < WALL_WORDS and is_consent(markup, cleaned):
        return "consent-wall"
    if is_stub(words, markup, cleaned):
        return "paywall-stub"
    if words == 0 or (words < EMPTY_WORDS and markup != Markup()):
        return "empty"
    return shape(url, markup, cleaned, named=named)


def titles(markup: Markup, cleaned: Cleaned) -> Iterator[str]:
    """Yield what stands over the text, and the first line of it."""
    yield from (title for _, title in markup.titles)
    yield cleaned.headline
    yield cleaned.text.partition("\n")[0]


def is_error(title: str) -> bool:
    """Say whether *title* is one of an error page or of a check for robots, and of nothing else.

    >>> is_error("404 - Page not found | Harbour Post"), is_error("404 people left the port")
    (True, False)
    """
    parts = [title, *SEPARATOR.split(title)] if len(title) <= MAX_ERROR_TITLE else []
    return any(ERROR.fullmatch(folded(part)) for part in parts)


def is_consent(markup: Markup, cleaned: Cleaned) -> bool:
    """Say whether a page only asks for consent."""
    asked = [tidy(cut.text) for cut in cleaned.removed if cut.kind == "consent"]
    if not cleaned.text:
        return bool(asked)
    if any(CONSENT_TITLE.match(title) for title in titles(markup, cleaned)):
        return True
    told = "\n".join([cleaned.text, *asked])
    return len({found.lower() for found in CONSENT.findall(told)}) >= CONSENT_PHRASES


def is_stub(words: int, markup: Markup, cleaned: Cleaned) -> bool:
    """Say whether only the beginning of a story was served, and then a wall.

    That a page is not free is not enough: a brief on it may be whole.
    """
    end = len(cleaned.text)
    walls = [cut for cut in cleaned.removed if cut.kind == "paywall" and cut.at >= end]
    cut_off = CUT_OFF.search(cleaned.text[-20:]) or markup.words > 2 * words
    page = markup != Markup()  # under a bare text the words at a wall may be a footer
    if walls and markup.free is not True and words < STUB_WORDS and (page or cut_off):
        return True
    return markup.free is False and bool(cut_off) and words < 2 * STUB_WORDS


def shape(url: str, markup: Markup, cleaned: Cleaned, *, named: bool) -> ArticleKind:
    """Return whether a story is told in one piece, in posts, in pictures or as a list."""
    kinds = [cut.kind for cut in cleaned.removed]
    stands = f"{url} {cleaned.headline}"
    if "LiveBlogPosting" in markup.types or (
        kinds.count("stamp") >= STAMPS and LIVE.search(stands)
    ):
        return "live-blog"
    pictures = kinds.count("caption") >= PICTURES or len(cleaned.text.split()) < STUB_WORDS
    if LISTS.isdisjoint(markup.types) and pictures and GALLERY.search(stands):
        return "gallery"
    if not named and (is_front(url) or not LISTS.isdisjoint(markup.types)):
        return "listing"
    return "article"


def is_front(url: str) -> bool:
    """Say whether *url* is that of a front page.

    >>> is_front("https://post.test/"), is_front("https://post.test/a"), is_front("http://[::1")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # such as http://[::1: an address that is none leads to no front page
        return False
    return "://" in url and parts.path in {"", "/"} and not parts.query
