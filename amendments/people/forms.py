"""Forms of accounts."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length

from amendments.people.rules import MAX_EMAIL, MAX_LENGTH, MAX_NAME, MIN_LENGTH
from amendments.web.forms import WritingForm

NAME_MISSING = _("Bitte geben Sie einen Namen von höchstens 200 Zeichen an.")


class SignInForm(FlaskForm):
    email = EmailField(
        _("E-Mail"), validators=[InputRequired(_("Bitte geben Sie Ihre E-Mail-Adresse an.")), Length(max=MAX_EMAIL)]
    )
    password = PasswordField(
        _("Passwort"), validators=[InputRequired(_("Bitte geben Sie Ihr Passwort an.")), Length(max=MAX_LENGTH)]
    )
    next = HiddenField()


class PasswordForm(WritingForm):
    current = PasswordField(
        _("Jetziges Passwort"), validators=[InputRequired(_("Bitte geben Sie Ihr jetziges Passwort an."))]
    )
    new = PasswordField(
        _("Neues Passwort"),
        validators=[
            InputRequired(_("Bitte geben Sie ein neues Passwort an.")),
            Length(MIN_LENGTH, MAX_LENGTH, _("Das Passwort braucht zwischen 10 und 256 Zeichen.")),
        ],
    )
    again = PasswordField(
        _("Neues Passwort wiederholen"), validators=[EqualTo("new", _("Die beiden neuen Passwörter sind verschieden."))]
    )


class LanguageForm(WritingForm):
    language = SelectField(
        _("Sprache der E-Mails"), choices=[SelectChoice("de", "Deutsch"), SelectChoice("en", "English")]
    )


class PersonForm(LanguageForm):
    """Somebody to invite."""

    name = StringField(_("Name"), validators=[InputRequired(NAME_MISSING), Length(max=MAX_NAME, message=NAME_MISSING)])
    email = EmailField(
        _("E-Mail"), validators=[InputRequired(_("Bitte geben Sie eine E-Mail-Adresse an.")), Length(max=MAX_EMAIL)]
    )
    is_admin = BooleanField(_("Darf Konten und Gremien verwalten"))


class NewPasswordForm(WritingForm):
    """By a link, whose token the form carries along."""

    token = HiddenField(validators=[Length(max=100)])
    password = PasswordField(
        _("Neues Passwort"),
        validators=[
            InputRequired(_("Bitte geben Sie ein Passwort an.")),
            Length(MIN_LENGTH, MAX_LENGTH, _("Das Passwort braucht zwischen 10 und 256 Zeichen.")),
        ],
    )
    again = PasswordField(
        _("Neues Passwort wiederholen"),
        validators=[EqualTo("password", _("Die beiden neuen Passwörter sind verschieden."))],
    )


class ForgottenForm(WritingForm):
    email = EmailField(
        _("E-Mail"), validators=[InputRequired(_("Bitte geben Sie Ihre E-Mail-Adresse an.")), Length(max=MAX_EMAIL)]
    )
