"""Returned files: they are read one after the other, looked through, and brought in in one step."""

import time
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Final, cast
from uuid import UUID

from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from amendments.config import Settings
from amendments.decisions.forms import ident
from amendments.documents.queries import load_text
from amendments.errors import AmendmentsError, InvalidInput, TooLarge, TooManyTries, Unavailable, Unreadable
from amendments.exchange.limits import MAX_BYTES
from amendments.exchange.returned import LEAST_ALIKE, Returned, likeness, unlike
from amendments.exchange.run import read_returned_in_child
from amendments.exchange.words import N_, Sentence
from amendments.proposals import bringing
from amendments.proposals.bringing import NOBODY
from amendments.proposals.rules import PROPOSAL_BRING, OnBehalf
from amendments.text.door import one_line
from amendments.web import turns
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.web.errors import ours, wants_json, werkzeugs
from amendments.web.limits import Limit, spend
from amendments.web.posting import attempt_or_tell, back, pressed, refuse, say
from amendments.web.transaction import write
from amendments.web.uploads import accepts_files
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.bringing import EACH, bring_page, choices_in, wished_in
from amendments.workplaces.comparing_files import packed
from amendments.workplaces.forms import BringForm
from amendments.workplaces.importing import answers_of
from amendments.workplaces.reader import Place, place_for

MOST_FILES: Final = 20
"""Of one drop."""
LONGEST_NAME: Final = 40
"""Letters of a file's name in a sentence of many."""
ENOUGH: Final = 60.0
"""Seconds after which no further file of one request is begun."""

TOGETHER_TOO_LARGE = N_(
    "Zusammen sind diese Dateien größer als %(most)s MB. Es ist keine gelesen; bitte wählen Sie weniger auf einmal."
)
ANOTHER = N_(
    "Das ist nicht dieser Text: Die Datei hat nur %(share)s %% ihres Wortlauts mit ihm gemeinsam; nötig sind"
    " %(least)s %%."
)


def _place(document_id: UUID, text_id: UUID) -> Place:
    place = place_for(current_actor(), document_id, text_id)
    require(current_actor(), PROPOSAL_BRING, OnBehalf(place.document, None, place.text))
    return place


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/returned-files")
@declare(PROPOSAL_BRING)
def bring(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    return _page(_place(document_id, text_id), BringForm())


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/returned-files")
@accepts_files
@declare(PROPOSAL_BRING)
def bring_files(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    """Each file is kept as soon as it is read: whatever happens to the next ones."""
    place = _place(document_id, text_id)
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        form = BringForm()
        form.refuse(None, _("Bitte wählen Sie mindestens eine Datei."))
        return back(form, _page(place, form))
    _read_all(document_id, text_id, files)
    return redirect(url_for("workplaces.bring", document_id=document_id, text_id=text_id), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Files that came together where no script sends one after the other; nothing of the request has been read."""
    if request.endpoint != "workplaces.bring_files" or wants_json():
        return werkzeugs(error)
    try:
        place = _place(**(request.view_args or {}))
    except AmendmentsError as refused:
        return ours(refused)
    form = BringForm(formdata=None)
    refuse(form, TooLarge(Sentence(TOGETHER_TOO_LARGE, {"most": _most_together()})))
    return back(form, _page(place, form))


def _most_together() -> int:
    """MB."""
    settings: Settings = current_app.extensions["settings"]
    return settings.max_upload // 1024**2


def _read_all(document_id: UUID, text_id: UUID, files: Sequence[FileStorage]) -> None:
    """One after the other; where several come at once, what cannot be read now is said and comes again."""
    until = time.monotonic() + ENOUGH
    outcome: Counter[bool | None] = Counter()
    left = len(files)
    for file in files[:MOST_FILES]:
        if time.monotonic() > until:
            break
        try:
            outcome[_bring(document_id, text_id, file)] += 1
        except (Unavailable, TooManyTries):
            if len(files) == 1:
                raise
            break
        left -= 1
    if left:
        flash(
            ngettext(
                "Eine Datei ist noch nicht gelesen. Bitte wählen Sie sie noch einmal: %(names)s",
                "%(num)s Dateien sind noch nicht gelesen. Bitte wählen Sie sie noch einmal: %(names)s",
                left,
                names=_named(files[-left:]),
            ),
            "warning",
        )
    if outcome[None]:
        flash(
            ngettext("Eine Datei lag schon in der Liste.", "%(num)s Dateien lagen schon in der Liste.", outcome[None]),
            "info",
        )


def _named(files: Sequence[FileStorage]) -> str:
    """The first ones of many; what is said to somebody is kept in their browser, which has little room."""
    names = [one_line(str(file.filename))[:LONGEST_NAME] for file in files[:MOST_FILES]]
    return ", ".join([*names, "…"] if len(files) > MOST_FILES else names)


def _bring(document_id: UUID, text_id: UUID, file: FileStorage) -> bool | None:
    """Whether it could be read; None for one that lies there already."""
    write(lambda: spend(Limit.UPLOADS))
    data, name = file.stream.read(MAX_BYTES + 1), PurePath(str(file.filename).replace("\\", "/")).name
    place = _place(document_id, text_id)
    content, refusal = None, None
    try:
        content = packed(_read(place, data, name))
    except (Unreadable, TooLarge) as error:
        refusal = cast("Sentence", error.message)
    actor, digest = current_actor(), sha256(data).hexdigest()
    kept = write(
        lambda: bringing.keep_file(actor, text_id=text_id, name=name, digest=digest, content=content, refusal=refusal)
    )
    return None if kept is None else content is not None


def _read(place: Place, data: bytes, name: str) -> Returned:
    """In a child process, when its turn comes. Raises Refused for what is no returned copy of this text."""
    found = read_returned_in_child(data, name, markdown=not place.text.literal, turn=turns.reading())
    base = [paragraph.content for paragraph in load_text(place.current)]
    if unlike(base, found.before.contents) is not None:
        share = f"{100 * likeness(base, found.before.contents):.0f}"
        raise Unreadable(Sentence(ANOTHER, {"share": share, "least": f"{100 * LEAST_ALIKE:.0f}"}))
    return found


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/returned-files/<uuid:file_id>")
@declare(PROPOSAL_BRING)
def bring_sort(document_id: UUID, text_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """What is unsure is answered, or the file is taken off the list."""
    place, actor = _place(document_id, text_id), current_actor()
    here = url_for("workplaces.bring", **place.ids)
    if request.form.get("action") == "drop":

        def drop() -> str:
            bringing.drop_file(actor, text_id=text_id, file_id=file_id)
            return here

        return pressed(drop, _("Die Datei ist aus der Liste entfernt."))

    def sort() -> str:
        bringing.sort_file(actor, text_id=text_id, file_id=file_id, answers=answers_of(request.form))
        return f"{here}#file-{file_id}"

    return pressed(sort)


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/returned-files/choices")
@declare(PROPOSAL_BRING)
def bring_choose(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    """What is chosen stays chosen: a script sends it while somebody goes through the list, else a button does."""
    place = _place(document_id, text_id)

    def unit() -> tuple[dict[str, int], list[Sentence]]:
        shown, chosen = choices_in(place, request.form)
        if not shown:
            raise InvalidInput(bringing.NOTHING_CHOSEN)
        kept, refused = bringing.choose(current_actor(), text_id=text_id, shown=shown, chosen=chosen)
        said = [Sentence(bringing.CHOSEN_OTHERWISE, {"name": row.name}) for row in refused]
        return {str(row.id): row.row_version for row in kept}, said

    seen, refused = write(unit)
    words = " ".join(map(say, refused))
    if wants_json():
        return jsonify(seen=seen, message=words)
    flash(words or _("Ihre Auswahl ist gemerkt."), "warning" if words else "success")
    return redirect(url_for("workplaces.bring", document_id=document_id, text_id=text_id), 303)


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/returned-files/book")
@declare(PROPOSAL_BRING)
def bring_book(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place, form = _place(document_id, text_id), BringForm()
    made: list[int] = []

    def unit() -> str:
        shown, wished = wished_in(current_actor(), place, request.form)
        proposals = bringing.bring_in(current_actor(), version_id=_version(form, place), shown=shown, wished=wished)
        made[:] = [proposal.number or 0 for proposal in proposals]
        return url_for("workplaces.bring", **place.ids)

    location = attempt_or_tell(form, unit)
    if location is None:
        return back(form, _page(_place(document_id, text_id), form, request.form))
    if made:
        flash(ngettext("Ein Vorschlag ist eingereicht.", "%(num)s Vorschläge sind eingereicht.", len(made)), "success")
    return redirect(location, 303)


def _version(form: BringForm, place: Place) -> UUID:
    return ident(form.version_id.data) or place.current.id


def _page(place: Place, form: BringForm, typed: MultiDict[str, str] | None = None) -> str:
    page = bring_page(current_actor(), place, typed)
    form.version_id.data = str(place.current.id)
    return render_template(
        "workplaces/bring.html",
        page=page,
        place=place,
        form=form,
        nobody=NOBODY,
        each=EACH,
        most=MOST_FILES,
        together=_most_together(),
        largest=MAX_BYTES,
    )
