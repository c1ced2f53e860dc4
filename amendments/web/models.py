"""Tables of `web`: which form posts have been carried out already, and how often somebody did a thing."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from amendments.extensions import Base


class FormReceipt(Base):
    """Written in the transaction of the post it belongs to; a second post with the same key is sent to `location`.

    `account_id` is no foreign key: people lie above this package.
    """

    __tablename__ = "form_receipt"

    key: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID | None]
    location: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)


class RateLimit(Base):
    """Uses counted per key and window, in the database: all processes of all machines count together."""

    __tablename__ = "rate_limit"

    key: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    count: Mapped[int]
