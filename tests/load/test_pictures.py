"""Pictures of a load hold what they are to show, and need nothing from elsewhere."""

from xml.etree import ElementTree

from support.load.charts import by_share, deliveries_over_time, over_time, rate, timeline
from support.load.measurement import Measurement


def measured() -> Measurement:
    made = Measurement(planned=100, seconds=10.0)
    for number in range(100):
        made.answered(number / 10, 0.1 + (number == 50))
    return made


def words(svg: str) -> str:
    return " ".join(ElementTree.fromstring(svg).itertext())


def test_a_picture_over_time_names_its_bar_and_its_faults() -> None:
    told = words(over_time(measured(), limit=0.5, faults={"Redis is down": 2.0, "Redis is back": 3.0}))
    for expected in (
        "99 of 100 of the answers came within",
        "the limit: 0.5 seconds",
        "Redis is down",
        "Redis is back",
    ):
        assert expected in told


def test_a_picture_by_share_has_only_what_there_is() -> None:
    told = words(by_share(measured(), limit=0.5))
    assert "answers" in told
    assert "deliveries" not in told


def test_a_timeline_escapes_what_it_is_given() -> None:
    drawn = timeline("Queue <now>", "messages", {"a & b": [(0.0, 1.0), (1.0, 5.0)]})
    assert "a & b" in words(drawn)
    assert "<now>" not in drawn


def test_no_picture_runs_a_script_or_loads_anything() -> None:
    for drawn in (over_time(measured()), by_share(measured())):
        assert "<script" not in drawn
        assert "href" not in drawn


def test_deliveries_have_a_picture_with_their_own_bar() -> None:
    made = measured()
    for number in range(100):
        made.delivered(number / 10, 0.2)
    told = words(deliveries_over_time(made, limit=0.3))
    assert "99 of 100 of the deliveries were there within" in told
    assert "the limit: 0.3 seconds" in told


def test_answers_each_second_stand_against_the_plan() -> None:
    assert "planned" in words(rate(measured(), planned=10))
    assert "planned" not in words(rate(measured(), planned=0))
