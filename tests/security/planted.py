"""The words that are planted in every free text, to be found where they must not be."""

MARKUP = "'\"><img src=x onerror=alert(1)>&amp;{{7*7}}"


def canary(thing: str, name: str) -> str:
    """A word that stands nowhere else."""
    return f"zq{thing}{name}qz"


def hostile(thing: str, name: str) -> str:
    return f"{canary(thing, name)} {MARKUP}"
