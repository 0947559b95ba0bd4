"""`/healthz` and `/metrics` of a working `run`, for those who watch the watcher. Read-only, and nothing of what was found.

Metrics are in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats).
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from monitor import __version__, clock
from monitor.errors import WrongUse
from monitor.jobs import health
from monitor.store import spend, summary
from monitor.store.open import open_store

if TYPE_CHECKING:
    from prometheus_client import Metric

    from monitor.jobs.context import Context
    from monitor.jobs.engine import Engine

Answer = tuple[int, str, bytes]
"""Status, content type, body."""

_BY_STATE = ("watches", "links", "media", "jobs", "deliveries")
_TOTALS = ("posts", "versions", "articles", "custody_events")


class Probes:
    """The two answers, and a server for them."""

    def __init__(self, context: "Context", engine: "Engine") -> None:
        self._context, self._engine = context, engine
        self._routes: Mapping[str, Callable[[], Answer]] = {"/healthz": self.healthz, "/metrics": self.metrics}

    def healthz(self) -> Answer:
        """200 when all is well, else 503; a line of JSON names each check."""
        found = health.checks(self._context, self._engine)
        well = all(check.well for check in found)
        body = {
            "status": "ok" if well else "troubled",
            "version": __version__,
            "checks": {check.name: {"well": check.well, "words": check.words} for check in found},
        }
        return 200 if well else 503, "application/json", json.dumps(body).encode() + b"\n"

    def metrics(self) -> Answer:
        """The ledger in figures."""
        from prometheus_client import CollectorRegistry
        from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

        registry = CollectorRegistry(auto_describe=False)
        registry.register(self)
        return 200, CONTENT_TYPE_PLAIN_0_0_4, generate_latest(registry)

    def collect(self) -> "Iterator[Metric]":
        """The metrics of this moment; prometheus_client calls it."""
        from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily

        now = clock.now()
        with open_store(self._context.settings.database) as store:
            found = summary.figures(store)
            waited = summary.longest_wait_seconds(store, now)
            last = summary.last_success_at(store)
            used = spend.month_micro(store, now) / spend.MICRO
        yield InfoMetricFamily("postwatch", "The running version.", {"version": __version__})
        for name in _BY_STATE:
            family = GaugeMetricFamily(f"postwatch_{name}", f"How many {name}, by state.", labels=["state"])
            counts = found[name]
            assert isinstance(counts, dict)
            for state, count in counts.items():
                family.add_metric([state], count)
            yield family
        plain = {f"postwatch_{name}": (f"How many {name.replace('_', ' ')} are kept.", found[name]) for name in _TOTALS}
        plain |= {
            "postwatch_vault_bytes": ("Bytes in the vault.", found["vault_bytes"]),
            "postwatch_free_bytes": ("Bytes free for the vault.", self._context.vault.free_bytes()),
            "postwatch_delivery_wait_seconds": ("How long the oldest delivery that is due has waited.", waited),
            "postwatch_engine_idle_seconds": (
                "Since the engine's loop last turned.",
                self._engine.seconds_since_beat(),
            ),
            "postwatch_spend_month_usd": ("What X has charged this UTC month.", used),
            "postwatch_budget_month_usd": ("What X may charge a month.", self._context.options.budget.usd_per_month),
            "postwatch_last_success_timestamp_seconds": (
                "When a watch last succeeded.",
                last.timestamp() if last else 0,
            ),
        }
        for name, (words, value) in plain.items():
            yield GaugeMetricFamily(name, words, value=float(str(value)))

    def serve(self, pair: str) -> "Server":
        """Answers at "host:port" until `close()`. Raises WrongUse when the address cannot be had."""
        host, _, port = pair.rpartition(":")
        try:
            return Server((host.strip("[]"), int(port)), self._routes)
        except OSError as exc:
            raise WrongUse(
                f"cannot listen at {pair}: {exc.strerror or exc}: choose another pair, or stop its owner"
            ) from exc


class Server:
    """A small HTTP server in a thread of its own."""

    def __init__(self, address: tuple[str, int], routes: Mapping[str, Callable[[], Answer]]) -> None:
        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                route = routes.get(self.path.partition("?")[0])
                status, kind, body = route() if route else (404, "text/plain", b"there are /healthz and /metrics\n")
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: a probe every few seconds is no news."""

        self._server = ThreadingHTTPServer(address, Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, name="probes", daemon=True).start()

    @property
    def url(self) -> str:
        """Where it answers."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def close(self) -> None:
        """Stops answering."""
        self._server.shutdown()
        self._server.server_close()
