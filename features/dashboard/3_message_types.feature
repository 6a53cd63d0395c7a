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

  @DASH-003.7 @DASH-003.P6 @critical
  Scenario: DASH-003.7 A new class is shown
    Given the school owner is signed in
    And the school owner has made the teacher a teacher of the school
    And the school owner is online
    When the school owner plans a class of the teacher
    Then the school owner is told once that a class of the teacher has been planned

  # Figures: how many there are now

  @DASH-003.7 @DASH-003.P6 @DASH-003.F5 @critical @smoke
  Scenario: DASH-003.7 A new student is counted
    Given the school owner is online
    When the school owner registers the student "Ana"
    Then the school owner is told once that the school now has 1 student
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

  @DASH-003.7 @critical
  Scenario Outline: DASH-003.7 An invitation that has been accepted cannot be answered again: the teacher <answers> it
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation
    And the teacher <answers> the invitation
    Then the teacher is refused
    And the school owner is told once that an invitation has gone from pending to accepted

    Examples:
      | answers  | because                                       |
      | accepts  | a user joins once                             |
      | declines | a member leaves in another way than by a mail |
