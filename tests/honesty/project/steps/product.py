"""Steps by Earshot's own decorators, in which the product, or what belongs to the test environment, goes wrong."""

from types import ModuleType, SimpleNamespace

from behave import then, when


def scene():
    """A scene with one person, whose client has nothing to say."""
    from support.config.profile import Bars
    from support.core.inbox import Inbox
    from support.core.people import Account
    from support.core.redaction import Redactor
    from support.core.transcript import Transcript
    from support.scenario.actor import Actor
    from support.scenario.world import Scene

    made = Scene.__new__(Scene)
    made.transcript, made.stage = Transcript(Redactor()), SimpleNamespace(longest_wait=0.0)
    account, inbox = Account("a", "secret"), Inbox("user A")
    made.cast = {"user A": Actor("user A", SimpleNamespace(), account, inbox, Bars(), made.transcript)}
    return made


def play(context, deed, phrase, *, judges=False):
    """Play a step as `support.scenario.step_decorators` does; the scene is the scenario's."""
    from support.core.event_loop import Background
    from support.scenario import step_decorators

    registered = []
    decorator = step_decorators._decorator(lambda expression: registered.append, judges=judges)
    decorator(phrase)(deed)
    background = Background()
    own = SimpleNamespace(
        table=None, text=None, run=SimpleNamespace(background=background), scene=context.person, scenario=None
    )
    own.scene.begin_step(f"When {phrase}", last=judges)
    try:
        registered[0](own)
    finally:
        background.close()


def raising(error, room):
    """A deed that ends with an error out of this module."""
    module = ModuleType(room)
    exec("def trip(error):\n    raise error\n", module.__dict__)

    async def deed(scene):
        scene.transcript.record("user A", "<-", "http", "200", ["a", "bare", "list"])
        module.trip(error)

    return deed


def refused(error):
    async def deed(scene):
        async def refuse():
            raise error

        await scene.cast["user A"].attempt(refuse())

    return deed


@when("somebody meets {what}")
def meets(context, what):
    import aiohttp

    from support.drivers.capabilities import Refused
    from support.drivers.clients.http import Unreachable

    errors = {
        "a refusal": (Refused("you are not a member", 403), "support.drivers.chat.client"),
        "silence": (Unreachable("no answer within 5 s"), "support.drivers.clients.http"),
        "nonsense": (TypeError("list indices must be integers"), "support.drivers.chat.client"),
        "no stand-in": (aiohttp.ClientConnectionError("nobody"), "support.drivers.kit.llm_stub"),
    }
    context.person = scene()
    play(context, raising(*errors[what]), f"somebody meets {what}")


@when("somebody {does} what is refused")
def does_what_is_refused(context, does):
    from support.drivers.capabilities import Refused

    context.person = scene()
    play(context, refused(Refused("you are not a member", 403)), f"user A {does} what is refused")


@then("nobody has asked")
def nobody_has_asked(context):
    async def look(scene):
        pass

    play(context, look, "nobody has asked", judges=True)
