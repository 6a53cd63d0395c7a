"""The audit log: what happened, to whom, by whom; never what was said."""

from psycopg.types.json import Jsonb

from reference.kit.postgres import Connection, rows

_INSERT = """
insert into audit_log (event_type, user_id, client_id, severity, event_data) values (%s, %s, %s, %s, %s)"""


class Audit:
    """Writes down what happened, in the transaction that it happened in."""

    async def note(
        self,
        connection: Connection,
        event: str,
        *,
        user: int | None = None,
        client: str | None = None,
        severity: str = "info",
        **data: object,
    ) -> None:
        """Write one line.

        Args:
            connection: of the transaction.
            event: its type.
            user: id of whose doing it is.
            client: which client it concerns.
            severity: info, warning, error or critical.
            data: further facts.
        """
        await rows(connection, _INSERT, event, user, client, severity, Jsonb(data))
