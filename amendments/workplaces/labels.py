"""Words for codes, in the language of the page."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _

from amendments.consultations.rules import VOTE_LABELS, VoteKind
from amendments.decisions.rules import OUTCOME_LABELS, Outcome
from amendments.exchange.returned import Fate
from amendments.exchange.words import N_
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
        "oral": _("Mündlicher Vorschlag"),
        "returned": _("Vorschlag aus einer Datei oder E-Mail"),
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
    return _(VOTE_LABELS[VoteKind(kind)]) if kind in list(VoteKind) else str(kind)


def outcome_name(outcome: str) -> str:
    """What became of an edit when a new version appeared."""
    return {
        "anchored": _("übertragen"),
        "already_adopted": _("schon im Text"),
        "passage_changed": _("Textstelle geändert"),
        "passage_gone": _("Textstelle entfallen"),
    }.get(str(outcome), str(outcome))


EVENT_NAMES: Final = {
    "proposal:drafted": N_("Entwurf begonnen"),
    "proposal:draft_edited": N_("Entwurf bearbeitet"),
    "proposal:draft_discarded": N_("Entwurf verworfen"),
    "proposal:filed": N_("Vorschlag eingereicht"),
    "returned:kept": N_("Zurückgegebene Datei gelesen"),
    "returned:sorted": N_("Absätze einer zurückgegebenen Datei zugeordnet"),
    "returned:chosen": N_("Auswahl zu zurückgegebenen Dateien gemerkt"),
    "returned:dropped": N_("Zurückgegebene Datei entfernt"),
    "proposal:withdrawn": N_("Vorschlag zurückgezogen"),
    "proposal:restored": N_("Zurückziehen aufgehoben"),
    "proposal:position_taken": N_("Haltung festgehalten"),
    "proposal:commented": N_("Beitrag geschrieben"),
    "decision:made": N_("Entscheidung festgehalten"),
    "decision:modified": N_("In geändertem Wortlaut angenommen"),
    "decision:compromise": N_("Kompromiss angenommen"),
    "consensus:kept": N_("Konsensfassung festgehalten"),
    "mails:chosen": N_("Auswahl der E-Mails geändert"),
    "decision:wording_put": N_("Neuen Wortlaut zur Abstimmung gestellt"),
    "decision:editorial": N_("Redaktionelle Änderung vorgenommen"),
    "decision:reopened": N_("Wieder aufgerufen"),
    "version:published": N_("Neue Fassung veröffentlicht"),
    "version:imported": N_("Neue Fassung eingelesen"),
    "document:created": N_("Vorlage angelegt"),
    "document:text_added": N_("Weiterer Text hinzugefügt"),
    "consultation:planned": N_("Beratung eingetragen"),
    "consultation:changed": N_("Beratung geändert"),
    "consultation:dropped": N_("Beratung aus der Folge genommen"),
    "consultation:result": N_("Ergebnis einer Beratung eingetragen"),
    "document:closed": N_("Vorlage beschlossen und abgeschlossen"),
    "document:reopened": N_("Beschluss zurückgenommen, Vorlage wieder offen"),
    "forwarding:forwarded": N_("An die nächste Beratung weitergeleitet"),
    "forwarding:taken_back": N_("Weiterleitung zurückgenommen"),
    "measure:taken_up": N_("Maßnahmen aufgenommen"),
    "measure:planned": N_("Angaben zu einer Maßnahme geändert"),
    "measure:reported": N_("Über eine Maßnahme berichtet"),
    "document:changed": N_("Kopf oder Sichtbarkeit der Vorlage geändert"),
    "exclusion:stated": N_("Ausschluss wegen Sonderinteresse eingetragen"),
    "exclusion:lifted": N_("Ausschluss wegen Sonderinteresse aufgehoben"),
    "meeting:opened": N_("Sitzung eröffnet"),
    "meeting:closed": N_("Sitzung geschlossen"),
    "meeting:reopened": N_("Sitzung wieder geöffnet"),
    "meeting:invitation": N_("Einladung berichtigt"),
    "meeting:chair": N_("Vorsitz übergeben"),
    "meeting:came": N_("Anwesenheit eingetragen"),
    "meeting:left": N_("Sitzung verlassen"),
    "meeting:called": N_("Punkt aufgerufen"),
    "meeting:item_moved": N_("Punkt vorgezogen"),
    "meeting:wish_moved": N_("Reihenfolge der Abstimmung geändert"),
    "meeting:item_arranged": N_("Art der Abstimmung festgelegt"),
    "meeting:item_closed": N_("Ohne Abstimmung erledigt"),
    "meeting:ending_undone": N_("Erledigung ohne Abstimmung aufgehoben"),
    "meeting:wish_added": N_("Auf die Tagesordnung genommen"),
    "meeting:minutes_written": N_("Niederschrift ergänzt"),
    "meeting:pulled_out": N_("Aus dem gemeinsamen Block genommen"),
    "meeting:result": N_("Ergebnis festgestellt"),
    "meeting:ballot_undone": N_("Feststellung aufgehoben"),
    "committee:created": N_("Gremium angelegt"),
    "committee:appointed": N_("In ein Gremium berufen"),
    "committee:changed": N_("Angaben zu einem Gremium geändert"),
    "committee:membership_changed": N_("Sitz in einem Gremium geändert"),
    "committee:membership_ended": N_("Aus einem Gremium ausgeschieden"),
    "account:created": N_("Konto angelegt"),
    "account:invited": N_("Person eingeladen"),
    "account:invitation-renewed": N_("Einladung erneuert"),
    "account:invitation-revoked": N_("Einladung zurückgezogen"),
    "account:invitation-accepted": N_("Einladung angenommen"),
    "account:reset-link-made": N_("Link für ein neues Passwort"),
    "account:language-chosen": N_("Sprache der E-Mails gewählt"),
    "account:administration": N_("Verwaltungsrecht gegeben oder genommen"),
    "account:deactivated": N_("Konto gesperrt"),
    "account:reactivated": N_("Konto wieder freigegeben"),
    "account:password-changed": N_("Passwort geändert"),
    "session:opened": N_("Angemeldet"),
    "session:ended": N_("Abgemeldet"),
    "record:checked": N_("Protokoll von Anfang an geprüft"),
}


def event_name(name: str) -> str:
    return _(EVENT_NAMES[name]) if name in EVENT_NAMES else name


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


FATES = {
    Fate.OPEN: N_("Steht noch als Änderung darin"),
    Fate.ADOPTED: N_("In der Datei angenommen"),
    Fate.CHANGED: N_("In der Datei anders gefasst oder nur zum Teil übernommen"),
    Fate.DROPPED: N_("In der Datei verworfen"),
}


def fate_name(fate: Fate) -> str:
    """What became of a proposal in a file that came back."""
    return str(_(FATES[fate]))


FILTERS = {
    "fate": fate_name,
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
