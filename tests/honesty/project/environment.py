"""Hooks that break on demand: `-D break=before_scenario`, `-D break=scenario_cleanup`, `-D lose=before_feature` …"""

from datetime import date, timedelta

from support.config.known_failures import KnownFailure
from support.core.errors import EnvironmentFailure
from support.reporting import selection_checks

TODAY = date.today()


def before_all(context):
    context.config.setup_logging()
    context.reporting.known = [known("a known failure", days=1), known("a failure known for too long", days=-1)]
    if "own_cleanup_handler" in context.config.userdata:
        context.on_cleanup_error = lambda context, cleanup, error: None
    trouble(context, "before_all")
    cleanup(context, "run_cleanup")


def after_all(context):
    selection_checks.nothing_ran(context._runner)
    if "audit" in context.config.userdata:
        context.reporting.results.amend(context.config.userdata["audit"], "failed", "a message leaked later")
    trouble(context, "after_all")


def before_feature(context, feature):
    trouble(context, "before_feature")
    cleanup(context, "feature_cleanup")


def after_feature(context, feature):
    trouble(context, "after_feature")


def before_rule(context, rule):
    trouble(context, "before_rule")


def after_rule(context, rule):
    trouble(context, "after_rule")


def before_scenario(context, scenario):
    trouble(context, "before_scenario")
    cleanup(context, "scenario_cleanup")
    if "skipped" in scenario.tags:
        scenario.skip("it is not for this system")


def after_scenario(context, scenario):
    trouble(context, "after_scenario")


def before_step(context, step):
    trouble(context, "before_step")


def after_step(context, step):
    trouble(context, "after_step")


def before_tag(context, tag):
    trouble(context, f"before_tag_{tag}")


def after_tag(context, tag):
    trouble(context, f"after_tag_{tag}")


def known(title, days):
    return KnownFailure(
        id=title, pattern="^two is not", issue="ISSUE-1", expires=TODAY + timedelta(days), reason="arithmetic is hard"
    )


def trouble(context, place):
    wanted = context.config.userdata
    if wanted.get("break") == place:
        raise RuntimeError(f"{place} broke")
    if wanted.get("lose") == place:
        raise EnvironmentFailure(f"no answer in {place}")


def cleanup(context, place):
    context.add_cleanup(trouble, context, place)
