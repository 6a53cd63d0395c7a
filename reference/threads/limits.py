"""How much one may ask for."""

from reference.kit.limits import Window
from reference.threads.refusals import Rejected


class Limit(Window):
    """So many of something a window."""

    def take(self, who: object) -> None:
        """Count one more. Raises `Rejected` if that is too many."""
        if not self.count(who):
            raise Rejected(429, "Too Many Requests", retry_after=self.left())
