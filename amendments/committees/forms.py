"""Forms of committees, for administrators."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from amendments.committees.rules import KIND_LABELS, ROLE_LABELS
from amendments.web.forms import WritingForm

NAME_MISSING = _("Bitte geben Sie einen Namen von höchstens 200 Zeichen an.")
NUMBER_WRONG = _("Die gesetzliche Mitgliederzahl ist eine Zahl größer als null.")


class CommitteeForm(WritingForm):
    name = StringField(_("Name"), validators=[InputRequired(NAME_MISSING), Length(max=200, message=NAME_MISSING)])
    short_name = StringField(
        _("Kurzname"), validators=[InputRequired(NAME_MISSING), Length(max=200, message=NAME_MISSING)]
    )
    kind = SelectField(_("Art"), choices=[SelectChoice(kind.value, _(label)) for kind, label in KIND_LABELS.items()])
    legal_number = IntegerField(
        _("Gesetzliche Mitgliederzahl"), validators=[Optional(), NumberRange(min=1, message=NUMBER_WRONG)]
    )


class AppointForm(WritingForm):
    email = EmailField(
        _("E-Mail der Person"),
        validators=[InputRequired(_("Bitte geben Sie eine E-Mail-Adresse an.")), Length(max=254)],
    )
    role = SelectField(
        _("Aufgabe"), choices=[SelectChoice(role.value, _(label)) for role, label in ROLE_LABELS.items()]
    )
