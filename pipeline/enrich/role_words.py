"""The words that roles are made of: president, spokesperson, and what stands with them."""

from __future__ import annotations

HEADS = (
    "accountant", "activist", "actor", "actress", "adviser", "advisor", "admiral", "agent",
    "aide", "ambassador", "analyst", "anchor", "archbishop", "architect", "artist", "assistant",
    "astronaut", "athlete", "attorney", "author", "ayatollah", "banker", "biologist", "bishop",
    "blogger", "boss", "boxer", "brigadier", "broadcaster", "bureaucrat", "candidate", "captain",
    "cardinal", "caretaker", "ceo", "cfo", "chair", "chairman", "chairperson", "chairwoman",
    "chancellor", "chef", "chief", "cleric", "climber", "coach", "colonel", "columnist",
    "commander", "commissioner", "composer", "congressman", "congresswoman", "consul",
    "coordinator", "coroner", "correspondent", "councillor", "councilor", "counsel", "counsellor",
    "creator", "critic", "curator", "deputy", "designer", "detective", "developer", "diplomat",
    "director", "doctor", "driver", "economist", "editor", "emir", "emperor", "engineer",
    "entrepreneur", "envoy", "epidemiologist", "executive", "expert", "farmer", "filmmaker",
    "financier", "fisherman", "footballer", "founder", "general", "geologist", "goalkeeper",
    "governor", "guard", "guitarist", "head", "historian", "imam", "inspector", "investigator",
    "investor", "jeweller", "journalist", "judge", "justice", "king", "lawmaker", "lawyer",
    "leader", "lecturer", "lieutenant", "magistrate", "major", "manager", "marshal", "mayor",
    "mechanic", "medic", "member", "midfielder", "minister", "monk", "mp", "musician",
    "negotiator", "neurologist", "novelist", "nurse", "officer", "official", "ombudsman",
    "operator", "organiser", "organizer", "owner", "painter", "paramedic", "partner", "pastor",
    "patriarch", "philosopher", "photographer", "physician", "physicist", "pilot", "player",
    "poet", "policeman", "politician", "pope", "premier", "president", "priest", "prince",
    "princess", "principal", "producer", "professor", "programmer", "prosecutor", "protester",
    "psychiatrist", "psychologist", "publisher", "queen", "rabbi", "ranger", "reporter",
    "representative", "researcher", "resident", "retailer", "ruler", "sailor", "scholar",
    "scientist", "secretary", "senator", "sergeant", "sheriff", "shopkeeper", "singer",
    "sociologist", "soldier", "solicitor", "specialist", "speaker", "spokesman", "spokesperson",
    "spokeswoman", "strategist", "striker", "student", "sultan", "superintendent", "surgeon",
    "teacher", "technician", "trader", "treasurer", "trustee", "undersecretary", "veteran",
    "virologist", "volunteer", "winner", "worker", "writer", "zoologist",
)  # fmt: skip
"""What somebody can be, in one word."""
PAIRS = (
    "secretary-general", "vice-president", "attorney general", "governor general",
    "prime minister-elect", "president-elect", "managing director", "chief of staff",
    "secretary of state", "head of state", "head of government", "commander-in-chief",
)  # fmt: skip
"""Roles that end in a word that is none, or that go on after one."""
BESIDES = (
    "former", "acting", "deputy", "vice", "senior", "chief", "outgoing", "incoming", "interim",
    "then", "current", "late", "retired", "top", "lead", "assistant", "associate", "executive",
    "managing", "general", "prime", "foreign", "interior", "defence", "defense", "finance",
    "health", "education", "justice", "trade", "energy", "agriculture", "environment", "labour",
    "labor", "transport", "culture", "economy", "opposition", "government", "police", "army",
    "military", "navy", "party", "company", "union", "state", "federal", "national", "regional",
    "local", "provincial", "municipal", "city", "district", "village", "county", "press", "media",
    "human", "rights", "climate", "peace", "political", "veteran", "renowned", "prominent",
    "leading", "film", "football", "team", "club", "board", "school", "university", "college",
    "bank", "hospital", "ministry", "embassy", "security", "intelligence", "public", "special",
    "supreme", "high", "first", "second", "junior", "permanent", "young", "new", "elected",
    "exiled", "jailed", "research", "medical", "legal", "technical", "financial", "commercial",
    "marketing", "sales", "art", "dance", "music",
)  # fmt: skip
"""Small words that stand between a role and its owner."""
NO_ROLE = (
    "After", "Also", "Although", "And", "Another", "As", "At", "Because", "Before", "Both", "But",
    "By", "For", "From", "He", "How", "I", "If", "In", "It", "Like", "Meanwhile", "Now", "Of",
    "On", "She", "Since", "So", "That", "The", "Then", "They", "This", "To", "Under", "We",
    "What", "When", "Where", "While", "With", "You",
)  # fmt: skip
"""Words that have a capital because they begin a sentence."""
