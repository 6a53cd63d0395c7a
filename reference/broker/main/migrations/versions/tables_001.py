"""The tables that the documents name."""

from pathlib import Path

from alembic import op

revision = "001"
down_revision = None


def upgrade() -> None:
    """Create them."""
    op.execute(Path(__file__).with_name("tables.sql").read_text())
