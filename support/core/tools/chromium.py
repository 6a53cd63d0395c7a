"""The browser that `earshot setup` unpacks in the virtual environment of a machine that has none."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

#: Where npm's lock for it lies.
LOCK = Path(__file__).parent / "chromium"
FOLDER = Path(sys.prefix) / "share" / "earshot" / "chromium"
#: The file that says that all of it is unpacked, and from which lock.
STAMP = "complete"
#: What it needs to run as it was built, for machines without a desktop.
ARGUMENTS = ("--no-zygote", "--in-process-gpu")

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    """A headless shell with the libraries and fonts that it needs, in a folder."""

    folder: Path = FOLDER

    @property
    def program(self) -> Path:
        return self.folder / "chromium"

    @property
    def fonts_file(self) -> Path:
        return self.folder / "fonts.conf"

    @property
    def is_here(self) -> bool:
        """Whether it is unpacked whole. A folder that another version has left is not."""
        stamp = self.folder / STAMP
        return stamp.exists() and stamp.read_text() == wanted()

    @property
    def environment(self) -> dict[str, str | float | bool]:
        """What it is to be started with."""
        libraries = [str(self.folder / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
        own = {"LD_LIBRARY_PATH": os.pathsep.join(filter(None, libraries)), "FONTCONFIG_FILE": str(self.fonts_file)}
        return {**os.environ, **own}

    def write_fonts_file(self, folder: Path) -> None:
        """Name its fonts, as they lie once it is in place: without a font that is found, pages have no text at all.

        Args:
            folder: where it is being unpacked.
        """
        fonts, cache = escape(str(self.folder / "fonts")), escape(str(self.folder / "cache"))
        (folder / self.fonts_file.name).write_text(_FONTS.format(fonts=fonts, cache=cache), encoding="utf-8")


def wanted() -> str:
    """What the lock asks for."""
    return (LOCK / "package-lock.json").read_text(encoding="utf-8")
