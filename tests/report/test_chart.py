"""The message chart, from forged transcripts: every moment in plain words, in order, on its lifeline."""

import re
from xml.etree import ElementTree

from support.core.events import Message
from support.core.inbox import Received
from support.core.people import STAGEHAND
from support.core.redaction import Redactor
from support.core.transcript import BEGAN, DID, EARSHOT, HEARD, SENT, Exchange, Transcript
from support.reporting.sequence_diagram import draw
from support.reporting.timeline import Moment, told

A, B = "user A", "user B"
LUNCH = Message(A, "Lunch at noon?")
EXCHANGES = [
    Exchange(0.0, "the scenario", BEGAN, "step", f"When {A} sends to {B}"),
    Exchange(0.1, A, SENT, "http", "POST /x"),
    Exchange(0.3, A, HEARD, "http", "200"),
    Exchange(0.4, A, SENT, "websocket", "frame"),
    Exchange(0.5, EARSHOT, DID, "control", "Redis is down"),
    Exchange(0.6, "the scenario", BEGAN, "step", f"Then {B} receives"),
    Exchange(0.7, B, SENT, "http", "GET /x"),
    Exchange(0.8, STAGEHAND, SENT, "websocket", "frame"),
]


def words(moments: list[Moment]) -> list[str]:
    return [moment.words for moment in moments]


def test_a_scenario_is_told_in_order_and_in_plain_words() -> None:
    moments = told(EXCHANGES, {B: [Received(10.45, LUNCH, claimed=True)]}, began=10.0, failed=False)
    assert words(moments) == [
        "When user A sends to user B",
        "user A asks the system, answered within 200 ms",
        "user A tells the system something",
        'user B gets message "Lunch at noon?" from user A',
        "Redis is down",
        "Then user B receives",
        "user B asks the system, gets no answer",
    ]
    assert not any(moment.trouble for moment in moments)


def test_a_failure_marks_its_step_and_what_came_unasked() -> None:
    received = {B: [Received(10.45, LUNCH, claimed=True), Received(10.7, Message(A, "again"))]}
    troubled = [moment for moment in told(EXCHANGES, received, began=10.0, failed=True) if moment.trouble]
    assert words(troubled) == ["Then user B receives", 'user B gets message "again" from user A']


def test_who_says_what_they_want_has_a_line_for_each_request() -> None:
    transcript = Transcript(Redactor())
    transcript.aims(A, "send a piece")
    transcript.record(A, SENT, "http", "POST /x")
    transcript.record(A, HEARD, "http", "200")
    transcript.record(A, SENT, "socket.io", "probe")
    transcript.aims(A, "send a message")
    transcript.record(A, SENT, "socket.io", "message")
    said = words(told(transcript.exchanges, {}, began=transcript.began, failed=False))
    assert said[0].startswith("user A asks to send a piece, answered within ")
    assert said[1:] == ["user A tells the system something", "user A asks live to send a message"]


def test_many_requests_with_one_aim_share_a_line() -> None:
    many = [Exchange(number / 10, A, SENT, "http", "POST /x", aim="send a piece") for number in range(4)]
    many += [Exchange(1 + number / 10, A, SENT, "socket.io", "join", aim="enter a room") for number in range(5)]
    said = words(told([*many, Exchange(2.0, A, SENT, "http", "GET /x", aim="see it")], {}, began=0.0, failed=False))
    assert said == [
        "user A asks 4 times to send a piece, gets no answer",
        "user A asks live 5 times to enter a room",
        "user A asks to see it, gets no answer",
    ]


def test_what_is_wanted_of_a_page_is_answered_like_a_request() -> None:
    asked = Exchange(0.0, A, SENT, "browser", "GET /x", aim="open the profile")
    moments = told([asked, Exchange(0.2, A, HEARD, "browser", "200")], {}, began=0.0, failed=False)
    assert words(moments) == ["user A asks to open the profile, answered within 200 ms"]


def test_an_arrow_says_what_was_refused_and_what_failed() -> None:
    exchanges = [
        Exchange(0.0, A, SENT, "http", "POST /x", aim="enter the room"),
        Exchange(0.2, A, HEARD, "http", "403", {"message": "not a member"}),
        Exchange(0.3, A, SENT, "http", "GET /x", aim="see the trainings"),
        Exchange(5.3, A, HEARD, "http", "500", "Failed to fetch"),
        Exchange(5.4, A, SENT, "websocket", "connect", aim="open a dashboard"),
        Exchange(5.5, A, HEARD, "websocket", "refused: 403", ""),
        Exchange(5.6, A, SENT, "http", "GET /y", aim="look"),
        Exchange(5.7, A, HEARD, "http", "200", {"message": "fine"}),
    ]
    assert words(told(exchanges, {}, began=0.0, failed=False)) == [
        "user A asks to enter the room, answered within 200 ms, refused: 403 not a member",
        "user A asks to see the trainings, answered within 5000 ms, failed: 500 Failed to fetch",
        "user A asks live to open a dashboard, refused: 403",
        "user A asks to look, answered within 100 ms",
    ]


def test_markers_are_called_what_they_are() -> None:
    moments = told([], {B: [Received(10.1, Message(STAGEHAND, "marker 1"))]}, began=10.0, failed=False)
    assert words(moments) == ["a marker reaches user B: nothing else was under way"]


def test_the_chart_has_every_word_and_an_arrow_for_each_exchange() -> None:
    moments = told(EXCHANGES, {B: [Received(10.45, LUNCH)]}, began=10.0, failed=True)
    drawn = draw(moments)
    texts = " ".join(
        " ".join(text.itertext()) for text in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")
    )
    for name in (A, B, "the system", "Redis is down", "0.500 s"):
        assert name in texts
    assert drawn.count("<path") == 4


def test_what_people_say_cannot_break_the_chart() -> None:
    drawn = draw([Moment(0.0, "arrival", "<b>", 'gets "</text><script>alert(1)</script>"')])
    ElementTree.fromstring(drawn)
    assert "<script" not in drawn


def test_nothing_is_wider_than_a_phone_and_long_words_are_wrapped() -> None:
    drawn = draw([Moment(0.0, "arrival", A, "word " * 60)])
    assert int(re.search(r'width="(\d+)"', drawn)[1]) <= 400
    assert drawn.count("<text") > 5


def test_a_crowd_shares_a_lifeline_and_a_flood_is_cut_in_the_middle() -> None:
    drawn = draw([Moment(0.0, "arrival", f"user {number}", f"user {number} gets it") for number in range(200)])
    assert ">others<" in drawn
    assert "120 moments are left out here" in drawn
    told = [int(number) for number in re.findall(r"user (\d+) gets it", drawn)]
    assert told == [*range(40), *range(160, 200)]
    assert draw([]) == ""


def test_long_names_take_several_lines_and_leave_their_neighbours_room() -> None:
    people = ("user A", "user B", "the owner of another company")
    chart = draw([Moment(0.0, "call", who, f"{who} asks to connect") for who in people])
    names = re.findall(r'class="name"[^>]*>([^<]+)<', chart)
    assert names == ["user A", "user B", "the owner of", "another", "company", "the system"]
