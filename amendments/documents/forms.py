"""Forms of documents: a new one, and what can be changed of one."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from amendments.committees.models import Committee
from amendments.documents import queries
from amendments.documents.incoming import IncomingForm
from amendments.documents.models import DocumentText
from amendments.documents.rules import DOCUMENT_CREATE
from amendments.web.access import may, require
from amendments.web.actor import Actor
from amendments.web.forms import DATE_FORMATS, WritingForm, must_choose, to_choose

TOO_LONG = _("Das ist zu lang. Bitte kürzen Sie den Text.")


class NewTextForm(IncomingForm):
    """One more text of a document."""

    text_title = StringField(_("Name des Textes"), validators=[Length(max=300, message=TOO_LONG)])
    role = RadioField(
        _("Was ist dieser Text?"),
        choices=[
            SelectChoice("annex", _("Anlage, über die beraten wird")),
            SelectChoice("resolution", _("Beschlussvorschlag")),
            SelectChoice("reasons", _("Begründung")),
        ],
        default="annex",
    )


HEAD_WORDS = ("title", "subject", "reference", "office", "offices")


class HeadForm(WritingForm):
    """What stands in the head of a document."""

    title = StringField(
        _("Titel"),
        validators=[InputRequired(_("Bitte geben Sie der Vorlage einen Titel.")), Length(max=300, message=TOO_LONG)],
    )
    subject = StringField(_("Betreff"), validators=[Length(max=500, message=TOO_LONG)])
    reference = StringField(_("Aktenzeichen"), validators=[Length(max=100, message=TOO_LONG)])
    office = StringField(_("Amt oder Abteilung"), validators=[Length(max=200, message=TOO_LONG)])
    offices = StringField(_("Beteiligte Ämter"), validators=[Length(max=500, message=TOO_LONG)])
    dated = DateField(_("Datum"), format=DATE_FORMATS, validators=[Optional()])

    def head(self) -> dict[str, Any]:
        """By the names that `create_document` and `Changes` give them."""
        return {name: self[name].data or "" for name in HEAD_WORDS} | {"dated": self.dated.data}


class CircleForm(HeadForm):
    """Head of a document and who sees it."""

    participant_ids = SelectMultipleField(
        _("Beteiligte Gremien"),
        choices=[],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    visibility = RadioField(
        _("Wer darf die Vorlage sehen?"),
        choices=[
            SelectChoice("committee", _("Die beteiligten Gremien")),
            SelectChoice("public", _("Alle: veröffentlichte Fassungen sind öffentlich")),
            SelectChoice("restricted", _("Nur die Moderation und genannte Personen")),
        ],
        default="committee",
    )
    reader_emails = TextAreaField(_("Genannte Personen"), validators=[Length(max=5_000, message=TOO_LONG)])


class NewDocumentForm(CircleForm, NewTextForm):
    """Head and first text of a document."""

    lead_committee_id = SelectField(_("Federführendes Gremium"), choices=[], validators=[must_choose])


def lead_choices(actor: Actor, rows: Sequence[Committee]) -> list[SelectChoice]:
    """The committees under which this person may bring in a document; refused where there can be none."""
    require(actor, DOCUMENT_CREATE, queries.creation_place())
    leads = [row for row in rows if may(actor, DOCUMENT_CREATE, queries.creation_place(row.id))]
    return to_choose([SelectChoice(str(row.id), row.name) for row in leads])


class ChangeDocumentForm(CircleForm):
    """What of a document can be changed after it was brought in; two fields more for each of its texts."""

    public_from = DateField(_("Öffentlich für alle ab"), format=DATE_FORMATS, validators=[Optional()])


TEXT_LEVELS = (
    SelectChoice("public", _("Alle, die die Vorlage sehen")),
    SelectChoice("committee", _("Nur die beteiligten Gremien")),
    SelectChoice("restricted", _("Nur die Moderation und genannte Personen")),
)


def change_form(texts: Sequence[DocumentText]) -> type[ChangeDocumentForm]:
    """The form of a document with these texts."""
    fields: dict[str, Any] = {}
    for text in texts:
        fields[f"visibility_{text.id}"] = SelectField(_("Wer sieht diesen Text?"), choices=list(TEXT_LEVELS))
        fields[f"public_from_{text.id}"] = DateField(_("Für alle ab"), format=DATE_FORMATS, validators=[Optional()])
    return type("ChangeFormOfDocument", (ChangeDocumentForm,), fields)
