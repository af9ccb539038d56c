"""The words that make a quotation: verbs of speech and of thought, in all their forms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache


def listed(words: str) -> frozenset[str]:
    """Return the words of a list.

    >>> sorted(listed("say tell"))
    ['say', 'tell']
    """
    return frozenset(words.split())


SPEECH = listed("""
    accuse acknowledge add admit advise affirm agree allege announce answer argue ask assert assure
    attest blast boast brag caution charge chant chide claim clarify comment complain concede
    conclude concur confess confide confirm contend continue counter criticise criticize cry
    declare demand deny deplore disagree disclose elaborate emphasise emphasize enthuse exclaim
    explain fume gasp grumble gush hint holler imply inform inquire insist interject joke lament
    laugh maintain marvel moan mourn murmur muse mutter note object observe opine plead pledge
    point post preach predict proclaim promise protest quip rage rant read reason reassure recall
    recollect recount reflect reiterate remark remember remind repeat reply report respond retort
    reveal roar say scoff scold scream shout shriek shrug sigh snap sneer speculate state stress
    suggest surmise swear tease tell testify theorise theorize thunder tweet underline underscore
    urge vent volunteer vow wail warn whine whisper wonder write yell
""")
"""Verbs that bring somebody's words."""

NEVER_RETOLD = listed("""
    accuse blast charge chant comment continue criticise criticize demand elaborate gush laugh
    object plead post rant read reflect roar state vent
""")
"""Those of them that do so beside quotation marks; without, they have other work."""

THOUGHT = listed("""
    anticipate assume believe doubt estimate expect fear feel forecast find foresee hear hope
    imagine indicate learn propose realise realize reckon show signal suspect think understand
    worry
""")
"""Verbs that bring what somebody holds to be so."""

INTENT = listed(
    "agree claim decline pledge promise propose refuse swear threaten urge volunteer vow"
)
"""Verbs that bring what somebody says they will do, with "to"."""

IRREGULAR = {
    "say": ("says", "saying", "said"),
    "tell": ("tells", "telling", "told"),
    "write": ("writes", "writing", "wrote", "written"),
    "read": ("reads", "reading"),
    "swear": ("swears", "swearing", "swore", "sworn"),
    "think": ("thinks", "thinking", "thought"),
    "feel": ("feels", "feeling", "felt"),
    "find": ("finds", "finding", "found"),
    "hear": ("hears", "hearing", "heard"),
    "show": ("shows", "showing", "showed", "shown"),
    "foresee": ("foresees", "foreseeing", "foresaw", "foreseen"),
    "forecast": ("forecasts", "forecasting"),
    "understand": ("understands", "understanding", "understood"),
}
DOUBLED = listed("admit brag concur quip snap")
VOWELS = "aeiou"


@cache
def speech() -> dict[str, str]:
    """Return each form of a verb of speech with its lemma."""
    return {form: verb for verb in SPEECH for form in forms(verb)}


@cache
def verbs() -> dict[str, str]:
    """Return each form of a verb of speech, thought or intent with its lemma."""
    known = {*THOUGHT, *INTENT, *SPEECH} - NEVER_RETOLD
    return {form: verb for verb in sorted(known) for form in forms(verb)}


def forms(verb: str) -> Iterator[str]:
    """Yield *verb* and its forms.

    >>> list(forms("reply")), list(forms("brag"))
    (['reply', 'replies', 'replying', 'replied'], ['brag', 'brags', 'bragging', 'bragged'])
    """
    yield verb
    if verb in IRREGULAR:
        yield from IRREGULAR[verb]
    elif verb.endswith("e"):
        yield from (f"{verb}s", f"{verb[:-1]}ing", f"{verb}d")
    elif verb.endswith("y") and verb[-2] not in VOWELS:
        yield from (f"{verb[:-1]}ies", f"{verb}ing", f"{verb[:-1]}ied")
    else:
        stem = verb + verb[-1] if verb in DOUBLED else verb
        plural = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
        yield from (plural, f"{stem}ing", f"{stem}ed")
