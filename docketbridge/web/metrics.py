"""What Prometheus reads: requests by endpoint, added up over the workers, and figures of the ledger, taken as it asks."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from docketbridge.casework.operating.health import Health
from docketbridge.casework.operating.running import RunningDesk
from docketbridge.ledger.figures import Figures
from docketbridge.ledger.job_runs import Ending

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)


def share_between_workers(folder: Path) -> None:
    """Let the workers of this server keep their counts in a folder, so that any of them tells those of all.

    To be called before a worker starts. The library chooses where it keeps counts when it is imported; we know the folder
    only when the server starts, so its choice is made again here.
    """
    os.environ[_FOLDER] = str(folder)
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]  # the library has no types here


class RequestMetrics:
    """Requests by endpoint (never by address), counted and timed."""

    def __init__(self, app: Flask) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "docketbridge_requests", "Requests answered.", ("endpoint", "method", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "docketbridge_request_seconds", "Time to answer.", ("endpoint",), buckets=_SECONDS, registry=self.registry
        )
        app.before_request(self._begin)
        app.after_request(self._count)

    def _begin(self) -> None:
        g.counted_from = time.perf_counter()

    def _count(self, response: Response) -> Response:
        endpoint = request.endpoint or "none"
        method = request.method if request.method in _METHODS else "other"
        self.requests.labels(endpoint, method, str(response.status_code)).inc()
        if "counted_from" in g:
            self.seconds.labels(endpoint).observe(time.perf_counter() - g.counted_from)
        return response

    def told(self, running: RunningDesk | None) -> bytes:
        """Everything as text: the requests of all workers, and the ledger's figures where it can be reached."""
        folder = os.environ.get(_FOLDER)
        registry = self.registry
        if folder:
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]  # as above
        return generate_latest(registry) + generate_latest(_figures_registry(running))


def _figures_registry(running: RunningDesk | None) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_LedgerFigures(running))
    return registry


class _LedgerFigures(Collector):
    """The same figures from whichever worker is asked: they come from the ledger, at the moment of asking."""

    def __init__(self, running: RunningDesk | None) -> None:
        self._running = running

    def collect(self) -> Iterator[Metric]:
        """The figures of the ledger; only that it cannot be reached, where it cannot."""
        up = GaugeMetricFamily("docketbridge_ledger_up", "Whether the ledger can be read.", 0 if self._running is None else 1)
        yield up
        if self._running is None:
            return
        health = self._running.health()
        yield from _of_health(health)
        yield from _of_ledger(health.figures)


def _of_health(health: Health) -> Iterator[Metric]:
    about = GaugeMetricFamily("docketbridge_build", "The version and the schema of the ledger.", labels=("version", "schema"))
    about.add_metric((health.version, health.database.schema), 1)
    yield about
    age = GaugeMetricFamily("docketbridge_poll_age_seconds", "Age of the last good look at a source.", labels=("source", "court"))
    late = GaugeMetricFamily("docketbridge_source_late", "Whether a source was not read in time.", labels=("source", "court"))
    failures = GaugeMetricFamily(
        "docketbridge_source_failures", "Looks that failed since the last good one.", labels=("source", "court")
    )
    for source in health.sources:
        place = (source.name, source.court)
        if source.age is not None:
            age.add_metric(place, source.age.total_seconds())
        late.add_metric(place, int(source.is_late))
        failures.add_metric(place, source.failures)
    yield from (age, late, failures)
    gaps = GaugeMetricFamily("docketbridge_open_gaps", "Gaps in the watch that hold a live matter.", labels=("court",))
    held = GaugeMetricFamily("docketbridge_matters_held_by_gaps", "Live matters that a gap holds.", labels=("court",))
    for court in health.courts:
        gaps.add_metric((court.court,), len(court.gaps))
        held.add_metric((court.court,), len({number for gap in court.gaps for number in gap.matters}))
    yield from (gaps, held)
    yield GaugeMetricFamily("docketbridge_schedule_led", "Whether a process leads the schedule.", int(health.leader is not None))
    done = GaugeMetricFamily("docketbridge_job_age_seconds", "Time since a job last ended well.", labels=("job",))
    for job, ended in health.done:
        done.add_metric((job,), max((health.now - ended).total_seconds(), 0.0))
    wrong = GaugeMetricFamily("docketbridge_job_failed", "Whether the last run of a job did not end well.", labels=("job",))
    for run in health.runs:
        wrong.add_metric((run.job,), int(run.outcome not in (None, Ending.DONE)))
    yield from (done, wrong)


def _of_ledger(figures: Figures) -> Iterator[Metric]:
    yield GaugeMetricFamily("docketbridge_review_waiting", "Entries that wait for a person.", figures.review)
    yield GaugeMetricFamily("docketbridge_outbox_waiting", "Notices that wait to be sent.", figures.outbox)
    yield GaugeMetricFamily("docketbridge_outbox_given_up", "Notices that could not be sent in two days.", figures.given_up)
    matters = GaugeMetricFamily("docketbridge_matters", "Matters by state.", labels=("state",))
    for state, count in figures.matters:
        matters.add_metric((state,), count)
    yield matters
    yield CounterMetricFamily("docketbridge_sightings", "Tellings of docket entries taken in.", figures.sightings)
    yield CounterMetricFamily("docketbridge_feeds", "Feeds taken in.", figures.feeds)
    yield CounterMetricFamily("docketbridge_problems", "Items of feeds that could not be read.", figures.problems)
    polls = CounterMetricFamily("docketbridge_polls", "Looks at sources and files taken in.", labels=("court", "outcome"))
    for court, outcome, count in figures.polls:
        polls.add_metric((court, outcome), count)
    refused = CounterMetricFamily("docketbridge_refused", "Sealed or restricted items refused.", labels=("court",))
    for court, count in figures.refused:
        refused.add_metric((court,), count)
    yield from (polls, refused)
