"""The log of a process."""

import logging
import sys
from pathlib import Path


class Log:
    """Writes down what a process does, without what is secret or personal."""

    def open(self, file: Path) -> None:
        """Write to a file, which several processes may share, and to standard output.

        Raises:
            OSError: the file cannot be written.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers: list[logging.Handler] = [logging.StreamHandler(sys.stdout), logging.FileHandler(file)]
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", handlers=handlers)
