"""The pages beside the Allure report: one look for all of them, each a single file that needs nothing else."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from support.core.clean_text import middle_out, visible

SHARED = Path(__file__).parent


def templates(folder: Path) -> Environment:
    """The page templates of `folder`, which may include what all pages share: `style.css` and `macros.html.j2`.

    Whatever they show is made visible and escaped.
    """
    made = Environment(
        loader=FileSystemLoader([folder, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["middle_out"] = middle_out
    return made


def _shown(value: object) -> object:
    """What a macro has made is visible already."""
    return value if isinstance(value, Markup) else visible(str(value))
