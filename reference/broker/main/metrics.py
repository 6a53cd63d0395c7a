"""The main server's metrics."""

from prometheus_client import Counter

from reference.broker.metrics import ProcessMetrics


class Metrics(ProcessMetrics):
    """Counts what happens, for Prometheus."""

    def __init__(self) -> None:
        super().__init__()
        per_client = ("client_id",)
        self.registered = self.counter("messages_registered", "Messages registered", *per_client)
        self.delivered = self.counter("messages_delivered", "Messages delivered", *per_client)
        self.failed = self.counter("messages_failed", "Messages given up", *per_client)
        self.issued = self.counter("certificates_issued", "Certificates issued")
        self.revoked = self.counter("certificates_revoked", "Certificates revoked")
        self.requests = self.counter("requests", "Requests answered", "method", "status")

    def counter(self, name: str, says: str, *labels: str) -> Counter:
        """A counter of the main server."""
        return Counter(f"main_server_{name}", says, labels, registry=self.registry)
