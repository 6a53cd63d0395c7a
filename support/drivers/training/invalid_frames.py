"""What no client of ChatTrain should send or ask for, by the scenarios' names (contracts/training.md 2.3, 2.4, 3.7)."""

import json
from typing import Any

from support.drivers.clients.websocket import Frame
from support.drivers.training.options import NOBODYS

#: What is no proper message -> the frame. Two more depend on the longest message that is taken.
NONSENSE: dict[str, Frame] = {
    "something garbled": "{Hello?",
    "nothing at all": "",
    "a list": json.dumps([{"type": "user_message", "content": "Hello?"}]),
    "raw bytes": b"\x89PNG\r\n\x1a\n",
    "a blank message": json.dumps({"type": "user_message", "content": "   "}),
    "a message without words": json.dumps({"type": "user_message"}),
    "a message of an unknown kind": json.dumps({"type": "dance", "content": "Hello?"}),
    "a message whose kind is a list": json.dumps({"type": ["user_message"], "content": "Hello?"}),
    "half of a character": '{"type": "user_message", "content": "Hello \\ud83d?"}',
    "words in the trainer's name": json.dumps({"type": "assistant_message", "content": "Well done!"}),
}

#: What is a message of as many signs as one may have -> the sign; no matter how many bytes or units it takes.
LONGEST_OF = {
    "a message as long as can be": "x",
    "a message of accented letters as long as can be": "é",
    "a message of emoji as long as can be": "🎉",
}

#: A number that no SQLite database can keep (contract 2.3).
TOO_BIG = 2**63

#: Sessions that no user can join -> their numbers.
NOWHERE = {"a session that does not exist": NOBODYS, "a session whose number is too big": TOO_BIG}

#: What is not there, or not for anybody -> how it is asked for. `training` and `other` are trainings' own ids,
#: `inner` a file that is not for users.
FORBIDDEN: dict[str, tuple[str, str, Any]] = {
    "a document that does not exist": ("GET", "/api/documents/{training}/missing.md", None),
    "a document of a training that does not exist": ("GET", "/api/documents/nowhere/service_manual.pdf", None),
    "the inner description of a training": ("GET", "/api/documents/{training}/{inner}", None),
    "a document outside the folder of its training": (
        "GET",
        "/api/documents/{training}/..%2F{other}%2Fempathy_examples.md",
        None,
    ),
    "the text of a document that has none": ("GET", "/api/documents/{training}/{pdf}/content", None),
    "the conversation of a session that does not exist": ("GET", f"/api/sessions/{NOBODYS}/messages", None),
    "a training that does not exist": ("POST", "/api/sessions", {"scenario_id": 999999, "user_id": "nobody"}),
    "a training whose number is too big": ("POST", "/api/sessions", {"scenario_id": TOO_BIG, "user_id": "nobody"}),
    "a training without saying who": ("POST", "/api/sessions", {"scenario_id": 1}),
    "a training without a name": ("POST", "/api/sessions", {"scenario_id": 1, "user_id": ""}),
}
