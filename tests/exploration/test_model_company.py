"""What the model promises of a company's rooms, threads and files."""

from collections.abc import Sequence

from support.verification.exploration.cast import PEOPLE
from support.verification.exploration.lines import as_gherkin
from support.verification.exploration.moves import Move
from support.verification.exploration.topics.attempts import SignsInWrongly
from support.verification.exploration.topics.availability import Becomes
from support.verification.exploration.topics.changes_in_places import ChangesPlace, EditsAnothers
from support.verification.exploration.topics.comings import ComesOnline, GoesAway, SignsOut
from support.verification.exploration.topics.files import DeletesFile, Uploads
from support.verification.exploration.topics.messages import SendsText
from support.verification.exploration.topics.outages import LosesDatabase, Restarts
from support.verification.exploration.topics.place_members import (
    Adds,
    ClosesPlace,
    LeavesPlace,
    Removes,
    RemovesWrongly,
    SaysWrongly,
    TypesWrongly,
)
from support.verification.exploration.topics.places import ROOM, OpensPlace, SaysAgainIn, SaysIn, StopsHearing, Types
from support.verification.exploration.walk import walked
from tests.exploration.everything import Everything

A, B, C = PEOPLE
LUNCH, PLAN = 'the room "Lunch"', 'the thread "Plan"'


def told(*moves: Move, online: Sequence[str] = PEOPLE) -> list[str]:
    """The steps of a walk of these moves, with set-up."""
    return [line.text for line in walked(online, moves, Everything("threads"), len(moves)).lines]


def test_what_is_said_in_a_room_reaches_all_who_are_in_it_and_is_found_in_order() -> None:
    walk = walked(PEOPLE, [SaysIn(A, ROOM), SaysIn(B, ROOM)], Everything("threads"), 2)
    steps = [line.text for line in walk.lines]
    assert f"user A has opened {ROOM} with user B and user C" in steps
    assert f'user B and user C receive "Lunch at noon?" from user A in {ROOM}' in steps
    assert f'user A and user C receive "On my way" from user B in {ROOM}' in steps
    table = "      | from   | message        |\n      | user A | Lunch at noon? |\n      | user B | On my way      |\n"
    assert f"user A, user B and user C find in {ROOM}, in this order\n{table}" in as_gherkin(walk.lines)


def test_nothing_is_said_in_a_room_between_messages_to_one_user_that_are_to_come_in_order() -> None:
    steps = told(SendsText(A, B), SaysIn(A, ROOM), SaysIn(C, ROOM))
    assert [step for step in steps if "sends" in step] == [
        'user A sends "Lunch at noon?" to user B',
        f'user C sends "On my way" in {ROOM}',
    ]


def test_a_user_who_is_put_out_hears_and_reads_no_more_and_is_heard_no_more() -> None:
    steps = told(Removes(A, ROOM, C), SaysIn(A, ROOM), SaysWrongly(C, ROOM))
    assert f"user B and user C are told once that user C has been removed from {ROOM}" in steps
    assert f'user B receives "Lunch at noon?" from user A in {ROOM}' in steps
    assert "user C is refused because that is not allowed" in steps
    assert f"user C cannot read what is said in {ROOM}" in steps


def test_a_user_who_comes_in_later_finds_what_was_said_before() -> None:
    steps = told(OpensPlace(A, LUNCH, "", (B,)), SaysIn(A, LUNCH), Adds(A, LUNCH, C))
    assert f"user B is told once that user B has been added to {LUNCH}" in steps
    assert f"user B and user C are told once that user C has been added to {LUNCH}" in steps
    assert f"user A, user B and user C find in {LUNCH}, in this order" in steps


def test_only_the_user_who_has_opened_a_room_puts_others_out() -> None:
    assert "user B is refused because that is not allowed" in told(RemovesWrongly(B, ROOM, C))
    assert not any("removes" in step for step in told(Removes(B, ROOM, C)))


def test_a_room_is_closed_with_its_threads() -> None:
    others = {A: (B, C)}[A]
    steps = told(OpensPlace(A, PLAN, "", others), SaysIn(A, PLAN), ClosesPlace(A, ROOM), SaysIn(B, PLAN))
    assert f"user A, user B and user C are told once that {ROOM} has been closed" in steps
    assert f"user A, user B and user C cannot read what is said in {PLAN}" in steps
    assert not any(step.startswith("user B sends") for step in steps)


def test_a_user_who_stops_listening_hears_again_after_coming_back() -> None:
    steps = told(StopsHearing(B, ROOM), SaysIn(A, ROOM), GoesAway(B), ComesOnline((B,)), SaysIn(A, ROOM))
    assert f'user C receives "Lunch at noon?" from user A in {ROOM}' in steps
    assert f'user B and user C receive "On my way" from user A in {ROOM}' in steps


def test_typing_is_told_and_its_end() -> None:
    steps = told(Types(A, ROOM))
    assert steps[2:5] == [
        f"user A begins to type in {ROOM}",
        f"user B and user C are told once that user A has begun to type in {ROOM}",
        f"user B and user C are told once that user A has stopped typing in {ROOM}",
    ]


def test_a_file_is_for_those_in_its_room_until_it_is_deleted() -> None:
    steps = told(OpensPlace(A, LUNCH, "", (B,)), Uploads(A, "plan.pdf", 2, LUNCH))
    assert 'user A and user B are told once that the file "plan.pdf" is ready' in steps
    assert 'user A and user B can open the file "plan.pdf", as it was sent' in steps
    assert 'user C cannot open the file "plan.pdf"' in steps
    steps = told(Uploads(A, "plan.pdf", 2, ROOM), DeletesFile(A))
    assert 'user A, user B and user C cannot open the file "plan.pdf"' in steps
    assert not any("can open" in step for step in steps)


def test_what_is_sent_to_who_is_away_is_not_promised_live_where_there_are_rooms() -> None:
    assert not any(step.startswith("user A sends") for step in told(GoesAway(B), SendsText(A, B)))


def test_going_away_is_not_told_where_a_connection_can_be_got_back_and_coming_is() -> None:
    steps = told(GoesAway(B), ComesOnline((B,)))
    assert not any("told once that user B is offline" in step for step in steps)
    assert "user A and user C are told once that user B is online" in steps


def test_a_database_that_is_lost_ends_no_connection_and_a_restart_ends_them_and_no_session() -> None:
    lost = told(LosesDatabase(PEOPLE, "Postgres", "is lost and comes back"))
    assert "user A, user B and user C receive nothing else" in lost
    restarted = told(Restarts(PEOPLE, "threads server", "is restarted"))
    assert "user A, user B and user C are disconnected" in restarted
    assert not any("no longer" in step for step in restarted)


def test_a_password_is_wrong_twice_at_most() -> None:
    steps = told(SignsOut(B), *[SignsInWrongly(B, A, "a wrong password")] * 3)
    assert steps.count("user B tries to sign in with a wrong password") == 2


def test_the_same_words_are_said_again_in_a_place_and_found_twice() -> None:
    walk = walked(PEOPLE, [SaysIn(A, ROOM), None, SaysAgainIn(B, ROOM)], Everything("threads"), 3)
    table = "      | from   | message        |\n      | user A | Lunch at noon? |\n      | user B | Lunch at noon? |\n"
    assert table in as_gherkin(walk.lines)
    assert not any("sends" in step for step in told(SaysAgainIn(B, ROOM)))


def test_who_takes_no_part_in_a_thread_is_not_heard_there_until_they_are_added() -> None:
    steps = told(OpensPlace(A, PLAN, "", (B,)), SaysWrongly(C, PLAN), Adds(A, PLAN, C), SaysIn(C, PLAN))
    assert "user C is refused because that is not allowed" in steps
    assert f'user A and user B receive "Lunch at noon?" from user C in {PLAN}' in steps
    assert f"user C cannot read what is said in {PLAN}" in told(OpensPlace(A, PLAN, "", (B,)), SaysIn(A, PLAN))
    removed = told(OpensPlace(A, PLAN, "", (B, C)), SaysIn(A, PLAN), Removes(A, PLAN, B))
    assert f"user A and user C find in {PLAN}, in this order" in removed
    assert f"user B cannot read what is said in {PLAN}" in removed


def test_a_thread_with_one_other_is_opened_only_by_people_who_have_no_smaller_room_together() -> None:
    opens = OpensPlace(A, PLAN, "", (B,))
    assert opens.phrase in told(SendsText(A, C), opens)
    assert opens.phrase not in told(SendsText(B, A), opens)
    assert opens.phrase not in told(OpensPlace(C, LUNCH, "", (A,)), Adds(C, LUNCH, B), opens)
    assert OpensPlace(A, PLAN, "", (B, C)).phrase in told(SendsText(B, A), OpensPlace(A, PLAN, "", (B, C)))


def test_a_user_whom_another_has_removed_does_not_leave_later_for_the_words_would_be_the_same() -> None:
    gone, back, leaves = Removes(A, ROOM, C), Adds(A, ROOM, C), LeavesPlace(C, ROOM, C)
    assert f"user C leaves {ROOM}" not in told(gone, back, leaves)
    assert f"user C leaves {ROOM}" in told(leaves)
    assert told(gone, back, gone).count(f"user A removes user C from {ROOM}") == 2


def test_a_user_who_has_stopped_listening_is_not_added_again_in_the_same_visit() -> None:
    gone, back = (StopsHearing(C, ROOM), Removes(A, ROOM, C)), Adds(A, ROOM, C)
    assert f"user A adds user C to {ROOM}" not in told(*gone, back)
    assert f"user A adds user C to {ROOM}" in told(*gone, GoesAway(C), ComesOnline((C,)), back)


def test_all_of_a_company_are_told_who_is_busy_once_in_a_walk() -> None:
    steps = told(Becomes(A, "busy", "live"), GoesAway(A), ComesOnline((A,)), Becomes(A, "busy", "by request"))
    assert steps.count("user A, user B and user C are told once that user A is busy") == 1
    assert "user A becomes busy by request" not in steps


def test_a_change_in_a_room_is_told_to_those_who_hear_it_and_seen_by_all_who_are_in_it() -> None:
    edits = ChangesPlace(A, "edits a message")
    steps = told(StopsHearing(C, ROOM), SaysIn(A, ROOM), edits, SaysIn(B, ROOM))
    at = steps.index("user A edits a message by request")
    assert steps[at - 1] == f'user B receives "Lunch at noon?" from user A in {ROOM}'
    assert steps[at + 1] == "user B is told once of what user A has done"
    assert steps[at + 2] == "user A, user B and user C see what user A has done after reloading"
    assert not any("in this order" in step for step in steps)


def test_a_room_that_is_spoken_of_without_its_name_is_open() -> None:
    steps = told(ChangesPlace(A, "sends a message in the room"))
    assert f"user A has opened {ROOM} with user B and user C" in steps


def test_only_its_author_changes_the_last_message_and_none_that_was_deleted() -> None:
    edits, deletes = ChangesPlace(A, "edits a message"), ChangesPlace(A, "deletes a message")
    assert edits.phrase not in told(edits)
    assert edits.phrase not in told(SaysIn(A, ROOM), SaysIn(B, ROOM), edits)
    steps = told(SaysIn(A, ROOM), EditsAnothers(A), EditsAnothers(B), deletes, edits)
    assert steps.count("user A requests a change to another's message") == 0
    assert "user B is refused because that is not allowed" in steps
    assert "user A, user B and user C are told once of what user A has done" in steps
    assert edits.phrase not in steps


def test_a_user_edits_no_message_after_another_has_for_the_news_would_be_the_same() -> None:
    first, second = (ChangesPlace(who, "edits a message") for who in (A, B))
    steps = told(SaysIn(A, ROOM), first, SaysIn(B, ROOM), second)
    assert "user B edits a message by request" not in steps


def test_what_is_changed_in_a_thread_is_changed_in_the_only_one() -> None:
    says = ChangesPlace(A, "sends a message in the thread")
    steps = told(OpensPlace(A, PLAN, "", (B,)), says)
    assert "user B is told once of what user A has done" in steps
    assert says.phrase not in told(OpensPlace(A, PLAN, "", (B,)), OpensPlace(A, 'the thread "Budget"', "", (B,)), says)


def test_a_user_is_not_shown_typing_where_they_are_not_and_no_user_where_a_place_was_closed() -> None:
    steps = told(OpensPlace(A, LUNCH, "", (B,)), TypesWrongly(C, LUNCH), ClosesPlace(A, LUNCH), TypesWrongly(A, LUNCH))
    assert f"user C begins to type in {LUNCH}" in steps
    assert f"user A begins to type in {LUNCH}" in steps
    assert "user A is refused because that is not allowed" in steps
