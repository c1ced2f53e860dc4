"""Forms of accounts."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from amendments.people.rules import MAX_EMAIL, MAX_LENGTH, MIN_LENGTH
from amendments.web.forms import WritingForm


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


class AccountForm(WritingForm):
    email = EmailField(
        _("E-Mail"), validators=[InputRequired(_("Bitte geben Sie eine E-Mail-Adresse an.")), Length(max=MAX_EMAIL)]
    )
    name = StringField(_("Name"), validators=[InputRequired(_("Bitte geben Sie einen Namen an.")), Length(max=200)])
    password = PasswordField(
        _("Erstes Passwort"), validators=[InputRequired(_("Bitte geben Sie ein Passwort an.")), Length(max=MAX_LENGTH)]
    )
    is_admin = BooleanField(_("Darf Konten und Gremien verwalten"))


class NewPasswordForm(WritingForm):
    password = PasswordField(
        _("Neues Passwort"), validators=[InputRequired(_("Bitte geben Sie ein Passwort an.")), Length(max=MAX_LENGTH)]
    )
