"""What a password has to be, and who may do what with accounts. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from amendments.text.door import normalise
from amendments.web.access import Action, PermissionMap, administrator, signed_in
from amendments.web.actor import Actor

MIN_LENGTH = 10
"""Signs; the standard asks for eight at least."""
MAX_LENGTH = 256
"""Signs; longer ones are refused and not cut, so hashing stays cheap and nothing is silently ignored."""

CONTEXT = (
    "amendments",
    "ausschuss",
    "beirat",
    "gemeinde",
    "kennwort",
    "moderation",
    "password",
    "passwort",
    "rathaus",
    "sitzung",
    "sozialausschuss",
    "stadtrat",
    "steuerungsgruppe",
    "vorlage",
    "willkommen",
)
"""Words of the house: a password made of them and of figures is guessed first."""

MIN_OWN_SIGNS = 5
"""Letters that have to remain once the words of the house and the person's own names are taken away."""

TOO_SHORT = "Das Passwort braucht mindestens zehn Zeichen. Mehrere Wörter hintereinander sind gut zu merken."
TOO_LONG = "Das Passwort darf höchstens 256 Zeichen haben."
TOO_COMMON = "Dieses Passwort steht auf den Listen, mit denen Angreifer beginnen. Bitte wählen Sie ein anderes."
TOO_NEAR = "Dieses Passwort ist leicht zu erraten: Es besteht aus Ihrem Namen oder aus Wörtern dieses Hauses."
BAD_EMAIL = "Das ist keine vollständige E-Mail-Adresse."

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
MAX_EMAIL = 254
MAX_NAME = 200

# From Django's list of common passwords (BSD licence): those of ten signs and more.
LIST = Path(__file__).with_name("common_passwords.txt")


@cache
def common_passwords() -> frozenset[str]:
    return frozenset(LIST.read_text(encoding="utf-8").split())


def normalise_password(password: str) -> str:
    """One form for a password however the keyboard composed it; nothing is cut or trimmed."""
    return unicodedata.normalize("NFC", password)


def password_fault(password: str, *, email: str = "", name: str = "") -> str | None:
    """The sentence to say about an unfit password, or None. Any signs are welcome; there is no rule on their kinds."""
    if len(password) < MIN_LENGTH:
        return TOO_SHORT
    if len(password) > MAX_LENGTH:
        return TOO_LONG
    lowered = password.lower()
    if lowered in common_passwords() or len(set(lowered)) < MIN_OWN_SIGNS:
        return TOO_COMMON
    rest = lowered
    own = {word for word in re.split(r"\W+", f"{email} {name}".lower()) if len(word) > 2}
    for word in sorted(own | set(CONTEXT), key=len, reverse=True):
        rest = rest.replace(word, "")
    letters = [sign for sign in rest if sign.isalpha()]
    return TOO_NEAR if len(rest) < len(lowered) and len(letters) < MIN_OWN_SIGNS else None


def normalise_email(email: str) -> str:
    return normalise(email).strip().lower()


def email_fault(email: str) -> str | None:
    fits = len(email) <= MAX_EMAIL and EMAIL.fullmatch(email)
    return None if fits else BAD_EMAIL


LANGUAGES = ("de", "en")
"""Of mails; the first is what an account begins with."""


class Purpose(StrEnum):
    """What a link to an account is for; one kind never opens the other's page."""

    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 - the purpose of a link


LASTS = {Purpose.INVITATION: timedelta(hours=48), Purpose.PASSWORD: timedelta(hours=1)}
"""How long a link can be used."""


def own(actor: Actor, account: Any) -> bool:
    return account is not None and actor.account_id == account.id


CREATE_ACCOUNT = Action("account.create")
SEE_OWN = Action("account.see_own")
CHANGE_OWN = Action("account.change_own")
CHANGE_PASSWORD = Action("account.change_password")
MANAGE = Action("account.manage")
END_SESSION = Action("session.end")

PERMISSIONS: PermissionMap = {
    CREATE_ACCOUNT: ((administrator,),),
    SEE_OWN: ((signed_in,),),
    CHANGE_OWN: ((own,),),
    CHANGE_PASSWORD: ((own,),),
    MANAGE: ((administrator,),),
    END_SESSION: ((own,), (administrator,)),
}
