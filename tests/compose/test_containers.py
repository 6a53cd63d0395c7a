"""What a scenario does to a container, and how the next run finds it."""

import time

import pytest

from support.core.errors import EnvironmentFailure
from support.environments.compose import container
from support.environments.compose.container import Containers
from support.environments.compose.docker_cli import ask
from support.environments.faults.registry import restore
from tests.compose.conftest import Engine


async def test_every_outage_takes_place_and_is_undone(engine: Engine) -> None:
    redis = Containers("Redis", [engine.has("redis")])
    await redis.kill()
    assert not redis.running
    await redis.start()
    assert redis.running
    await redis.pause()
    assert engine.one("redis").paused
    await redis.resume()
    assert not engine.one("redis").paused
    await redis.cut()
    assert engine.one("redis").networks == {}
    await redis.heal()
    assert engine.one("redis").networks == {"play_default": ["redis"]}
    await redis.restart(graceful=True)
    assert engine.actions()[-2:] == [["stop", "--time", "5", "redis-id"], ["start", "redis-id"]]


async def test_what_is_so_already_is_not_done_again(engine: Engine) -> None:
    redis = Containers("Redis", [engine.has("redis")])
    await redis.start()
    await redis.resume()
    await redis.heal()
    await redis.kill()
    await redis.kill()
    await redis.stop()
    await redis.pause()
    assert engine.actions() == [["kill", "redis-id"]]


async def test_several_containers_are_one_process(engine: Engine) -> None:
    both = Containers("dashboard server", [engine.has("dashboard-1"), engine.has("dashboard-2")])
    await both.kill()
    assert not engine.one("dashboard-1").running
    assert not engine.one("dashboard-2").running
    engine.has("dashboard-1")
    assert not both.running, "one is up, and the other is not"


async def test_what_hangs_can_be_killed(engine: Engine) -> None:
    redis = Containers("Redis", [engine.has("redis")])
    await redis.pause()
    await redis.kill()
    assert not redis.running


async def test_a_start_waits_for_the_health_check(engine: Engine) -> None:
    redis = Containers("Redis", [engine.has("redis", Running=False)])
    engine.set(ill=3)
    await redis.start()
    assert engine.state["ill"] == 0
    assert len([words for words in engine.state["told"] if words[0] == "exec"]) == 4


async def test_a_container_that_does_not_get_well_is_said_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "START_LIMIT", 0.3)
    redis = Containers("Redis", [engine.has("redis", Running=False)])
    engine.set(ill=10_000)
    with pytest.raises(EnvironmentFailure, match=r"Redis does not serve within 0\.3 s: .*it does not serve yet"):
        await redis.start()


async def test_a_command_that_fails_says_what_it_printed_and_stands_in_the_transcript(engine: Engine) -> None:
    lines: list[str] = []
    redis = Containers("Redis", [engine.has("redis")], lines.append)
    engine.set(trouble={"pause": "cannot pause: no cgroup"})
    with pytest.raises(EnvironmentFailure, match=r"Redis: `docker pause redis-id` failed .*: cannot pause: no cgroup"):
        await redis.pause()
    assert lines == ["Redis: $ docker pause redis-id", "Redis: cannot pause: no cgroup"]


async def test_what_a_killed_run_has_left_is_put_right(engine: Engine) -> None:
    engine.has("redis", Paused=True)
    engine.has("postgres", Running=False)
    chat = engine.has("chat")
    chat.told["NetworkSettings"]["Networks"] = {}
    engine.set(containers=engine.state["containers"] | {chat.id: chat.told})
    for service in ("redis", "postgres", "chat"):
        await restore(Containers(service, [engine.one(service)]))
        assert engine.one(service).running
        assert not engine.one(service).paused
        assert engine.one(service).networks == {"play_default": [service]}


def test_what_a_command_leaves_behind_is_not_waited_for() -> None:
    began = time.monotonic()
    assert ask("sh", "-c", "sleep 8 & echo done") == "done\n"
    assert time.monotonic() - began < 5
