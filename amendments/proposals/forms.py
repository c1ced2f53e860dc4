"""The form of proposals: filing."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from amendments.web.forms import WritingForm

MAX_TITLE = 200
MAX_REASON = 20_000
TOO_LONG = _("Das ist zu lang. Bitte kürzen Sie den Text.")


class ProposeForm(WritingForm):
    """What stands around the passage; the passage's own fields are read by `proposals.asking`."""

    title = StringField(_("Kurzer Titel"), validators=[Length(max=MAX_TITLE, message=TOO_LONG)])
    reason = TextAreaField(_("Begründung"), validators=[Length(max=MAX_REASON, message=TOO_LONG)])
    committee_id = SelectField(_("Im Namen von"), choices=[])
    budget = BooleanField(_("Der Vorschlag kostet Geld (haushaltswirksam)"))
    row_version = HiddenField()
    """Of the draft as the page showed it."""
