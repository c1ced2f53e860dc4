"""Forms of pages that combine rooms: publishing, a new file for a text."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from amendments.documents.incoming import IncomingForm
from amendments.web.forms import WritingForm

TOO_LONG = _("Das ist zu lang. Bitte kürzen Sie den Text.")


class PublishForm(WritingForm):
    """`expected_hash` is that of the preview somebody has read."""

    label = StringField(_("Bezeichnung"), validators=[Length(max=200, message=TOO_LONG)])
    note = TextAreaField(_("Bemerkung"), validators=[Length(max=2_000, message=TOO_LONG)])
    expected_hash = HiddenField()
    base_version_id = HiddenField()


class ImportForm(IncomingForm):
    """`answers_to`: hash of the file that the answers speak of. Another one may be chosen after they were given."""

    label = StringField(_("Bezeichnung"), validators=[Length(max=200, message=TOO_LONG)])
    note = TextAreaField(_("Bemerkung"), validators=[Length(max=2_000, message=TOO_LONG)])
    base_version_id = HiddenField()
    answers_to = HiddenField()
