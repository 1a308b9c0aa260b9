"""What a person needs to subscribe: the address in three forms, each app's steps, and how late each app really is."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A calendar app: its steps, and in plain words how soon it shows a change and what it leaves out."""

    name: str
    steps: tuple[str, ...]
    delay: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """One calendar's address for a browser, for an app that opens `webcal:`, and for Google's own page."""

    https: str
    webcal: str
    google: str


def addresses_of(address: str) -> Addresses:
    """Write an http(s) address in its three forms; Google is asked to keep cancelled events visible."""
    bare = address.removeprefix(f"{urlsplit(address).scheme}:")
    for_google = f"webcal:{bare}?client=google"
    return Addresses(
        https=address,
        webcal=f"webcal:{bare}",
        google=f"https://calendar.google.com/calendar/r?cid={quote(for_google, safe='')}",
    )


APPS = (
    App(
        name="Google Calendar",
        steps=(
            "On a computer, open Google Calendar in the browser; the phone app cannot add an address.",
            "Beside “Other calendars” choose “+”, then “From URL”.",
            "Paste the address with ?client=google at its end and choose “Add calendar”.",
        ),
        delay="Google looks again when it likes: after some hours, often 12 to 24. Nothing can hurry it.",
        note=(
            "Without ?client=google an event that comes off vanishes without a word. Reminders in the file are not taken over; "
            "set your own in Google. Beyond 1,000,000 octets it loses events in silence, so this calendar stays below."
        ),
    ),
    App(
        name="Outlook on the web and the new Outlook",
        steps=(
            "Open the calendar and choose “Add calendar”, then “Subscribe from web”.",
            "Paste the address, give it a name and choose “Import”.",
        ),
        delay="About every three hours; Microsoft says it can take more than a day.",
        note="Reminders are not taken over. A subscribed calendar may not count when others look for your free time.",
    ),
    App(
        name="Outlook for Windows (classic)",
        steps=(
            "File, Account Settings, Account Settings, then the tab “Internet Calendars”.",
            "Choose “New”, paste the address and choose “Add”, then “OK”.",
        ),
        delay="When it starts, then every hour, as this calendar asks for.",
    ),
    App(
        name="Apple Calendar on a Mac",
        steps=(
            "File, New Calendar Subscription.",
            "Paste the address and choose “Subscribe”.",
            "Set “Auto-refresh” to “Every hour”; it is often set to “Every week”.",
        ),
        delay="As often as “Auto-refresh” says.",
        note="“Remove: Alerts” is ticked at first; untick it if you asked for alarms.",
    ),
    App(
        name="iPhone and iPad",
        steps=("Open the webcal link on the device.", "Choose “Subscribe”."),
        delay="As the device fetches: every 15 minutes to an hour, or only when opened (Settings, Calendar, Accounts).",
        note="An event that comes off stays for 30 days, struck through.",
    ),
    App(
        name="Thunderbird",
        steps=(
            "Calendar, New Calendar, On the Network.",
            "Paste the address, leave the user name empty and choose “Find Calendars”.",
        ),
        delay="Every 30 minutes, unless set otherwise for the calendar.",
        note="It takes the things to do as well: the same address with ?component=vtodo.",
    ),
    App(
        name="Fastmail, Proton, Nextcloud",
        steps=("Add a calendar by its address (“Subscribe to a public calendar” or “Add from URL”).",),
        delay="Fastmail every hour; Proton after 4 to 16 hours; Nextcloud once a week unless its administrator says otherwise.",
    ),
)

CHOICES = (
    ("?component=vtodo", "Deadlines as things to do. Google, Outlook and the iPhone's calendar do not show these."),
    ("?alarms=P1D,PT1H", "An alarm a day before and one an hour before each event, in apps that take them over."),
    ("?client=google", "Keeps what comes off visible in Google Calendar, marked in its title."),
    ("?flavour=public", "Case number and initials only, for a screen that others see."),
    ("?only=conference,hearing", "Only these kinds."),
)
