"""`earshot report`: all pages on the last run, and the first page that leads to them."""

from pathlib import Path

from support.reporting import html
from support.reporting.first_page import page
from support.reporting.gate import command as gate
from support.reporting.traceability import trace

HOUSE = Path(__file__).parents[3]


def main(root: Path = HOUSE) -> int:
    """Write the requirements, the gates' rulings, the Allure report and the first page; print where that is.

    Returns:
        0, or 1 if the Allure report could not be built; the other pages are there all the same.

    Raises:
        SuiteError: features, requirements, rules or results file cannot be read; says where and why.
    """
    trace.write(trace.trace(root=root), root / "reports")
    gate.write(gate.judge_all(None, root), root)
    code = html.main()
    print(f"first page: {page.write(root)}")
    return code
