"""German words that say little by themselves: kept between two changes by chance, and where phrases begin."""

ARTICLES = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "ein",
        "eine",
        "einer",
        "eines",
        "einem",
        "einen",
        "dieser",
        "diese",
        "dieses",
        "diesem",
        "diesen",
    ]
)
CONJUNCTIONS = frozenset(["und", "oder", "sowie", "bzw", "beziehungsweise", "aber", "sondern", "als", "wie"])
PREPOSITIONS = frozenset(
    [
        "an",
        "am",
        "auf",
        "aus",
        "außer",
        "bei",
        "beim",
        "bis",
        "durch",
        "für",
        "gegen",
        "gemäß",
        "hinter",
        "im",
        "in",
        "ins",
        "mit",
        "nach",
        "neben",
        "ohne",
        "seit",
        "statt",
        "über",
        "um",
        "unter",
        "vom",
        "von",
        "vor",
        "während",
        "wegen",
        "zu",
        "zum",
        "zur",
        "zwischen",
    ]
)
LITTLE = ARTICLES | CONJUNCTIONS | PREPOSITIONS
LABELS = frozenset(
    [
        "absatz",
        "absätze",
        "abs",
        "satz",
        "sätze",
        "nummer",
        "nummern",
        "nr",
        "buchstabe",
        "artikel",
        "art",
        "anlage",
        "anhang",
    ]
)
"""What a number of a citation counts."""
