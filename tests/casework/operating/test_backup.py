"""A backup holds the whole ledger of one moment, goes into either kind of database, and says where it is damaged."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.searching import SearchDesk
from docketbridge.casework.operating import backup as backup_room
from docketbridge.casework.operating.backup import back_up, check_backup, restore
from docketbridge.domain.feeds import RawFeed
from docketbridge.errors import BackupError, LedgerError
from docketbridge.ledger.database import migrate, open_engine, open_ledger, writing_engine
from docketbridge.ledger.dumping import LEFT_OUT, tables_kept
from docketbridge.ledger.tables.payment_rows import PaymentFileRow
from docketbridge.ledger.tables.rows import CalendarTokenRow, PublishedRow
from docketbridge.plugins import discover
from docketbridge.schedule.runner import LEASE, this_process
from docketbridge.settings import read_settings

SAMPLE = Path(__file__).parents[2] / "sample_court"


def _filled(url, feeds):
    """A ledger of the sample court with a row in the tables that feeds do not fill."""
    desk = Desk(settings=read_settings({}, database=url), plugins=discover(), today=date(2026, 8, 19))
    for file in feeds:
        desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    now = desk.running.now()
    with Session(writing_engine(desk.engine)) as session, session.begin():
        common = {"scope": "all", "person": "Ada “Quill” Éxample", "public": False, "issued_at": now}
        session.execute(insert(CalendarTokenRow).values(id="b", digest="1" * 64, **common))
        session.execute(insert(CalendarTokenRow).values(id="a", digest="2" * 64, rotated_from="b", **common))
        session.execute(insert(PublishedRow).values(uid="u", sequence=0, subject="s", at=now, body={"a": [1, None, "é"]}))
        told = {"court": "zzb", "digest": "3" * 64, "name": "n", "format": "f", "as_of": date(2026, 8, 1), "counts": {}}
        session.execute(insert(PaymentFileRow).values(**told, taken_at=now))
    desk.running.lead(this_process(LEASE))
    return desk.engine


FEEDS = [
    *sorted((SAMPLE / "feeds" / "rss").glob("*.xml"))[:2],
    *sorted((SAMPLE / "feeds" / "docket-reports").glob("26-1012*"))[:1],
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A SQLite ledger, its backup, and what it holds."""
    folder = tmp_path_factory.mktemp("kept")
    engine = _filled(f"sqlite:///{folder / 'ledger.sqlite'}", FEEDS)
    manifest = back_up(engine, folder / "ledger.backup")
    yield folder / "ledger.backup", manifest, _held(engine)
    engine.dispose()


def _held(engine):
    """Every column of every row, as Python sees it."""
    with engine.connect() as connection:
        return {each.name: sorted(map(repr, connection.execute(select(each)))) for each in tables_kept(connection)}


def _restored(url, file):
    engine = open_engine(url)
    try:
        restore(engine, file)
        return _held(engine)
    finally:
        engine.dispose()


def test_a_backup_restores_into_either_kind_of_database_row_by_row_and_back(kept, new_database, tmp_path):
    file, manifest, held = kept
    assert manifest.rows == sum(len(rows) for rows in held.values()) > 100
    assert _restored(new_database("sqlite"), file) == held
    across = open_engine(new_database("postgresql"))
    restore(across, file)
    assert _held(across) == held
    back = tmp_path / "back.backup"
    again = back_up(across, back)
    across.dispose()
    assert {each.name: each.rows for each in again.tables} == {each.name: each.rows for each in manifest.tables}
    assert _restored(new_database("sqlite"), back) == held


def test_after_a_restore_into_postgresql_new_rows_get_new_numbers(kept, new_database):
    file, _, _ = kept
    engine = open_engine(new_database("postgresql"))
    restore(engine, file)
    with Session(engine) as session, session.begin():
        highest = max(session.scalars(select(PublishedRow.id)))
        now = session.scalars(select(PublishedRow.at)).first()
        new = insert(PublishedRow).values(uid="v", sequence=0, subject="s", at=now, body={}).returning(PublishedRow.id)
        assert session.scalar(new) > highest
    engine.dispose()


def test_a_restored_ledger_can_be_searched(kept, tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'searched.sqlite'}")
    restore(engine, kept[0])
    assert SearchDesk(engine=engine, acting=None).read_in() > 0
    engine.dispose()


def test_what_belongs_to_the_running_instance_alone_is_not_kept(kept):
    file, manifest, _ = kept
    assert not LEFT_OUT & {each.name for each in manifest.tables}
    with zipfile.ZipFile(file) as archive:
        assert not any("tables/lease" in name for name in archive.namelist())


def test_every_table_of_the_ledger_is_kept_or_left_out_on_purpose(engine):
    with engine.connect() as connection:
        tables = {each.name for each in tables_kept(connection)}
    assert {"snapshot", "sighting", "standing", "person", "job_run", "substance_note"} <= tables


def test_a_table_that_nobody_knows_stops_a_backup(tmp_path):
    engine = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    with writing_engine(engine).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE stray (x INTEGER)")
    with pytest.raises(LedgerError, match="'stray'"):
        back_up(engine, tmp_path / "b")
    engine.dispose()
    assert sorted(each.name for each in tmp_path.iterdir() if not each.name.startswith("ledger")) == []


def test_a_backup_is_of_one_moment_while_others_go_on_writing(kept, new_database, tmp_path):
    _, manifest, _ = kept
    for kind in ("sqlite", "postgresql"):
        url = new_database(kind)
        engine = open_engine(url)
        restore(engine, kept[0])
        other = open_engine(url)

        def write_meanwhile(name, other=other):
            with Session(writing_engine(other)) as session, session.begin():
                now = session.scalars(select(PublishedRow.at)).first()
                session.execute(insert(PublishedRow).values(uid=f"{name}", sequence=0, subject="s", at=now, body={}))

        taken = back_up(engine, tmp_path / kind, progress=write_meanwhile)
        assert taken.rows == manifest.rows
        other.dispose()
        engine.dispose()


def test_a_backup_is_its_owner_s_alone_and_never_written_over_another(kept, tmp_path):
    file, _, _ = kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(BackupError, match="is there already"):
        back_up(open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}"), file)


def test_a_restore_wants_an_empty_database(kept, tmp_path):
    file, _, held = kept
    url = f"sqlite:///{tmp_path / 'full.sqlite'}"
    assert _restored(url, file) == held
    with pytest.raises(BackupError, match="is not empty"):
        _restored(url, file)
    fresh = f"sqlite:///{tmp_path / 'fresh.sqlite'}"
    open_ledger(fresh).dispose()
    assert _restored(fresh, file) == held
    strange = open_engine(f"sqlite:///{tmp_path / 'strange.sqlite'}")
    with writing_engine(strange).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(BackupError, match="not docketbridge's"):
        restore(strange, file)
    strange.dispose()


def test_a_backup_of_an_older_schema_is_brought_up_to_date(tmp_path):
    old, new = open_engine(f"sqlite:///{tmp_path / 'old.sqlite'}"), open_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with writing_engine(old).begin() as connection:
        migrate(connection, "0003")
        connection.exec_driver_sql("INSERT INTO entry (id, court, case_number) VALUES ('e', 'zzb', '26-10123')")
    file = tmp_path / "old.backup"
    _keep_as_it_was(old, file, schema="0003", tables=("entry",))
    restore(new, file)
    assert _held(new)["entry"] == ["('e', 'zzb', '26-10123')"]
    old.dispose()
    new.dispose()


def _keep_as_it_was(engine, file, *, schema, tables):
    """A backup as an earlier version would have made it: of its own tables alone."""
    known = backup_room.tables_kept
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup_room, "tables_kept", lambda c: tuple(each for each in known(c) if each.name in tables))
        assert back_up(engine, file).schema == schema


def test_a_backup_of_a_schema_nobody_knows_yet_is_refused(kept, tmp_path):
    file = _changed(kept[0], tmp_path, "manifest.json", lambda told: told.replace(b'"schema": "', b'"schema": "9'))
    with pytest.raises(LedgerError, match="is not known to this version"):
        _restored(f"sqlite:///{tmp_path / 'x.sqlite'}", file)


def _changed(file, folder, member, change):
    """A copy of a backup with one member changed, its own check sums right."""
    copy = folder / "changed.backup"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    return copy


def _nothing_kept(folder, file, words):
    url = f"sqlite:///{folder / 'empty.sqlite'}"
    with pytest.raises(BackupError, match=words):
        _restored(url, file)
    engine = open_engine(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda told: told.replace(b"zzb", b"zzc", 1), r"entry\.jsonl is not what was kept: its SHA-256"),
        (lambda told: told[: told.index(b"\n") + 1], r"entry\.jsonl has 1 lines where \d+ are wanted"),
        (lambda told: told[:-5], r"entry\.jsonl is damaged after line \d+"),
    ],
)
def test_a_table_that_was_changed_is_named_and_nothing_is_restored(kept, tmp_path, change, words):
    _nothing_kept(tmp_path, _changed(kept[0], tmp_path, "tables/entry.jsonl", change), words)


def test_a_flipped_bit_is_found_and_its_table_and_line_named(kept, tmp_path):
    file = tmp_path / "flipped.backup"
    shutil.copy(kept[0], file)
    with zipfile.ZipFile(file) as archive:
        told = archive.getinfo("tables/sighting.jsonl")
    content = bytearray(file.read_bytes())
    content[told.header_offset + told.compress_size // 2] ^= 0x10
    file.write_bytes(content)
    _nothing_kept(tmp_path, file, r"sighting\.jsonl is damaged after line \d+")


@pytest.mark.parametrize("length", [0, 100, 0.5, 0.999])
def test_a_file_that_is_cut_off_is_no_backup(kept, tmp_path, length):
    content = kept[0].read_bytes()
    file = tmp_path / "cut.backup"
    file.write_bytes(content[: int(len(content) * length) if isinstance(length, float) else length])
    _nothing_kept(tmp_path, file, "is no backup, or is cut off")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "other"}, "format is 'other'"),
        ({"format_version": 2}, "format_version 2 is not known"),
        ({"made_at": "yesterday"}, "made_at is no time"),
        ({"schema": "0006; DROP"}, "schema is not what it should be"),
        ({"tables": []}, "tables is no list"),
        ({"tables": ["entry"]}, r"tables\[0\] is no object"),
        ({"tables": [{"name": "entry; DROP", "rows": 0, "sha256": "0" * 64, "columns": []}]}, r"tables\[0\]: name"),
    ],
)
def test_a_manifest_that_was_tampered_with_is_refused_by_its_key(kept, tmp_path, change, words):
    def put(told):
        return json.dumps({**json.loads(told), **change}).encode()

    _nothing_kept(tmp_path, _changed(kept[0], tmp_path, "manifest.json", put), words)


def test_a_line_that_is_none_of_its_table_is_named(kept, tmp_path):
    bad = b'["e",7,"26-1"]\n'

    def put(told):
        content = json.loads(told)
        entry = next(each for each in content["tables"] if each["name"] == "entry")
        entry["rows"] = 1
        entry["sha256"] = backup_room.hashlib.sha256(bad).hexdigest()
        return json.dumps(content).encode()

    first = _changed(kept[0], tmp_path, "tables/entry.jsonl", lambda _: bad)
    (tmp_path / "both").mkdir()
    file = _changed(first, tmp_path / "both", "manifest.json", put)
    _nothing_kept(tmp_path, file, r"entry\.jsonl, line 1: no str: int")


def test_checking_a_backup_touches_no_database(kept):
    file, manifest, _ = kept
    assert check_backup(file).tables == manifest.tables


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path):
    engine = open_ledger(f"sqlite:///{tmp_path / 'l.sqlite'}")
    with pytest.raises(BackupError, match="No such file"):
        back_up(engine, tmp_path / "none" / "b")
    engine.dispose()
    with pytest.raises(BackupError, match="No such file"):
        check_backup(tmp_path / "none")
