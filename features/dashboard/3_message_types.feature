@dashboard
Feature: 3. Message types (step 7)
  Each kind of event shows in its own kind of message: news, the school's figures, and the status of invitations.

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical @smoke
  Scenario: DASH-003.7 A new student is shown, and counted
    Given the school owner is online
    When the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined
    And the school owner is told once that the school now has 1 student
    And the school owner receives nothing else

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical
  Scenario: DASH-003.7 A teacher who accepts is shown, and counted
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation
    Then the school owner is told once that the teacher has joined as a teacher
    And the school owner is told once that the teacher has accepted the invitation
    And the school owner is told once that the school now has 1 teacher

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical
  Scenario Outline: DASH-003.7 The status of an invitation is shown when its addressee <answers> it
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher <answers> the invitation
    Then the school owner is told once that an invitation has gone from pending to <status>
    And the school owner is told once that the school now has 0 pending invitations

    Examples:
      | answers  | status   | because                            |
      | accepts  | accepted | the school has a new teacher       |
      | declines | declined | the school has to look for another |

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical
  Scenario: DASH-003.7 A new class is shown, and counted
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    And the school owner is online
    When the school owner plans a class of the teacher
    Then the school owner is told once that a class of the teacher has been planned
    And the school owner is told once that the school now has 1 class
    And the school owner receives nothing else
