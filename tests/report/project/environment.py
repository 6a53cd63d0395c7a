"""A run that meets secrets everywhere, and attaches from everywhere."""

#: Each is planted at another place; none may be in any file of the reports.
LEARNED = "correct horse battery"


def before_all(context):
    context.reporting.redactor.learn(LEARNED)
    context.reporting.drivers["chat"] = "socketio"


def before_scenario(context, scenario):
    context.reporting.attach("from a hook", {"set up": True}.__repr__())


def after_scenario(context, scenario):
    context.reporting.attach("secrets.json", '{"user": "ann", "password": "planted-in-json"}', "json")
    if "hook_breaks" in scenario.tags:
        raise RuntimeError(f"cannot sign out ann with {LEARNED}")
