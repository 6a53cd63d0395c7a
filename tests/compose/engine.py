"""Stands in for `docker` and `docker compose`: keeps its containers in a JSON file, and a list of what it was told.

`python engine.py STATE ARGUMENTS…`. The state: {"containers": {id: {...}}, "trouble": {"pause": "what it says"}}.
"""

import fcntl
import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    state_file, *words = sys.argv[1:]
    with Path(state_file).open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # others may ask at the same time
        state = json.load(file)
        state["told"].append(words)
        said = answer(state, words)
        file.seek(0)
        file.write(json.dumps(state))
        file.truncate()
    if said:
        sys.exit(said)
    if words[0] == "exec" and (command := [word for word in words[1:] if word != "-i"][1:]) != ["healthy"]:
        sys.exit(subprocess.run(command, check=False).returncode)


def answer(state: dict[str, Any], words: list[str]) -> str:
    """Do what it is told; what the trouble is, if there is any."""
    if trouble := state["trouble"].get(words[0]):
        return str(trouble)
    try:
        if words[0] == "exec":
            return inside(state, [word for word in words[1:] if word != "-i"])
        act(state["containers"], words)
    except ValueError as trouble:
        return f"Error response from daemon: {trouble}"
    return ""


def act(containers: dict[str, dict[str, Any]], words: list[str]) -> None:
    match words:
        case ["compose", "version"]:
            pass
        case ["compose", "ps", "--all", "--quiet"]:
            sys.stdout.write("\n".join(containers))
        case ["inspect", *ids]:
            sys.stdout.write(json.dumps([containers[id] for id in ids]))
        case ["network", "disconnect", network, id]:
            del containers[id]["NetworkSettings"]["Networks"][network]
        case ["network", "connect", *aliases, network, id]:
            names = [name for name in aliases if name != "--alias"]
            containers[id]["NetworkSettings"]["Networks"][network] = {"Aliases": names}
        case ["stop", "--time", _, *ids]:
            change(containers, ids, Running=False)
        case [("start" | "kill") as action, *ids]:
            change(containers, ids, Running=action == "start")
        case [("pause" | "unpause") as action, *ids]:
            change(containers, ids, Paused=action == "pause")
        case _:
            raise ValueError(f"no such thing: {words}")


def change(containers: dict[str, dict[str, Any]], ids: list[str], **state: bool) -> None:
    for id in ids:
        if containers[id]["State"] == containers[id]["State"] | state:
            raise ValueError(f"container {id} is {state} already")
        containers[id]["State"] |= state


def inside(state: dict[str, Any], words: list[str]) -> str:
    """What becomes of a command in a container: its health check counts down, all else is run on this machine."""
    id, *command = words
    one = state["containers"][id]["State"]
    if not one["Running"] or one["Paused"]:
        return f"Error response from daemon: container {id} does not run"
    if command == ["healthy"] and state["ill"] > 0:
        state["ill"] -= 1
        return "it does not serve yet"
    return ""


main()
