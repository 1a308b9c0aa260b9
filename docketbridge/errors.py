"""One family of faults: every error says in one line what is wrong and where."""

from __future__ import annotations


class DocketbridgeError(Exception):
    """Something cannot go on; the message names the place (file, line, table or key) in one line."""


class UsageError(DocketbridgeError):
    """A person asked for something that does not exist or cannot be; they can ask again, corrected."""


class DecidedMeanwhile(UsageError):
    """Somebody else decided about the same thing after the page was shown; nothing was kept. The message says where."""


class UnreadableFeed(DocketbridgeError):
    """The whole of a feed cannot be read: it is empty, cut off, not a feed, or of an unknown court."""


class SourceUnavailable(DocketbridgeError):
    """A source did not answer, or answered with something that is no feed."""


class CaseNumberError(DocketbridgeError):
    """A text is no bankruptcy case number."""


class ProfileError(DocketbridgeError):
    """A program profile, court calendar or vocabulary is wrong; names file, table and key."""


class SettingsError(DocketbridgeError):
    """The instance's settings are wrong; names the key."""


class PluginError(DocketbridgeError):
    """A plugin does not load or claims a name that is taken."""


class LedgerError(DocketbridgeError):
    """The ledger cannot be opened, or its schema is not the one this version works on."""


class PaperError(DocketbridgeError):
    """A paper cannot be drafted from these facts; names the path of the fact."""


class ComputationError(DocketbridgeError):
    """A request for time computation is wrong; names the key."""


class DeliveryError(DocketbridgeError):
    """Something was not taken where it was sent. `for_good`: trying again is of no use; `by_all`: nothing else would be taken."""

    def __init__(self, words: str, *, for_good: bool = False, by_all: bool = False) -> None:
        super().__init__(words)
        self.for_good = for_good
        self.by_all = by_all


class RightsError(DocketbridgeError):
    """A person asked for what is not theirs to see or do; names the matter and nothing in it."""


class JobError(DocketbridgeError):
    """A job of the schedule did not end well, or is being run elsewhere; names the job."""


class BackupError(DocketbridgeError):
    """A backup cannot be made or restored; names the file, and the table and line where it is damaged."""
