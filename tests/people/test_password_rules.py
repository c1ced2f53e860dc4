"""What a password has to be."""

import pytest

from amendments.people import passwords, rules


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("kurz", rules.TOO_SHORT),
        ("x" * 257, rules.TOO_LONG),
        ("aaaaaaaaaaaa", rules.TOO_COMMON),
        ("1234567890", rules.TOO_COMMON),
        ("Sozialausschuss1", rules.TOO_NEAR),
        ("Beirat-Beirat-12", rules.TOO_NEAR),
        ("amendments2011!", rules.TOO_NEAR),
        ("erika.muster1", rules.TOO_NEAR),
        ("lange Nacht im Saal", None),
        ("Über grünen Wäldern 🌲", None),
        ("   sieben Schritte   ", None),
        ("x1" + "ü9ö8ä7" * 21, None),
        ("Der Beirat tagt im Keller", None),
    ],
)
def test_a_password_is_judged_by_a_sentence(password, fault):
    assert rules.password_fault(password, email="erika.muster@town.example", name="Erika Muster") == fault


def test_every_common_password_is_refused():
    assert len(rules.common_passwords()) > 1000
    assert all(rules.password_fault(password) is not None for password in rules.common_passwords())


def test_no_password_is_cut():
    base = "p" * 80
    stored = passwords.hash_password(base + "a")
    assert passwords.verify(stored, base + "a")
    assert not passwords.verify(stored, base + "b")


def test_the_hash_is_as_strong_as_it_has_to_be():
    stored = passwords.hash_password("lange Nacht im Saal")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.outdated(stored)
    assert passwords.outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$" + "A" * 43)


def test_composed_and_decomposed_letters_are_one_password():
    stored = passwords.hash_password("Ma\u0308rz im Saal")
    assert passwords.verify(stored, "M\u00e4rz im Saal")


def test_nobody_has_the_dummy_password():
    assert not passwords.verify(None, "no account has this password")
    assert not passwords.verify("!", "lange Nacht im Saal")


@pytest.mark.parametrize(
    ("email", "good"), [("a@b.example", True), ("a b@c.example", False), ("a@b", False), ("@b.example", False)]
)
def test_an_address_is_complete(email, good):
    assert (rules.email_fault(email) is None) is good
