"""What the profile of a compose project takes from the environment: its secrets, fetched from where they were made."""

import atexit
import os
import tarfile
from collections.abc import MutableMapping
from io import BytesIO
from pathlib import Path

from support.core.temporary_folders import OwnedFolder
from support.environments.compose.docker_cli import Found, fetch, project

#: In the environment: where the keys are, where mail appears, who has fetched them, and what each secret begins with.
_KEYS, _MAIL, _FETCHED, _SECRET = "PLAY_KEYS", "PLAY_MAIL", "PLAY_FETCHED", "PLAY_"
#: The label of a container that says in which of its folders the project's secrets are.
_LABEL = "earshot.keys"


def is_inside(environment: MutableMapping[str, str] = os.environ) -> bool:
    """Whether this is a container of the project itself, which was told all, and has no hold on the others."""
    return _KEYS in environment and _FETCHED not in environment


def learn(environment: MutableMapping[str, str] = os.environ) -> None:
    """Copy the project's secrets into a folder that ends with this process, and put them into the environment.

    PLAY_KEYS is the folder, PLAY_NAME the secret in its file `name`, PLAY_MAIL a folder for mail. Nothing is done where
    the environment knows them already.

    Raises:
        EnvironmentFailure: the project is not up, or cannot be asked.
    """
    if _KEYS in environment:
        return
    holders = [one for one in project() if _LABEL in one.labels]
    folder = OwnedFolder("play")
    atexit.register(folder.cleanup)
    keys, mail = folder.path / "keys", folder.path / "mail"
    for new in (keys, mail):
        new.mkdir()
    for holder in holders:
        _copy(holder, keys)
    environment.update({_KEYS: str(keys), _MAIL: str(mail), _FETCHED: "yes"})
    secrets = [file for file in keys.iterdir() if not file.suffix]
    environment.update({_SECRET + file.name.upper(): file.read_text(encoding="utf-8").strip() for file in secrets})


def _copy(holder: Found, here: Path) -> None:
    """Copy the secrets out of a container, wherever its engine runs."""
    content = fetch("docker", "exec", holder.id, "tar", "-cC", holder.labels[_LABEL], ".")
    with tarfile.open(fileobj=BytesIO(content)) as archive:
        archive.extractall(here, filter="data")
