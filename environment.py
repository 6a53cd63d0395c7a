"""behave's hooks: they open and close the run, the system and the scenario, and nothing else."""

from behave.model import Feature, Scenario, Step
from behave.runner import Context

from support.reporting import selection_checks
from support.reporting.judging import leave_out
from support.scenario.run import Run, vocabulary

vocabulary()


def before_all(context: Context) -> None:
    selection_checks.at_home(context.config)
    context.run = Run(context.config.userdata, context.reporting, asked_for=" ".join(context.config.tags or []))


def before_feature(context: Context, feature: Feature) -> None:
    if reason := context.run.why_not(feature.tags):
        feature.skip(reason)
    else:
        context.run.foresee(feature.tags, selection_checks.selected(context._runner))


def before_scenario(context: Context, scenario: Scenario) -> None:
    selection_checks.says_something(scenario)
    if reason := context.run.why_not(scenario.effective_tags):
        scenario.skip(reason)
    elif limit := context.run.unmet(scenario):
        leave_out(scenario, limit)
    else:
        context.world = context.run.open_world(scenario)


def before_step(context: Context, step: Step) -> None:
    if "world" in context:
        context.world.begin_step(f"{step.keyword} {step.name}", last=step is context.scenario.steps[-1])


def after_scenario(context: Context, scenario: Scenario) -> None:
    if "world" in context:
        context.run.close_world(context.world, failed=scenario.status.has_failed())


def after_all(context: Context) -> None:
    if "run" in context:
        context.run.close()
    selection_checks.nothing_ran(context._runner)
