"""How the reference back ends count how often somebody does something. The bucket: see `test_training`."""

import pytest

from reference.kit.limits import Window


def test_a_window_counts_each_alone_and_begins_anew_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("reference.kit.limits.time.monotonic", lambda: clock[0])
    window = Window(2, 10.0)
    assert [window.count("Lisa") for _ in range(3)] == [True, True, False]
    assert window.count("Avi")
    clock[0] = 104.0
    assert window.left() == 6.0
    clock[0] = 110.0
    assert [window.count("Lisa"), window.count("Avi"), window.left()] == [True, True, 10.0]
