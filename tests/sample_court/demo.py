"""The demonstration: takes the sample court in by the product's own commands and leaves database, papers and calendars."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

DEMO_DAY = "2026-08-19"
FEEDS = Path(__file__).parent / "feeds"
PORTAL = Path(__file__).parent / "portal"
PAYMENTS = Path(__file__).parent / "payments"
# Who may sign in: an account with its role, whose matters it has, and the name that others see.
_PEOPLE = {
    "clerk": ("clerk", "Perpetua Lindqvist"),
    "judge": ("judge", "--id", "dfl", "Delphine F. Larrabee"),
    "mediator": ("mediator", "--id", "ruth-e-calloway-finch", "Ruth E. Calloway-Finch"),
    "trustee": ("trustee", "--id", "marguerite-t-osei", "Marguerite T. Osei"),
    "counsel": ("debtor_side", "--matter", "zzb-26-10047-1", "Priscilla D. Mournier"),
    "admin": ("administrator", "Casimir Obuya-Trent"),
}
_SAID_AT_THE_DOOR = "tide table of the bay"
_ORDERABLE = ("requested", "ripe", "objected", "hearing_set")


class Demonstration:
    """One run of the commands on a ledger of its own, on the demo day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = [str(Path(sys.executable).parent / "docketbridge")]
        self.shared = ["--database", f"sqlite:///{folder / 'docketbridge.sqlite'}", "--today", DEMO_DAY]

    def say(self, *arguments: str, typed: str | None = None) -> str:
        """Run a command; its output. A fault ends the demonstration with the command's own words."""
        command = [*self.command, *self.shared, *arguments]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, input=typed)
        if ended.returncode != 0:
            sys.exit(f"docketbridge {' '.join(arguments[:3])} …: exit {ended.returncode}\n{ended.stdout}{ended.stderr}")
        return ended.stdout

    def run(self) -> None:
        """Take everything in, then write what a clerk's office would."""
        for name in ("papers", "calendars", "agendas"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("docketbridge.sqlite*"):
            old.unlink()
        taken = self.say("intake", *map(str, sorted(path for path in FEEDS.glob("*/*") if path.is_file())))
        print(taken.splitlines()[-1])
        payments = sorted(path for path in PAYMENTS.iterdir() if path.suffix in (".csv", ".xlsx"))
        self.say("trustee", "import", *map(str, payments))
        self.say("portal", "import", *map(str, sorted((PORTAL / "exports").iterdir())))
        print(self.say("matters"), end="")
        lines = [json.loads(line) for line in self.say("matters", "--json").splitlines()]
        papers = [self._order(line["number"]) for line in lines if line["state"] in _ORDERABLE]
        scopes = [line.split("\t")[0] for line in self.say("calendar", "list").splitlines()]
        calendars = [self._calendar(scope) for scope in scopes if not scope.startswith(("case:", "matter:"))]
        agendas = [self._agendas(session) for session in sorted((PORTAL / "sessions").glob("*.json"))]
        for account, (*what, name) in _PEOPLE.items():
            self.say("user", "add", account, "--role", *what, "--name", name, "--password-stdin", typed=f"{_SAID_AT_THE_DOOR}\n")
        print(f"{self.say('replay').strip()} on replay")
        print(f"{len(papers)} draft orders (Form C) in {self.folder / 'papers'}")
        print(f"{len(calendars)} calendars in {self.folder / 'calendars'}")
        print(f"{2 * len(agendas)} agendas, for the mediator and for the court, in {self.folder / 'agendas'}")
        print(f"Sign in as {', '.join(_PEOPLE)}; the password of each, in this demonstration only: {_SAID_AT_THE_DOOR}")

    def _order(self, matter: str) -> Path:
        paper = self.folder / "papers" / f"{matter}-form-c.docx"
        self.say("paper", "draft", "form-c", "--matter", matter, "-o", str(paper))
        return paper

    def _agendas(self, session: Path) -> str:
        """Keep a session's record and write both agendas of its matter."""
        matter = f"zzb-{session.stem}-1"
        self.say("mediation", "session", matter, "--record", str(session))
        for reader in ("mediator", "court"):
            self.say("agenda", matter, "--for", reader, "-o", str(self.folder / "agendas" / f"{matter}-{reader}.docx"))
        return matter

    def _calendar(self, scope: str) -> Path:
        calendar = self.folder / "calendars" / f"{scope.replace(':', '-')}.ics"
        self.say("calendar", "write", scope, "-o", str(calendar))
        self.say("calendar", "lint", str(calendar))
        return calendar


if __name__ == "__main__":
    Demonstration(Path(sys.argv[1])).run()
