"""Forms of documents: a new one."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from amendments.documents.incoming import IncomingForm

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


class NewDocumentForm(NewTextForm):
    """Head and first text of a document."""

    title = StringField(
        _("Titel"),
        validators=[InputRequired(_("Bitte geben Sie der Vorlage einen Titel.")), Length(max=300, message=TOO_LONG)],
    )
    subject = StringField(_("Betreff"), validators=[Length(max=500, message=TOO_LONG)])
    reference = StringField(_("Aktenzeichen"), validators=[Length(max=100, message=TOO_LONG)])
    office = StringField(_("Amt oder Abteilung"), validators=[Length(max=200, message=TOO_LONG)])
    offices = StringField(_("Beteiligte Ämter"), validators=[Length(max=500, message=TOO_LONG)])
    dated = DateField(_("Datum"), validators=[Optional()])
    lead_committee_id = SelectField(_("Federführendes Gremium"), choices=[])
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
