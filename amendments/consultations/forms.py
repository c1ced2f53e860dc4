"""Forms of the Beratungsfolge: a step, and what came of it."""

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from amendments.consultations.rules import RESULT_LABELS, ROLE_LABELS, VOTE_LABELS, Vote, VoteKind
from amendments.exchange.vorlage import Role as ConsultationRole
from amendments.web.forms import DATE_FORMATS, MOMENT_FORMATS, WritingForm, must_choose

TOO_LONG = _("Das ist zu lang. Bitte kürzen Sie den Text.")
NOT_A_COUNT = _("Bitte geben Sie eine Zahl ab null an.")


class ConsultationForm(WritingForm):
    """Who sits when, where and what for."""

    lead_id = SelectField(_("Gremium, bei mehreren das federführende"), choices=[], validators=[must_choose])
    committee_ids = SelectMultipleField(
        _("Gemeinsam mit"),
        choices=[],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    role = SelectField(
        _("Zuständigkeit"),
        choices=[SelectChoice(role.value, _(label)) for role, label in ROLE_LABELS.items()],
        default=ConsultationRole.PREPARATION.value,
    )
    day = DateField(_("Tag"), format=DATE_FORMATS, validators=[Optional()])
    begins = TimeField(_("Beginn"), validators=[Optional()])
    place = StringField(_("Ort"), validators=[Length(max=200, message=TOO_LONG)])
    public = BooleanField(_("Öffentliche Sitzung"), default=True)
    printed = SelectField(
        _("In der gedruckten Beratungsfolge"),
        choices=[
            SelectChoice("", _("wie üblich: Sitzungen von Arbeits- und Steuerungsgruppen nicht")),
            SelectChoice("yes", _("nennen")),
            SelectChoice("no", _("nicht nennen")),
        ],
        default="",
    )
    asks = BooleanField(_("Für diese Beratung werden Vorschläge erbeten"))
    filing_opens = DateTimeLocalField(_("Vorschläge ab"), format=MOMENT_FORMATS, validators=[Optional()])
    filing_closes = DateTimeLocalField(_("Vorschläge bis"), format=MOMENT_FORMATS, validators=[Optional()])


class VoteForm(WritingForm):
    """What a step came to, and how it was voted."""

    result = SelectField(
        _("Ergebnis"),
        choices=[
            SelectChoice("", _("noch keines")),
            *(SelectChoice(result.value, _(label)) for result, label in RESULT_LABELS.items()),
        ],
    )
    vote = SelectField(
        _("Abstimmung"),
        choices=[SelectChoice(kind.value, _(label)) for kind, label in VOTE_LABELS.items()],
    )
    yes = IntegerField(_("Ja"), validators=[Optional(), NumberRange(min=0, message=NOT_A_COUNT)])
    no = IntegerField(_("Nein"), validators=[Optional(), NumberRange(min=0, message=NOT_A_COUNT)])
    abstained = IntegerField(_("Enthaltungen"), validators=[Optional(), NumberRange(min=0, message=NOT_A_COUNT)])
    present = IntegerField(_("Anwesend"), validators=[Optional(), NumberRange(min=0, message=NOT_A_COUNT)])
    chair_said_yes = BooleanField(_("Bei Stimmengleichheit hat der Vorsitz mit Ja gestimmt"))

    @property
    def stated(self) -> Vote:
        """The vote as it was entered."""
        return Vote(VoteKind(self.vote.data), self.yes.data, self.no.data, self.abstained.data, self.present.data)


class ResultForm(VoteForm):
    """The same with what else is to be said of it."""

    remark = TextAreaField(_("Bemerkung"), validators=[Length(max=2_000, message=TOO_LONG)])
    announced = BooleanField(_("Das Ergebnis ist bekannt gegeben"))
