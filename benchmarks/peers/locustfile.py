"""Locust: users who send and wait for the echo. `ws` or `http` is the tag to choose by."""

import json
import os
import time
from itertools import count

from locust import FastHttpUser, User, task

TEXT = "x" * 80

if os.environ["KIND"] == "ws":
    from websocket import create_connection

    class Talker(User):
        """Sends a message and waits until it is back."""

        numbers = count()

        def on_start(self) -> None:
            """Connect."""
            self.socket = create_connection(os.environ["URL"])

        @task
        def echo(self) -> None:
            """One round trip, reported as Locust wants it."""
            began = time.perf_counter()
            self.socket.send(json.dumps({"id": next(self.numbers), "text": TEXT}))
            answer = self.socket.recv()
            json.loads(answer)
            took = (time.perf_counter() - began) * 1000
            self.environment.events.request.fire(
                request_type="ws", name="echo", response_time=took, response_length=len(answer), exception=None
            )

else:

    class Asker(FastHttpUser):
        """Posts and waits."""

        host = os.environ["URL"]
        numbers = count()

        @task
        def post(self) -> None:
            """One request."""
            self.client.post("/http", json={"id": next(self.numbers), "text": TEXT})
