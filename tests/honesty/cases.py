"""Every kind of trouble, and what all witnesses must say of it."""

from dataclasses import dataclass, field

from support.core.exit_codes import Verdict

#: Names that witnesses give to what goes wrong outside every scenario.
OUTSIDE = {"loading the suite", "the run's beginning", "the run's end", "tidying up", "feature Ordinary", "process",
           "the run"}  # fmt: skip
ORDINARY = ("it passes", "it passes as well")


@dataclass(frozen=True)
class Case:
    """Run `features/<feature>.feature` with these arguments: `says` is the status of each scenario and trouble."""

    name: str
    verdict: Verdict
    says: dict[str, str]
    feature: str = "ordinary"
    arguments: list[str] = field(default_factory=list)
    behave_survives: bool = True

    @property
    def red(self) -> set[str]:
        """The scenarios that are to be seen as failed or broken."""
        return {name for name, status in self.says.items() if status in ("failed", "broken")} - OUTSIDE


def _feature(name: str, verdict: Verdict, says: dict[str, str]) -> Case:
    return Case(name, verdict, says, feature=name)


def _ordinary(status: str) -> dict[str, str]:
    return dict.fromkeys(ORDINARY, status)


def _broken(place: str, says: dict[str, str]) -> Case:
    return Case(place, Verdict.SUITE, says, arguments=["-D", f"break={place}"])


def _lost(place: str, says: dict[str, str]) -> Case:
    return Case(f"system lost {place}", Verdict.ENVIRONMENT, says, arguments=["-D", f"lose={place}"])


CASES = [
    Case("green", Verdict.GREEN, _ordinary("passed")),
    _feature("assertion", Verdict.PRODUCT, {"it passes": "passed", "it fails": "failed"}),
    _feature("absent", Verdict.PRODUCT, {"it needs what is not there": "failed", "it passes": "passed"}),
    _feature("not_reached", Verdict.PRODUCT, {"it cannot begin": "failed", "it passes": "passed"}),
    _feature("exception", Verdict.SUITE, {"it raises": "broken"}),
    _feature("half_character", Verdict.PRODUCT, {"it passes": "passed", "it fails": "failed"}),
    _feature("line_separators", Verdict.PRODUCT, {"it passes": "passed", "it fails": "failed"}),
    _feature("control_characters", Verdict.PRODUCT,
             {"it passes": "passed", "it fails": "failed", "it ␛[8mhides␀": "failed"}),
    Case("lost verdicts", Verdict.SUITE, {"it fails": "broken", "the disk is full": "broken", "it passes": "passed",
         "process": "broken"}, "lost_verdicts", behave_survives=False),
    Case("a formatter breaks", Verdict.SUITE, {"one is one": "passed", "one is two": "failed", "it passes": "not run",
         "it is skipped": "not run", "loading the suite": "broken"}, "outline",
         ["features/skipped.feature", "-f", "breaking:Breaking"], behave_survives=False),
    _feature("undefined", Verdict.SUITE, {"it has an undefined step": "broken"}),
    _feature("undefined_after_failure", Verdict.SUITE, {"it fails": "broken"}),
    _feature("pending", Verdict.SUITE, {"it has a pending step": "broken", "it is in progress": "broken"}),
    _feature("timeout", Verdict.PRODUCT, {"it takes too long": "failed"}),
    _feature("product", Verdict.PRODUCT, {"it refuses": "failed", "it is silent": "failed",
             "it talks nonsense": "failed", "nobody asks": "failed", "somebody only tries": "passed"}),
    _feature("stand_in", Verdict.ENVIRONMENT, {"the stand-in is gone": "broken"}),
    _feature("lost_system", Verdict.ENVIRONMENT, {"the system goes": "broken", "it passes": "passed"}),
    _feature("known", Verdict.GREEN, {"a known failure": "not run"}),
    _feature("known_fixed", Verdict.SUITE, {"a known failure": "broken"}),
    _feature("known_otherwise", Verdict.PRODUCT, {"a known failure": "failed"}),
    _feature("known_error", Verdict.SUITE, {"a known failure": "broken"}),
    _feature("known_expired", Verdict.PRODUCT, {"a failure known for too long": "failed"}),
    _feature("rule", Verdict.PRODUCT, {"it passes": "passed", "it fails": "failed"}),
    _feature("outline", Verdict.PRODUCT, {"one is one": "passed", "one is two": "failed"}),
    _feature("table", Verdict.PRODUCT, {"it has a table and a text": "failed"}),
    _feature("skipped", Verdict.GREEN, {"it passes": "passed", "it is skipped": "not run"}),
    _feature("parse_error", Verdict.SUITE, {"loading the suite": "broken"}),
    _feature("misspelt", Verdict.SUITE, {"loading the suite": "broken"}),
    Case("nothing selected", Verdict.EMPTY, {}, arguments=["--tags=@smok"]),
    Case("old tag syntax", Verdict.EMPTY, {}, arguments=["--tags=~@smoke"]),
    Case("deselected", Verdict.GREEN, {"it passes": "passed"}, arguments=["--tags=@smoke"]),
    _broken("before_all", {**_ordinary("not run"), "the run's beginning": "broken"}),
    _broken("before_feature", _ordinary("broken")),
    _broken("before_scenario", _ordinary("broken")),
    _broken("before_step", _ordinary("broken")),
    _broken("before_tag_chat", _ordinary("broken")),
    _broken("before_tag_smoke", {"it passes": "broken", "it passes as well": "passed"}),
    _broken("after_step", _ordinary("broken")),
    _broken("after_scenario", _ordinary("broken")),
    _broken("scenario_cleanup", _ordinary("broken")),
    _broken("after_tag_smoke", {"it passes": "broken", "it passes as well": "passed"}),
    _broken("after_feature", {**_ordinary("passed"), "feature Ordinary": "broken"}),
    _broken("feature_cleanup", {**_ordinary("passed"), "tidying up": "broken"}),
    _broken("after_all", {**_ordinary("passed"), "the run's end": "broken"}),
    _broken("run_cleanup", {**_ordinary("passed"), "tidying up": "broken"}),
    Case("before_rule", Verdict.SUITE, dict.fromkeys(("it passes", "it fails"), "broken"), "rule",
         ["-D", "break=before_rule"]),
    _lost("before_all", {**_ordinary("not run"), "the run's beginning": "broken"}),
    _lost("before_feature", _ordinary("broken")),
    _lost("after_scenario", _ordinary("broken")),
    _lost("scenario_cleanup", _ordinary("broken")),
    Case("unseen by the runner", Verdict.SUITE, {**_ordinary("passed"), "the run": "broken"},
         arguments=["-D", "break=run_cleanup", "-D", "own_cleanup_handler"]),
    Case("stop", Verdict.ENVIRONMENT, {"the system goes": "broken", "it passes": "not run"}, "lost_system", ["--stop"]),
    Case("audit", Verdict.PRODUCT, {"it passes": "failed", "it passes as well": "passed"},
         arguments=["-D", "audit=it passes"]),
    Case("audit of a place", Verdict.PRODUCT, {"it passes": "passed", "it passes as well": "failed"},
         arguments=["-D", "audit=features/ordinary.feature:8"]),
    Case("audit of nobody", Verdict.SUITE, {**_ordinary("passed"), "the run's end": "broken"},
         arguments=["-D", "audit=nobody"]),
    Case("killed", Verdict.SUITE, {"it passes": "passed", "it kills its process": "broken",
         "it never gets its turn": "not run", "process": "broken"}, "killed", behave_survives=False),
]  # fmt: skip
