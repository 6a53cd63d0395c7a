"""A worker's metrics."""

from prometheus_client import Counter, Gauge, Histogram

from reference.broker.metrics import ProcessMetrics


class Metrics(ProcessMetrics):
    """Counts what happens, for Prometheus.

    Args:
        worker: name of the worker.
    """

    def __init__(self, worker: str) -> None:
        super().__init__()
        registry = self.registry
        name = ("worker_id",)
        processed = Counter(
            "worker_messages_processed_total", "Messages at their end", (*name, "status"), registry=registry
        )
        delivered = Counter("worker_messages_delivered_total", "Messages delivered", name, registry=registry)
        failed = Counter("worker_messages_failed_total", "Messages given up", (*name, "reason"), registry=registry)
        retried = Counter("worker_messages_retried_total", "Attempts that failed", name, registry=registry)
        busy = Gauge("worker_processing_messages", "Messages in work", name, registry=registry)
        self.processed = processed.labels(worker, "delivered")
        self.delivered = delivered.labels(worker)
        self.failed = failed.labels(worker, "max_attempts_exceeded")
        self.retried = retried.labels(worker)
        self.busy = busy.labels(worker)
        self.duration = Histogram("worker_delivery_duration_seconds", "Time of an attempt", registry=registry)
        self.active = Gauge("worker_active_workers", "Workers in this process", registry=registry)
