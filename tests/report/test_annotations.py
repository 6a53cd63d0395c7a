from support.reporting.annotations import github
from support.reporting.outcome import Outcome, RunResults, Trouble


def test_what_failed_is_marked_at_its_line_and_nothing_else_is() -> None:
    place = "features/chat/3.feature", 57
    bad = Outcome("3.3 Nobody, ever: else", "F", *place, [], "failed", "product", details="100 %\nno")
    known = Outcome("known", "F", "f", 1, [], "failed", "known")
    run = RunResults(outcomes=[bad, known, Outcome("good", "F", "f", 2, [], "passed")])
    assert list(github(run)) == [
        "::error file=features/chat/3.feature,line=57,title=3.3 Nobody%2C ever%3A else::100 %25%0Ano"
    ]


def test_trouble_outside_the_scenarios_is_marked_too() -> None:
    run = RunResults(troubles=[Trouble("after_all", "suite", "no end", "no end", "")])
    assert list(github(run)) == ["::error title=after_all::no end"]
