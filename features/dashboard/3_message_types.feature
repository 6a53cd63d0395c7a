@dashboard
Feature: 3. Message types (step 7)
  Each kind of event shows in its own kind of message: news, the school's figures, and the status of invitations.

  # News: what has happened, and who did it

  @DASH-003.7 @DASH-003.P6 @critical @smoke
  Scenario: DASH-003.7 A new student is shown
    Given the school owner is online
    When the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.7 @DASH-003.P6 @critical
  Scenario: DASH-003.7 A teacher who accepts is shown
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation
    Then the school owner is told once that the teacher has joined as a teacher
    And the school owner is told once that the teacher has accepted the invitation

  @DASH-003.7 @DASH-003.P6 @normal
  Scenario: DASH-003.7 A teacher whom the owner makes one without an invitation is shown
    Given the school owner is online
    And the teacher has an account
    When the school owner makes the teacher a teacher of the school
    Then the school owner is told once that the teacher has joined as a teacher

  @DASH-003.X25 @normal
  Scenario: DASH-003.X25 A teacher who owns another school is shown as a teacher
    Given the school owner is online
    And the owner of another school is signed in
    When the school owner makes the owner of another school a teacher of the school
    Then the school owner is told once that the owner of another school has joined as a teacher, and is shown as one

  @DASH-003.X22 @normal
  Scenario: DASH-003.X22 A teacher who is not active yet is not shown
    Given the school owner is online
    And the teacher has an account
    When the school owner makes the teacher a teacher of the school who is not active yet
    Then the school owner is not told that the teacher has joined as a teacher
    But the school owner can see a new student join

  @DASH-003.7 @DASH-003.P6 @critical
  Scenario: DASH-003.7 A new class is shown
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    And the school owner is online
    When the school owner plans a class of the teacher
    Then the school owner is told once that a class of the teacher has been planned

  @DASH-003.X23 @normal
  Scenario Outline: DASH-003.X23 A new class of <minutes> minutes is shown as one
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    And the school owner is online
    When the school owner plans a class of the teacher of <minutes> minutes
    Then the school owner is told once that a class of the teacher of <minutes> minutes has been planned

    Examples:
      | minutes | because                           |
      | 45      | it is less than an hour           |
      | 90      | it is not a whole number of hours |

  @DASH-003.7 @DASH-003.P6 @normal
  Scenario: DASH-003.7 A class can be planned of a teacher only
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And the school owner is online
    When the school owner plans a class of user B
    Then the school owner is refused
    And the figures show the school owner 0 classes
    But the school owner can see a new student join

  @DASH-003.X11 @normal
  Scenario Outline: DASH-003.X11 A class that the owner <ends> is shown
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    And the school owner is online
    When the school owner plans a class of the teacher
    And the school owner <ends> the class of the teacher
    Then the school owner is told once that a class of the teacher has been <ended>

    Examples:
      | ends      | ended     | because             |
      | completes | completed | it has been held    |
      | cancels   | cancelled | it will not be held |

  @DASH-003.X11 @normal
  Scenario Outline: DASH-003.X11 A class that the owner <ends> is counted no longer
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    And the school owner is online
    When the school owner plans a class of the teacher
    And the school owner <ends> the class of the teacher
    Then the school owner is told once that the school now has 0 classes

    Examples:
      | ends      | because             |
      | completes | it has been held    |
      | cancels   | it will not be held |

  @DASH-003.X11 @normal
  Scenario: DASH-003.X11 A class is completed once
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    And the school owner is online
    When the school owner plans a class of the teacher
    And the school owner completes the class of the teacher
    And the school owner completes the class of the teacher
    Then the school owner is told once that a class of the teacher has been completed

  @DASH-003.F2 @critical
  Scenario: DASH-003.F2 An outsider cannot end a class of another owner's school
    Given the school owner and the owner of another school are signed in
    And the school owner has made the teacher a teacher of the school
    When the school owner plans a class of the teacher
    And the owner of another school completes the class of the teacher
    Then the owner of another school is refused
    And the figures show the school owner 1 class

  @DASH-003.X12 @normal
  Scenario: DASH-003.X12 A change of the settings is shown
    Given the school owner is online
    When the school owner describes the school as "Music for all"
    Then the school owner is told once that the school owner has changed the settings
    And the school owner receives nothing else

  @DASH-003.X12 @normal
  Scenario: DASH-003.X12 Another name of the school is shown
    Given the school owner is online
    When the school owner renames the school to "Harbour School"
    Then the school owner is told once that the school owner has changed the settings
    And the school owner receives nothing else

  @DASH-003.X12 @normal
  Scenario: DASH-003.X12 A change that changes nothing is not shown
    Given the school owner is online
    When the school owner describes the school as "Music for all"
    And the school owner describes the school as "Music for all"
    Then the school owner is told once that the school owner has changed the settings

  @DASH-003.X26 @normal
  Scenario: DASH-003.X26 Of several settings that are sent together, only those that have changed are shown
    Given the school owner is online
    When the school owner describes the school as "Music for all"
    And the school owner describes the school as "Music for all" and moves it to "1 Harbour Street"
    Then the school owner is told once that the school owner has changed the address of the school alone

  @DASH-003.X24 @normal
  Scenario: DASH-003.X24 A change of one setting leaves the others as they are
    Given the school owner is signed in
    When the school owner describes the school as "Music for all"
    And the school owner moves the school to "1 Harbour Street"
    And the school owner comes online
    And the school owner describes the school as "Music for all"
    Then the school owner is not told that the school owner has changed the settings
    But the school owner can see a new student join

  @DASH-003.X19 @normal
  Scenario: DASH-003.X19 The activity feed of one kind of event has all events of that kind, and no others
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    When the school owner registers 3 students without a pause
    Then the activity feed of new students shows the school owner 3 entries, and says how many there are

  @DASH-003.X19 @normal
  Scenario: DASH-003.X19 The activity feed of two kinds of event has all events of both, and no others
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    When the school owner registers 3 students without a pause
    And the school owner plans a class of the teacher
    Then the activity feed of new students and new teachers shows the school owner 4 entries, and says how many there are

  @DASH-003.X35 @normal
  Scenario: DASH-003.X35 The activity feed shows when each activity was
    Given the school owner is signed in
    When the school owner registers the student "Maria"
    Then the activity feed shows the school owner that student "Maria" has joined
    And the times that the school owner is shown are true

  # Figures: how many there are now

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical @smoke
  Scenario: DASH-003.7 A new student is counted
    Given the school owner is online
    When the school owner registers the student "Ana"
    Then the school owner is told once that the school now has 1 student, 1 more
    And the school owner is told once that student "Ana" has joined
    And the school owner receives nothing else

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical
  Scenario: DASH-003.7 A new invitation is counted
    Given the school owner is online
    And the teacher has an account
    When the school owner invites the teacher
    Then the school owner is told once that the school now has 1 pending invitation
    And the school owner is told once that the teacher has been invited
    And the school owner receives nothing else

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical
  Scenario: DASH-003.7 A teacher who accepts is counted, and the invitation no longer
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation
    Then the school owner is told once that the school now has 1 teacher
    And the school owner is told once that the school now has 0 pending invitations

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical
  Scenario: DASH-003.7 A new class is counted
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    And the school owner is online
    When the school owner plans a class of the teacher
    Then the school owner is told once that the school now has 1 class
    And the school owner is told once that a class of the teacher has been planned
    And the school owner receives nothing else

  @DASH-003.7 @DASH-003.P6 @normal
  Scenario: DASH-003.7 A teacher who is removed is counted no longer
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    And the school owner is online
    When the school owner removes the teacher
    Then the school owner is told once that the school now has 0 teachers, 1 fewer
    And the school owner receives nothing else

  @DASH-003.X15 @normal
  Scenario: DASH-003.X15 The figures that a dashboard reads count what there is
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    When the school owner registers 2 students without a pause
    And the school owner plans a class of the teacher
    Then the figures show the school owner 2 students
    And the figures show the school owner 1 teacher
    And the figures show the school owner 1 class

  @DASH-003.X15 @normal
  Scenario: DASH-003.X15 A class that is cancelled is no class of today
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    When the school owner plans a class of the teacher for today
    And the school owner cancels the class of the teacher
    And the school owner plans a class of the teacher for today
    And the school owner plans a class of the teacher
    Then the figures show the school owner 1 class today

  @DASH-003.X15 @normal
  Scenario: DASH-003.X15 A class that is cancelled is not counted as completed
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    When the school owner plans a class of the teacher for today
    And the school owner completes the class of the teacher
    And the school owner plans a class of the teacher for today
    And the school owner cancels the class of the teacher
    Then the figures show the school owner 1 class completed today

  @DASH-003.X15 @normal
  Scenario: DASH-003.X15 A class of another day is not counted as completed today
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    When the school owner plans a class of the teacher
    And the school owner completes the class of the teacher
    And the school owner plans a class of the teacher for today
    And the school owner completes the class of the teacher
    Then the figures show the school owner 1 class completed today

  @DASH-003.X32 @normal
  Scenario: DASH-003.X32 A class that is still to come does not count among those that are over
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    When the school owner plans a class of the teacher
    And the school owner completes the class of the teacher
    And the school owner plans a class of the teacher
    Then the figures show the school owner that 100 % of the classes that are over were held

  @DASH-003.X15 @normal
  Scenario: DASH-003.X15 The count of students over time ends with the count of today
    Given the school owner is signed in
    When the school owner registers 2 students without a pause
    Then the figures show the school owner that all 2 students have come today

  # The status of invitations

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical
  Scenario: DASH-003.7 The status of an invitation is shown when its addressee accepts it
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation
    Then the school owner is told once that an invitation has gone from pending to accepted

  @DASH-003.X6 @normal
  Scenario: DASH-003.X6 The status of an invitation is shown when its addressee declines it
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher declines the invitation
    Then the school owner is told once that an invitation has gone from pending to declined
    And the school owner is told once that the school now has 0 pending invitations

  @DASH-003.X13 @critical
  Scenario: DASH-003.X13 An invitation that has been accepted cannot be accepted again
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation
    And the teacher accepts the invitation
    Then the teacher is refused
    And the school owner is told once that the teacher has accepted the invitation

  @DASH-003.X6 @normal
  Scenario: DASH-003.X6 An invitation that has been accepted cannot be declined
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation
    And the teacher declines the invitation
    Then the teacher is refused
    And the school owner is told once that an invitation has gone from pending to accepted

  @DASH-003.X13 @normal
  Scenario: DASH-003.X13 The status of an invitation is shown when the school withdraws it
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the school owner withdraws the invitation of the teacher
    Then the school owner is told once that an invitation has gone from pending to cancelled
    And the school owner is told once that the school now has 0 pending invitations

  @DASH-003.X13 @critical
  Scenario: DASH-003.X13 An invitation that has been withdrawn cannot be accepted
    Given the school owner and the teacher are signed in
    When the school owner invites the teacher
    And the school owner withdraws the invitation of the teacher
    And the teacher accepts the invitation
    Then the teacher is refused
    And the figures show the school owner 0 teachers

  @DASH-003.X13 @critical
  Scenario: DASH-003.X13 An invitation cannot be accepted once its time is up
    Given the school owner and the teacher are signed in
    When the school owner invites the teacher
    And the invitation of the teacher expires
    And the teacher accepts the invitation
    Then the teacher is refused
    And the figures show the school owner 0 teachers

  @DASH-003.X13 @normal
  Scenario: DASH-003.X13 A teacher can be invited again once the invitation's time is up
    Given the school owner and the teacher are signed in
    When the school owner invites the teacher
    And the invitation of the teacher expires
    And the school owner invites the teacher
    And the teacher accepts the invitation
    Then the figures show the school owner 1 teacher

  @DASH-003.X13 @normal
  Scenario: DASH-003.X13 A teacher can be invited again once the invitation has been withdrawn
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the school owner withdraws the invitation of the teacher
    And the school owner invites the teacher
    And the teacher accepts the invitation
    Then the school owner is told once that the teacher has accepted the invitation

  @DASH-003.X13 @critical
  Scenario: DASH-003.X13 An invitation cannot be accepted by another user
    Given the school owner is online
    And the teacher and user B are signed in
    When the school owner invites the teacher
    And user B accepts the invitation of the teacher
    And the teacher accepts the invitation
    Then user B is refused
    And the school owner is told once that the teacher has accepted the invitation

  @DASH-003.F2 @critical
  Scenario: DASH-003.F2 An outsider cannot withdraw an invitation of another owner's school
    Given the school owner and the owner of another school are online
    And the teacher is signed in
    When the school owner invites the teacher
    And the owner of another school withdraws the invitation of the teacher
    And the teacher accepts the invitation
    Then the owner of another school is refused
    And the school owner is told once that the teacher has accepted the invitation

  @DASH-003.X20 @normal
  Scenario: DASH-003.X20 An invitation is for a user whose address is written in capitals in it
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher by their address in capitals
    And the teacher accepts the invitation
    Then the school owner is told once that the teacher has joined as a teacher

  @DASH-003.X36 @critical
  Scenario: DASH-003.X36 Of the users who are invited together, the one who accepts is shown as a teacher
    Given the school owner is online
    And the teacher and user B are signed in
    When the school owner invites the teacher and user B together
    And the teacher accepts the invitation
    Then the school owner is told once that the teacher has joined as a teacher
    And the school owner is told once that the teacher has accepted the invitation

  @DASH-003.X18 @critical
  Scenario: DASH-003.X18 An invitation that is accepted on two devices at once is accepted once
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation 2 times at once
    Then one attempt of the teacher succeeds, and each other is refused
    And the school owner is told once that the teacher has accepted the invitation

  # Invalid requests

  @DASH-003.X16 @critical
  Scenario: DASH-003.X16 Invalid students and classes are refused, and change nothing
    Given the school owner is online
    When the school owner makes these mistakes, one after the other
      | mistake                                   |
      | a student without a name                  |
      | a student with an address that is taken   |
      | a student of a school that does not exist |
      | a student in the form of a list           |
      | a student in a request that is cut off    |
      | a class of an unknown kind                |
      | the end of a class that does not exist    |
      | a page of the feed that is not a number   |
    Then each mistake of the school owner is refused, and the server fails at none
    And the figures show the school owner 0 students
    But the school owner can see a new student join

  @DASH-003.X16 @critical
  Scenario: DASH-003.X16 Invalid members and invitations are refused, and change nothing
    Given the school owner is online
    When the school owner makes these mistakes, one after the other
      | mistake                                             |
      | a member who does not exist                         |
      | a member in an unknown position                     |
      | a membership that exists already                    |
      | the end of a membership that does not exist         |
      | an invitation without an address                    |
      | an invitation of a user who does not exist          |
      | the acceptance of an invitation that does not exist |
    Then each mistake of the school owner is refused, and the server fails at none
    And the figures show the school owner 0 teachers
    But the school owner can see a new student join
