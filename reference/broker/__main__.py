"""`python -m reference.broker main|proxy|worker|portal …`."""

import sys

from reference.broker.start import PROCESSES, known_faults, start


def main() -> None:
    """Run the process that is named, or list all faults."""
    kind, *arguments = sys.argv[1:] or ["nothing"]
    if kind == "--list-faults":
        sys.stdout.write(known_faults([kind]).listing() + "\n")
    elif kind in PROCESSES:
        start(kind, arguments)
    else:
        sys.exit(f"there is no process {kind!r}; there are: {', '.join(PROCESSES)}")


main()
