"""Steps by Earshot's own decorators, in which the product, or what belongs to the test environment, goes wrong."""

from types import ModuleType, SimpleNamespace

from behave import then, when


def scene():
    """A scene with one person, whose client has nothing to say."""
    from support.actors import Actor
    from support.inbox import Inbox
    from support.profile import Bars
    from support.report.redact import Redactor
    from support.scene import Scene
    from support.systems.people import Account
    from support.transcript import Transcript

    made = Scene.__new__(Scene)
    made.transcript, made.stage = Transcript(Redactor()), SimpleNamespace(longest_wait=0.0)
    account, inbox = Account("a", "secret"), Inbox("user A")
    made.cast = {"user A": Actor("user A", SimpleNamespace(), account, inbox, Bars(), made.transcript)}
    return made


def play(context, deed, phrase, *, judges=False):
    """Play a step as `support.stepping` does; the scene is the scenario's."""
    from support import stepping
    from support.loop import Background

    registered = []
    decorator = stepping._decorator(lambda expression: registered.append, judges=judges)
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

    from support.systems.capabilities import Refused
    from support.transports.http import Unreachable

    errors = {
        "a refusal": (Refused("you are not a member", 403), "support.systems.chat.client"),
        "silence": (Unreachable("no answer within 5 s"), "support.transports.http"),
        "nonsense": (TypeError("list indices must be integers"), "support.systems.chat.client"),
        "no stand-in": (aiohttp.ClientConnectionError("nobody"), "support.bots"),
    }
    context.person = scene()
    play(context, raising(*errors[what]), f"somebody meets {what}")


@when("somebody {does} what is refused")
def does_what_is_refused(context, does):
    from support.systems.capabilities import Refused

    context.person = scene()
    play(context, refused(Refused("you are not a member", 403)), f"user A {does} what is refused")


@then("nobody has asked")
def nobody_has_asked(context):
    async def look(scene):
        pass

    play(context, look, "nobody has asked", judges=True)
