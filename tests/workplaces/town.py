"""What stands in the example town."""

from collections.abc import Iterator

from sqlalchemy import select

from amendments.documents.models import Document
from amendments.documents.queries import document_for, texts_for, versions_of
from amendments.extensions import db
from amendments.web.actor import Actor
from amendments.workplaces.reader import Place, place_for


def documents(actor: Actor) -> list[Document]:
    ids = db.session.scalars(select(Document.id).order_by(Document.created_at)).all()
    return [document_for(actor, document_id) for document_id in ids]


def places(actor: Actor) -> Iterator[Place]:
    for document in documents(actor):
        for text in texts_for(actor, document):
            for version in versions_of(text.id):
                yield place_for(actor, document.id, text.id, version.number)
