"""Sums of money, shares, calendar dates, a few names: what a pattern finds better than a model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.enrich.dates.words import MONTH

NUMBER = r"(?<![\w.,])\d{1,20}(?:[.,]\d{1,20}){0,8}"
SCALE = r"(?:million|billion|trillion|thousand|hundred|crore|lakh|bn|mn|tn|[mbk])\b"
RANGE = rf"{NUMBER}(?:\s?(?:-|\u2013|to)\s?\d{{1,20}}(?:[.,]\d{{1,20}}){{0,3}})?"
SIGN = (
    r"(?:(?:\b(?:US|NT|HK|NZ|CA|AU|[ACSRZ])\s?)?\$|"
    r"[\u00a3\u20ac\u00a5\u20b9\u20bd\u20a9\u20aa\u20ba])"
)
CODE = (
    r"\b(?:USD|EUR|GBP|JPY|CNY|RMB|INR|CHF|AUD|CAD|NGN|KES|ZAR|AED|SAR|MNT|PKR|Rs\.?|Tk|RM|Ksh|JD)"
)
COIN = (
    r"(?:dollars?|euros?|pounds sterling|yuan|renminbi|yen|rupees?|roubles?|rubles?|rupiah|won|"
    r"pesos?|reais|rand|naira|cedis?|shillings?|shekels?|lira|riyals?|dirhams?|dinars?|rials?|"
    r"baht|ringgit|dong|kyat|taka|francs?|kron(?:a|or|er|e)|zlot(?:y|ys)|forints?|hryvnias?|cents)"
)
PEOPLE = r"(?:[A-Z][a-z]{2,14} ){0,2}"

MONEY = re.compile(
    rf"(?:{SIGN}|{CODE})\s?\d{{1,20}}(?:[.,]\d{{1,20}}){{0,8}}(?:[\s-]?{SCALE})?"
    rf"|{RANGE}(?:[\s-]{SCALE})?[\s-]{PEOPLE}{COIN}\b"
    rf"|{RANGE}[\s-](?:million|billion|trillion|thousand) pounds\b"
    rf"|{RANGE}\u20ac(?:[\s-]?{SCALE})?"
)
PERCENT = re.compile(rf"{RANGE}\s?(?:%|(?:percent|per cent|pct|percentage points?)\b)")

DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
YEAR = r"(?:1[5-9]|20)\d\d\b"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DATE = re.compile(
    rf"\b(?:{WEEKDAY},? )?(?:the )?{DAY}(?: of)? {MONTH}(?:,? {YEAR})?"
    rf"|\b(?:{WEEKDAY},? )?{MONTH} {DAY}(?:,? {YEAR})?"
    rf"|\b{MONTH},? (?:of )?{YEAR}"
    rf"|\b{WEEKDAY}\b"
    rf"|\b{YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b"
    rf"|(?:(?<=\b[Ii]n )|(?<=\b[Bb]y )|(?<=\bof )|(?<=\b[Ss]ince )|(?<=\b[Ff]rom )|"
    rf"(?<=\b[Uu]ntil )){YEAR}(?!-)"
)

OF_PLACES = re.compile(
    r"\bIslamic State (?:of|in) Iraq and (?:(?:the )?Levant|(?:Greater )?Syria|(?:al|ash)-Sham)\b"
)
"""Names of organisations that models take for the places in them."""

RULES = (("MONEY", MONEY), ("PERCENT", PERCENT), ("DATE", DATE), ("ORG", OF_PLACES))


def by_rule(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and label of what the rules find in *text*.

    >>> said = "On Friday, 4 March 2022 it paid $3.5 billion, 12% of 40 million Turkish lira."
    >>> [said[start:end] for start, end, _ in by_rule(said)]
    ['$3.5 billion', '40 million Turkish lira', '12%', 'Friday, 4 March 2022']
    >>> list(by_rule("the Islamic State of Iraq and the Levant"))
    [(4, 40, 'ORG')]
    """
    for label, pattern in RULES:
        for found in pattern.finditer(text):
            yield found.start(), found.end(), label
