"""`reports/index.html`: the page to open first."""

from pathlib import Path

from support.config.requirements import registry
from support.core.wording import plain
from support.reporting.first_page import history
from support.reporting.first_page.findings import severity
from support.reporting.first_page.overview import Overview, overview
from support.reporting.first_page.remedies import remedy
from support.reporting.html import REPORT
from support.reporting.pages import templates
from support.reporting.traceability.evidence import VERDICTS, verdict_of
from support.reporting.traceability.output import STATES
from support.vocabulary.lint import settings

PAGE = Path("reports/index.html")

#: Who has to act on a finding, in words for everybody.
KINDS = {
    "product": "the product",
    "unclear": "the product, or our driver",
    "suite": "the test suite",
    "environment": "the environment",
    "flaky": "the product, or its test, by chance",
    "invalid": "the load generator",
    "stalled": "this machine, which was too busy",
}


def write(root: Path) -> Path:
    """Write the first page on the last run at `root`, which joins the history by that.

    Raises:
        SuiteError: features, requirements, rules or results file cannot be read; says where and why.
    """
    history.keep(root / "reports")
    path = root / PAGE
    path.parent.mkdir(exist_ok=True)
    path.write_text(page(overview(root), root), encoding="utf-8")
    return path


def page(seen: Overview, root: Path) -> str:
    """The first page as HTML; it links only to pages that are there."""
    links = {"The full report, scenario by scenario": REPORT, "All requirements": Path("reports/trace.html"),
             "The rules of the gates": Path("reports/gate.html")}  # fmt: skip
    template = templates(Path(__file__).parent).get_template("index.html.j2")
    return template.render(
        seen=seen,
        states=list(STATES),
        verdicts=VERDICTS,
        kinds=KINDS,
        severity=severity,
        remedy=remedy,
        meanings=settings.tags()["severity"],
        demands=registry.sentences(),
        plain=plain,
        verdict_of=verdict_of,
        links={name: path.relative_to("reports") for name, path in links.items() if (root / path).exists()},
    )
