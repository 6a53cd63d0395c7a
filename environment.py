"""behave's hooks: they open and close the run, the stage and the scene, and nothing else."""

from support.report import guard
from support.run import Run, vocabulary

NOT_THERE = "its system is not there any more"

vocabulary()


def before_all(context):
    context.run = Run(context.config.userdata)


def before_feature(context, feature):
    if context.run.is_lost(feature.tags):
        feature.skip(NOT_THERE)
    else:
        context.run.open_stage(feature.tags)


def before_scenario(context, scenario):
    guard.says_something(scenario)
    if context.run.is_lost(scenario.effective_tags):
        scenario.skip(NOT_THERE)
        return
    context.scene = context.run.open_scene(str(scenario.location), scenario.effective_tags)


def after_scenario(context, scenario):
    if "scene" in context:
        context.run.close_scene(context.scene, failed=scenario.status.has_failed())


def after_all(context):
    if "run" in context:
        context.run.close()
    guard.nothing_ran(context._runner)
