"""The pages beside the Allure report: one look for all of them, each a single file that needs nothing else."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

SHARED = Path(__file__).parent


def templates(folder: Path) -> Environment:
    """The page templates of `folder`, which may include what all pages share: `style.css` and `macros.html.j2`."""
    return Environment(
        loader=FileSystemLoader([folder, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
