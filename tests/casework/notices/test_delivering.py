"""Delivering to receivers that fail, hang or lie: nothing is lost, nothing comes twice, and each can tell what it got."""

from __future__ import annotations

import hashlib
import hmac
import json
import multiprocessing
import socket
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

import pytest
from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.notices import mailing, notices, webhooks
from docketbridge.casework.notices.notices import deliver_due, replay_notice
from docketbridge.casework.notices.subscribing import subscribe
from docketbridge.errors import DeliveryError, SettingsError, UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.notices.outbox import Channel, NoticeState, claim_next, notices_kept
from docketbridge.plugins import Found, Plugin, check
from docketbridge.settings import Settings, WebhookSettings
from tests.casework.notices.conftest import (
    ENVIRONMENT,
    NOW,
    SECRET,
    START,
    objection_entry,
    people_in,
    request_entry,
    set_up,
)
from tests.composed_feeds import feed
from tests.receivers import HookServer, MailServer, serving

_FORKING = multiprocessing.get_context("fork")
HOUR = timedelta(hours=1)


def _kept(desk, **chosen):
    with Session(desk.engine) as session:
        return notices_kept(session, at_most=10_000, **chosen)


def test_a_webhook_is_signed_over_time_and_body_and_names_what_it_brings(docket, deliver, hooked):
    docket(request_entry())
    deliver()
    headers, body = hooked.got[0]
    wanted = hmac.new(SECRET.encode(), headers[webhooks.TIMESTAMP].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers[webhooks.SIGNATURE] == f"v1={wanted}"
    assert abs(int(headers[webhooks.TIMESTAMP]) - NOW.timestamp()) < 120
    told = json.loads(body)
    assert told["id"] == headers[webhooks.ID]
    assert (told["matter"], told["over"]) == ("zzb-26-10123-1", False)
    assert SECRET not in body.decode() + str(headers)
    assert len({json.loads(each)["id"] for _, each in hooked.got}) == len(hooked.got)


def test_a_webhook_that_answers_500_is_tried_again_with_the_same_id_and_body(docket, deliver, hooked):
    docket(request_entry())
    hooked.answers = [500]
    first = deliver()
    assert (first.sent, first.put_off) == (0, 1)
    assert len(hooked.got) == 1
    deliver(NOW + timedelta(seconds=30))
    deliver(NOW + timedelta(minutes=2))
    bodies = [body for _, body in hooked.got if json.loads(body)["id"] == json.loads(hooked.got[0][1])["id"]]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    stamps = {headers[webhooks.SIGNATURE] for headers, body in hooked.got if body == bodies[0]}
    assert len(stamps) == 2


def test_retries_go_on_for_two_days_and_then_it_is_given_up_and_can_be_replayed(office, docket, deliver, hooked):
    docket(request_entry())
    hooked.answers = [503] * 1000
    for hours in range(60):
        deliver(NOW + hours * HOUR)
    failed = _kept(office, state="failed")
    assert failed
    assert not _kept(office, state="waiting")
    assert all(each.fault == "answered 503" for each in failed)
    last = max(each.ended_at for each in failed)
    assert timedelta(hours=36) < last - NOW <= timedelta(hours=60)
    hooked.answers, hooked.got = [], []
    replay_notice(office, failed[0].id, NOW + 61 * HOUR)
    assert deliver(NOW + 61 * HOUR).sent == 1
    assert len(hooked.got) == 1
    with pytest.raises(UsageError):
        replay_notice(office, 999_999, NOW)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(docket, deliver, hooked, office, status):
    docket(request_entry())
    hooked.answers = [status]
    assert deliver().put_off == 1
    assert len(hooked.got) == 1
    assert "not followed" in _kept(office, state="waiting", channel="webhook")[-1].fault


def test_a_webhook_that_hangs_is_cut_and_the_mail_goes_all_the_same(docket, follow, deliver, hooked, mailbox, monkeypatch):
    monkeypatch.setattr(webhooks, "_SECONDS", 0.3)
    follow("clara", wish="posture")
    docket(request_entry())
    hooked.slow = 1.5
    done = deliver()
    assert (done.sent, done.put_off) == (1, 1)
    assert len(mailbox.messages) == 1


def test_a_webhook_that_drips_is_cut_after_its_time(monkeypatch):
    monkeypatch.setattr(webhooks, "_IN_ALL", 0.5)
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while not stop.wait(0.1):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        hook = webhooks.hook_of(WebhookSettings(name="drip", address=address, secret_from="HOOK_SECRET"), ENVIRONMENT)
        with pytest.raises(DeliveryError):
            hook.post(b"{}", identity="one", at=NOW)
        stop.set()
        thread.join(5)


def test_a_mail_server_that_hangs_up_loses_nothing(docket, follow, deliver, mailbox):
    follow("clara")
    docket(request_entry())
    mailbox.drop = True
    assert deliver().put_off == 1
    assert mailbox.sessions == 1
    mailbox.drop = False
    deliver(NOW + HOUR)
    assert len(mailbox.messages) > 1
    assert len({message["Message-ID"] for message in mailbox.messages}) == len(mailbox.messages)


def test_an_address_that_is_refused_for_good_is_given_up_at_once_and_others_go_on(docket, follow, deliver, mailbox, office):
    follow("clara", wish="posture")
    follow("june", wish="posture")
    docket(request_entry())
    mailbox.refuse["clara@court.example"] = "550 no such mailbox here"
    done = deliver()
    assert done.failed == 1
    assert [message["To"] for message in mailbox.messages] == ["June <june@court.example>"]
    assert "550 no such mailbox here" in _kept(office, person="clara")[0].fault


def test_an_address_that_is_busy_is_tried_again(docket, follow, deliver, mailbox):
    follow("clara", wish="posture")
    docket(request_entry())
    mailbox.refuse["clara@court.example"] = "450 later"
    assert deliver().put_off == 1
    mailbox.refuse.clear()
    deliver(NOW + HOUR)
    assert len(mailbox.messages) == 1


def test_without_a_mail_server_mail_waits_and_nothing_else_does(docket, follow, deliver, office):
    office.settings = replace(office.settings, mail_host="")
    follow("clara", wish="posture")
    docket(request_entry())
    assert deliver().held_up == []
    assert [each.state for each in _kept(office, person="clara")] == [NoticeState.WAITING]


def test_a_webhook_set_wrongly_holds_up_its_own_alone_and_says_so(docket, follow, mailbox, office):
    follow("clara", wish="posture")
    docket(request_entry())
    done = deliver_due(office, NOW, environment={})
    assert len(done.held_up) == 1
    assert "HOOK_SECRET wants a secret" in done.held_up[0]
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize("told", [{"scope": "planet:mars"}, {"wish": "gossip"}])
def test_a_webhook_that_asks_for_what_there_is_not_stops_nobody_else(docket, follow, deliver, mailbox, office, told):
    office.settings = replace(office.settings, webhooks=(replace(office.settings.webhooks[0], **told),))
    follow("clara", wish="posture")
    docket(request_entry())
    done = deliver()
    assert done.sent == len(mailbox.messages) == 1
    assert done.held_up[0].startswith("webhook 'hub': no ")


def test_killed_between_sending_and_keeping_it_is_sent_again_under_the_same_id(
    docket, follow, deliver, mailbox, office, monkeypatch
):
    follow("clara", wish="posture")
    docket(request_entry())

    class Killed(BaseException):
        """As if the process ended here."""

    def killed(*_told, **_named):
        raise Killed

    office.settings = replace(office.settings, webhooks=())
    with monkeypatch.context() as patched:
        patched.setattr(notices, "end_notice", killed)
        with pytest.raises(Killed):
            deliver()
    assert len(mailbox.messages) == 1
    assert deliver(NOW + timedelta(minutes=5)).sent == 0, "the claim of the dead process still stands"
    assert deliver(NOW + notices.LEASE + timedelta(seconds=1)).sent == 1
    first, second = mailbox.messages
    assert first["Message-ID"] == second["Message-ID"]


def test_a_claim_that_lapsed_cannot_end_what_another_took_up(office, docket, follow):
    follow("clara", wish="posture")
    docket(request_entry())
    notices.give_out(office, NOW)

    def claim(lease, now):
        with Session(writing_engine(office.engine)) as session, session.begin():
            return claim_next(session, now=now, lease=lease, length=HOUR, channels=[Channel.MAIL], but=())

    first = claim("one", NOW)
    assert claim("two", NOW) is None
    assert claim("two", NOW + 2 * HOUR).id == first.id
    with Session(writing_engine(office.engine)) as session, session.begin():
        assert not notices.end_notice(session, first.id, lease="one", state=NoticeState.SENT, at=NOW)
        assert notices.end_notice(session, first.id, lease="two", state=NoticeState.SENT, at=NOW)


def _deliver_until_done(url, settings, barrier):
    desk = Desk(settings=replace(settings, database=url), plugins=check([]), today=date(2026, 8, 19), fixed_day=True)
    barrier.wait()
    deliver_due(desk, NOW, environment=ENVIRONMENT)
    desk.engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_that_deliver_at_once_send_each_notice_once(kind, new_database, tmp_path, composed):
    mail, hook = MailServer(), HookServer()
    for server in (mail, hook):
        serving(server)
    desk = Desk(
        settings=Settings(folder=tmp_path, database=new_database(kind)),
        plugins=_plugins(composed),
        today=date(2026, 8, 19),
        fixed_day=True,
    )
    set_up(desk, mail.box, hook.hooked)
    people_in(desk)
    subscribe(desk, "clara", scope="all", wish="everything", channel="mail")
    told = [each for number in range(1, 4) for each in (request_entry(f"26-2000{number}"), objection_entry(f"26-2000{number}"))]
    desk.take_in(composed.add("many", feed(*told, oldest=START - 9 * HOUR, newest=datetime(2026, 8, 19, 20, tzinfo=UTC))))
    url, settings = desk.settings.database, desk.settings
    desk.engine.dispose()
    barrier = _FORKING.Barrier(2)
    processes = [_FORKING.Process(target=_deliver_until_done, args=(url, settings, barrier)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    states = {each.state for each in _kept(desk)}
    assert states == {NoticeState.SENT}
    identities = [message["Message-ID"] for message in mail.box.messages]
    hooks = [json.loads(body)["id"] for _, body in hook.hooked.got]
    assert len(identities) == len(set(identities)) == len([each for each in _kept(desk) if each.channel is Channel.MAIL])
    assert len(hooks) == len(set(hooks)) >= 12
    desk.engine.dispose()
    for server in (mail, hook):
        server.shutdown()
        server.server_close()


def _plugins(composed):
    return check([Found(plugin=Plugin(name="c", title="c", parsers=MappingProxyType({"composed": composed})), origin="tests")])


_NOT_PUBLIC = (
    "127.0.0.1 127.9.9.9 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 192.0.2.7 "
    "::1 :: fe80::1 fc00::1 ff02::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1 2001:0:1:1:1:1:f5ff:fffe"
)


@pytest.mark.parametrize("address", _NOT_PUBLIC.split())
def test_no_address_but_a_public_one_is_posted_to(address):
    assert not webhooks.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "8.8.8.8"])
def test_a_public_address_is_one(address):
    assert webhooks.is_public(address)


def test_a_public_name_that_leads_into_the_own_network_is_refused(monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.8", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_told, **_named: inside)
    with pytest.raises(DeliveryError, match="not public"):
        webhooks.addresses_of("hub.example", 443, private=False)
    assert webhooks.addresses_of("hub.example", 443, private=True) == ("10.0.0.8",)


@pytest.mark.parametrize(
    "address",
    ["http://hub.example/in", "ftp://hub.example", "https://", "https://user:pass@hub.example/", "https://hub.example/#x", "hub", "http://10.0.0.1/"],
)  # fmt: skip
def test_an_address_that_is_not_safe_to_post_to_is_refused_in_the_settings(address):
    with pytest.raises(SettingsError, match="webhook 'hub'"):
        webhooks.hook_of(WebhookSettings(name="hub", address=address, secret_from="HOOK_SECRET"), ENVIRONMENT)


@pytest.mark.parametrize(
    "told", [{"mail_security": "perhaps"}, {"mail_from": ""}, {"mail_from": "nobody"}, {"mail_from": "a@b@c"}]
)
def test_mail_that_is_set_wrongly_names_its_key(office, told):
    with pytest.raises(SettingsError, match="mail_"):
        mailing.post_of(replace(office.settings, **told))


def test_what_a_docket_says_cannot_forge_a_head_of_a_mail(office):
    post = mailing.post_of(office.settings)
    letter = notices.Letter(subject="one Bcc: all@court.example", text="x\n", html="<p>x</p>")
    made = post.message(letter, to="clara@court.example", name="Clara\nBcc: x@y.example", identity="i", at=NOW)
    assert made["Bcc"] is None
    assert made["To"] == '"Clara Bcc: x@y.example" <clara@court.example>'
