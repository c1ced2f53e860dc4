"""Words for codes, in the language of the page."""

from __future__ import annotations

from flask_babel import gettext as _

from amendments.decisions.rules import OUTCOME_LABELS, Outcome
from amendments.web.reading import Block

TONES = {
    "agreed": "good",
    "agreed_modified": "good",
    "agreed_in_part": "good",
    "rejected": "bad",
    "referred": "clash",
    "handed_back": "clash",
    "adopted": "good",
    "open": "info",
    "submitted": "info",
}
"""The look of a state; the word says the same."""


def state_name(state: str) -> str:
    """A proposal's state, or what was decided about an edit."""
    if state in list(Outcome):
        return str(_(OUTCOME_LABELS[Outcome(state)]))
    return {
        "draft": _("Entwurf"),
        "submitted": _("eingereicht"),
        "open": _("offen"),
        "withdrawn": _("zurückgezogen"),
        "void": _("gegenstandslos"),
        "agreed_in_part": _("teilweise angenommen"),
        "handed_back": _("zurückgegeben: Stelle geändert"),
        "resumed": _("neu eingereicht"),
        "adopted": _("steht schon im Text"),
    }.get(str(state), str(state))


def tone(state: str) -> str:
    return TONES.get(str(state), "")


def kind_name(kind: str, origin: str = "filed") -> str:
    """What kind of proposal it is, as German rules of procedure call it."""
    special = {
        "compromise": _("Kompromissvorschlag"),
        "modification": _("Geänderter Wortlaut"),
        "editorial": _("Redaktionelle Änderung"),
    }
    if origin in special:
        return special[origin]
    return {
        "change": _("Änderungsvorschlag"),
        "supplement": _("Ergänzungsvorschlag"),
        "deletion": _("Streichungsvorschlag"),
        "editorial": _("Redaktionelle Änderung"),
    }.get(str(kind), str(kind))


def stance_name(stance: str) -> str:
    return {"support": _("dafür"), "objection": _("dagegen"), "abstention": _("Enthaltung")}.get(
        str(stance), str(stance)
    )


def stance_tone(stance: str) -> str:
    return {"support": "good", "objection": "bad"}.get(str(stance), "")


def vote_name(kind: str) -> str:
    return {
        "none": _("ohne Abstimmung"),
        "without_objection": _("ohne Widerspruch"),
        "unanimous": _("einstimmig"),
        "majority": _("mit Mehrheit"),
        "counted": _("ausgezählt"),
    }.get(str(kind), str(kind))


def outcome_name(outcome: str) -> str:
    """What became of an edit when a new version appeared."""
    return {
        "anchored": _("übertragen"),
        "already_adopted": _("schon im Text"),
        "passage_changed": _("Textstelle geändert"),
        "passage_gone": _("Textstelle entfallen"),
    }.get(str(outcome), str(outcome))


def event_name(name: str) -> str:
    return {
        "proposal:drafted": _("Entwurf begonnen"),
        "proposal:draft_edited": _("Entwurf bearbeitet"),
        "proposal:draft_discarded": _("Entwurf verworfen"),
        "proposal:filed": _("Vorschlag eingereicht"),
        "proposal:withdrawn": _("Vorschlag zurückgezogen"),
        "proposal:position_taken": _("Haltung festgehalten"),
        "proposal:commented": _("Beitrag geschrieben"),
        "decision:made": _("Entscheidung festgehalten"),
        "decision:modified": _("In geändertem Wortlaut angenommen"),
        "decision:compromise": _("Kompromiss angenommen"),
        "decision:editorial": _("Redaktionelle Änderung vorgenommen"),
        "decision:reopened": _("Wieder aufgerufen"),
        "version:published": _("Neue Fassung veröffentlicht"),
        "version:imported": _("Neue Fassung eingelesen"),
        "document:created": _("Vorlage angelegt"),
        "document:text_added": _("Weiterer Text hinzugefügt"),
        "consultation:planned": _("Beratung eingetragen"),
        "consultation:changed": _("Beratung geändert"),
        "consultation:dropped": _("Beratung aus der Folge genommen"),
        "consultation:result": _("Ergebnis einer Beratung eingetragen"),
        "committee:created": _("Gremium angelegt"),
        "committee:appointed": _("In ein Gremium berufen"),
        "committee:changed": _("Angaben zu einem Gremium geändert"),
        "committee:membership_changed": _("Sitz in einem Gremium geändert"),
        "committee:membership_ended": _("Aus einem Gremium ausgeschieden"),
        "account:created": _("Konto angelegt"),
        "account:invited": _("Person eingeladen"),
        "account:invitation-renewed": _("Einladung erneuert"),
        "account:invitation-revoked": _("Einladung zurückgezogen"),
        "account:invitation-accepted": _("Einladung angenommen"),
        "account:reset-link-made": _("Link für ein neues Passwort"),
        "account:language-chosen": _("Sprache der E-Mails gewählt"),
        "account:administration": _("Verwaltungsrecht gegeben oder genommen"),
        "account:deactivated": _("Konto gesperrt"),
        "account:reactivated": _("Konto wieder freigegeben"),
        "account:password-changed": _("Passwort geändert"),
        "session:opened": _("Angemeldet"),
        "session:ended": _("Abgemeldet"),
        "record:checked": _("Protokoll von Anfang an geprüft"),
    }.get(name, name)


def paragraph_kind(kind: str, level: int) -> str:
    return {
        "heading": _("Überschrift der Ebene %(level)s", level=level),
        "list_item": _("Aufzählungspunkt"),
        "table_row": _("Tabellenzeile"),
        "footnote": _("Fußnote"),
    }.get(str(kind), _("Absatz"))


def change_name(block: Block) -> str:
    """What happened to a paragraph as a whole; empty when only its words changed, or nothing."""
    if block.change == "moved":
        if block.moved_away:
            return _("Von hier verschoben")
        edited = any(piece.op != "keep" for piece in block.pieces)
        return _("Hierher verschoben und geändert") if edited else _("Hierher verschoben")
    if block.change == "retyped":
        return _("Umgewandelt in: %(kind)s", kind=paragraph_kind(block.kind, block.level))
    if block.change == "renumbered" and block.bullet and block.was_bullet and block.bullet != block.was_bullet:
        return _("Umnummeriert: %(old)s wird %(new)s", old=block.was_bullet, new=block.bullet)
    return {
        "inserted": _("Neuer Absatz"),
        "deleted": _("Absatz gestrichen"),
        "split": _("Hier beginnt ein neuer Absatz"),
        "joined": _("Mit dem vorigen Absatz zusammengefasst"),
        "renumbered": _("Umnummeriert"),
    }.get(block.change, "")


FILTERS = {
    "change_name": change_name,
    "state_name": state_name,
    "tone": tone,
    "proposal_kind": kind_name,
    "stance_name": stance_name,
    "stance_tone": stance_tone,
    "vote_name": vote_name,
    "outcome_name": outcome_name,
    "event_name": event_name,
}
