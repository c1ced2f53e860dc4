"""Mail goes out by a real server, or the sender learns that it did not."""

import shutil
from dataclasses import replace

import pytest

from amendments import config
from amendments.web import mail
from amendments.web.mail import Letter
from tests.factories import post_office as offices

ADA = Letter(
    "Ada Lövenich", "ada@town.example", "Ihre Einladung – bitte öffnen", "Guten Tag,\n\nhttps://x.example/y?z=1\n"
)


def use(app, monkeypatch, **settings):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], **settings))
    return app.app_context()


def test_a_letter_arrives_as_it_was_written(app, post_office):
    with app.app_context():
        assert mail.possible()
        assert mail.send([ADA]) == (True,)
    (letter,) = post_office.letters
    assert letter["Subject"] == ADA.subject
    assert str(letter["To"]) == "Ada Lövenich <ada@town.example>"
    assert letter["From"].addresses[0].addr_spec == "vorlagen@town.example"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@vorlagen.example>")
    assert letter["Date"].datetime is not None
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == ADA.body


def test_the_address_of_the_choice_of_mails_stands_on_one_line_as_it_is(app):
    page = "https://vorlagen.example/mails?token=" + "x" * 200
    with app.app_context():
        wire = mail.message_of(replace(ADA, unsubscribe=page), app.extensions["settings"]).as_bytes()
    assert f"\r\nList-Unsubscribe: <{page}>\r\n".encode() in wire


def test_long_links_survive_the_way(app, post_office):
    body = "https://vorlagen.example/invitation?token=" + "x" * 300 + "\n" + "ä" * 2_000 + "\n"
    with app.app_context():
        assert mail.send([replace(ADA, body=body)]) == (True,)
    assert post_office.letters[0].get_content().replace("\r\n", "\n") == body


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": "Hallo\r\nBcc: spy@evil.example"},
        {"name": "Ada\nBcc: spy@evil.example"},
        {"address": "ada@town.example\r\nBcc: spy@evil.example"},
        {"address": "ada@town.example>\nRCPT TO:<spy@evil.example"},
        {"address": "ada@town.example, spy@evil.example"},
        {"address": ""},
        {"address": "ada"},
    ],
)
def test_no_letter_gets_a_second_header_or_reader(app, post_office, changed):
    with app.app_context():
        assert mail.send([replace(ADA, **changed), ADA]) == (False, True)
    (letter,) = post_office.letters
    assert "Bcc" not in letter
    assert post_office.envelopes[0].rcpt_tos == ["ada@town.example"]


def test_a_body_ends_no_letter_early(app, post_office):
    body = "Guten Tag\n.\nMAIL FROM:<spy@evil.example>\n..\nEnde\n"
    with app.app_context():
        assert mail.send([replace(ADA, body=body)]) == (True,)
    assert [letter.get_content().replace("\r\n", "\n") for letter in post_office.letters] == [body]


def test_one_refused_letter_does_not_keep_the_others(app, post_office):
    post_office.refuses = {"weg@town.example"}
    letters = [ADA, replace(ADA, address="weg@town.example"), replace(ADA, address="eva@town.example")]
    with app.app_context():
        assert mail.send(letters) == (True, False, True)
    assert len(post_office.letters) == 2


def test_an_address_the_server_cannot_carry_is_not_sent(app, post_office):
    with app.app_context():
        assert mail.send([replace(ADA, address="löwe@town.example"), ADA]) == (False, True)


def test_without_a_server_nothing_is_sent(app):
    with app.app_context():
        assert not mail.possible()
        assert mail.send([ADA]) == (False,)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_server_that_is_away_is_told(app, monkeypatch):
    port = offices._free_port()
    with use(app, monkeypatch, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none", mail_from="a@b.example"):
        assert mail.send([ADA, ADA]) == (False, False)


@pytest.fixture
def certificate(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    return offices.certificate(tmp_path)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_starttls_and_a_password(app, monkeypatch, certificate):
    with offices.opened(certificate=certificate, asks_for_password=True) as office:
        given = office.settings | {"smtp_security": "starttls", "smtp_user": offices.USER}
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_name("cert.pem")))
        with use(app, monkeypatch, **given, smtp_password="falsch"):
            assert mail.send([ADA]) == (False,)
        with use(app, monkeypatch, **given, smtp_password=offices.PASSWORD):
            assert mail.send([ADA]) == (True,)
        assert len(office.letters) == 1


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_server_nobody_vouches_for_gets_nothing(app, monkeypatch, certificate):
    with offices.opened(certificate=certificate) as office:
        for security in ("starttls", "tls"):
            with use(app, monkeypatch, **office.settings | {"smtp_security": security}):
                assert mail.send([ADA]) == (False,)
        assert office.letters == []


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_server_without_encryption_gets_nothing_where_it_is_asked_for(app, monkeypatch):
    with offices.opened() as office, use(app, monkeypatch, **office.settings | {"smtp_security": "starttls"}):
        assert mail.send([ADA]) == (False,)
        assert office.letters == []


def test_who_waits_is_not_kept_waiting_for_many_letters(app, post_office, monkeypatch):
    monkeypatch.setattr(mail, "PATIENCE", -1.0)
    with app.app_context():
        assert mail.send([ADA, ADA]) == (False, False)


def test_addresses_of_pages_come_from_the_setting(app, monkeypatch):
    with use(app, monkeypatch, base_url="https://vorlagen.example"):
        assert mail.address_of("/invitation") == "https://vorlagen.example/invitation"
    with use(app, monkeypatch, base_url=""):
        assert mail.address_of("/invitation") == "/invitation"


def test_what_is_done_beside_a_request_has_its_own_context_and_may_fail(app, monkeypatch):
    seen, jobs = [], []
    monkeypatch.setitem(app.extensions, "afterwards", jobs.append)
    with app.app_context():
        mail.afterwards(lambda: seen.append(mail.possible()))
        mail.afterwards(lambda: 1 // 0)
    assert seen == []
    for job in jobs:
        job()
    assert seen == [False]


def test_the_thread_beside_requests_runs(tmp_path):
    from threading import Event, current_thread

    from flask import Flask

    done, name = Event(), []
    app = Flask(__name__)
    mail.init_app(app)
    with app.app_context():
        mail.afterwards(lambda: (name.append(current_thread().name), done.set()))
    assert done.wait(5)
    assert name[0].startswith("afterwards")


GOOD = {"SECRET_KEY": "x" * 40, "BASE_URL": "https://v.example", "SMTP_HOST": "mail", "MAIL_FROM": "V <v@v.example>"}


@pytest.mark.parametrize(
    ("changed", "port"),
    [({}, 587), ({"SMTP_SECURITY": "tls"}, 465), ({"SMTP_SECURITY": "none"}, 25), ({"SMTP_PORT": "2525"}, 2525)],
)
def test_the_port_follows_from_the_encryption(changed, port):
    settings = config.load(environ=GOOD | changed)
    assert settings.smtp_port == port
    assert settings.base_url == "https://v.example"


@pytest.mark.parametrize(
    "changed",
    [
        {"BASE_URL": ""},
        {"BASE_URL": "v.example"},
        {"BASE_URL": "javascript://v.example"},
        {"BASE_URL": "https://v.example/prefix"},
        {"BASE_URL": "https://user@v.example"},
        {"MAIL_FROM": ""},
        {"MAIL_FROM": "Vorlagen"},
        {"SMTP_SECURITY": "maybe"},
        {"SMTP_PORT": "mail"},
    ],
)
def test_a_setting_that_would_send_nowhere_stops_the_start(changed):
    with pytest.raises(config.SettingError, match=next(iter(changed))):
        config.load(environ=GOOD | changed)


def test_the_password_is_not_printed():
    assert "geheim" not in repr(config.load(environ=GOOD | {"SMTP_PASSWORD": "geheim"}))
