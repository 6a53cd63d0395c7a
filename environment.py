"""behave's hooks: they open and close the run, the stage and the scene, and nothing else."""

from support.report import guard
from support.run import Run, vocabulary

vocabulary()


def before_all(context):
    context.run = Run(context.config.userdata)


def before_feature(context, feature):
    context.run.open_stage(feature.tags)


def before_scenario(context, scenario):
    context.scene = context.run.open_scene(str(scenario.location), scenario.effective_tags)


def after_scenario(context, scenario):
    if "scene" in context:
        context.run.close_scene(context.scene, failed=scenario.status.has_failed())


def after_all(context):
    if "run" in context:
        context.run.close()
    guard.nothing_ran(context._runner)
