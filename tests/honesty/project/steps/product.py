"""Steps by Earshot's own decorators, in which the product, or what belongs to the test environment, goes wrong."""

from types import ModuleType, SimpleNamespace

from behave import then, when


def world():
    """A scenario with one person, whose client has nothing to say."""
    from support.config.profile import Limits
    from support.core.inbox import Inbox
    from support.core.people import Account
    from support.core.redaction import Redactor
    from support.core.transcript import Transcript
    from support.scenario.actor import Actor
    from support.scenario.world import World

    made = World.__new__(World)
    made.transcript, made.sut = Transcript(Redactor()), SimpleNamespace(longest_wait=0.0)
    account, inbox = Account("a", "secret"), Inbox("user A")
    made.cast = {"user A": Actor("user A", SimpleNamespace(), account, inbox, Limits(), made.transcript)}
    return made


def play(context, action, phrase, *, judges=False):
    """Play a step as `support.scenario.step_decorators` does; the scenario is the scenario's."""
    from support.core.event_loop import Background
    from support.scenario import step_decorators

    registered = []
    decorator = step_decorators._decorator(lambda expression: registered.append, judges=judges)
    decorator(phrase)(action)
    background = Background()
    own = SimpleNamespace(
        table=None, text=None, run=SimpleNamespace(background=background), world=context.person, scenario=None
    )
    own.world.begin_step(f"When {phrase}", last=judges)
    try:
        registered[0](own)
    finally:
        background.close()


def raising(error, room):
    """An action that ends with an error out of this module."""
    module = ModuleType(room)
    exec("def trip(error):\n    raise error\n", module.__dict__)

    async def action(world):
        world.transcript.record("user A", "<-", "http", "200", ["a", "bare", "list"])
        module.trip(error)

    return action


def refused(error):
    async def action(world):
        async def refuse():
            raise error

        await world.cast["user A"].attempt(refuse())

    return action


@when("somebody meets {what}")
def meets(context, what):
    import aiohttp

    from support.drivers.capabilities import Rejected
    from support.drivers.clients.http import Unreachable

    errors = {
        "a refusal": (Rejected("you are not a member", 403), "support.drivers.chat.client"),
        "silence": (Unreachable("no answer within 5 s"), "support.drivers.clients.http"),
        "nonsense": (TypeError("list indices must be integers"), "support.drivers.chat.client"),
        "no stand-in": (aiohttp.ClientConnectionError("nobody"), "support.drivers.kit.llm_stub"),
    }
    context.person = world()
    play(context, raising(*errors[what]), f"somebody meets {what}")


@when("somebody {does} what is refused")
def does_what_is_refused(context, does):
    from support.drivers.capabilities import Rejected

    context.person = world()
    play(context, refused(Rejected("you are not a member", 403)), f"user A {does} what is refused")


@then("nobody has asked")
def nobody_has_asked(context):
    async def look(world):
        pass

    play(context, look, "nobody has asked", judges=True)
