"""The one path that ends in a session. Two short transactions with the slow check between them, not inside."""

from amendments.errors import InvalidInput
from amendments.people import passwords, services
from amendments.people.queries import account_by_email
from amendments.web import transaction

WRONG = "E-Mail-Adresse oder Passwort stimmt nicht."


def sign_in(*, email: str, password: str, address: str, user_agent: str, previous_token: str | None) -> str:
    """A token for the cookie. Raises InvalidInput with one sentence whatever was wrong, or TooManyTries."""
    transaction.write(lambda: services.count_try(email=email, address=address))
    found = account_by_email(email)
    usable = found is not None and found.active
    fits = passwords.verify(found.password_hash if found and usable else None, password)
    if found is None or not fits:
        raise InvalidInput(WRONG)
    return transaction.write(
        lambda: services.open_session(
            found, address=address, user_agent=user_agent, previous_token=previous_token, password=password
        )
    )
