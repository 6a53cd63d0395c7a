"""A run that meets secrets everywhere, and attaches from everywhere."""

from support.reporting.attachments import attach
from support.reporting.reporting_context import session

#: Each is planted at another place; none may be in any file of the reports.
LEARNED = "correct horse battery"


def before_all(context):
    session.redactor.learn(LEARNED)
    session.drivers["chat"] = "socketio"


def before_scenario(context, scenario):
    attach("from a hook", {"set up": True}.__repr__())


def after_scenario(context, scenario):
    attach("secrets.json", '{"user": "ann", "password": "planted-in-json"}', "json")
    if "hook_breaks" in scenario.tags:
        raise RuntimeError(f"cannot sign out ann with {LEARNED}")
