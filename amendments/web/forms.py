"""The base of every form that writes."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from amendments.errors import AmendmentsError

must_choose = InputRequired(_("Bitte wählen Sie hier etwas aus."))


def to_choose(choices: Sequence[SelectChoice]) -> list[SelectChoice]:
    """For a field with `must_choose`: of several nothing is chosen beforehand, so that nobody sends what came first."""
    return list(choices) if len(choices) == 1 else [SelectChoice("", _("Bitte wählen")), *choices]


class WritingForm(FlaskForm):
    """A form with the token against forged posts and the key against double submits.

    Hand the key to `web.transaction.write(..., key=form.idempotency_key.data)`.
    """

    idempotency_key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[Length(max=100)])

    refused: AmendmentsError | None = None
    """Why the form comes back, where it was not its own validation."""

    class Meta(FlaskForm.Meta):
        """German and English come from Flask-Babel, which Flask-WTF asks by itself."""

    def refuse(self, field: str | None, message: object) -> None:
        """Show an error a service found, beside its field, with everything that was typed still there."""
        target: Any = self[field] if field is not None and field in self else None
        if target is None:
            self.form_errors = [*getattr(self, "form_errors", []), str(message)]
        else:
            target.errors = [*target.errors, str(message)]
