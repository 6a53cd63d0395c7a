"""Steps with something to show and something to hide."""

import threading

from behave import given, then


@given("a step that attaches from another thread")
def attaches(context):
    attach = context.reporting.attach
    thread = threading.Thread(target=attach, args=("from a thread", "GET /?token=planted-in-query"))
    thread.start()
    thread.join()


@then("{number} arrives")
def arrives(context, number):
    assert number != "two", "two never arrives; sent with Authorization: Bearer planted-in-bearer-1234567890"


@then("it is refused with its token")
def refused(context):
    raise ValueError("eyJhbGciOiJIUzI1NiJ9.eyJwbGFudGVkIjoiaW4gYSBKV1QifQ.planted_in_jwt was refused")
