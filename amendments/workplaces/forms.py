"""Forms of pages that combine rooms: publishing, a new file for a text, who is excluded."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from amendments.documents.forms import HeadForm
from amendments.documents.incoming import IncomingForm
from amendments.web.forms import WritingForm, must_choose

TOO_LONG = _("Das ist zu lang. Bitte kürzen Sie den Text.")


class PublishForm(WritingForm):
    """`expected_hash` is that of the preview somebody has read."""

    label = StringField(_("Bezeichnung"), validators=[Length(max=200, message=TOO_LONG)])
    note = TextAreaField(_("Bemerkung"), validators=[Length(max=2_000, message=TOO_LONG)])
    expected_hash = HiddenField()
    base_version_id = HiddenField()
    anyway = BooleanField(_("Trotzdem veröffentlichen"))


class ImportForm(IncomingForm):
    """`answers_to`: hash of the file that the answers speak of. Another one may be chosen after they were given."""

    label = StringField(_("Bezeichnung"), validators=[Length(max=200, message=TOO_LONG)])
    note = TextAreaField(_("Bemerkung"), validators=[Length(max=2_000, message=TOO_LONG)])
    base_version_id = HiddenField()
    anyway = BooleanField(_("Trotzdem veröffentlichen"))
    answers_to = HiddenField()


class BringForm(WritingForm):
    """What is brought in of returned files; the fields of people and files are named after them."""

    version_id = HiddenField()


class PaperForm(HeadForm, IncomingForm):
    """The head of a document as its Sitzungsvorlage gives it. `read_from`: hash of the file it was filled from."""

    lead_committee_id = SelectField(_("Federführendes Gremium"), choices=[], validators=[must_choose])
    visibility = RadioField(
        _("Wer darf die Vorlage sehen?"),
        choices=[
            SelectChoice("committee", _("Die beteiligten Gremien")),
            SelectChoice("public", _("Alle: veröffentlichte Fassungen sind öffentlich")),
        ],
        default="committee",
    )
    read_from = HiddenField()


class ExclusionForm(WritingForm):
    """Who takes no part in what. `meeting_id`: the sitting it was entered in."""

    account_id = SelectField(
        _("Wer ist ausgeschlossen?"),
        choices=[],
        validators=[InputRequired(_("Bitte wählen Sie die Person, die ausgeschlossen ist."))],
    )
    scope = RadioField(_("Wovon?"), choices=[])
    numbers = StringField(_("Nummern der Vorschläge"), validators=[Length(max=500, message=TOO_LONG)])
    meeting_id = HiddenField()


class MailForm(WritingForm):
    """A pasted mail. `version_id`: of the text that was shown with what was understood."""

    mail = TextAreaField(
        _("Die E-Mail"), validators=[Length(max=100_000, message=_("Die E-Mail ist länger als 100.000 Zeichen."))]
    )
    committee_id = SelectField(_("Im Namen von"), choices=[])
    how = RadioField(
        _("Als wie viele Vorschläge?"),
        choices=[
            SelectChoice("each", _("Jede Änderung ist ein eigener Vorschlag")),
            SelectChoice("together", _("Alle zusammen sind ein Vorschlag")),
        ],
        default="each",
    )
    version_id = HiddenField()
