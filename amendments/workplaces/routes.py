"""All views of this room, entered by importing them."""

from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.views import (
    desk,
    downloads,
    excluding,
    from_mail,
    from_paper,
    home,
    interchange,
    proposal,
    propose,
    record,
    rewording,
    session,
    sitting,
    steps,
    synopsis,
    text,
    versions,
)

__all__ = [
    "blueprint",
    "desk",
    "downloads",
    "excluding",
    "from_mail",
    "from_paper",
    "home",
    "interchange",
    "proposal",
    "propose",
    "record",
    "rewording",
    "session",
    "sitting",
    "steps",
    "synopsis",
    "text",
    "versions",
]
