"""Forms of proposals: filing, positions, comments, withdrawing."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from amendments.web.forms import WritingForm

MAX_TITLE = 200
MAX_REASON = 20_000
MAX_COMMENT = 10_000
TOO_LONG = _("Das ist zu lang. Bitte kürzen Sie den Text.")

STANCES = (
    SelectChoice("support", _("Dafür")),
    SelectChoice("objection", _("Dagegen")),
    SelectChoice("abstention", _("Enthaltung")),
)


class ProposeForm(WritingForm):
    """What stands around the passage; the passage's own fields are read by `proposals.asking`."""

    title = StringField(_("Kurzer Titel"), validators=[Length(max=MAX_TITLE, message=TOO_LONG)])
    reason = TextAreaField(_("Begründung"), validators=[Length(max=MAX_REASON, message=TOO_LONG)])
    committee_id = SelectField(_("Im Namen von"), choices=[])
    budget = BooleanField(_("Der Vorschlag kostet Geld (haushaltswirksam)"))


class PositionForm(WritingForm):
    stance = RadioField(
        _("Ihre Haltung"), choices=STANCES, validators=[InputRequired(_("Bitte wählen Sie Ihre Haltung."))]
    )
    reason = TextAreaField(_("Begründung"), validators=[Length(max=MAX_REASON, message=TOO_LONG)])
    committee_id = SelectField(_("Für wen sprechen Sie?"), choices=[])


class CommentForm(WritingForm):
    text = TextAreaField(
        _("Ihr Beitrag"),
        validators=[InputRequired(_("Bitte schreiben Sie etwas.")), Length(max=MAX_COMMENT, message=TOO_LONG)],
    )


class PressForm(WritingForm):
    """A form that is one button."""

    next = HiddenField()
