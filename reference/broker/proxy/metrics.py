"""A proxy's metrics."""

from prometheus_client import Counter, Gauge, Histogram

from reference.broker.metrics import ProcessMetrics


class Metrics(ProcessMetrics):
    """Counts what happens, for Prometheus."""

    def __init__(self) -> None:
        super().__init__()
        registry = self.registry
        answered = ("method", "endpoint", "status")
        self.requests = Counter("proxy_requests_total", "Requests answered", answered, registry=registry)
        self.durations = Histogram(
            "proxy_request_duration_seconds", "Time to answer", ("method", "endpoint"), registry=registry
        )
        self.queue_size = Gauge("redis_queue_size", "Messages that wait for a worker", registry=registry)
        self.enqueued = Counter("proxy_messages_enqueued_total", "Messages accepted", registry=registry)
        self.failed = Counter("proxy_messages_failed_total", "Messages refused", ("reason",), registry=registry)
        self.validations = Counter(
            "proxy_certificate_validations_total", "Certificates judged", ("result",), registry=registry
        )
