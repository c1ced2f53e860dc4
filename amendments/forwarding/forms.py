"""Forms of signing off, forwarding, and the register of measures."""

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from amendments.consultations.forms import TOO_LONG, VoteForm
from amendments.consultations.rules import VOTE_LABELS
from amendments.forwarding.rules import RATING_LABELS, STATE_LABELS
from amendments.web.forms import DATE_FORMATS, WritingForm, must_choose, to_choose


class ForwardForm(WritingForm):
    """Where it goes. The page adds a choice of a version for each text."""

    to_id = SelectField(_("Weiterleiten an"), choices=[])
    note = TextAreaField(_("Anmerkung für das nächste Gremium"), validators=[Length(max=2_000, message=TOO_LONG)])
    older = BooleanField(_("Es ist mit Absicht nicht die jetzige Fassung"))


class SignOffForm(ForwardForm, VoteForm):
    """The same with the committee's vote on the text: nobody signs off without saying how it was taken."""

    vote = SelectField(
        _("Abstimmung"),
        choices=to_choose([SelectChoice(kind.value, _(label)) for kind, label in VOTE_LABELS.items()]),
        validators=[must_choose],
    )
    row_version = HiddenField()


class TakeUpForm(WritingForm):
    paragraphs = SelectMultipleField(
        _("Empfehlungen"), widget=widgets.ListWidget(prefix_label=False), option_widget=widgets.CheckboxInput()
    )
    committee_id = SelectField(_("Wer kümmert sich darum?"), choices=[], validators=[must_choose])
    version_id = HiddenField()


class MeasureForm(WritingForm):
    committee_id = SelectField(_("Wer kümmert sich darum?"), choices=[])
    proposed_to_id = SelectField(_("Wem wird sie zur Entscheidung vorgeschlagen?"), choices=[])
    budget = BooleanField(_("Die Maßnahme ist haushaltswirksam"))
    rating = SelectField(
        _("Bewertung der Steuerungsgruppe"),
        choices=[
            SelectChoice("", _("noch keine")),
            *(SelectChoice(rating.value, _(label)) for rating, label in RATING_LABELS.items()),
        ],
    )
    rating_words = TextAreaField(_("Worte zur Bewertung"), validators=[Length(max=5_000, message=TOO_LONG)])


class ReportForm(WritingForm):
    state = SelectField(
        _("Stand"), choices=[SelectChoice(state.value, _(label)) for state, label in STATE_LABELS.items()]
    )
    text = TextAreaField(
        _("Was wird berichtet?"),
        validators=[
            DataRequired(message=_("Bitte schreiben Sie, was berichtet wird.")),
            Length(max=5_000, message=TOO_LONG),
        ],
    )
    next_report = DateField(_("Nächster Bericht"), format=DATE_FORMATS, validators=[Optional()])
