"""The paths that end in a session: signing in, and accepting an invitation.

What is slow, the hash of a password, is made between short transactions and not inside them.
"""

from amendments.errors import InvalidInput
from amendments.people import passwords, rules, services
from amendments.people.queries import account_by_email, account_of_link
from amendments.people.rules import Purpose
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


def new_hash(*, token: str, purpose: Purpose, password: str) -> str:
    """The hash of a password chosen by a link, before the link is used. Raises Gone, or InvalidInput for the field."""
    account = account_of_link(token, purpose)
    if fault := rules.password_fault(password, email=account.email, name=account.name):
        raise InvalidInput(fault, field="password")
    return passwords.hash_password(password)


def accept(*, token: str, password_hash: str, address: str, user_agent: str, previous_token: str | None) -> str:
    """A token for the cookie of somebody who has just chosen their first password; in a unit of work."""
    account = services.accept_invitation(token, password_hash=password_hash)
    return services.open_session(account, address=address, user_agent=user_agent, previous_token=previous_token)
