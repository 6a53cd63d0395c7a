"""All the wrong forms of a request, derived from what a proper one has in it."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any


def wrong_forms(proper: Mapping[str, Any], anything: Collection[str] = ()) -> Iterator[tuple[str, Any]]:
    """Each wrong form of a payload, with its name.

    Args:
        proper: what belongs into each field.
        anything: the fields that may hold anything, so that something else in them is no mistake of form.
    """
    yield "with nothing in it", {}
    yield "that is a list", [dict(proper)]
    yield "that is mere text", "Hello?"
    for name, good in proper.items():
        yield f"without {name}", {other: value for other, value in proper.items() if other != name}
        if name in anything:
            continue
        yield f"with a list for {name}", {**proper, name: ["x"]}
        yield f"with nothing for {name}", {**proper, name: None}
        if isinstance(good, str):
            yield f"with a number for {name}", {**proper, name: 7}


def cut_off(proper: Any) -> bytes:
    """The beginning of a payload, as one that has lost its end on the way: it is no JSON."""
    return json.dumps(proper).encode()[:-1]
