"""What is under test, how to reach it, and the limits it is held to: one TOML file, validated.

`behave -D profile=NAME`, or the environment variable EARSHOT_PROFILE, names `profiles/NAME.toml` or a path.
"""

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt, field_validator

from support.config import toml_file
from support.config.access import Commands, Setting, Tls, filled, without_secrets
from support.config.known_failures import KnownFailure
from support.core.errors import SuiteError

FOLDER = Path(__file__).parents[2] / "profiles"
#: The profile of a run that names none.
DEFAULT = "embedded"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Limits(_Strict):
    """Named limits, in seconds unless said otherwise. A document's own figure is the default where it states one."""

    opening: PositiveFloat = 3.0
    """From the start of a run until the system serves."""
    delivery: PositiveFloat = 2.0
    """From sending a message until it is at the receiver."""
    response: PositiveFloat = 5.0
    """From a request to its answer."""
    keep_alive: PositiveFloat = 8.0
    """Silence after which a client is logged out (STP 5.1, the "X seconds")."""
    sweep: PositiveFloat = 10.0
    """How long after the keep-alive limit the server may notice it."""
    short_session: PositiveFloat = 2.0
    """Lifetime of the sessions that a scenario watches run out."""
    outage: PositiveFloat = 5.0
    """From the loss of a database until connected users are told (STP 7)."""
    recovery: PositiveFloat = 15.0
    """From the end of a fault until the system serves again."""
    revocation: PositiveFloat = 2.0
    """From the revocation of a certificate until it is refused everywhere."""
    turning_away: PositiveFloat = 1.0
    """From a request to its refusal, once the system knows that it cannot serve."""
    request_mean: PositiveFloat = 0.5
    """From a request to its answer, on average, with a hundred users."""
    request_p95: PositiveFloat = 0.45
    """The same, for 95 % of them."""
    request_p99: PositiveFloat = 0.48
    """The same, for 99 % of them."""
    delivery_mean: PositiveFloat = 0.1
    """From sending a message until it is at a receiver, on average, with a hundred of them."""
    delivery_p95: PositiveFloat = 0.095
    """The same, for 95 % of them."""
    delivery_p99: PositiveFloat = 0.098
    """The same, for 99 % of them."""
    load_growth: PositiveFloat = 50.0
    """Megabytes of memory that a server may need for a hundred users."""
    processor: PositiveFloat = 80.0
    """Per cent of a processor that a server may use with a hundred users."""
    growth: PositiveFloat = 10.0
    """Megabytes of memory that a server may gain by work that is done and over."""

    @property
    def longest_wait(self) -> float:
        """Seconds that a step may wait by these limits: for silence to be noticed, and for a system to be back."""
        silence = 3 * self.keep_alive + self.sweep  # "more than twice the keep-alive limit"
        fault = self.outage + self.recovery + self.opening
        return silence + fault + self.short_session + self.revocation + self.response + self.delivery


class LeasedAccount(_Strict):
    """An account that exists already. The password stands in an environment variable, never in a file."""

    login: str
    password_env: str | None = None
    """The variable's name; none where people do not have passwords."""
    role: str | None = None
    """Whom it is for alone, by the scenarios' name: "the company owner"; anybody if none."""
    own: bool = False
    """Whether it is the suite's alone: only then is it signed in to by the doctor, and in a protected system."""


Store = Literal["redis", "sqlite", "postgres", "mysql"]


class SystemProfile(_Strict):
    """One system: where it runs, in which dialect it speaks, and what it is held to."""

    speaks: str | None = None
    """The protocol of a system that the spec was not written for; its own if None.

    See `support.environments.systems.SPEAKING`.
    """
    deployment: Literal["embedded", "external", "compose"] = "embedded"
    address: str | None = None
    """Base URL of what users talk to, in an external deployment."""
    addresses: dict[str, str] = {}
    """Base URLs of its further processes, by the scenarios' names for them: "portal", "worker 1"."""
    source_addresses: list[str] | None = None
    """Addresses of this machine from which the processes of a run reach it, each from the next.

    None is one each where it is reached by IPv4 loopback, else what the machine chooses, as an empty list is.
    """
    tls: Tls = Tls()
    protected: bool = False
    """Whether only scenarios that change nothing are run; see `support.drivers.kit.read_only`."""
    accounts: list[LeasedAccount] = []
    """Accounts to lease to a scenario's people; fresh ones are registered if there are none."""
    administrator: LeasedAccount | None = None
    """Who may end other people's sessions."""
    stores: dict[Store, str] = {}
    """Where to look at what is specified at rest: URLs, or a path."""
    versions: dict[Store, str] = {}
    """What the versions of the stores have to begin with."""
    controls: dict[str, Commands] = {}
    """What handles its processes, by the scenarios' names for them: "chat server", "Redis"."""
    services: dict[str, list[str]] = {}
    """The services of a compose project that its processes are, by the scenarios' names for them."""
    settings: dict[str, Setting] = {}
    """What changes its settings, by the scenarios' names for them: "2 attempts", "short sessions"."""
    limits: Limits = Limits()
    driver: dict[str, Any] = {}
    server: dict[str, str | int | float] = {}
    """Options of the embedded reference back end, as on its command line."""

    def filled(self, where: str) -> "SystemProfile":
        """The same with its `${NAME}`s filled in from the environment, all but those of commands for the shell.

        Args:
            where: what the keys begin with, for messages.

        Raises:
            SuiteError: a variable is not set, or a password stands in the file.
        """
        for store, url in self.stores.items():
            without_secrets(url, f"{where}.stores.{store}")
        shell = {"controls", "settings"}
        return SystemProfile.model_validate(
            filled(self.model_dump(mode="json", exclude=shell), where) | self.model_dump(include=shell)
        )


class LoadSettings(_Strict):
    """How load is played that a document states in minutes, hours or days; in a soak it lasts as stated."""

    time_scale: PositiveFloat = 1.0
    """By what a duration is multiplied."""
    least: float = 0.0
    """Seconds that any load lasts at least."""
    most: PositiveFloat = 100_000.0
    """Seconds that any load lasts at most."""
    haste: PositiveFloat = 1.0
    """How many times faster than stated the load of a whole day comes."""
    day: PositiveFloat = 86_400.0
    """Seconds into which a soak presses the load of a whole day; none of it is left out."""
    workers: PositiveInt = 1
    """From how many processes of this machine it comes; 1 is the suite's own."""
    cluster: str | None = None
    """The Dask scheduler, "tcp://host:8786", from whose workers it comes instead."""
    allowed_hosts: list[str] = ["localhost", "127.0.0.1", "::1"]
    """Who may be put under load at all."""
    most_rate: PositiveFloat = 1000.0
    """Things done each second, beyond which no load is begun."""
    most_users: PositiveInt = 1000
    """People at once, beyond which no load is begun."""
    longest: PositiveFloat = 100_000.0
    """Seconds beyond which no load is begun, a soak's neither."""

    @field_validator("cluster")
    @classmethod
    def _from_the_environment(cls, address: str | None) -> str | None:
        return filled(address, "load.cluster") or None


class Profile(_Strict):
    """A whole profile file."""

    name: str
    systems: dict[str, SystemProfile]
    load: LoadSettings = LoadSettings()
    known_failures: list[KnownFailure] = []


def load(name: str | None = None) -> Profile:
    """Read and validate a profile.

    Args:
        name: a name in `profiles/`, or a path; by default EARSHOT_PROFILE, else "embedded".

    Raises:
        SuiteError: no such file, broken TOML, an unknown key or a wrong value; says file, key and what is allowed.
    """
    name = name or os.environ.get("EARSHOT_PROFILE") or DEFAULT
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        files = sorted(FOLDER.rglob("*.toml"))
        known = ", ".join(str(file.relative_to(FOLDER).with_suffix("")) for file in files)
        raise SuiteError(f"profile {name!r}: there is no file {path}; profiles here: {known}")
    called = path.stem if name.endswith(".toml") else name
    return toml_file.read(path, Profile, "profile", name=called)
