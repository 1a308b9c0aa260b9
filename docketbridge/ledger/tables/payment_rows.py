"""The tables of plan payments: what exports told (facts, inserted only), and the verdicts that follow (derived)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base


class PaymentFileRow(Base):
    """Fact: one export was taken in; its bytes are known by their digest (SHA-256), its rows are kept below.

    `covers_from` is the day from which its receipts are whole; `counts` what the import did.
    """

    __tablename__ = "payment_file"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    court: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    format: Mapped[str] = mapped_column(String(32))
    trustee: Mapped[str | None]
    as_of: Mapped[date]
    covers_from: Mapped[date | None]
    taken_at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
    __table_args__ = (UniqueConstraint("court", "digest", "as_of"),)


class PaymentReceiptRow(Base):
    """Fact: one export's telling of one movement of money, known within its case by `key`. The telling of the latest day stands.

    `cents` are signed. `gone` says that an export which had to list the movement no longer does.
    """

    __tablename__ = "payment_receipt"
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    court: Mapped[str] = mapped_column(String(16))
    case_number: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(160))
    file: Mapped[int] = mapped_column(ForeignKey("payment_file.id"))
    as_of: Mapped[date]
    gone: Mapped[bool] = mapped_column(Boolean)
    day: Mapped[date]
    cents: Mapped[int] = mapped_column(BigInteger)
    movement: Mapped[str] = mapped_column(String(16))
    reference: Mapped[str | None]
    reverses: Mapped[str | None]
    payer: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(16))
    __table_args__ = (Index("receipt_by_case", "court", "case_number"),)


class PaymentTellingRow(Base):
    """Fact: what one export told of a case's plan and position (`body`), kept when it is other than what stood before."""

    __tablename__ = "payment_telling"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    court: Mapped[str] = mapped_column(String(16))
    case_number: Mapped[str] = mapped_column(String(32))
    about: Mapped[str] = mapped_column(String(8))
    file: Mapped[int] = mapped_column(ForeignKey("payment_file.id"))
    as_of: Mapped[date]
    digest: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any]]
    __table_args__ = (Index("payment_telling_by_case", "court", "case_number"),)


class PaymentCaseRow(Base):
    """Kept: how far a case's receipts were told, one row a case; its days only ever rise, its spans only ever grow.

    `spans` are pairs of days between which receipts are whole, `declared` those for which an export said that it lists all.
    `unsure` says why the newest export's rows may not be all; `position_as_of` is the last day a position was told for.
    """

    __tablename__ = "payment_case"
    court: Mapped[str] = mapped_column(String(16), primary_key=True)
    case_number: Mapped[str] = mapped_column(String(32), primary_key=True)
    printed: Mapped[str]
    as_of: Mapped[date | None]
    position_as_of: Mapped[date | None]
    spans: Mapped[list[Any]]
    declared: Mapped[list[Any]]
    unsure: Mapped[str | None]


class CurrencyRow(Base):
    """Derived: the verdict on one case's plan payments, for the day it was judged on. `changes_on` as in a matter's standing."""

    __tablename__ = "payment_currency"
    court: Mapped[str] = mapped_column(String(16), primary_key=True)
    case_number: Mapped[str] = mapped_column(String(32), primary_key=True)
    trustee_id: Mapped[str | None] = mapped_column(String(80), index=True)
    case_name: Mapped[str | None]
    judged_on: Mapped[date] = mapped_column(Date)
    changes_on: Mapped[date | None] = mapped_column(Date, index=True)
    verdict: Mapped[str] = mapped_column(String(16))
    body: Mapped[dict[str, Any]]


class TrusteeMatterRow(Base):
    """Derived: what a trustee's page shows of one matter."""

    __tablename__ = "trustee_matter"
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    court: Mapped[str] = mapped_column(String(16))
    case_number: Mapped[str] = mapped_column(String(32))
    trustee_id: Mapped[str | None] = mapped_column(String(80), index=True)
    body: Mapped[dict[str, Any]]


DERIVED_OF_PAYMENTS = (CurrencyRow, TrusteeMatterRow)
