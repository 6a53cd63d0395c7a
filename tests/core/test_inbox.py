"""The inbox decides what "receives" and "receives nothing else" mean."""

import asyncio
import socket
import time

import pytest

from support.core.events import BotAnswer, Disconnected, Message, Post, Presence
from support.core.inbox import Inbox

HELLO = Message("user A", "hello")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox("user B")


async def test_expect_finds_what_came_before(inbox: Inbox) -> None:
    inbox.put(HELLO)
    assert (await inbox.expect(HELLO, within=0.1)).what == HELLO


async def test_expect_waits_for_what_comes_later(inbox: Inbox) -> None:
    asyncio.get_running_loop().call_later(0.02, inbox.put, HELLO)
    assert (await inbox.expect(HELLO, within=10)).what == HELLO


async def test_expect_does_not_take_the_same_arrival_twice(inbox: Inbox) -> None:
    inbox.put(HELLO)
    await inbox.expect(HELLO, within=0.1)
    with pytest.raises(AssertionError):
        await inbox.expect(HELLO, within=0.01)


async def test_expect_takes_equal_arrivals_one_by_one(inbox: Inbox) -> None:
    inbox.put(HELLO)
    inbox.put(HELLO)
    await inbox.expect(HELLO, within=0.1)
    await inbox.expect(HELLO, within=0.1)
    assert not inbox.unexpected()


async def test_expect_is_exact_about_the_sender(inbox: Inbox) -> None:
    inbox.put(Message("user C", "hello"))
    with pytest.raises(AssertionError):
        await inbox.expect(HELLO, within=0.01)


async def test_expect_by_kind_and_by_predicate(inbox: Inbox) -> None:
    inbox.put(HELLO)
    inbox.put(Disconnected())
    assert isinstance((await inbox.expect(Disconnected, within=0.1)).what, Disconnected)
    assert (await inbox.expect(lambda what: what == HELLO, within=0.1)).what == HELLO


async def test_a_failure_names_what_arrived_instead(inbox: Inbox) -> None:
    inbox.put(Message("user C", "good-bye"))
    with pytest.raises(AssertionError) as failure:
        await inbox.expect(HELLO, within=0.01)
    assert 'user B did not get message "hello" from user A within 0.01 s' in str(failure.value)
    assert 'message "good-bye" from user C at' in str(failure.value)


async def test_silence_is_judged_over_the_whole_inbox_but_for_what_is_accounted_for(inbox: Inbox) -> None:
    inbox.put(HELLO)
    inbox.put(BotAnswer("ChatGPT", "42"))
    inbox.put(Presence("user C", online=True))
    await inbox.expect(HELLO, within=0.1)
    assert [item.what for item in inbox.unexpected(Post)] == [BotAnswer("ChatGPT", "42")]


async def test_settling_accounts_for_one_kind_only(inbox: Inbox) -> None:
    inbox.put(Presence("user C", online=True))
    inbox.put(HELLO)
    inbox.settle(Presence)
    assert [item.what for item in inbox.unexpected()] == [HELLO]


async def test_two_who_wait_are_both_woken(inbox: Inbox) -> None:
    waiting = [asyncio.create_task(inbox.expect(HELLO, within=10)) for _ in range(2)]
    await asyncio.sleep(0)
    inbox.put(HELLO)
    inbox.put(HELLO)
    await asyncio.gather(*waiting)
    assert not inbox.unexpected()


def freeze(seconds: float) -> None:
    """Keep the whole process from doing anything else, as a machine does that is too busy."""
    time.sleep(seconds)


async def test_what_was_there_in_time_counts_though_this_process_was_too_busy_to_take_it_in(inbox: Inbox) -> None:
    here, there = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=here)

    async def drain() -> None:
        await reader.readline()
        for _ in range(5):  # as many turns of the loop as a library may need for a frame
            await asyncio.sleep(0)
        inbox.put(HELLO)

    draining = asyncio.create_task(drain())
    asyncio.get_running_loop().call_later(0.01, lambda: (there.send(b"hello\n"), freeze(0.3)))
    assert (await inbox.expect(HELLO, within=0.1)).what == HELLO
    await draining
    writer.close()
    there.close()
