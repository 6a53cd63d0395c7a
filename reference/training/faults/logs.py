"""What can be wrong with the log."""

import logging
from typing import Any

from reference.training.faults import FAULTS
from reference.training.sessions import Session
from reference.training.turns import Turns

log = logging.getLogger(__name__)


@FAULTS.seed("logs-what-is-said", "writes what users say into its log, before it is masked", "CT-X-17")
class LogsWhatIsSaid(Turns):
    async def take(self, session: Session, content: Any) -> tuple[int, str]:
        log.info("session %d: %r", session.id, content)
        return await super().take(session, content)
