"""What the reference broker says when a certificate cannot be revoked."""

import pytest

from tests.reference.broker_client import Broker
from tests.reference.broker_fixtures import broker

__all__ = ["broker"]

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_list_that_cannot_be_written_is_not_taken_for_a_lost_database(broker: Broker) -> None:
    revocation, no_place = {"client_id": "sealed", "reason": "lost"}, broker.deployment.authority.revocation_list
    assert (await broker.as_admin("POST", "/admin/certificates/generate", {"client_id": "sealed"}))[0] == 200
    no_place.with_suffix(".new").mkdir()
    status, answer = await broker.as_admin("POST", "/admin/certificates/revoke", revocation)
    assert (status, answer["error"]) == (503, "The list of revoked certificates cannot be written")
    no_place.with_suffix(".new").rmdir()
    assert (await broker.as_admin("POST", "/admin/certificates/revoke", revocation))[0] == 200
