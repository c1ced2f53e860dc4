"""What is written in a sitting: a new wording, what somebody puts orally, the minutes."""

from flask_babel import lazy_gettext as _
from wtforms import (
    DateTimeLocalField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from amendments.web.forms import WritingForm
from amendments.workplaces.minutes import MinutesPage
from amendments.workplaces.orally import OralPage

LONGEST = 20_000
"""Of one field; the services say it in words."""


class WordingForm(WritingForm):
    title = StringField(_("Kurzer Titel"), validators=[Length(max=200)])
    reason = TextAreaField(_("Begründung"), validators=[Length(max=LONGEST)])
    order = RadioField(
        _("Wann darüber abgestimmt wird"),
        choices=[
            SelectChoice("first", _("zuerst")),
            SelectChoice("reach", _("in der Reihenfolge, wie weit die Wortlaute gehen")),
        ],
        default="first",
    )


class OralForm(WritingForm):
    account = SelectField(_("Wer schlägt das vor?"))
    committee = SelectField(_("Für ein Gremium"))
    reason = StringField(_("Begründung"), validators=[Length(max=1_000)])

    def offer(self, page: OralPage) -> None:
        present = (SelectChoice(str(one.account_id), one.name) for one in page.present)
        self.account.choices = [SelectChoice("", _("Bitte wählen")), *present]
        named = (SelectChoice(str(row.id), row.name) for row in page.committees)
        self.committee.choices = [SelectChoice("", _("im eigenen Namen")), *named]


class MinutesForm(WritingForm):
    row_version = HiddenField()
    begins = DateTimeLocalField(_("Beginn"), format="%Y-%m-%dT%H:%M", validators=[Optional()])
    ends = DateTimeLocalField(_("Ende"), format="%Y-%m-%dT%H:%M", validators=[Optional()])
    place = StringField(_("Ort"), validators=[Length(max=500)])
    chairs = TextAreaField(_("Vorsitz"), validators=[Length(max=LONGEST)])
    clerk = StringField(_("Schriftführung"), validators=[Length(max=500)])
    others = TextAreaField(_("Außerdem anwesend"), validators=[Length(max=LONGEST)])
    interruptions = TextAreaField(_("Unterbrechungen"), validators=[Length(max=LONGEST)])
    statements = TextAreaField(_("Abweichende Meinungen und persönliche Erklärungen"), validators=[Length(max=LONGEST)])
    notes = TextAreaField(_("Weitere Vorkommnisse"), validators=[Length(max=LONGEST)])

    excused = SelectMultipleField(
        _("Entschuldigt"),
        choices=[],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )

    def offer(self, page: MinutesPage) -> None:
        names = ((one.account_id, f"{one.name}, {one.committee.name}") for one in page.absent)
        self.excused.choices = [SelectChoice(str(account_id), name) for account_id, name in names]
