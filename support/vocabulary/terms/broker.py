"""The words for what people and components do with messages on their way; drivers know what each means on the wire."""

import re

#: Whichever the records are kept in: the document says MySQL, and others will do.
DATABASE = "the database"
#: The workers, one or all.
WORKERS = ("every worker", r"worker \d")
#: What a phrase may call a proxy.
PROXIES = ("second proxy", "proxy")
#: What tells how it is.
COMPONENTS = ("main server", "threads server", *PROXIES, "portal", r"worker \d")
#: Certificates that may be shown in place of a client's own.
CERTIFICATES = (
    "no certificate",
    "an expired certificate",
    "a certificate that is not valid yet",
    "a certificate of a foreign authority",
    "a self-signed certificate",
    "a certificate for servers",
    "the proxy's certificate",
    "a worker's certificate",
    "the certificate that was revoked",
)
#: What can have become of a certificate.
STATES = ("active", "revoked")
#: What has become of a message.
MESSAGE_STATUSES = ("queued", "delivered", "failed")
#: What only administrators may.
PRIVILEGES = (
    "create an account",
    "generate a certificate",
    "revoke a certificate",
    "set a password",
    "lock an account",
    "change a role",
    "read the figures of the system",
    "list all accounts",
    "list all certificates",
)
#: What an administrator can request wrongly, beside those of `support.vocabulary.terms.school.MISTAKES`.
MISTAKES = (
    "a certificate for a client that has one",
    "the revocation of a certificate that does not exist",
    "an account with an address that is too long",
    "an account with a password that is too long",
    "an account of a client that does not exist",
    "an account in an unknown role",
    "an account in a request that is cut off",
    "a role for an account that does not exist",
    "a password for an account that does not exist",
    "a lock on their own account",
)
#: What an account of no client is called beside its role.
OF_NO_CLIENT = " of no client"
#: As what a user may have an account.
ACCOUNT_ROLES = (f"a user{OF_NO_CLIENT}", f"a user manager{OF_NO_CLIENT}", "a user manager", "an administrator")
#: What a deployment can be changed to.
SETTINGS = (
    "short sessions",
    "short idle sessions",
    "2 attempts",
    "other ports",
    "another database",
    "no workers admitted",
    "no proxies admitted",
    "a list of revoked certificates that cannot be written",
)
#: Durations, as the documents state them.
DURATION = r"\d+(?:\.\d+)? (?:second|minute|hour)s?"
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
#: Characters that a message may have at most (TC-P-003).
LONGEST = 1000
#: What can be submitted beside plain words.
CONTENT = (
    r"an empty message|a blank message|a message without words|a message of \d+ (?:accented )?(?:characters?|emoji)"
)
_FIXED = {"an empty message": "", "a blank message": " \t ", "a message without words": None}


def content(words: str) -> str | None:
    """The text of a message that is described; None for no text at all."""
    if words in _FIXED:
        return _FIXED[words]
    length = int(re.findall(r"\d+", words)[0])
    return ("é" if "accented" in words else "🎉" if "emoji" in words else "x") * length


def seconds(words: str) -> float:
    """A duration such as "10 minutes" in seconds."""
    count, unit = words.split()
    return float(count) * _SECONDS[unit.removesuffix("s")]
