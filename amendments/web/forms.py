"""The base of every form that writes."""

import secrets
from collections.abc import Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.i18n import translations
from wtforms import Form, HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, Length

from amendments.errors import AmendmentsError

must_choose = InputRequired(_("Bitte wählen Sie hier etwas aus."))


def to_choose(choices: Sequence[SelectChoice]) -> list[SelectChoice]:
    """For a field with `must_choose`: of several nothing is chosen beforehand, so that nobody sends what came first."""
    return list(choices) if len(choices) == 1 else [SelectChoice("", _("Bitte wählen")), *choices]


DATE_FORMATS: Final = ["%Y-%m-%d", "%d.%m.%Y"]
"""As browsers send a day, and as people write it where there is nothing to pick it from."""
MOMENT_FORMATS: Final = ["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M", "%Y-%m-%d %H:%M"]
UNREADABLE: Final = {
    "Not a valid date value.": _("Das ist kein Tag. Bitte geben Sie ihn wie 31.12.2030 an."),
    "Not a valid time value.": _("Das ist keine Uhrzeit. Bitte geben Sie sie wie 18:30 an."),
    "Not a valid datetime value.": _("Bitte geben Sie Tag und Uhrzeit an, wie 31.12.2030 18:30."),
    "Not a valid integer value.": _("Bitte geben Sie eine ganze Zahl an."),
    "Not a valid choice.": _("Das steht hier nicht zur Wahl."),
}
"""What WTForms says of a field it cannot read; its own translations lack some, and are stiff."""


class _Words:
    """The sentences of fields in the language of the page, in forms within forms too."""

    def gettext(self, words: str) -> str:
        return str(UNREADABLE[words] if words in UNREADABLE else translations.gettext(words))

    def ngettext(self, one: str, several: str, number: int) -> str:
        return str(translations.ngettext(one, several, number))


_WORDS: Final = _Words()


class PartForm(Form):
    """Fields that stand several times in one form."""

    class Meta(DefaultMeta):
        def get_translations(self, _form: object) -> _Words:
            return _WORDS


class WritingForm(FlaskForm):
    """A form with the token against forged posts and the key against double submits.

    Hand the key to `web.transaction.write(..., key=form.idempotency_key.data)`.
    """

    idempotency_key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[Length(max=100)])

    refused: AmendmentsError | None = None
    """Why the form comes back, where it was not its own validation."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, _form: object) -> _Words:
            return _WORDS

    def refuse(self, field: str | None, message: object) -> None:
        """Show an error a service found, beside its field, with everything that was typed still there."""
        target: Any = self[field] if field is not None and field in self else None
        if target is None:
            self.form_errors = [*getattr(self, "form_errors", []), str(message)]
        else:
            target.errors = [*target.errors, str(message)]
