"""A marker planted in every field of substance is in no mail, digest or webhook, whoever it goes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from docketbridge.casework.notices.notices import deliver_due, make_digests
from docketbridge.casework.notices.subscribing import wish_for_digest
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.rights import Role
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.notices.subscriptions import add_subscription
from docketbridge.settings import WebhookSettings
from tests.planted_marker import MATTER, found
from tests.receivers import HookServer, MailServer, serving

NOW = datetime(2026, 8, 19, 16, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def receivers():
    servers = MailServer(), HookServer()
    for server in servers:
        serving(server)
    yield servers
    for server in servers:
        server.shutdown()
        server.server_close()


def test_no_notice_holds_the_marker(planted, receivers):
    mail, hook = receivers
    address = f"http://127.0.0.1:{hook.hooked.port}/"
    planted.settings = replace(
        planted.settings,
        mail_host="127.0.0.1",
        mail_port=mail.box.port,
        mail_security="none",
        mail_from="notes@court.example",
        notice_days=10_000,
        webhooks=(WebhookSettings(name="hub", address=address, secret_from="S"),),
    )
    matter = planted.matter_file(MATTER).matter.id
    people = [
        NewPerson(account="clerk", role=Role.CLERK),
        NewPerson(account="judge", role=Role.JUDGE, id="dfl"),
        NewPerson(account="trustee", role=Role.TRUSTEE, id="marguerite-t-osei"),
        NewPerson(account="mediator", role=Role.MEDIATOR, id="ruth-e-calloway-finch"),
        NewPerson(account="debtor", role=Role.DEBTOR_SIDE, matters=(matter,)),
        NewPerson(account="creditor", role=Role.CREDITOR_SIDE, matters=(matter,)),
    ]
    for each in people:
        planted.people.add(replace(each, email=f"{each.account}@court.example"), password=None)
        with Session(writing_engine(planted.engine)) as session, session.begin():
            for channel in ("mail", "digest"):
                add_subscription(session, account=each.account, scope="all", wish="everything", channel=channel, at=LONG_AGO)
        wish_for_digest(planted, each.account, wanted=True, court="zzb")
    assert make_digests(planted, NOW) == len(people)
    done = deliver_due(planted, NOW, environment={"S": "a secret of the tests"})
    assert (done.failed, done.put_off, done.held_up) == (0, 0, [])
    told = [_read(message) for message in mail.box.messages] + [body for _, body in hook.hooked.got]
    reached = {message["To"].addresses[0].username for message in mail.box.messages}
    assert reached == {each.account for each in people}
    assert len(told) > 50
    for each in told:
        assert found(each) == []


def _read(message):
    """A mail as its reader sees it: heads and both bodies, whatever they are wrapped in."""
    bodies = [message.get_body((kind,)).get_content() for kind in ("plain", "html")]
    return "\n".join([*map(str, message.values()), *bodies]).encode()
