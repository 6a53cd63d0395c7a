"""How a deployment of the message broker wants to be spoken to."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, PositiveFloat

Feature = Literal["inner doors", "refresh of sessions", "schema version"]


class CertificateFiles(BaseModel):
    """A certificate and its key, as PEM files."""

    model_config = ConfigDict(extra="forbid")

    certificate: Path
    key: Path


class ClientFiles(CertificateFiles):
    """A client that exists already in a deployed system."""

    name: str


class BrokerOptions(BaseModel):
    """How this deployment of the message broker wants to be spoken to."""

    model_config = ConfigDict(extra="forbid")

    clients: list[ClientFiles] = []
    """Clients that exist already; where there are some, no certificates are generated."""
    reinstate: str | None = None
    """A line for the shell that makes a revoked client active again, {client} standing for its name; without it a
    client that a scenario has revoked is lent to no other."""
    enroll: str | None = None
    """A line for the shell that puts a client on record, {client} standing for its name, and writes its certificate and
    its key, as PEM, to the files $CERTIFICATE and $KEY; without it no client is new where `clients` are named."""
    empty_queue: str | None = None
    """A line for the shell that has no worker try any message more: the queue is emptied, and the workers restarted.
    With a long retry interval what counts, or breaks another process, begins with it."""
    certificates: dict[str, CertificateFiles] = {}
    """Certificates that must not work, by the scenarios' names for them; and "the proxy's" and "a worker's" own."""
    identity_header: str | None = "X-Client-Cert-CN"
    """In which header a proxy wants to be told the client's name, beside the certificate."""
    account_path: str = "/admin/users/create"
    """Where the main server creates accounts."""
    status_path: str = "/internal/messages/status"
    """Where the main server is told the status of a message; {message} stands for its id."""
    queue: str = "message_queue"
    """The Redis key of the queue; keys that begin with it hold messages too."""
    not_waiting: list[str] = ["leases", "refused"]
    """Ends of such keys that hold no messages on their way."""
    salt_env: str | None = None
    """The environment variable with the salt of the senders' hashes."""
    key_env: str | None = None
    """The environment variable with the key that messages are encrypted with, in url-safe base64 as in its file."""
    retry_interval: PositiveFloat = 30.0
    """Seconds after which a delivery is tried again."""
    lacks: list[Feature] = []
    """What this deployment does not have at all: what needs it is not run."""
