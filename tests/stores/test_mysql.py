"""What is specified at rest can be seen in a real MariaDB as it can in PostgreSQL, in the tables of the document."""

import base64
import os
from collections.abc import AsyncIterator, Iterator

import pymysql
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from support.drivers.broker.datastore_inspector import DatastoreInspector
from support.drivers.capabilities.delivery import DeliveryRecord
from support.drivers.stores.mysql import MySqlStore
from support.environments.embedded.workspace import Workspace
from tests.stores.mariadb import INSTALLER, PROGRAM, MariaDb

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not (PROGRAM and INSTALLER), reason="no mariadbd to start: apt-get install mariadb-server"),
]

SALT, KEY, MESSAGE, OTHER = "salt", bytes(32), "0b1f0000-0000-4000-8000-000000000001", "0b1f-2"
DAY = "2026-01-02"
#: As the broker's deployed system has them, where they differ from the reference's.
TABLES = (
    "CREATE TABLE users (id int PRIMARY KEY, email varchar(255) UNIQUE, password_hash varchar(255))",
    """CREATE TABLE messages (message_id varchar(36) PRIMARY KEY, sender_number_hashed varchar(64), encrypted_body text,
       status enum('queued', 'processing', 'delivered', 'failed'), attempt_count int, raw blob,
       created_at datetime, delivered_at datetime)""",
    "CREATE TABLE audit_log (id int PRIMARY KEY, event_type varchar(50), event_data json, created_at datetime)",
    "CREATE TABLE alembic_version (version_num varchar(32))",
    "CREATE VIEW message_overview AS SELECT status, count(*) FROM messages GROUP BY status",
)


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    space = Workspace()
    yield space
    space.remove()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def store(workspace: Workspace) -> AsyncIterator[MySqlStore]:
    server = MariaDb(workspace)
    await server.start()
    store = MySqlStore(server.url)
    server.do(*TABLES)
    server.put("users", 1, "a@example.com", "$2b$12$abc")
    nonce = os.urandom(12)
    sealed = base64.b64encode(nonce + AESGCM(KEY).encrypt(nonce, "Märchen".encode(), MESSAGE.encode())).decode()
    server.put("messages", MESSAGE, "e" * 64, sealed, "delivered", 2, b"\xff\x00Lunch", DAY, DAY)
    server.put("messages", OTHER, "f" * 64, "50 % of Märchen", "queued", 0, None, DAY, None)
    server.put("audit_log", 1, "message_registered", f'{{"message_id": "{MESSAGE}"}}', DAY)
    server.put("audit_log", 2, "message_delivered", f'{{"message_id": "{MESSAGE}"}}', DAY)
    yield store
    await store.close()
    await server.close()


@pytest.fixture
def looks(store: MySqlStore) -> DatastoreInspector:
    return DatastoreInspector(store, None, salt=SALT, key=KEY)


async def test_the_tables_are_seen_and_views_are_none(store: MySqlStore) -> None:
    assert await store.tables() == {"users", "messages", "audit_log", "alembic_version"}


async def test_words_are_found_in_whatever_column_letter_by_letter(store: MySqlStore) -> None:
    assert await store.holding(MESSAGE) == ["audit_log", "messages"]
    assert await store.holding("50 % of Märchen") == ["messages"]
    assert await store.holding("Lunch") == ["messages"]
    assert await store.holding("MÄRCHEN") == []
    assert await store.holding("Marchen") == []


async def test_the_fate_of_messages_is_seen(looks: DatastoreInspector) -> None:
    assert await looks.delivery_records([MESSAGE, OTHER, "unknown"]) == {
        MESSAGE: DeliveryRecord("delivered", 2, registered=1, delivered=1, has_time=True),
        OTHER: DeliveryRecord("queued", 0, registered=0, delivered=0, has_time=False),
    }


async def test_what_is_at_rest_is_seen_and_can_be_opened(looks: DatastoreInspector) -> None:
    assert looks.opened(MESSAGE, await looks.at_rest(MESSAGE)) == ("Märchen", 256)
    assert await looks.password_of("a@example.com") == "$2b$12$abc"


async def test_connections_are_counted(store: MySqlStore) -> None:
    used, limit = await store.connections()
    assert 0 < used < limit


async def test_nothing_can_be_changed(store: MySqlStore) -> None:
    with pytest.raises(pymysql.Error, match="READ ONLY"):
        await store.rows("DELETE FROM users")
    assert await store.rows("SELECT count(*) FROM users") == [(1,)]
